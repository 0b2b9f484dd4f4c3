"""Dates as they are typed, printed and read back at a counter."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from japanera import EraDate

from app.domain.era import (
    HEISEI,
    REIWA,
    SHOWA,
    WrittenDate,
    both,
    era_of,
    parse_date,
    parse_written,
    wareki,
    wareki_month,
    wareki_short,
    wareki_year,
    western,
)
from app.errors import BadFormat

SOLAR_DAYS = st.dates(min_value=date(1873, 1, 1), max_value=date(2117, 12, 31))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和8年11月20日", date(2026, 11, 20)),
        ("令和８年１１月２０日", date(2026, 11, 20)),
        ("令和 8年 11月 20日", date(2026, 11, 20)),
        ("㋿8年11月20日", date(2026, 11, 20)),
        ("R8.11.20", date(2026, 11, 20)),
        ("r08/11/20", date(2026, 11, 20)),
        ("令8-11-20", date(2026, 11, 20)),
        ("R081120", date(2026, 11, 20)),
        ("5081120", date(2026, 11, 20)),
        ("4050101", date(1993, 1, 1)),
        ("20261120", date(2026, 11, 20)),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026/11/20", date(2026, 11, 20)),
        ("2026年11月20日", date(2026, 11, 20)),
        ("西暦2026年11月20日", date(2026, 11, 20)),
        ("令和元年五月一日", date(2019, 5, 1)),
        ("昭和二十一年十一月三日", date(1946, 11, 3)),
        ("二〇二六年十一月二十日", date(2026, 11, 20)),
        ("S64.1.7", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("R6.2.29", date(2024, 2, 29)),
    ],
)
def test_a_date_is_understood_in_every_way_staff_type_it(typed: str, day: date) -> None:
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("", "date"),
        ("令和", "date"),
        ("令和8年13月1日", "date"),
        ("R7.2.29", "date"),
        ("8.11.20", "date"),
        ("R8.11.", "date"),
        ("R8..20", "date"),
        ("令和二二十年1月1日", "date"),
        ("きょう", "date"),
        ("昭和64年1月8日", "date_era"),
        ("平成31年5月1日", "date_era"),
        ("平成元年1月7日", "date_era"),
        ("令和0年6月1日", "date_era"),
        ("明治5年12月2日", "date_lunar"),
        ("昭和30", "date_incomplete"),
        ("R8.11", "date_incomplete"),
    ],
)
def test_what_is_no_day_says_why(typed: str, field: str) -> None:
    with pytest.raises(BadFormat) as caught:
        parse_date(typed)
    assert caught.value.data["field"] == field


def test_a_year_alone_means_all_of_its_days() -> None:
    written = parse_written("昭和30")
    assert (written.earliest, written.latest) == (date(1955, 1, 1), date(1955, 12, 31))
    assert parse_written("R6年2月") == WrittenDate(2024, 2)
    assert parse_written("R6年2月").latest == date(2024, 2, 29)
    assert parse_written("2026.12").latest == date(2026, 12, 31)


def test_the_last_year_of_an_era_may_be_written_without_its_month() -> None:
    assert parse_written("昭和64").year == 1989
    assert parse_written("平成元").year == 1989


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(1873, 1, 1), "明治6年1月1日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2026, 11, 20), "令和8年11月20日"),
        (date(1870, 3, 1), "1870年3月1日"),
    ],
)
def test_the_era_changes_on_the_right_day(day: date, written: str) -> None:
    assert wareki(day) == written


def test_a_date_is_written_short_western_and_both_ways() -> None:
    day = date(2026, 11, 20)
    assert wareki_short(day) == "R8.11.20"
    assert western(day) == "2026年11月20日"
    assert both(day) == "2026年（令和8年）11月20日"
    assert (wareki_year(2019), wareki_year(1989), wareki_year(2026)) == ("令和元年", "平成元年", "令和8年")
    assert (wareki_month(2019, 4), wareki_month(2019, 5)) == ("平成31年4月", "令和元年5月")
    assert [era_of(date(y, 6, 1)) for y in (1988, 1989, 2020)] == [SHOWA, HEISEI, REIWA]


@given(SOLAR_DAYS)
def test_whatever_is_written_is_read_back(day: date) -> None:
    for written in (wareki(day), wareki_short(day), western(day), day.isoformat(), f"{day:%Y%m%d}"):
        assert parse_date(written) == day


@given(st.text(max_size=12))
def test_no_typing_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(BadFormat):
        parse_written(text)


def test_an_independent_calendar_agrees_on_every_day_since_1873() -> None:
    day = date(1873, 1, 1)
    while day < date(2030, 1, 1):
        other = EraDate.from_date(day)
        era = era_of(day)
        assert era is not None
        assert (era.name, day.year - era.year_zero) == (other.era.kanji, other.era.calc_relative_year(day)), day
        day += timedelta(days=1)
