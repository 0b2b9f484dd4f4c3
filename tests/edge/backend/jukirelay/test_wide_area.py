"""S07-3, F-06: another municipality's request is served from the replica, whether the register runs or not."""

from datetime import timedelta

import pytest

from app.backend.register.ports import Particulars
from app.backend.register.store.serials import FILLED, take
from app.domain.clock import TOKYO
from app.errors import NotAllowed, Refused
from app.wire.jukinet import WideAreaRequest
from app.wire.jukinet_network import NetParcel
from app.wire.jukirelay_staff import ReloadReplica
from tests.edge.backend.jukinet.world import FAR, HERE, THERE
from tests.edge.backend.jukirelay.world import (
    ADDRESS,
    MANAGES,
    MOVED_IN_ON,
    NOBODY,
    House,
    filing,
    fresh,
    held,
    resident,
)


def night(house: House) -> None:
    """Ten in the evening; the register was heard of last when it closed."""
    local = house.clock.at.astimezone(TOKYO)
    house.clock.at = local.replace(hour=19, minute=0, second=0).astimezone(house.clock.at.tzinfo)
    house.tells()
    house.clock.move(hours=3)


def family() -> tuple:
    one = resident(more=Particulars(origin="本籍地", origin_head="筆頭者"))
    return one, resident(one.household_number, "子")


@pytest.mark.seed("S07-3")
def test_a_copy_is_issued_while_the_register_is_closed_with_how_fresh_it_is(house: House) -> None:
    one, child = family()
    house.lives_here(one, child)
    house.works()
    night(house)
    copy = house.wide_area(one.resident_code, household=True)
    assert (copy.reason, copy.address, copy.household_head) == ("", ADDRESS, one.name)
    assert [each.name for each in copy.persons] == [one.name, child.name]
    assert copy.persons[0].since == MOVED_IN_ON
    assert house.clock.now() - copy.as_of >= timedelta(hours=3)
    assert [(each.resident_code, each.my_number) for each in copy.persons] == [("", ""), ("", "")]
    alone = house.wide_area(one.resident_code, with_code=True, with_number=True)
    assert [(each.name, each.resident_code) for each in alone.persons] == [(one.name, one.resident_code)]
    assert alone.persons[0].my_number == one.my_number.text()


def test_only_allowed_items_are_kept_of_anybody(house: House) -> None:
    one, _ = family()
    house.lives_here(one)
    house.moves(one)
    house.works()
    kept = house.relay.book.read(lambda unit: unit.replica.of_subject(HERE, one.business_number))
    told = set(_told(kept.items))
    assert {"origin", "origin_head", "kana", "nationality", "residence_status", "moved_from"}.isdisjoint(told)
    assert {"name", "address", "relation"} <= told


def _told(items) -> dict:
    from app.wire.resident_base import told

    return told(items)


def test_a_move_is_in_the_next_copy_and_who_has_left_gets_none(house: House) -> None:
    one, other = resident(), resident()
    house.lives_here(one, other)
    house.moves(one, "見本市東区77番")
    house.through(filing("move_out", other, moved_to="国外", reason="to_abroad"))
    house.works()
    assert house.wide_area(one.resident_code).address == "見本市東区77番"
    assert house.wide_area(other.resident_code).reason == "not_issued"


@pytest.mark.twin("S07-3", "F-06")
def test_a_protected_person_is_refused_and_so_is_everybody_who_lives_there(house: House) -> None:
    one, child = family()
    house.lives_here(one, child)
    house.works()
    assert house.wide_area(one.resident_code).reason == ""
    row = house.protects(one)
    house.works()
    copies = [
        house.wide_area(one.resident_code), house.wide_area(child.resident_code, household=True),
        house.wide_area("00000000000"), house.wide_area(one.resident_code, of=THERE),
    ]  # fmt: skip
    assert {copy.reason for copy in copies} == {"not_issued"}
    assert {(copy.address, copy.persons, copy.household_head, copy.as_of) for copy in copies} == {("", (), "", None)}
    assert house.wide_area(child.resident_code).reason == "not_issued"
    house.decides(row, "refused")
    house.works()
    assert house.wide_area(one.resident_code).reason == ""


def test_a_restraint_counts_though_it_is_newer_than_the_replica(house: House) -> None:
    """Restraints travel first: the changes before them have not arrived yet."""
    one = resident()
    house.lives_here(one)
    house.works()
    house.to_relay.refuses.add("relay-changes/1")
    house.moves(one, "見本市東区78番")
    house.protects(one)
    house.tells()
    kept = house.relay.book.read(lambda unit: unit.replica.of_subject(HERE, one.business_number))
    assert kept.items.address == ADDRESS
    assert house.wide_area(one.resident_code).reason == "not_issued"


def test_who_was_protected_before_there_was_a_replica_is_refused_too(house: House) -> None:
    one, other = resident(restraints=(held("issue", "confirm"),)), resident(restraints=(held("edit"),))
    house.lives_here(one, other)
    assert house.wide_area(other.resident_code).reason == ""
    assert house.wide_area(one.resident_code).reason == "not_issued"
    house.decides(house.protects(one), "refused")
    house.tells()
    assert house.wide_area(one.resident_code).reason == "not_issued"


@pytest.mark.twin("S07-3")
def test_a_register_that_was_filled_past_its_line_is_told_anew_by_itself_and_only_once(house: House) -> None:
    """S07-3: nobody has to ask for it; who was filled in is served, and until then nobody of them."""
    one = resident()
    house.register.service.load([one], house.clock.now(), fresh("load"))
    house.tells()
    assert house.wide_area(one.resident_code).reason != ""
    own = house.register_slice
    own.database.write(lambda connection: take(connection, HERE, FILLED, 1))
    house.tells()
    assert house.wide_area(one.resident_code).reason == ""
    asked = [kind for kind, _ in house.acts(house.relay.own) if kind == "replica.reload_asked"]
    house.tells()
    assert [kind for kind, _ in house.acts(house.relay.own) if kind == "replica.reload_asked"] == asked


def test_while_the_replica_is_told_anew_nobody_is_served(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.does("/jukirelay/v1/reload", MANAGES, ReloadReplica())
    assert house.wide_area(one.resident_code).reason == "not_now"
    with pytest.raises(NotAllowed):
        house.does("/jukirelay/v1/reload", NOBODY, ReloadReplica())
    house.tells()
    assert house.wide_area(one.resident_code).reason == ""


def test_nobody_is_served_when_the_register_runs_and_was_not_heard_of(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.moves(one)
    house.works()
    house.to_relay.is_cut = True
    house.clock.move(minutes=14)
    assert house.wide_area(one.resident_code).reason == ""
    house.clock.move(minutes=2)
    assert house.wide_area(one.resident_code).reason == "not_now"
    house.clock.move(hours=12)
    assert house.wide_area(one.resident_code).reason == "not_now"
    house.to_relay.is_cut = False
    house.tells()
    assert house.wide_area(one.resident_code).reason == ""


def test_each_request_is_recorded_and_told_to_the_register_with_who_asked(house: House) -> None:
    one, other = resident(), resident()
    house.lives_here(one, other)
    house.moves(one)
    house.moves(other)
    house.protects(other)
    house.works()
    for who in (one, one, other):
        house.wide_area(who.resident_code)
    assert house.kinds(one).count("wide_area.issued") == 2
    assert house.kinds(other).count("wide_area.refused") == 1
    house.works()
    told = [detail for kind, detail in house.acts(house.register_slice) if kind == "wide_area.told"]
    mine = [detail for detail in told if detail["people"] == one.business_number]
    assert [(detail["asked_by"], detail["code"]) for detail in mine] == [(THERE, "")] * 2
    (refused,) = [detail for detail in told if detail["people"] == other.business_number]
    assert refused["code"] == "restrained"


@pytest.mark.seed("S07-0a", "F-06")
def test_a_request_goes_all_the_way_through_the_network_and_back(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.moves(one, "見本市東区79番")
    house.works()
    request = WideAreaRequest(request_id=fresh("far"), asked_by=FAR, asked_of=HERE, resident_code=one.resident_code)
    world = house.server.parties.world
    world.posted([NetParcel(parcel_id=request.request_id, to=HERE, sender=FAR, wide_area=request)])
    house.works()
    answers = [detail for kind, detail in house.acts(house.cs.own) if detail["about"] == request.request_id]
    assert len(answers) >= 2
    assert any(name.startswith(f"{HERE}/") and request.request_id in name for name in world.post.taken)
    assert house.kinds(one).count("wide_area.issued") == 1


@pytest.mark.twin("S07-0a")
def test_only_the_communication_server_of_this_city_is_answered(house: House) -> None:
    post = house.keys.post("relay")
    from app.wire.message import Nothing

    (outcome,) = house.relay.issuing.answer([post.write(f"relay@{HERE}", "juki-wide-area/1", Nothing())])
    assert isinstance(outcome, Refused)
    assert outcome.reason == "unknown_sender"


@pytest.fixture(autouse=True)
def heard(house: House) -> None:
    house.tells()
