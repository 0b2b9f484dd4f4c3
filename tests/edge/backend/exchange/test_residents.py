"""S04-2, F-07, S15-1: whom residentbase tells of is numbered and linked in the addressee slice, once, in order."""

from datetime import UTC, date, datetime

import pytest

from app.backend.addressee.ports import PassOn
from app.domain.clock import SystemRandom
from app.domain.secret import secret
from app.errors import NotAllowed, Refused
from app.server.exchange import ExchangeKeys
from app.server.keys import Keys
from app.wire.resident_base import Occasion, ResidentChange, ResidentChanges, ResidentItems, SentNumber, Taken
from tests.edge.backend.exchange.world import HERE, MOVED, THERE, World, my_number

NEW, OTHER = "000000000077701", "000000000077702"
OCCASION = Occasion(
    entry_id="e1",
    kind="move_in",
    reason="from_municipality",
    filed_day=date(2026, 11, 20),
    decided_at=datetime(2026, 11, 20, 1, tzinfo=UTC),
)


def change(sequence: int, subject: str, digits: str | None) -> ResidentChange:
    items = ResidentItems(resident=True) if digits is None else ResidentItems(my_number=SentNumber(digits=digits))
    return ResidentChange(
        sequence=sequence, register_sequence=sequence, subject=subject, occasion=OCCASION, after=items
    )


def told(world: World, *changes: ResidentChange, role: str = "residentbase", place: str = HERE) -> Taken:
    """What the addressee slice answers; raises what it refuses with."""
    keys = ExchangeKeys(world.settings, Keys(world.settings.folder / "keys", SystemRandom()))
    message = ResidentChanges(municipality=place, system="addressee", changes=changes)
    letter = keys.post(role).write(f"{role}@{HERE}", "resident-changes/1", message)
    (outcome,) = world.exchange.numbering.take([letter])
    if isinstance(outcome, Exception):
        raise outcome
    return keys.post(role).read(outcome, "taken/1", Taken, "addressee")


def person(world: World, subject: str):
    return world.exchange.addressee._book.read(lambda unit: unit.of_business(HERE, [subject])).get(subject)


def test_residents_are_numbered_once_and_a_new_number_stays_with_the_person(world: World) -> None:
    first, second = my_number(70001).text(), my_number(70002).text()
    assert told(world, change(1, NEW, first)).up_to == 1
    made = person(world, NEW)
    assert made.my_number.text() == first
    assert told(world, change(1, NEW, first), change(2, OTHER, None)).up_to == 2
    assert person(world, NEW).addressee_number == made.addressee_number
    assert person(world, OTHER) is None, "who has no 個人番号 gets no addressee number"
    assert told(world, change(3, NEW, second)).up_to == 3
    assert person(world, NEW).my_number.text() == second
    assert person(world, NEW).addressee_number == made.addressee_number
    gap = told(world, change(6, OTHER, my_number(70003).text()))
    assert (gap.up_to, gap.missing) == (3, (4, 5))
    assert person(world, OTHER) is None
    taken = told(world, change(4, OTHER, my_number(1).text()), change(5, NEW, "123456789012"))
    assert taken.up_to == 5
    assert [one.reason for one in taken.not_used] == ["bad_number"]
    assert person(world, OTHER).addressee_number == person(world, MOVED).addressee_number, "one number is one person"
    taken = told(world, change(6, NEW, my_number(1).text()))
    assert [one.reason for one in taken.not_used] == ["number_of_another"]
    assert person(world, NEW).my_number.text() == second


def test_nobody_else_than_residentbase_of_the_own_municipality_tells(world: World) -> None:
    with pytest.raises(Refused):
        told(world, change(1, NEW, None), role="socialaddress")
    with pytest.raises(NotAllowed):
        told(world, change(1, NEW, None), place=THERE)


def test_the_gateway_finds_the_code_by_number_in_the_network_s_file_and_what_it_does_not_know_waits(
    world: World,
) -> None:
    """S15-3, F-13: 処理通番 by the resident gateway to the core; a person whom the file doesn't know is passed by."""
    asked: list[tuple[str, dict[str, str]]] = []

    def file(place: str, numbers):
        asked.append((place, {name: number.text() for name, number in numbers.items()}))
        return {name: secret("97777777777") for name, number in numbers.items() if number == my_number(70011)}

    gateway, core = world.exchange.gateway, world.exchange.nws
    gateway.meet(file)
    known = PassOn("no such business number", "p-known", my_number(70011))
    unknown = PassOn("no such either", "p-unknown", my_number(70012))
    gateway.pass_on(HERE, [known, unknown])
    assert asked == [(HERE, {"p-known": my_number(70011).text(), "p-unknown": my_number(70012).text()})]
    pending = core._book.read(lambda unit: unit.pending(HERE, ["p-known", "p-unknown"]))
    assert set(pending) == {"p-known"}
    gateway.pass_on(HERE, [known])
    assert len(core._book.read(lambda unit: unit.pending(HERE, ["p-known"]))) == 1, "the same item may come again"
