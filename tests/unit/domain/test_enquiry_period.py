"""An enquiry asks from a day until a day: in order, not too long, ahead only where the procedure's row says so."""

from datetime import date

import pytest

from app.domain.enquiry_period import Period, PeriodRule, kept_from_to
from app.domain.procedure_rules import enquiry
from app.domain.tables import Table
from app.errors import DataFault
from app.shipped import read_toml

TODAY = date(2026, 11, 20)
BACK, AHEAD = PeriodRule(12), PeriodRule(12, ahead=True)


@pytest.mark.parametrize(
    ("rule", "since", "until", "fault"),
    [
        (BACK, date(2025, 11, 1), TODAY, ""),
        (BACK, TODAY, TODAY, ""),
        (BACK, TODAY, date(2026, 11, 19), "out_of_order"),
        (BACK, TODAY, date(2026, 11, 21), "ahead"),
        (AHEAD, TODAY, date(2026, 11, 21), ""),
        (BACK, None, TODAY, "missing"),
        (BACK, TODAY, None, "missing"),
        (BACK, date(2021, 11, 20), TODAY, ""),
        (BACK, date(2021, 11, 19), TODAY, "too_long"),
        (AHEAD, date(2024, 2, 29), date(2029, 3, 1), "too_long"),
    ],
)
def test_a_period_can_be_asked_about_or_has_one_fault(
    rule: PeriodRule, since: date | None, until: date | None, fault: str
) -> None:
    assert rule.fault(since, until, TODAY) == fault


def test_what_is_offered_begins_with_a_month_and_ends_with_the_day_of_receipt() -> None:
    assert BACK.offered(TODAY) == Period(date(2025, 11, 1), TODAY)
    assert BACK.fault(*(BACK.offered(TODAY).since, BACK.offered(TODAY).until), TODAY) == ""


@pytest.mark.parametrize(
    ("since", "until", "meets"),
    [
        ("2026-01-31", "", True),
        ("2026-02-01", "", False),
        ("", "2026-01-01", True),
        ("", "2025-12-31", False),
        ("", "", True),
    ],
)
def test_both_days_of_a_period_count_and_what_has_no_end_goes_on(since: str, until: str, *, meets: bool) -> None:
    ends = kept_from_to({"from": since or None, "to": until}, ("from", "to"))
    assert Period(date(2026, 1, 1), date(2026, 1, 31)).meets(*ends) is meets


def test_a_row_asks_for_a_year_or_for_a_period_and_says_how_sure_it_is() -> None:
    rows = read_toml("procedures", "public_assistance.toml")["enquiry"]
    row = next(one for one in rows if one["id"] == "assistance")
    assert enquiry(Table(row, "row")).period == BACK
    year = {"year": [{"first": 1, "last": 12, "offset": 0}]}
    for wrong in (year, {"period": {"months": 0, "confidence": "A"}}, {"period": {"months": 12}}):
        with pytest.raises(DataFault):
            enquiry(Table(row | wrong, "row"))
