"""S07-1, S07-2, S08-6, K-12, B2-6: approved changes go to the network in order, each once; provisional ones never."""

from dataclasses import replace

import pytest

from app.errors import NotAllowed, NotUnderstood, Refused
from app.settings import ServerSettings
from app.standin.jukinet.server import NetworkServer
from app.wire.jukirelay import AskStanding, Standing, TellChanges
from app.wire.jukirelay_staff import ReloadReplica
from app.wire.message import Nothing
from tests.edge.backend.jukinet.world import HERE, THERE
from tests.edge.backend.jukirelay.world import MANAGES, House, filing, open_house, resident


def sequence(house: House, one) -> int:
    return house.known(one).sequence


@pytest.mark.seed("S07-1", "S08-6")
def test_an_approved_change_reaches_the_network_and_a_provisional_one_does_not(house: House) -> None:
    one, other = resident(), resident()
    house.lives_here(one, other)
    house.works()
    house.enters(filing("change_of_address", other, address="見本市南区9番", household="new"))
    house.moves(one, "見本市東区8番")
    house.works()
    assert house.known(one).identity.address == "見本市東区8番"
    national = house.server.parties.world.national.people
    assert national[one.resident_code].address == "見本市東区8番"
    assert house.known(other) is None
    assert (house.rows(other), other.resident_code in national) == ([], False)
    assert [row.state for row in house.rows(one)] == ["done"]


@pytest.mark.twin("S07-2")
def test_what_the_network_knows_nothing_of_is_not_told_to_it(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.through(filing("household_change", one, reason="relation_changed", household="new"))
    house.works()
    assert house.rows(one) == []
    assert house.known(one) is None


@pytest.mark.seed("S07-2")
def test_changes_of_one_person_arrive_in_order_and_once_though_answers_are_lost_on_both_ways(house: House) -> None:
    one, other = resident(), resident()
    house.lives_here(one, other)
    house.to_relay.loses_answers = house.to_network.loses_answers = True
    for number in range(3):
        house.moves(one, f"見本市東区{number}番")
        house.moves(other, f"見本市西区{number}番")
        house.tells()
        house.sends(2)
    house.to_relay.loses_answers = house.to_network.loses_answers = False
    house.works()
    house.works()
    for who in (one, other):
        assert sequence(house, who) == 3
        assert [row.state for row in house.rows(who)] == ["done"] * 3
        assert house.kinds(who).count("change.received") == house.kinds(who).count("link.sent") == 3
    assert house.known(one).identity.address == "見本市東区2番"


@pytest.mark.fault
def test_a_restart_in_the_middle_loses_nothing_and_sends_nothing_twice(
    settings: ServerSettings, server: NetworkServer, house: House
) -> None:
    one = resident()
    house.lives_here(one)
    house.works()
    house.to_network.is_cut = True
    house.moves(one, "見本市東区1番")
    house.tells()
    house.sends(1)
    house.moves(one, "見本市東区2番")  # told by nobody yet
    with open_house(settings, house.clock, server) as again:
        assert [row.state for row in again.rows(one)] == ["waiting"]
        again.clock.move(minutes=3)
        again.works()
        assert (again.known(one).identity.address, sequence(again, one)) == ("見本市東区2番", 2)
        assert [row.state for row in again.rows(one)] == ["done", "done"]


def test_what_the_network_does_not_take_stops_alone_and_the_next_change_of_the_person_goes(house: House) -> None:
    lacking, other = resident(resident_code=""), resident()
    house.lives_here(lacking, other)
    house.moves(lacking)
    house.moves(other)
    house.works()
    (stopped,) = house.rows(lacking)
    assert (stopped.state, stopped.cause) == ("stopped", "no_resident_code")
    assert [row.state for row in house.rows(other)] == ["done"]


@pytest.mark.twin("S07-1", "S08-6")
def test_a_gap_or_a_line_that_ends_before_what_is_here_is_refused(house: House) -> None:
    """A register set back to an older copy is told so, and nothing of it is taken."""
    one = resident()
    house.lives_here(one)
    house.moves(one)
    house.works()
    token = house.side.line._tokens[HERE]
    ends = house.side.line._book.read(lambda unit: unit.network.ends(HERE))

    def asks(kind: str, message, gives=Standing):
        post = house.keys.post("register")
        (answer,) = house.relay.letters.answer([post.write(f"register@{HERE}", kind, message)])
        if isinstance(answer, Exception):
            raise answer
        return post.read(answer, "relay-stands/1", gives, "jukirelay")

    asked = AskStanding(municipality=HERE, token=token, changes=ends.changes - 1, restraints=ends.restraints)
    with pytest.raises(Refused) as caught:
        asks("relay-standing/1", asked)
    assert caught.value.reason == "line_went_back"
    house.to_relay.refuses.add("relay-changes/1")
    house.moves(one)
    house.moves(one)
    found = house.side.line._book.read(lambda unit: unit.network.changes(HERE, ends.changes, 9))
    with pytest.raises(Refused) as caught:
        asks("relay-changes/1", TellChanges(municipality=HERE, token=token, changes=found[1:]))
    assert caught.value.reason == "gap"
    with pytest.raises(NotAllowed):
        asks("relay-standing/1", AskStanding(municipality=THERE, token=token, changes=0, restraints=0))
    with pytest.raises(NotUnderstood):
        asks("relay-other/1", Nothing())


def test_once_the_boundary_has_them_changes_lie_in_the_register_no_more(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.to_relay.is_cut = True
    house.moves(one)
    house.tells()
    book = house.side.line._book
    assert book.read(lambda unit: unit.network.changes(HERE, 0, 9))
    house.to_relay.is_cut = False
    house.works()
    assert book.read(lambda unit: unit.network.changes(HERE, 0, 9)) == ()


def test_a_boundary_set_back_to_an_older_copy_goes_on_once_it_is_told_anew(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.moves(one, "見本市東区5番")
    house.protects(one)
    house.works()
    book = house.relay.book
    line = book.read(lambda unit: unit.lines.seen(HERE))
    older = replace(line, changes=line.changes - 1, restraints=line.restraints - 1, version=line.version + 1)
    book.write(lambda unit: unit.lines.put(older))
    house.moves(one, "見本市東区6番")
    house.works()
    assert house.known(one).identity.address == "見本市東区5番"
    house.clock.move(minutes=2)
    house.does("/jukirelay/v1/reload", MANAGES, ReloadReplica())
    house.works()
    assert house.known(one).identity.address == "見本市東区6番"
    assert house.wide_area(one.resident_code).reason == "not_issued"
    assert [dict(row.what)["changes"] for row in house.linked(kind="line.skipped")][-1].endswith(str(line.changes))
