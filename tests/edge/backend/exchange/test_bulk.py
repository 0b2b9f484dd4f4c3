"""S15-5, S02-4, S01-10a: yearly bulk enquiries by file, an outcome for each row, in whatever format it reads."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import pytest

from app.domain.conversion.records import Row
from app.domain.conversion.values import Day, Values
from app.domain.rights import Right
from app.errors import Conflict, NotAllowed, Refused
from app.wire.relay_bulk import AskBulk, AskBulkOutcomes, BulkTaken, ConvertFile, HandInBulk
from app.wire.relay_office import AskRuns
from tests.edge.backend.exchange.test_waiting import Cut, PowerCut
from tests.edge.backend.exchange.world import (
    HERE,
    LINK,
    LOCAL,
    MOVED,
    NETWORK,
    NO_ROW,
    PROCEDURE,
    THERE,
    UNDECLARED,
    YEAR,
    World,
    data,
    open_world,
)
from tests.support.slices import MovedClock, call, person

CLERK = person(
    "bulk",
    Right("enquiry.bulk", PROCEDURE),
    Right("enquiry.make", PROCEDURE, "tax"),
    Right("enquiry.read", PROCEDURE, "tax"),
    "exchange.convert",
    "exchange.watch",
    municipality=HERE,
)
FORMATS = data().formats
_numbers = count(1)


def row(number: str, enquiry: str = NETWORK, **changed) -> dict[str, object]:
    given = {
        "reference": f"参照{number[-4:]}",
        "business_number": number,
        "enquiry": enquiry,
        "tax_year": YEAR,
        "requested_on": Day(2026, 11, 20),
        "consent": False,
    }
    return given | changed


def file_of(layout: str, rows: Sequence[dict[str, object]], use: str = "enquiries") -> bytes:
    records = FORMATS.of(layout, use)
    return records.head() + b"".join(line.data for line in records.write(rows))


def hand_in(world: World, body: bytes, batch: str, actor=CLERK, **changed) -> BulkTaken:
    given = {
        "batch_id": batch,
        "procedure": PROCEDURE,
        "layout": "enquiries_fixed",
        "outcomes": "outcomes_fixed",
        "part": 1,
        "is_last": True,
        "body": body,
    }
    return world.exchange.office.bulk.hand_in(call(actor, world.clock.now()), HandInBulk(**(given | changed)))


def carry(world: World) -> None:
    """Let everything run that runs by itself."""
    office, waits = world.exchange.office, True
    while waits:
        while office.bulk.turn():
            pass
        waits = world.exchange.carrying.turn()
        world.clock.move(seconds=6)


def outcomes(world: World, batch: str, actor=CLERK, **asked) -> list[Values]:
    message = AskBulkOutcomes(batch_id=batch, **asked)
    given = world.exchange.office.bulk.outcomes(call(actor, world.clock.now()), message)
    found: list[Row] = list(FORMATS.of(given.layout, "outcomes").read(given.body))
    assert [one.fault for one in found] == [""] * given.rows
    return [one.values for one in found]


def name() -> str:
    return f"yearly-{next(_numbers)}"


@pytest.mark.seed("K-03", "K-05")
@pytest.mark.parametrize(
    ("layout", "answered"),
    [("enquiries_csv", "outcomes_csv"), ("enquiries_fixed", "outcomes_fixed"), ("enquiries_host", "outcomes_host")],
)
def test_each_row_of_a_file_has_its_outcome_whatever_the_system_reads(world: World, layout: str, answered: str) -> None:
    batch = name()
    rows = [row(MOVED), row(LOCAL, LINK), row(UNDECLARED), row(NO_ROW), row(LOCAL), row(MOVED, "no_such")]
    taken = hand_in(world, file_of(layout, rows), batch, layout=layout, outcomes=answered)
    assert (taken.rows, taken.rejected, taken.lossy) == (6, 1, 0)
    carry(world)
    state = world.exchange.office.bulk.state(call(CLERK, world.clock.now()), AskBulk(batch_id=batch))
    assert (state.state, state.rows, state.counts) == ("done", 6, {"done": 5, "rejected": 1})
    found = outcomes(world, batch)
    told = [(one["state"], one["answer"], one["reason"], one["next_step"]) for one in found]
    assert told == [
        ("answered", "value", None, "none"),
        ("answered", "value", None, "none"),
        ("answered", "undeclared", None, "ask_to_file"),
        ("answered", "no_data", None, "ask_paper"),
        ("refused", None, "own_city", "ask_again"),
        ("rejected", None, "row_incomplete", "mend_row"),
    ]
    assert [one["income"] for one in found[:3]] == [3_456_789, 2_222_222, None]
    assert [one["business_number"] for one in found] == [one["business_number"] for one in rows]
    assert found[0]["reference"] == "参照0101"


def test_every_answer_that_goes_into_a_file_is_an_act(world: World) -> None:
    batch = name()
    hand_in(world, file_of("enquiries_fixed", [row(MOVED), row(NO_ROW)]), batch)
    carry(world)
    before = world.kinds("relay", HERE).count("enquiry.answer_read")
    outcomes(world, batch)
    assert world.kinds("relay", HERE).count("enquiry.answer_read") == before + 2
    outcomes(world, batch, first=2, limit=1)
    assert world.kinds("relay", HERE).count("enquiry.answer_read") == before + 3


@pytest.mark.twin("K-03", "K-05")
def test_a_row_that_came_in_damaged_is_not_asked_about_somebody_else(world: World) -> None:
    """The negative twin: a lossy number would be another person's."""
    batch = name()
    body = file_of("enquiries_fixed", [row(MOVED), row(NO_ROW)]).replace(MOVED.encode(), b"00000000000\x81\xff1")
    before = len(world.kinds("intermediary", HERE))
    taken = hand_in(world, body, batch)
    assert (taken.rejected, [loss.kind for loss in taken.losses][-1]) == (1, "not_digits")
    carry(world)
    assert [one["state"] for one in outcomes(world, batch)] == ["rejected", "answered"]
    assert len(world.kinds("intermediary", HERE)) == before + 2


@pytest.mark.parametrize("kept", [False, True], ids=["lost", "kept"])
@pytest.mark.parametrize("at", [1, 2])
def test_killed_anywhere_a_file_goes_on_and_nothing_is_asked_twice(world: World, at: int, *, kept: bool) -> None:
    batch = name()
    hand_in(world, file_of("enquiries_fixed", [row(MOVED), row(NO_ROW)]), batch)
    before = world.kinds("intermediary", THERE).count("provision.made")
    bulk = world.exchange.office.bulk
    whole = bulk._book
    bulk._book = Cut(whole, at, kept=kept)
    with pytest.raises(PowerCut):
        bulk.turn()
    bulk._book = whole
    world.clock.move(minutes=3)  # the lease of the dead process has run out
    carry(world)
    assert [one["answer"] for one in outcomes(world, batch)] == ["value", "no_data"]
    assert world.kinds("intermediary", THERE).count("provision.made") == before + 2


def test_a_file_comes_in_parts_in_their_order_each_once(world: World) -> None:
    batch = name()
    one, two = (file_of("enquiries_fixed", [row(number)]) for number in (MOVED, NO_ROW))
    with pytest.raises(Conflict):
        hand_in(world, one, batch, part=2, is_last=False)
    first = HandInBulk(
        batch_id=batch,
        procedure=PROCEDURE,
        layout="enquiries_fixed",
        outcomes="outcomes_fixed",
        part=1,
        is_last=False,
        body=one,
    )
    same = call(CLERK, world.clock.now(), key=f"key-{batch}")
    bulk = world.exchange.office.bulk
    assert bulk.hand_in(same, first) == bulk.hand_in(same, first)
    carry(world)
    assert outcomes(world, batch)[0]["state"] == "waiting"  # nothing begins before the last part
    with pytest.raises(Conflict):
        hand_in(world, two, batch, part=3)
    hand_in(world, two, batch, part=2)
    with pytest.raises(Conflict):
        hand_in(world, two, batch, part=3)
    carry(world)
    assert [each["state"] for each in outcomes(world, batch)] == ["answered", "answered"]


def test_bulk_files_leave_room_for_counters(loaded, tmp_path) -> None:
    """S02-0b: at most so many rows are under way at once; a counter's enquiry goes between them."""
    exchange = data()
    slow = replace(exchange, sides=replace(exchange.sides, bulk_open=1))
    with open_world(loaded, MovedClock(), rules=slow) as world:
        batch = name()
        hand_in(world, file_of("enquiries_fixed", [row(MOVED), row(UNDECLARED), row(NO_ROW)]), batch)
        world.exchange.office.bulk.turn()
        state = world.exchange.office.bulk.state(call(CLERK, world.clock.now()), AskBulk(batch_id=batch))
        assert state.counts == {"asked": 1, "waiting": 2}
        assert world.answer(NO_ROW).kind == "no_data"
        carry(world)
        assert [one["state"] for one in outcomes(world, batch)] == ["answered"] * 3


@pytest.mark.parametrize(
    "rights",
    [(), (Right("enquiry.bulk", "another"),), (Right("enquiry.make", PROCEDURE, "tax"),)],
)
def test_who_may_not_hands_in_no_file_and_sees_none(world: World, rights: tuple) -> None:
    batch, actor = name(), person("other", *rights, municipality=HERE)
    body = file_of("enquiries_fixed", [row(MOVED)])
    with pytest.raises(NotAllowed):
        hand_in(world, body, batch, actor)
    hand_in(world, body, batch)
    neighbour = replace(CLERK, municipality=THERE)
    for who in (actor, neighbour):
        with pytest.raises(NotAllowed):
            outcomes(world, batch, who)
        with pytest.raises(NotAllowed):
            world.exchange.office.bulk.state(call(who, world.clock.now()), AskBulk(batch_id=batch))


def test_who_may_hand_in_but_not_read_gets_no_answers_and_who_may_not_make_them_asks_nothing(world: World) -> None:
    batch = name()
    only = person("only", Right("enquiry.bulk", PROCEDURE), municipality=HERE)
    hand_in(world, file_of("enquiries_fixed", [row(MOVED)]), batch, only)
    carry(world)
    assert [(one["state"], one["reason"]) for one in outcomes(world, batch)] == [("refused", "office.not_allowed")]
    answered = name()
    hand_in(world, file_of("enquiries_fixed", [row(MOVED)]), answered)
    carry(world)
    with pytest.raises(NotAllowed):
        outcomes(world, answered, only)


def test_the_runs_tell_how_files_stand(world: World) -> None:
    """S01-10a: state and results of each batch, of this municipality only."""
    batch = name()
    hand_in(world, file_of("enquiries_fixed", [row(MOVED), row(MOVED, "no_such")]), batch)
    steering = world.exchange.office.steering
    newest = steering.runs(call(CLERK, world.clock.now()), AskRuns()).rows
    mine = next(one for one in newest if one.run_id == batch)
    assert (mine.kind, mine.state, mine.rows, mine.done, mine.faults) == ("bulk", "running", 2, 1, 1)
    carry(world)
    mine = next(one for one in steering.runs(call(CLERK, world.clock.now()), AskRuns()).rows if one.run_id == batch)
    assert (mine.state, mine.done, mine.ended_at is not None) == ("done", 2, True)
    there = steering.runs(call(replace(CLERK, municipality=THERE), world.clock.now()), AskRuns()).rows
    assert batch not in [one.run_id for one in there]


def test_a_file_is_turned_into_another_system_s_format_and_what_it_lost_is_told(world: World) -> None:
    """S02-2: from the host's characters to JIS X 0213 and back, with every loss by row and field."""
    person_row = {"business_number": "000000000000001", "name": "見本　花子", "kana": "ﾐﾎﾝ", "sex": "female"}
    rows = [person_row, person_row | {"name": "𠮟る", "birth": Day(1955, is_unknown=True, written="昭和30年頃")}]
    source = file_of("persons_jis2004", rows, "persons")
    asked = ConvertFile(source="persons_jis2004", target="persons_host", body=source)
    bulk = world.exchange.office.bulk
    done = bulk.convert(call(CLERK, world.clock.now()), asked)
    assert (done.rows, done.faults) == (2, ())
    assert [(loss.row, loss.field, loss.kind) for loss in done.losses] == [(2, "name", "not_in_charset")]
    back = bulk.convert(
        call(CLERK, world.clock.now()), ConvertFile(source="persons_host", target="persons_jis2004", body=done.body)
    )
    first, second = FORMATS.of("persons_jis2004", "persons").read(back.body)
    assert {key: first.values[key] for key in person_row} == person_row
    assert second.values["birth"] == rows[1]["birth"]
    with pytest.raises(Refused):
        bulk.convert(call(CLERK, world.clock.now()), replace_target(asked))
    with pytest.raises(NotAllowed):
        bulk.convert(call(person("x", municipality=HERE), world.clock.now()), asked)


def replace_target(asked: ConvertFile) -> ConvertFile:
    return ConvertFile(source=asked.source, target="outcomes_host", body=asked.body)
