"""S04-2, S04-5, K-08: a gap is found and filled, records are read on request, each event is a linkage record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.clock import business_date
from app.domain.retention import rule_for
from app.errors import NotAllowed, Refused
from app.server.retention import retention_rules
from app.wire.resident_base import ResidentChanges, fresh, told
from app.wire.resident_base_office import AskLinkage
from tests.edge.backend.register.changing import HOME, Here, call
from tests.edge.backend.register.conftest import number
from tests.edge.backend.residentbase.world import AUDITOR, KEEPER, NEW_HOME, TENDER, World

OTHER_HOME = "北市北区北三条西6番7号"


def moves(world: World, count: int) -> None:
    """Somebody moves out and back again and again, on one day after the other."""
    for _ in range(count):
        world.moved += 1
        world.move("210", address=NEW_HOME if world.moved % 2 else HOME, days_ago=20 - world.moved)


def test_a_system_that_lost_some_is_sent_from_there_again(world: World) -> None:
    world.approved("library", "address")
    moves(world, 3)
    world.run()
    library = world.systems["library"]
    del library.kept[Here.code][1:]  # restored from a copy of yesterday
    moves(world, 1)
    world.run()
    assert library.sequences(Here.code) == [1, 2, 3, 4]
    (gap,) = [what for what in world.acts("distribution.taken") if what["missing_first"]]
    assert (gap["missing_first"], gap["missing_last"], gap["up_to"]) == (2, 3, 1)


def test_the_receivers_rule_takes_nothing_twice_and_nothing_out_of_order(world: World) -> None:
    world.approved("elections", "address")
    moves(world, 4)
    world.run()
    sent = world.fetch(0)
    assert [one.sequence for one in sent.changes] == [1, 2, 3, 4]

    def part(*places: int) -> ResidentChanges:
        changes = tuple(one for one in sent.changes if one.sequence in places)
        return ResidentChanges(municipality=Here.code, system="elections", changes=changes)

    assert fresh(0, part(1, 2)).up_to == 2
    assert [one.sequence for one in fresh(1, part(1, 2, 3)).changes] == [2, 3]
    assert fresh(4, part(1, 2)).changes == ()
    assert fresh(0, part(2, 3)).missing == (1, 1)
    assert fresh(0, part(2, 3)).changes == ()
    assert fresh(0, part(1, 3, 4)) == replace(fresh(0, part(1)), missing=(2, 2))
    assert fresh(0, part()).up_to == 0


def test_a_system_that_fetches_says_what_it_has_and_gets_the_rest(world: World) -> None:
    """S04-2: on request."""
    world.approved("elections", "address")
    moves(world, 3)
    world.run()
    assert [one.sequence for one in world.fetch(0).changes] == [1, 2, 3]
    assert world.row("elections").taken == 0
    assert [one.sequence for one in world.fetch(2).changes] == [3]
    assert world.fetch(3).changes == ()
    assert world.row("elections").taken == 3
    again = world.ask_again(1, 2, "elections")
    assert [one.sequence for one in again.changes] == [1, 2]
    assert world.row("elections").taken == 3, "its place stays"
    with pytest.raises(Refused, match="bad_range"):
        world.ask_again(0, 2, "elections")
    with pytest.raises(Refused, match="not_approved"):
        world.ask_again(1, 2, "library")


def test_a_system_that_has_more_than_it_was_sent_is_stopped_and_looked_at(world: World) -> None:
    """After a restore on this side: nothing may be counted twice with another content."""
    world.approved("elections", "address")
    moves(world, 1)
    world.run()
    world.fetch(0)
    assert world.fetch(7).changes == ()
    assert (world.row("elections").state, world.row("elections").cause) == ("stopped", "ahead")
    with pytest.raises(Refused, match="system_stopped"):
        world.fetch(1)
    world.turn("elections", "again")
    assert world.fetch(1).changes == ()
    assert world.row("elections").taken == 1
    assert [what["reason"] for what in world.acts("distribution.stopped")] == ["ahead"]


def test_a_change_that_a_system_cannot_use_is_on_record_and_holds_up_nothing(world: World) -> None:
    world.approved("library", "address")
    world.systems["library"].not_used = frozenset({2})
    moves(world, 3)
    world.run()
    assert world.row("library").taken == 3
    (noted,) = world.acts("distribution.not_used")
    assert (noted["sequence"], noted["reason"], noted["system"]) == (2, "no_such_address", "library")


@pytest.mark.seed("S04-2a", "R-020", "R-085")
def test_records_are_read_on_request_with_the_systems_items_alone(world: World) -> None:
    """S04-2, S04-2a."""
    world.approved("library", "name", "address")
    world.approved("assistance", "name", "my_number")
    found = world.residents("library", "210", "200", "nobody")
    assert {one.subject: told(one.items) for one in found.records} == {
        "200": {"name": "高橋　一郎", "address": HOME, "protected": False},
        "210": {"name": "森　正", "address": HOME, "protected": False},
    }
    (whole,) = world.residents("assistance", "200").records
    assert whole.items.my_number.digits == number(20000000001).text()
    everybody = world.residents("library")
    assert [one.subject for one in everybody.records] == ["200", "201", "202", "210", "220", "230", "231"]
    assert not everybody.more
    assert [one.subject for one in world.residents("library", after="210").records] == ["220", "230", "231"]
    assert {event.event for event in world.linkage(subject="210")} == {"read"}
    world.to_register.is_down = True
    assert world.residents("library", "210").records[0].items.name == "森　正", "it is known here now"


def test_a_record_that_was_read_before_its_change_came_takes_part_in_both(world: World) -> None:
    world.approved("library", "address")
    world.move("210", days_ago=5)
    world.move("210", address=OTHER_HOME, days_ago=2)
    (read,) = world.residents("library", "210").records
    assert (read.items.address, read.register_sequence) == (OTHER_HOME, 2)
    world.run()
    assert [one.after.address for one in world.got("library")] == [NEW_HOME, OTHER_HOME]
    (again,) = world.residents("library", "210").records
    assert (again.items.address, again.register_sequence) == (OTHER_HOME, 2)


@pytest.mark.seed("F-08")
def test_foreign_residents_alone_are_told_to_the_immigration_agency(world: World) -> None:
    """F-08: the notice of the municipality, and the twin: nobody else."""
    world.approved("immigration", "name", "address", "nationality", "alias")
    world.move("220")
    world.move("210")
    world.run()
    assert [(one.subject, one.after.address) for one in world.got("immigration")] == [("220", NEW_HOME)]
    assert [one.subject for one in world.residents("immigration").records] == ["220"]
    with pytest.raises(Refused, match="item_not_allowed"):
        world.apply("immigration", "my_number")


@pytest.mark.seed("S04-5")
def test_each_event_is_one_linkage_record_with_its_items(world: World) -> None:
    """S04-5, K-08: proved by the slice's ledger, found by person and by system."""
    use = world.approved("library", "address", "name")
    world.approved("assistance", "address", "my_number")
    world.move("200", "201", "202")
    world.run()
    world.residents("library", "200")
    rows = world.linkage(subject="200")
    assert [(one.event, one.system, one.items) for one in rows] == [
        ("read", "library", ("name", "address", "protected")),
        ("sent", "library", ("address",)),
        ("sent", "assistance", ("address",)),
    ]
    assert rows[1].application_id == use.application_id
    assert (rows[1].sequence, rows[1].register_sequence) == (1, 1)
    assert {one.subject for one in world.linkage(system="assistance")} == {"200", "201", "202"}
    assert [one.index for one in rows] == sorted((one.index for one in rows), reverse=True)
    older = world.linkage(subject="200", before=rows[1].index)
    assert [one.system for one in older] == ["assistance"]
    kinds = {what["system"] for what in world.acts("linkage.sent")}
    assert kinds == {"library", "assistance"}
    looks = world.acts("linkage.looked")
    assert len(looks) == 3, "a look at the records is a record too"


@pytest.mark.twin("S04-4", "S04-5")
def test_linkage_records_show_to_who_may_see_them_with_a_reason(world: World) -> None:
    """S04-5: and to nobody else."""
    for who in (KEEPER, TENDER):
        with pytest.raises(NotAllowed):
            world.records.look(call(who, world.now), AskLinkage(subject="210", reason="点検"))
    with pytest.raises(Refused, match="reason_missing"):
        world.records.look(call(AUDITOR, world.now), AskLinkage(subject="210", reason=" "))
    with pytest.raises(Refused, match="nothing_asked"):
        world.records.look(call(AUDITOR, world.now), AskLinkage(reason="点検"))


def test_linkage_records_are_kept_seven_years(world: World) -> None:
    """S04-5: by the rule for records of provision."""
    rule = rule_for(retention_rules(), "residentbase", "linkage.sent")
    assert rule is not None
    assert (rule.rule_id, rule.years) == ("provision", 7)


def test_content_that_all_have_is_forgotten_after_its_time_and_what_somebody_lacks_is_not(world: World) -> None:
    world.approved("library", "address", until=world.now.date().replace(year=2027))
    world.approved("elections", "address", until=world.now.date().replace(year=2027))
    moves(world, 2)
    world.run()
    world.fetch(0)
    world.fetch(1)
    world.wait(days=93)
    world.clearing.turn()
    assert [one.sequence for one in world.ask_again(1, 2, "elections").changes] == [2], "it still lacks the second"
    assert world.ask_again(1, 2, "elections").gone == 1
    world.fetch(2)
    world.clearing.turn()
    gone = world.ask_again(1, 2, "library")
    assert (gone.changes, gone.gone) == ((), 2)
    assert world.residents("library", "210").records[0].items.address == HOME, "the record itself is there"


def test_a_system_that_needs_what_is_no_longer_kept_is_stopped(world: World) -> None:
    world.approved("library", "address", until=world.now.date().replace(year=2027))
    moves(world, 2)
    world.run()
    world.wait(days=93)
    world.clearing.turn()
    world.systems["library"].kept[Here.code].clear()
    moves(world, 1)
    world.run()
    assert (world.row("library").state, world.row("library").cause) == ("stopped", "no_longer_kept")


def test_no_question_asks_for_more_than_five_hundred(world: World) -> None:
    world.approved("library", "address")
    with pytest.raises(Refused, match="too_many"):
        world.residents("library", *map(str, range(501)))


def test_the_office_has_a_system_sent_everything_once_more_from_a_sequence_on(world: World) -> None:
    """S04-2: what it has it passes over; what it lost it gets; each is on record as sent again."""
    world.approved("library", "address")
    moves(world, 3)
    world.run()
    with pytest.raises(Refused, match="bad_range"):
        world.turn("library", "resend", first=4)
    del world.systems["library"].kept[Here.code][1:]
    world.turn("library", "resend", first=2)
    assert (world.row("library").taken, world.row("library").told) == (1, 3)
    world.send()
    assert world.systems["library"].sequences(Here.code) == [1, 2, 3]
    assert world.row("library").taken == 3
    events = [(row.sequence, row.event) for row in world.linkage(system="library")]
    assert events[:2] == [(3, "sent_again"), (2, "sent_again")]
    world.turn("library", "resend", first=1)
    world.send()
    assert world.systems["library"].sequences(Here.code) == [1, 2, 3], "nothing is taken twice"
    again, _ = world.acts("distribution.resend")
    assert (again["first"], again["taken"]) == (2, 3)
    world.approved("elections", "address")
    moves(world, 1)
    world.run()
    world.fetch(0)
    with pytest.raises(Refused, match="bad_range"):
        world.turn("elections", "resend", first=1)  # it fetches by itself


def test_what_is_forgotten_can_not_be_sent_once_more(world: World) -> None:
    world.approved("library", "address")
    moves(world, 1)
    world.run()
    world.wait(days=99)
    world.clearing.turn()
    with pytest.raises(Refused, match="no_longer_kept"):
        world.turn("library", "resend", first=1)


def test_linkage_records_are_found_by_the_days_of_a_period(world: World) -> None:
    """S04-5: both days included, in the office's own days."""
    world.approved("library", "address")
    moves(world, 1)
    world.run()
    day = business_date(world.now)
    world.wait(days=2)
    moves(world, 1)
    world.run()
    later = business_date(world.now)
    assert [row.sequence for row in world.linkage(system="library", until=day)] == [1]
    assert [row.sequence for row in world.linkage(system="library", since=later)] == [2]
    assert [row.sequence for row in world.linkage(subject="210", since=day, until=later)] == [2, 1]
    assert world.linkage(system="library", since=day + timedelta(days=1), until=later - timedelta(days=1)) == ()
    with pytest.raises(Refused, match="wrong_period"):
        world.linkage(system="library", since=later, until=day)
