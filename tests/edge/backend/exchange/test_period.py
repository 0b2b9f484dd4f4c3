"""What lasts is asked about from a day until a day: signed so, held against the row, answered by what held then."""

from datetime import date

import pytest

from app.backend.intermediary.ports import ReplicaRow
from app.errors import Refused
from app.wire.exchange import NetworkRequest
from app.wire.message import decode
from tests.edge.backend.exchange.world import HERE, MOVED, NO_ROW, THERE, UNDECLARED, World

ASSISTANCE = "生活保護関係情報"
TODAY = date(2026, 11, 20)
ASKED = {
    "procedure": "public_assistance",
    "enquiry": "assistance",
    "information": ASSISTANCE,
    "purpose": "ほかの福祉事務所での保護の状況を確認するため",
    "tax_year": 0,
    "provider": THERE,
    "since": date(2025, 11, 1),
    "until": TODAY,
}
NUMBER_THERE = {MOVED: "000000000009901", UNDECLARED: "000000000009903"}


def granted(world: World, subject: str, since: str, until: str | None) -> None:
    """That municipality's replica says from when until when the person was helped."""
    number = NUMBER_THERE[subject]
    addressee = world.exchange.addressee
    (person,) = addressee._book.read(lambda unit: unit.of_business(THERE, [number])).values()
    items = {"granted_since": since, "granted_until": until, "aid_kinds": "生活扶助"}
    world.exchange.providing.load([ReplicaRow(THERE, person.addressee_number, ASSISTANCE, 0, "value", items)])


@pytest.mark.parametrize(
    ("since", "until", "kind"),
    [
        ("2024-04-01", None, "value"),
        ("2024-04-01", "2025-11-01", "value"),
        ("2026-11-20", None, "value"),
        ("2024-04-01", "2025-10-31", "no_data"),
    ],
)
def test_an_answer_says_whether_it_held_on_a_day_of_the_period(
    world: World, since: str, until: str | None, kind: str
) -> None:
    granted(world, MOVED, since, until)
    answer = world.answer(MOVED, **ASKED)
    assert (answer.kind, answer.since, answer.until) == (kind, date(2025, 11, 1), TODAY)
    said = {"granted_since": since, "granted_until": until, "aid_kinds": "生活扶助"}
    assert answer.items == (said if kind == "value" else {})


def test_nobody_registered_is_nothing_there(world: World) -> None:
    assert world.answer(NO_ROW, **ASKED).kind == "no_data"


def test_days_from_before_what_is_registered_wait_for_somebody_of_the_section(world: World) -> None:
    """The replica keeps the last time only: that there was no earlier one, it can't say."""
    granted(world, UNDECLARED, "2026-04-01", None)
    accepted = world.make(UNDECLARED, **(ASKED | {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}))
    world.carry()
    state = world.state(accepted)
    assert (state.state, state.reason, state.answer) == ("waiting", "held_back", None)
    held = [what for kind, what in world.acts("intermediary", THERE) if kind == "provision.held"]
    assert held[-1]["reason"] == "period"


@pytest.mark.parametrize(
    "lie",
    [
        {"since": None},
        {"until": None},
        {"since": date(2026, 11, 21)},
        {"until": date(2026, 11, 21)},
        {"since": date(2020, 1, 1)},
        {"tax_year": 2026},
        {"as_of": TODAY},
    ],
)
def test_a_period_out_of_order_ahead_too_long_or_beside_a_year_is_refused_and_the_refusal_kept(
    world: World, lie: dict
) -> None:
    with pytest.raises(Refused) as refused:
        world.make(MOVED, **(ASKED | lie))
    assert refused.value.reason == "wrong_enquiry_period"
    kind, what = world.acts("relay", HERE)[-1]
    assert (kind, what["reason"]) == ("enquiry.refused", "wrong_enquiry_period")


def test_what_belongs_to_a_year_or_a_day_takes_no_period(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.make(MOVED, since=date(2025, 11, 1), until=TODAY)
    assert refused.value.reason == "wrong_enquiry_period"


def test_the_period_is_in_the_signed_request_and_in_the_records_of_both_sides(world: World) -> None:
    granted(world, MOVED, "2024-04-01", None)
    accepted = world.make(MOVED, **ASKED)
    world.carry()
    book = world.exchange.accepting._book
    kept = book.read(lambda unit: unit.kept(HERE, [accepted.enquiry_id]))[accepted.enquiry_id]
    request = decode(kept.request.body, NetworkRequest)
    assert (request.since, request.until, request.tax_year, request.as_of) == (date(2025, 11, 1), TODAY, 0, None)
    what = next(what for kind, what in world.acts("relay", HERE) if what.get("enquiry") == accepted.enquiry_id)
    assert (what["since"], what["until"]) == ("2025-11-01", "2026-11-20")
    number = world.state(accepted).answer.process_number
    records = world.exchange.asking._book
    asked = records.read(lambda unit: unit.past.by_process(HERE, [number]))[number]
    provided = records.read(lambda unit: unit.provisions(THERE, [number]))[number]
    assert {(one.since, one.until) for one in (asked, provided)} == {(date(2025, 11, 1), TODAY)}
