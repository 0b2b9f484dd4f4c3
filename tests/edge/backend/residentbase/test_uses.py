"""S04-0b, R-086, K-09: what one applied for and another approved leaves in its period, and nothing else."""

import msgspec
import pytest

from app.backend.register.store.change_tables import OUTBOX
from app.errors import Conflict, NotAllowed, Refused
from app.wire.register_change import PersonItems, PersonPart
from app.wire.resident_base import told
from app.wire.resident_base_office import AskSystems, AskUntold, DecideUse, TellAgain
from tests.edge.backend.register.changing import BOSS as DECIDER
from tests.edge.backend.register.changing import HOME, NORTH, TODAY, Here, call, days, filing, newcomer
from tests.edge.backend.residentbase.world import BOSS, KEEPER, NEW_HOME, TENDER, World, moved_date
from tests.support.slices import person

pytestmark = pytest.mark.parametrize("slices", ["postgresql"], indirect=True)
"""The engine of service alone: that nothing leaves unapproved is tried on both beside this."""


def test_who_applied_does_not_approve(world: World) -> None:
    """R-086: two people, held in the store's own act."""
    row = world.apply("library", "address")
    with pytest.raises(NotAllowed):
        world.decide(row, who=KEEPER)  # no right to decide
    both = person("k09", "distribution.apply", "distribution.decide")
    own = world.apply("library", "address", who=both)
    with pytest.raises(Refused, match="same_person"):
        world.decide(own, who=both)
    assert world.decide(own, who=BOSS).state == "approved"
    with pytest.raises(Refused, match="not_waiting"):
        world.uses.decide(
            call(BOSS, world.now), DecideUse(application_id=own.application_id, version=2, approve=False, reason="誤り")
        )
    with pytest.raises(Conflict):
        world.decide(own, who=BOSS)


def test_nothing_outside_the_list_can_be_applied_for(world: World) -> None:
    """R-020: what is passed on is resident-register data and no other."""
    for system, item in (("library", "my_number"), ("library", "resident_code"), ("assistance", "seal")):
        with pytest.raises(Refused, match="item_not_allowed"):
            world.apply(system, item)
    with pytest.raises(Refused, match="unknown_system"):
        world.apply("parking", "name")
    for period in ({"until": moved_date(-1)}, {"until": moved_date(9999)}, {"since": moved_date(5), "until": TODAY}):
        with pytest.raises(Refused, match="bad_period"):
            world.apply("library", "name", **period)
    with pytest.raises(Refused, match="purpose_missing"):
        world.apply("library", "name", purpose=" ")
    with pytest.raises(Refused, match="item_not_allowed"):
        world.apply("library")


def test_before_its_first_day_and_after_its_last_nothing_is_told(world: World) -> None:
    """R-086: the clock is moved over both ends of the period."""
    world.approved("library", "address", since=moved_date(1), until=moved_date(2))
    world.move("210", days_ago=5)
    world.run()
    assert world.row("library").last == 0
    world.wait(days=2)
    world.move("210", address=HOME, days_ago=4)
    world.run()
    assert [one.sequence for one in world.got("library")] == [1]
    world.wait(days=1)
    world.move("210", days_ago=3)
    world.run()
    assert [one.sequence for one in world.got("library")] == [1]
    assert world.row("library").state == "none"
    with pytest.raises(Refused, match="not_approved"):
        world.residents("library", "210")


def test_what_still_waited_at_the_end_of_a_period_does_not_leave(world: World) -> None:
    """R-086: until another use is approved, and then no more than both allow."""
    first = world.approved("assistance", "address", "name", with_before=True)
    world.systems["assistance"].away = True
    world.move("210")
    world.run()
    world.end(first)
    world.systems["assistance"].away = False
    world.wait(hours=1)
    world.run()
    assert world.got("assistance") == []
    assert world.row("assistance").cause == "not_approved"
    world.approved("assistance", "name")
    world.run()
    (late,) = world.got("assistance")
    assert (late.sequence, told(late.after), late.before) == (1, {}, None), "the address was granted no more"


def test_an_application_that_waits_can_be_taken_back_by_who_entered_it_alone(world: World) -> None:
    row = world.apply("library", "address")
    with pytest.raises(Refused, match="not_waiting"):
        world.end(row, who=BOSS)
    assert world.end(row).state == "withdrawn"
    with pytest.raises(Refused, match="not_waiting"):
        world.decide(msgspec.structs.replace(row, version=2))


def test_a_suspended_system_gets_nothing_until_it_is_resumed_and_then_everything(world: World) -> None:
    world.approved("library", "address")
    world.move("210")
    world.tell()
    world.turn("library", "suspend")
    world.send()
    world.move("230")
    world.run()
    assert world.got("library") == []
    assert (world.row("library").state, world.row("library").last) == ("suspended", 2)
    with pytest.raises(Refused, match="system_suspended"):
        world.residents("library", "210")
    with pytest.raises(Refused, match="reason_missing"):
        world.turn("library", "resume", reason=" ")
    world.turn("library", "resume")
    world.send()
    assert [one.subject for one in world.got("library")] == ["210", "230"]
    with pytest.raises(Refused, match="not_possible"):
        world.turn("library", "resume")
    with pytest.raises(NotAllowed):
        world.turn("elections", "suspend")  # it never was approved


def test_a_poisoned_change_holds_up_nobody_and_can_be_told_again(world: World) -> None:
    """S04-1: it is left for somebody, who is shown why."""
    world.approved("library", "address", "name")
    part = newcomer(name="新井　新")
    world.change(filing("move_in", part, address=HOME, ward=NORTH, household="new"))
    spoil(world)
    world.move("210")
    world.run()
    assert [one.subject for one in world.got("library")] == ["210"]
    (stuck,) = world.telling.untold(call(TENDER, world.now), AskUntold()).rows
    assert stuck.reason == "unreadable"
    with pytest.raises(NotAllowed):
        world.telling.tell_again(call(TENDER, world.now), TellAgain(position=9999))
    with pytest.raises(NotAllowed):
        world.telling.untold(call(DECIDER, world.now), AskUntold())
    mend(world)
    world.telling.tell_again(call(TENDER, world.now), TellAgain(position=stuck.position))
    world.run()
    assert [one.after.name for one in world.got("library")][1] == "新井　新"
    assert world.telling.untold(call(TENDER, world.now), AskUntold()).rows == ()


def test_a_later_change_brings_what_a_poisoned_one_of_the_same_person_could_not(world: World) -> None:
    world.approved("library", "address", "name")
    world.move("210", days_ago=5)
    world.run()
    world.change(filing("correction", PersonPart(business_number="210", items=PersonItems(name="森　正雄"))))
    spoil(world)
    world.move("210", address="北市北区北三条西6番7号", days_ago=2)
    world.run()
    first, second = world.got("library")
    assert told(first.after) == {"address": NEW_HOME}
    assert told(second.after) == {"address": "北市北区北三条西6番7号", "name": "森　正雄"}
    (stuck,) = world.telling.untold(call(TENDER, world.now), AskUntold()).rows
    mend(world)
    world.telling.tell_again(call(TENDER, world.now), TellAgain(position=stuck.position))
    world.run()
    assert len(world.got("library")) == 2, "an older record never comes after a newer one"


def test_who_looks_after_it_sees_all_systems_and_nobody_else_does(world: World) -> None:
    world.approved("library", "address", until=TODAY + days(7))
    row = world.row("library")
    assert (row.state, row.items, row.until, row.pushed) == ("open", ("address", "protected"), TODAY + days(7), True)
    assert not world.row("elections").pushed
    assert world.row("elections").state == "none"
    with pytest.raises(NotAllowed):
        world.uses.systems(call(TENDER, world.now), AskSystems())


_SPOILED: dict[int, bytes] = {}


def spoil(world: World) -> None:
    """The oldest change that waits can't be read any more."""
    columns = OUTBOX.c

    def change(connection):
        mine = (columns.item_id.like(f"{Here.code}/%"), columns.state == "waiting")
        row = connection.execute(OUTBOX.select().where(*mine).order_by(columns.sequence).limit(1)).one()
        _SPOILED[row.sequence] = row.body
        connection.execute(OUTBOX.update().where(columns.sequence == row.sequence).values(body=b"x" * 60))

    world.office.slice.database.write(change)


def mend(world: World) -> None:
    """It can be read again."""

    def change(connection):
        for sequence, body in _SPOILED.items():
            connection.execute(OUTBOX.update().where(OUTBOX.c.sequence == sequence).values(body=body))

    world.office.slice.database.write(change)
    _SPOILED.clear()
