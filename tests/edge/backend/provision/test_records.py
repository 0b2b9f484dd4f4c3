"""C-48, F-17, R-066, R-095, S01-5, S13-2a, S13-2c: both sides' records, what is added, what a person is shown."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.errors import NotAllowed, Refused
from app.wire import exchange_record as record
from tests.edge.backend.exchange.world import HERE, MOVED, PROCEDURE, TAX, THERE, YEAR, World
from tests.edge.backend.provision.provider import (
    CLERK,
    EVERYTHING,
    HEAD,
    NEIGHBOUR,
    OTHER_SECTION,
    OWNER,
    Provider,
    of_owner,
)
from tests.support.slices import person

PERSON = "000000000009901"
ALL = tuple(f"00000000000990{digit}" for digit in (1, 3, 5, 6, 7, 8))
"""Those there of whom something is registered, but for two who have numbers of people here."""
EXAMINER = of_owner("examiner-of-records", "exchange.record", owner=PROCEDURE, municipality=HERE)
OFFICER = person("officer", "exchange.disclose", municipality=THERE)


def records(provider: Provider, number: str, actor=CLERK, scope: str = OWNER) -> dict[str, record.RecordRow]:
    asked = record.FindRecords(scope=scope, person=number)
    rows = provider.office.recording.records(provider.call(actor), asked).rows
    return {row.process_number: row for row in rows}


def mark(provider: Provider, number: str, kind: str, actor=CLERK, text: str = "", **changed) -> record.RecordMarked:
    given = {"scope": OWNER, "side": "provided", "process_number": number, "kind": kind, "reason": "申出による"}
    return provider.office.recording.mark(provider.call(actor), record.MarkRecord(**(given | changed), text=text))


def disclosed(provider: Provider, number: str) -> record.DisclosedRecords:
    asked = record.DiscloseRecords(person=number, request_number="令8-17")
    return provider.office.recording.disclose(provider.call(OFFICER), asked)


@pytest.mark.seed("C-48", "F-17")
def test_both_sides_keep_the_same_exchange_each_under_who_may_see_it(world: World) -> None:
    provider = Provider(world)
    number = world.answer(MOVED).process_number
    there = records(provider, provider.number(PERSON))[number]
    assert (there.side, there.partner, there.information, there.tax_year) == ("provided", HERE, TAX, YEAR)
    assert (there.task, there.answer, there.hidden) == (PROCEDURE, "value", "")
    here = records(provider, provider.number(MOVED, HERE), EXAMINER, PROCEDURE)[number]
    assert (here.side, here.partner, here.answer) == ("asked", THERE, "answered")
    assert there.until.year == there.at.year + 7


def test_a_correction_stands_beside_the_record_and_is_shown_to_the_person(world: World) -> None:
    provider = Provider(world)
    somebody = provider.number(PERSON)
    number = world.answer(MOVED).process_number
    before = records(provider, somebody)[number]
    mark(provider, number, "correction", text="照会先の住所の表記を訂正した")
    after = records(provider, somebody)[number]
    assert (after.answer, after.at, after.tax_year) == (before.answer, before.at, before.tax_year)
    assert [one.text for one in after.marks] == ["照会先の住所の表記を訂正した"]
    shown = {row.process_number: row for row in disclosed(provider, somebody).rows}
    assert shown[number].corrections == ("照会先の住所の表記を訂正した",)
    with pytest.raises(Refused):
        mark(provider, number, "correction", text="  ")


def test_what_is_hidden_by_record_or_by_rule_is_shown_to_nobody_outside(world: World) -> None:
    provider = Provider(world)
    somebody = provider.number(PERSON)
    number = world.answer(MOVED).process_number
    mark(provider, number, "non_disclosure")
    assert records(provider, somebody)[number].hidden == "record"
    assert number not in {row.process_number for row in disclosed(provider, somebody).rows}
    with pytest.raises(Refused) as same:
        mark(provider, number, "disclosure")
    assert same.value.reason == "second_person_needed"
    mark(provider, number, "disclosure", HEAD)
    assert number in {row.process_number for row in disclosed(provider, somebody).rows}
    flag = provider.flag(kind="non_disclosure", information=TAX, person=somebody).row
    found = disclosed(provider, somebody)
    assert (found.rows, found.hidden > 0) == ((), True)
    assert records(provider, somebody)[number].hidden == "rule"
    provider.clear(flag)


def test_the_extract_is_in_the_order_of_time_and_is_itself_recorded(world: World) -> None:
    provider = Provider(world)
    somebody = provider.number(PERSON)
    world.answer(MOVED)
    world.clock.move(minutes=5)
    last = world.answer(MOVED).process_number
    found = disclosed(provider, somebody)
    times = [row.at for row in found.rows]
    assert times == sorted(times)
    assert found.rows[-1].process_number == last
    kind, what = world.acts("intermediary", THERE)[-1]
    assert (kind, what["request"], what["count"]) == ("records.disclosed", "令8-17", len(found.rows))
    assert found.proof


@pytest.mark.twin("C-48", "F-17")
def test_other_sections_and_cities_see_no_record(world: World) -> None:
    provider = Provider(world)
    somebody = provider.number(PERSON)
    number = world.answer(MOVED).process_number
    for stranger in (OTHER_SECTION, NEIGHBOUR, EVERYTHING):
        with pytest.raises(NotAllowed):
            mark(provider, number, "correction", stranger, text="x")
    for stranger in (OTHER_SECTION, EVERYTHING):
        with pytest.raises(NotAllowed):
            records(provider, somebody, stranger)
    assert number not in records(provider, somebody, NEIGHBOUR)
    asked = record.DiscloseRecords(person=somebody, request_number="1")
    with pytest.raises(NotAllowed):
        provider.office.recording.disclose(provider.call(HEAD), asked)


def test_records_are_deleted_after_seven_years_and_that_is_recorded(world: World) -> None:
    """K-19, S01-10d: the clock is moved over the end; a day before it everything is there, and no younger one goes."""
    provider = Provider(world)
    somebody, here = provider.number(PERSON), provider.number(MOVED, HERE)
    book = world.exchange.providing._book
    old = world.answer(MOVED).process_number
    mark(provider, old, "correction", text="訂正した")
    end = records(provider, somebody)[old].until
    world.clock.move(days=2)
    young = world.answer(MOVED).process_number
    world.clock.at = end - timedelta(days=1)
    registered = [row for number in ALL for row in book.read(_rows_of(provider.number(number)))]
    provider.errands()
    assert {old, young} <= set(records(provider, somebody))
    world.clock.at = end + timedelta(seconds=1)
    provider.errands()
    assert old not in records(provider, somebody)
    assert old not in records(provider, here, EXAMINER, PROCEDURE)
    assert young in records(provider, somebody)
    assert book.read(lambda unit: unit.past.marks(THERE, [old])) == ()
    told = [what for kind, what in world.acts("intermediary", THERE) if kind == "record.expired"]
    assert sum(one["provision_count"] for one in told) >= 1
    world.clock.at = end + timedelta(days=62)
    provider.errands()
    assert registered
    assert not [row for number in ALL for row in book.read(_rows_of(provider.number(number)))], "nor a replica so old"
    assert "replica.expired" in world.kinds("intermediary", THERE)
    world.exchange.providing.load(registered)
    keys = world.database("intermediary").read(months_of_records)
    assert keys == [], "what copies of the store may hold stays closed"


def _rows_of(number: str):
    return lambda unit: unit.replicas.of(THERE, number)


def months_of_records(connection) -> list[str]:
    """Of which months there still are keys that open records from 2026."""
    query = text("SELECT month FROM data_key WHERE table_name IN ('enquiry', 'provision') AND month < '2027'")
    return list(connection.execute(query).scalars())
