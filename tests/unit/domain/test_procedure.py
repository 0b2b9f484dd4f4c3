"""A claim for a child's allowance, as its data file rules it: what is asked, what stops, what is paid from when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from app.domain.checks import (
    enquiries,
    findings,
    papers,
    visible_columns,
    visible_fields,
    visible_groups,
)
from app.domain.days import Month
from app.domain.deadlines import limits, tax_year
from app.domain.facts import Value
from app.domain.procedure import Level, Need, Stage
from tests.support.claims import CHILD, CLAIM, FACTS, HERE, THERE, TODAY, with_facts


def checks_of(facts: Mapping[str, Value], stage: Stage = Stage.DECIDE, day: date = TODAY) -> dict[str, bool]:
    """Which checks hold, and whether each stops the stage."""
    return {finding.key: finding.stops for finding in findings(CLAIM, facts, stage, day)}


def test_a_complete_claim_in_time_has_nothing_to_say() -> None:
    assert checks_of(FACTS) == {}


@pytest.mark.parametrize("stage", list(Stage))
def test_nothing_at_all_stops_a_reception(stage: Stage) -> None:
    found = findings(CLAIM, {}, stage, TODAY)
    assert found
    assert any(finding.stops for finding in found) is (stage.order >= Stage.DECIDE.order)


def test_a_missing_number_never_stops_anything() -> None:
    for state in (None, "declined", "absent"):
        found = findings(CLAIM, with_facts(claimant_number=state), Stage.HAND_OVER, TODAY)
        assert [(finding.check, finding.level, finding.stops) for finding in found] == [
            ("number_missing", Level.CONFIRM, False)
        ]


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"account_holder": "ミホン　タロウ"}, "account_not_own"),
        ({"claimant_occupation": "public_servant", "claimant_paid_by_office": True}, "public_servant"),
        ({"spouse_occupation": "public_servant", "spouse_paid_by_office": True}, "spouse_public_servant"),
        ({"children": ({**CHILD, "child_birth": date(2008, 4, 1)},), "claimant_pension": None}, "child_too_old[0]"),
        ({"children": ({**CHILD, "child_birth": date(2026, 11, 21)},)}, "child_not_born[0]"),
        ({"children": (CHILD, {**CHILD, "child_paid_elsewhere": True})}, "child_paid_elsewhere[1]"),
        ({"children": ({**CHILD, "child_custody": False},)}, "not_in_custody[0]"),
        ({"claim_signed": False}, "unsigned"),
        ({"claimant_phone": None}, "missing"),
        ({"children": ()}, "missing"),
    ],
)
def test_what_forbids_a_decision_stops_it_and_not_the_reception(changes: dict[str, Any], check: str) -> None:
    facts = with_facts(**changes)
    assert checks_of(facts, Stage.DECIDE)[check] is True
    assert checks_of(facts, Stage.RECEPTION)[check] is False


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"claimant_income": 2_999_999}, "income_below_spouse"),
        ({"claimant_tax": "undeclared", "claimant_income": None}, "claimant_undeclared"),
        ({"spouse_tax": "no_data", "spouse_income": None}, "spouse_no_data"),
        ({"claimant_tax": "no_code", "claimant_income": None}, "code_waiting"),
        ({"claimant_tax": "pending", "claimant_income": None}, "answer_pending"),
        ({"spouse_tax": "withheld", "spouse_income": None}, "answer_not_provided"),
        ({"spouse_tax": None, "spouse_income": None}, "not_asked"),
        ({"event_date": date(2026, 10, 1)}, "late_claim"),
        ({"register_provisional": True}, "provisional"),
        ({"applicant_registered": False}, "not_registered"),
        (
            {
                "children": (
                    {
                        **CHILD,
                        "child_together": False,
                        "child_address": "手本市1",
                        "child_municipality": THERE,
                        "child_apart_reason": "単身赴任",
                    },
                )
            },
            "livelihood_apart[0]",
        ),
    ],
)
def test_what_wants_a_look_does_not_stop(changes: dict[str, Any], check: str) -> None:
    assert checks_of(with_facts(**changes), Stage.HAND_OVER) == {check: False}


def test_equal_or_higher_income_asks_nothing() -> None:
    assert checks_of(with_facts(claimant_income=3_000_000)) == {}


def test_an_account_name_in_half_width_kana_is_the_claimants_own() -> None:
    assert checks_of(with_facts(account_holder="ﾐﾎﾝ ﾊﾅｺ")) == {}
    assert checks_of(with_facts(account_holder="ミホンハナコ")) == {}


def test_the_public_account_asks_for_no_account_data() -> None:
    facts = with_facts(account_public=True, account_bank=None, account_holder=None, account_kind=None)
    assert checks_of(facts) == {}
    assert "account_bank" not in [field.id for field in visible_fields(CLAIM, facts, TODAY)]
    assert "public_account" in [due.enquiry.id for due in enquiries(CLAIM, facts, TODAY)]


def test_a_finding_says_what_why_and_what_now_and_names_the_child() -> None:
    facts = with_facts(children=({**CHILD, "child_custody": False},))
    finding = findings(CLAIM, facts, Stage.DECIDE, TODAY)[0]
    assert finding.what == "請求者は見本　芽生を監護していません。"
    assert finding.why
    assert finding.next
    assert (finding.group, finding.row, finding.fields) == ("children", 0, ("child_custody",))


def test_a_missing_entry_is_named_by_its_label_and_row() -> None:
    facts = with_facts(claimant_phone=None, children=({"child_name": "見本　芽生", "child_birth": TODAY},))
    whats = [finding.what for finding in findings(CLAIM, facts, Stage.DECIDE, TODAY)]
    assert "「電話番号」が入っていません。" in whats
    assert "「見本　芽生 / 監護している」が入っていません。" in whats


def test_errors_that_stop_come_first() -> None:
    facts = with_facts(claimant_number=None, account_holder="ミホン　タロウ")
    assert [finding.check for finding in findings(CLAIM, facts, Stage.DECIDE, TODAY)] == [
        "account_not_own",
        "number_missing",
    ]


def test_a_protected_person_stops_the_issue_of_papers_until_released_but_no_decision() -> None:
    facts = with_facts(claimant_protected=True)
    assert checks_of(facts, Stage.DECIDE) == {"protected_delivery": False}
    assert checks_of(facts, Stage.ISSUE) == {"protected_delivery": True}
    assert checks_of(with_facts(claimant_protected=True, protection_released=True), Stage.ISSUE) == {}


# ---- fields


def test_fields_of_the_spouse_appear_only_where_there_is_one() -> None:
    alone = [field.id for field in visible_fields(CLAIM, with_facts(spouse_exists=False), TODAY)]
    together = [field.id for field in visible_fields(CLAIM, FACTS, TODAY)]
    assert [name for name in alone if name.startswith("spouse_")] == ["spouse_exists"]
    assert "spouse_name" in together
    assert "spouse_address" not in together


def test_the_pension_is_asked_only_while_a_child_is_under_three() -> None:
    older = with_facts(children=({**CHILD, "child_birth": date(2020, 1, 1)},))
    assert "claimant_pension" in [field.id for field in visible_fields(CLAIM, FACTS, TODAY)]
    assert "claimant_pension" not in [field.id for field in visible_fields(CLAIM, older, TODAY)]


def test_a_child_apart_has_an_address_and_a_reason_and_no_duty_to_give_a_number() -> None:
    group = CLAIM.group("children")
    assert group is not None
    apart = {**CHILD, "child_together": False}
    columns = {field.id: field.need for field in visible_columns(CLAIM, group, FACTS, apart, TODAY)}
    assert columns["child_address"] is Need.WHEN
    assert columns["child_number"] is Need.ASKED
    near = [field.id for field in visible_columns(CLAIM, group, FACTS, CHILD, TODAY)]
    assert "child_address" not in near


def test_elder_children_are_asked_for_only_when_they_count() -> None:
    assert [group.id for group in visible_groups(CLAIM, FACTS, TODAY)] == ["children"]
    facts = with_facts(elder_exists=True)
    assert [group.id for group in visible_groups(CLAIM, facts, TODAY)] == ["children", "elders"]


def test_papers_to_bring_depend_on_the_case() -> None:
    assert [paper.id for paper in papers(CLAIM, FACTS, TODAY)] == ["account_proof"]
    apart = with_facts(account_public=True, children=({**CHILD, "child_together": False},))
    assert [paper.id for paper in papers(CLAIM, apart, TODAY)] == ["apart_statement"]


# ---- periods


def test_within_fifteen_days_payment_starts_after_the_month_of_birth() -> None:
    born = with_facts(event_date=date(2026, 10, 31))
    (limit,) = limits(CLAIM, born, date(2026, 11, 16))  # day 15 is Sunday 15 November
    assert (limit.last_day, limit.kept, limit.start) == (date(2026, 11, 16), True, Month(2026, 11))
    assert limit.months_lost == 0


def test_on_day_sixteen_both_months_are_known_and_one_is_lost() -> None:
    born = with_facts(event_date=date(2026, 10, 30))
    (limit,) = limits(CLAIM, born, date(2026, 11, 17))
    assert (limit.last_day, limit.kept) == (date(2026, 11, 16), False)
    assert (limit.start_if_kept, limit.start_if_late, limit.start) == (
        Month(2026, 11),
        Month(2026, 12),
        Month(2026, 12),
    )
    assert limit.months_lost == 1


def test_who_moves_in_next_month_is_paid_from_the_month_after_that() -> None:
    (limit,) = limits(CLAIM, with_facts(event_date=date(2026, 12, 1)), TODAY)
    assert limit.kept
    assert limit.start == Month(2027, 1)


def test_without_a_date_of_the_event_no_period_runs() -> None:
    assert limits(CLAIM, with_facts(event_date=None), TODAY) == ()


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 1, 1), 2025),
        (date(2026, 5, 31), 2025),
        (date(2026, 6, 1), 2026),
        (date(2026, 12, 31), 2026),
    ],
)
def test_the_tax_year_changes_in_june(day: date, year: int) -> None:
    enquiry = CLAIM.enquiry("local_tax_claimant")
    assert enquiry is not None
    asked = tax_year(enquiry, day)
    assert asked is not None
    assert (asked.year, asked.residence_day, asked.income_year) == (year, date(year, 1, 1), year - 1)


def test_an_enquiry_about_no_year_has_none() -> None:
    enquiry = CLAIM.enquiry("public_account")
    assert enquiry is not None
    assert tax_year(enquiry, TODAY) is None


# ---- enquiries


def test_who_lived_elsewhere_on_1_january_is_asked_there_and_who_lived_here_is_not() -> None:
    due = {one.enquiry.id: one for one in enquiries(CLAIM, FACTS, TODAY)}
    assert list(due) == ["city_tax_spouse", "local_tax_claimant", "pension"]
    asked = due["local_tax_claimant"]
    assert asked.provider == THERE
    assert asked.year is not None
    assert asked.year.year == 2026
    assert due["city_tax_spouse"].provider == ""


def test_a_single_parent_is_asked_for_no_tax_because_there_is_nothing_to_compare() -> None:
    due = [one.enquiry.id for one in enquiries(CLAIM, with_facts(spouse_exists=False), TODAY)]
    assert due == ["pension"]


def test_each_child_apart_is_asked_for_where_it_lives() -> None:
    apart = {**CHILD, "child_together": False, "child_municipality": THERE}
    near = {**CHILD, "child_together": False, "child_municipality": HERE}
    due = [one for one in enquiries(CLAIM, with_facts(children=(near, CHILD, apart)), TODAY) if one.enquiry.each]
    assert [(one.row, one.provider) for one in due] == [(2, THERE)]


def test_an_assumed_legal_ground_is_never_shown_as_a_citation() -> None:
    enquiry = CLAIM.enquiry("local_tax_claimant")
    assert enquiry is not None
    now, before = enquiry.basis_on(TODAY), enquiry.basis_on(date(2024, 5, 26))
    assert now is not None
    assert before is not None
    assert (now.series, now.item, now.citable) == ("order", "106", False)
    assert (before.series, before.item, before.citable) == ("old", "74", True)
    number = CLAIM.number_use.basis_on(TODAY)
    assert number is not None
    assert not number.citable
