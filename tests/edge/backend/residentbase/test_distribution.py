"""S04-0a, S04-1, S04-2, K-09, B2-11, F-07, S08-7: changes reach approved systems, each its items, in order, once."""

from datetime import date

import pytest

from app.errors import NotAllowed, Refused
from app.link.letters import Correspondent
from app.trust.sign import SigningKey
from app.wire.message import encode
from app.wire.register_change import PersonItems, PersonPart
from app.wire.resident_base import AskRegister, AskResidents, RegisterChanges, told
from tests.edge.backend.register.changing import (
    CLERK,
    HOME,
    NORTH,
    TODAY,
    Here,
    days,
    filing,
    newcomer,
)
from tests.edge.backend.register.conftest import number
from tests.edge.backend.residentbase.world import NAMES, NEW_HOME, World
from tests.support.slices import acts

OTHER_HOME = "北市北区北三条西6番7号"


def renamed(name: str, subject: str = "210"):
    items = PersonItems(name=name)
    return filing("correction", PersonPart(business_number=subject, items=items))


@pytest.mark.seed("S04-0a", "S04-0b", "S04-1", "S04-2", "S08-7", "B2-11", "K-09", "F-07", "R-086")
def test_an_approved_move_reaches_an_approved_system_with_its_items_alone(world: World) -> None:
    """S04-0a, S04-1, S04-2, F-07."""
    world.approved("assistance", "address", "ward", "my_number")
    world.approved("library", "name", "address")
    world.file_move("200", "201", "202")
    world.run()
    assert [one.subject for one in world.got("assistance")] == ["200", "201", "202"]
    change = world.got("assistance")[0]
    assert told(change.after).keys() == {"address"}, "the ward is the same, and nothing else was asked for"
    assert change.after.address == NEW_HOME
    assert change.before is None
    assert change.occasion.kind == "change_of_address"
    assert change.occasion.event_day == TODAY - days(3)
    assert world.systems["assistance"].sequences(Here.code) == [1, 2, 3]
    assert [one.after.address for one in world.got("library")] == [NEW_HOME] * 3


@pytest.mark.twin("S04-1", "S08-7")
def test_what_is_only_provisional_or_refused_reaches_nobody(world: World) -> None:
    """S04-1: only approved entries leave the register."""
    world.approved("library", "name", "address")
    world.office.enter(CLERK, filing("change_of_address", "210", address=NEW_HOME, ward=NORTH))
    world.run()
    assert world.got("library") == []
    assert world.row("library").last == 0


@pytest.mark.twin("S04-0b", "K-09", "B2-11", "R-086")
def test_a_system_without_an_approved_use_gets_nothing(world: World) -> None:
    """R-086, S04-0b."""
    world.apply("library", "address")
    world.decide(world.apply("assistance", "address"), approve=False, reason="根拠がない")
    world.move("210")
    world.run()
    assert all(world.got(name) == [] for name in NAMES)
    assert all(world.row(name).last == 0 for name in NAMES)
    with pytest.raises(Refused, match="not_approved"):
        world.residents("library", "210")


@pytest.mark.twin("S04-2a", "R-085")
def test_the_number_is_absent_for_a_system_that_does_not_use_it(world: World) -> None:
    """S04-2a, R-085: neither the digits nor the item, not even masked."""
    world.approved("library", "name", "address", "birth")
    world.approved("assistance", "name", "my_number", "resident")
    digits = number(31234567890).text()
    world.change(filing("move_in", newcomer(my_number=digits), address=HOME, ward=NORTH, household="new"))
    world.run()
    (here,), (there,) = world.got("assistance"), world.got("library")
    assert here.after.my_number is not None
    assert here.after.my_number.digits == digits
    assert b"my_number" not in encode(there)
    assert all(digits.encode() not in body and b"my_number" not in body for body in world.systems["library"].letters)
    record = world.residents("library", there.subject).records[0]
    assert b"my_number" not in encode(record)
    assert digits not in repr(here)
    with pytest.raises(Refused, match="item_not_allowed"):
        world.apply("library", "name", "my_number")


def test_the_number_lies_sealed_in_the_store(world: World) -> None:
    """S04-2a: at rest neither number nor name stands anywhere in clear."""
    digits = number(31234567891).text()
    part = newcomer(name="鬼灯　静", my_number=digits)
    world.change(filing("move_in", part, address=HOME, ward=NORTH, household="new"))
    world.tell()
    for cell in world.kept_bytes():
        assert digits.encode() not in cell
        assert "鬼灯".encode() not in cell


@pytest.mark.twin("S04-0a")
def test_what_was_before_is_told_to_whom_it_was_granted_only(world: World) -> None:
    world.approved("assistance", "address", with_before=True)
    world.approved("childallowance", "address", "name")
    world.move("210")
    world.run()
    assert world.got("assistance")[0].before is not None
    assert told(world.got("assistance")[0].before) == {"address": HOME}
    assert world.got("childallowance")[0].before is None
    with pytest.raises(Refused, match="item_not_allowed"):
        world.apply("library", "address", with_before=True)


@pytest.mark.twin("S04-2", "F-07")
def test_a_change_of_no_item_of_a_system_is_not_told_and_takes_no_sequence(world: World) -> None:
    world.approved("library", "name")
    world.move("210")
    world.change(renamed("森　正雄"))
    world.run()
    assert [one.sequence for one in world.got("library")] == [1]
    assert told(world.got("library")[0].after) == {"name": "森　正雄"}


def test_changes_of_a_person_keep_their_order_and_each_system_counts_without_gaps(world: World) -> None:
    """S04-2: order is kept, in the register's own."""
    world.approved("library", "name", "address")
    world.approved("assistance", "address")
    world.move("210", days_ago=5)
    world.change(renamed("森　正雄"))
    world.move("210", address=OTHER_HOME, days_ago=2)
    world.move("230", days_ago=1)
    world.run()
    assert [told(one.after) for one in world.got("library")] == [
        {"address": NEW_HOME},
        {"name": "森　正雄"},
        {"address": OTHER_HOME},
        {"address": NEW_HOME},
    ]
    places = [one.register_sequence for one in world.got("library")]
    assert places == sorted(places)
    assert [one.sequence for one in world.got("library")] == [1, 2, 3, 4]
    assert [one.sequence for one in world.got("assistance")] == [1, 2, 3]


def test_a_system_that_is_away_gets_all_of_it_later_and_nothing_twice(world: World) -> None:
    """S04-2: and nobody else waits for it."""
    world.approved("library", "address")
    world.approved("assistance", "address")
    world.systems["library"].away = True
    world.move("210")
    world.run()
    assert len(world.got("assistance")) == 1
    row = world.row("library")
    assert (row.taken, row.last, row.cause) == (0, 1, "office.unreachable")
    world.move("230")
    world.run()
    world.again()
    world.wait(minutes=20)
    world.systems["library"].away = False
    world.run()
    assert [one.subject for one in world.got("library")] == ["210", "230"]
    assert world.systems["library"].sequences(Here.code) == [1, 2]
    assert world.row("library").taken == 2


def test_an_answer_that_got_lost_makes_nothing_come_twice(world: World) -> None:
    world.approved("library", "address")
    world.systems["library"].forgets_answer = True
    world.move("210")
    world.run()
    world.wait(minutes=20)
    world.again()
    world.move("230")
    world.run()
    assert world.systems["library"].sequences(Here.code) == [1, 2]
    assert len(world.systems["library"].messages) == 2
    events = [(one.event, one.sequence) for one in world.linkage(system="library")]
    assert events == [("sent", 2), ("sent_again", 1), ("sent", 1)], "each time it left is on record"


def test_a_register_that_cannot_reach_residentbase_tells_it_later(world: World) -> None:
    world.approved("library", "address")
    world.to_base.is_down = True
    world.move("210")
    world.run()
    world.to_base.is_down = False
    world.tell()
    assert world.row("library").last == 0, "not before its time"
    world.wait(minutes=1)
    world.run()
    assert [one.subject for one in world.got("library")] == ["210"]


def test_the_same_change_told_twice_is_taken_once(world: World) -> None:
    world.approved("library", "address")
    world.to_base.loses_answer = True
    world.move("210")
    world.run()
    assert world.row("library").taken == 1, "it was taken; only the register does not know"
    world.wait(minutes=5)
    world.run()
    assert [one.sequence for one in world.got("library")] == [1]
    assert [what["count"] for what in world.acts("change.received")] == [1, 0]


@pytest.mark.twin("R-020")
def test_only_the_register_may_tell_and_only_the_system_itself_may_ask(world: World) -> None:
    """R-020, R-086: a letter of somebody else is refused, whatever is in it."""
    world.approved("library", "address")
    message = AskResidents(municipality=Here.code, system="library", subjects=("210",))
    letter = world.post("assistance").write(f"assistance@{Here.code}", "ask-residents/1", message)
    (outcome,) = world.asking.residents("library")([letter])
    assert isinstance(outcome, Refused)
    own = world.post("assistance").write(f"assistance@{Here.code}", "ask-residents/1", message)
    (outcome,) = world.asking.residents("assistance")([own])
    assert isinstance(outcome, NotAllowed), "in the name of another system"
    (outcome,) = world.taking.take([letter])
    assert isinstance(outcome, Refused)


@pytest.mark.twin("R-020")
def test_another_municipality_is_refused_by_its_key_whatever_its_role_and_that_is_kept(world: World) -> None:
    """R-020: it is signed truly, by a register and by a system; only the municipality is another one's."""
    world.approved("library", "address")
    world.move("210")
    there = "990001"
    for role in ("register", "library", "relay"):
        world.keys[f"{role}@{there}"] = SigningKey.generate()
    world.again()
    changes = RegisterChanges(municipality=Here.code, changes=())
    asked = AskResidents(municipality=Here.code, system="library", subjects=("210",))
    reads = AskRegister(municipality=Here.code, subjects=("210",))
    for role, kind, message, answers in (
        ("register", "register-changes/1", changes, world.taking.take),
        ("library", "ask-residents/1", asked, world.asking.residents("library")),
        ("residentbase", "ask-register/1", reads, world.telling.present),
    ):
        world.keys.setdefault(f"{role}@{there}", SigningKey.generate())
        answering = world.telling if answers == world.telling.present else world
        known = {name: key.public for name, key in world.keys.items()}
        if answering is world.telling:
            answering._post = Correspondent({f"register@{Here.code}": world.keys[f"register@{Here.code}"]}, known)
        letter = Correspondent(world.keys, known).write(f"{role}@{there}", kind, message)
        (outcome,) = answers([letter])
        assert isinstance(outcome, Refused)
        assert outcome.reason == "other_municipality"
    kept = [what["sender"] for what in world.acts("letter.refused")]
    assert kept == [f"register@{there}", f"library@{there}"]
    assert ("letter.refused", f"residentbase@{there}") in [
        (kind, what.get("sender")) for kind, what in acts(world.office.slice, Here.code)
    ]
    assert world.got("library") == []


def test_born_married_and_dead_all_come_with_their_kind(world: World) -> None:
    world.approved("childallowance", "name", "resident", "relation", "removed_on", "birth")
    world.change(filing("death", "202", event_day=TODAY - days(1)))
    child = newcomer("高橋　次郎", relation="子", birth=date(2026, 11, 19))
    world.change(
        filing("birth", child, household="join", household_number="H20", event_day=TODAY - days(1), source="通知1")
    )
    world.run()
    dead, born = world.got("childallowance")
    assert (dead.occasion.kind, dead.after.resident, dead.after.removed_on) == ("death", False, TODAY - days(1))
    assert (born.occasion.kind, born.after.name, born.after.resident) == ("birth", "高橋　次郎", True)
