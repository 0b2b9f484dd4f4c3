"""What is paid a month for each child, by age and number."""

from datetime import date
from typing import Any

from app.domain.amounts import monthly_amounts
from app.domain.days import Month
from tests.support.claims import CHILD, CLAIM, with_facts


def child(birth: date, **more: Any) -> dict[str, Any]:
    return {**CHILD, "child_birth": birth, **more}


def test_the_amount_follows_age_and_number_of_children() -> None:
    facts = with_facts(children=(child(date(2025, 1, 1)), child(date(2015, 1, 1)), child(date(2012, 1, 1))))
    paid = monthly_amounts(CLAIM, facts, Month(2026, 12))
    assert [(one.row, one.rank, one.yen) for one in paid] == [(0, 3, 30_000), (1, 2, 10_000), (2, 1, 10_000)]


def test_the_higher_amount_is_paid_for_the_month_in_which_a_child_becomes_three() -> None:
    facts = with_facts(children=(child(date(2023, 11, 10)),))
    assert [one.yen for one in monthly_amounts(CLAIM, facts, Month(2026, 11))] == [15_000]
    assert [one.yen for one in monthly_amounts(CLAIM, facts, Month(2026, 12))] == [10_000]


def test_who_is_born_on_the_first_becomes_three_the_month_before() -> None:
    facts = with_facts(children=(child(date(2023, 4, 1)),))
    assert [one.yen for one in monthly_amounts(CLAIM, facts, Month(2026, 3))] == [15_000]
    assert [one.yen for one in monthly_amounts(CLAIM, facts, Month(2026, 4))] == [10_000]


def test_payment_ends_with_the_school_year_of_eighteen() -> None:
    facts = with_facts(children=(child(date(2008, 6, 1)),))
    assert len(monthly_amounts(CLAIM, facts, Month(2027, 3))) == 1
    assert monthly_amounts(CLAIM, facts, Month(2027, 4)) == ()


def test_an_elder_child_counts_only_with_the_sheet_and_until_22() -> None:
    elder = {"elder_name": "見本　一", "elder_birth": date(2006, 5, 1), "elder_supported": True}
    children = (child(date(2014, 1, 1)), child(date(2012, 1, 1)))
    facts = with_facts(children=children, elders=(elder,), elder_exists=True, elder_sheet=True)
    assert [one.yen for one in monthly_amounts(CLAIM, facts, Month(2026, 12))] == [30_000, 10_000]
    without = {**facts, "elder_sheet": False}
    assert [one.yen for one in monthly_amounts(CLAIM, without, Month(2026, 12))] == [10_000, 10_000]
    assert [one.yen for one in monthly_amounts(CLAIM, facts, Month(2029, 4))] == [10_000, 10_000]
