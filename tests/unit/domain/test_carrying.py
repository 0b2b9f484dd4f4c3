"""What one application of a visit said is not asked again by the next."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from app.domain.carrying import Said, carried, said_by_answers, said_in
from app.domain.carrying_data import parse_carrying
from app.domain.conditions import Scope
from app.domain.facts import Facts, Row, Value
from app.errors import DataFault
from app.shipped import read_toml
from tests.support.interviews import carrying, interview, procedures

TODAY = date(2026, 11, 20)
NOTHING_TOLD = Scope({}, TODAY)


def row(name: str, birth: date, relation: str) -> Row:
    return {"mover_name": name, "mover_birth": birth, "mover_relation": relation, "mover_kana": "ミホン"}


FAMILY = (
    row("見本　太郎", date(1990, 4, 1), "世帯主"),
    row("見本　花子", date(1991, 5, 2), "妻"),
    row("見本　芽生", date(2023, 6, 3), "子"),
    row("見本　年長", date(2006, 6, 3), "子"),
)
MOVED: dict[str, Value] = {
    "notifier_name": "見本　太郎",
    "notifier_phone": "09000000000",
    "new_address": "北市中央区一条1-2",
    "new_building": "見本荘101号",
    "planned_on": date(2026, 11, 14),
    "movers": FAMILY,
}


def after(
    first: str, facts: Facts, then: str, so_far: Facts | None = None, name: str = "見本　太郎"
) -> dict[str, Value]:
    """What the procedure ``then`` takes over from ``first``."""
    books = procedures()
    said = said_in(carrying(), books[first], facts, TODAY)
    found = carried(carrying(), books[then], (so_far or {}, name), said, NOTHING_TOLD)
    assert set(found.sources.values()) <= {first}
    return dict(found.facts)


def test_who_moved_in_types_telephone_and_new_address_once():
    found = after("move_in_notification", MOVED, "child_allowance_claim")
    assert found["claimant_phone"] == "09000000000"
    assert found["claimant_address"] == "北市中央区一条1-2　見本荘101号"
    assert found["claimant_name"] == "見本　太郎"
    assert found["claimant_birth"] == date(1990, 4, 1)
    assert found["event_date"] == date(2026, 11, 14)


def test_the_children_of_the_head_become_rows_and_grown_up_ones_do_not():
    children = after("move_in_notification", MOVED, "child_allowance_claim")["children"]
    assert children == (
        {
            "child_name": "見本　芽生",
            "child_birth": date(2023, 6, 3),
            "child_relation": "child",
            "child_together": True,
        },
    )


def test_the_spouse_is_known_and_nothing_is_said_of_consent_signature_or_number():
    found = after("move_in_notification", MOVED, "nursery_certification")
    assert (found["partner_exists"], found["partner_name"]) == (True, "見本　花子")
    assert not {"tax_consent", "signed", "guardian_number", "partner_number"} & found.keys()


def test_of_a_notifier_who_is_not_the_head_it_is_not_guessed_whose_child_or_spouse_somebody_is():
    """The head's children may be the notifier's brothers."""
    found = after("move_in_notification", MOVED, "child_allowance_claim", name="見本　年長")
    assert "children" not in found
    assert "spouse_name" not in found


def test_whom_the_register_has_named_already_is_not_added_twice():
    there: Row = {"child_name": "見本　芽生", "child_birth": date(2023, 6, 3), "child_relation": "child"}
    found = after("move_in_notification", MOVED, "child_allowance_claim", {"children": (there,)})
    assert "children" not in found


def test_a_place_of_taxation_is_taken_over_only_for_the_same_tax_year():
    """In November both ask for this year; in July the one asks for this year, the other still for the last."""
    books = procedures()
    facts: dict[str, Value] = {"claimant_jan1": "992003"}
    for day, taken in ((TODAY, True), (date(2026, 7, 10), False)):
        said = said_in(carrying(), books["child_allowance_claim"], facts, day)
        found = carried(carrying(), books["nursery_certification"], ({}, ""), said, Scope({}, day))
        assert ("guardian_jan1" in found.facts) is taken


def test_what_was_answered_in_the_interview_fills_the_form():
    told = Scope({"moved_in": True, "public_servant": False}, TODAY)
    said = said_by_answers(carrying(), {"moved_on": date(2026, 11, 15), "planned_on": date(2026, 11, 14)})
    move = carried(carrying(), procedures()["move_in_notification"], ({}, ""), said, told)
    assert move.facts["moved_in_on"] == date(2026, 11, 15)
    claim = carried(carrying(), procedures()["child_allowance_claim"], ({}, ""), said, told)
    assert claim.facts["claim_reason"] == "moved_in"
    assert claim.facts["claimant_paid_by_office"] is False
    assert set(claim.sources.values()) == {""}


def test_what_was_typed_later_counts_more_than_what_was_answered_first():
    said = said_by_answers(carrying(), {"planned_on": date(2026, 11, 1)})
    said |= {"planned_on": Said(date(2026, 11, 14), "move_in_notification")}
    found = carried(carrying(), procedures()["child_allowance_claim"], ({}, ""), said, NOTHING_TOLD)
    assert found.facts["event_date"] == date(2026, 11, 14)


@pytest.mark.parametrize(
    ("table", "at", "change", "what"),
    [
        ("item", 0, {"both": ["move_in_notification.notifier_fax"]}, "unknown_name"),
        (
            "item",
            0,
            {"both": ["move_in_notification.notifier_phone", "move_in_notification.moved_in_on"]},
            "wrong_kind",
        ),
        ("item", 0, {"answers": ["telephone"]}, "unknown_name"),
        ("answered", 0, {"value": "sold"}, "unknown_value"),
        ("answered", 0, {"when": {"field": "child_known", "is": True}}, "unknown_name"),
    ],
)
def test_a_table_that_names_what_there_is_not_is_refused(table: str, at: int, change: dict[str, Any], what: str):
    values = deepcopy(read_toml("tables", "interview_carried.toml"))
    values[table][at].update(change)
    with pytest.raises(DataFault) as caught:
        parse_carrying(values, procedures(), interview())
    assert caught.value.data["what"] == what


def test_what_the_register_says_alike_keeps_the_register_as_its_source():
    books = procedures()
    said = said_in(carrying(), books["child_allowance_claim"], {"claimant_birth": date(1990, 4, 1)}, TODAY)
    for so_far, taken in ((date(1990, 4, 1), False), (date(1990, 4, 2), True)):
        about = ({"guardian_birth": so_far}, "")
        found = carried(carrying(), books["nursery_certification"], about, said, NOTHING_TOLD)
        assert ("guardian_birth" in found.facts) is taken
