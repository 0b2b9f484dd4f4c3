"""S08-2, B2-2, B2-3: names that change and days that lie back, each beside its twin that must not pass."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app.backend.register.ports import FirstOfJanuary, Residence
from app.domain.era import wareki
from app.domain.rights import Right
from app.wire.register import SearchByFour
from app.wire.register_change import AskHistory, PersonItems, PersonPart
from tests.edge.backend.register.changing import (
    BOSS,
    CLERK,
    HOME,
    NORTH,
    TODAY,
    Here,
    Office,
    call,
    filing,
    settled,
)
from tests.edge.backend.register.test_life import checks, move
from tests.support.slices import OpenSlice, person

NEW_HOME = "北市北区北二条西4番5号"


@pytest.fixture
def office(slice_: OpenSlice) -> Iterator[Office]:
    yield from settled(slice_)


# a foreign resident whose alias changes


@pytest.mark.scenario("a foreign resident whose alias changes")
def test_an_alias_that_changes_is_kept_with_its_days_and_still_found(office: Office) -> None:
    new = PersonPart(business_number="220", items=PersonItems(alias="山田　寿", alias_kana="ヤマダ　コトブキ"))
    office.through(filing("alias", new))
    gone = PersonPart(business_number="220", items=PersonItems(alias="", alias_kana=""))
    office.through(filing("alias", gone))
    history = office.changes.histories.history(call(BOSS), AskHistory(business_number="220"))
    changed = [(one.before, one.after) for line in history.lines for one in line.items if one.item == "alias"]
    assert changed == [("山田　寿", ""), ("炭　寿", "山田　寿")]
    assert [line.event_day for line in history.lines] == [TODAY, TODAY]
    for name in ("炭　寿", "山田　寿", "SMITH"):
        assert [hit.business_number for hit in office.register.search(call(CLERK), SearchByFour(name=name)).hits] == [
            "220"
        ]
    assert office.kept("220").name == "SMITH JOHN"


def test_a_citizen_has_no_alias_and_a_foreigner_no_former_name(office: Office) -> None:
    citizen = PersonPart(business_number="210", items=PersonItems(alias="別名"))
    foreign = PersonPart(business_number="220", items=PersonItems(former_name="スミス", former_name_kana="スミス"))
    assert "alias_not_foreign" in checks(office.enter(CLERK, filing("alias", citizen)))
    assert "former_name_foreign" in checks(office.enter(CLERK, filing("former_name", foreign)))


def test_immigration_s_notice_changes_the_stay_and_only_who_may_sees_to_what(office: Office) -> None:
    """S14-6a, R-081, F-08: that it changed is told, to what only by the right that names the class."""
    renewed = PersonItems(residence_status="永住者", status_until=date(2033, 1, 1))
    office.through(filing("immigration", PersonPart(business_number="220", items=renewed)))
    history = office.changes.histories.history(call(BOSS), AskHistory(business_number="220", procedure="move"))
    assert {one.item: (one.after, one.masked) for one in history.lines[0].items} == {
        "residence_status": ("", True), "status_until": ("", True),
    }  # fmt: skip

    sees = person("d02", "register.history", Right("item.show", "move", "residence_status"))
    history = office.changes.histories.history(call(sees), AskHistory(business_number="220", procedure="move"))
    assert {one.item: one.after for one in history.lines[0].items} == {
        "residence_status": "永住者", "status_until": "2033-01-01",
    }  # fmt: skip
    citizen = PersonPart(business_number="220", items=PersonItems(nationality="", name="炭　寿"))
    office.through(filing("family_register", citizen, reason="naturalisation"))
    kept = office.kept("220")
    assert (kept.residence_status, kept.alias, kept.more.status_until) == ("", "", None)


# a back-dated move over New Year of a new era


@pytest.mark.seed("B2-3")
@pytest.mark.scenario("back-dated move over New Year of a new era")
def test_a_back_dated_move_over_the_first_new_year_of_an_era_counts_from_the_day_it_happened(office: Office) -> None:
    """B2-3: moved on 令和元年12月28日, told on 令和2年1月8日: on 1 January the new address is the one that counts."""
    office.slice.clock.at = datetime(2020, 1, 8, 1, 0, tzinfo=UTC)
    moved, told = date(2019, 12, 28), date(2020, 1, 8)
    row = office.enter(CLERK, move("210", event_day=moved, filed_day=told))
    assert (wareki(row.event_day or told), wareki(row.filed_day)) == ("令和元年12月28日", "令和2年1月8日")
    assert checks(row) == set()
    assert office.approve(BOSS, row)[0].outcome == "approved"
    kept = office.kept("210")
    assert kept.first_january == (FirstOfJanuary(2020, Here.code, "", NEW_HOME),)
    assert kept.residences[-2:] == (
        Residence(HOME, date(2015, 4, 1), date(2019, 12, 27), NORTH),
        Residence(NEW_HOME, moved, None, NORTH),
    )
    on_new_year = office.changes.histories.history(
        call(BOSS, office.now), AskHistory(business_number="210", on=date(2020, 1, 1))
    )
    assert {one.item: one.value for one in on_new_year.then}["address"] == NEW_HOME


def test_told_in_the_same_days_the_year_before_nothing_of_january_changes(office: Office) -> None:
    office.slice.clock.at = datetime(2019, 12, 30, 1, 0, tzinfo=UTC)
    office.through(move("210", event_day=date(2019, 12, 28), filed_day=date(2019, 12, 30)))
    assert office.kept("210").first_january == ()


def test_told_after_more_than_fourteen_days_the_reason_is_asked_closed_days_counted(office: Office) -> None:
    """The fourteenth day after 2019-12-20 is Friday 3 January: the office is closed until Monday the sixth."""
    office.slice.clock.at = datetime(2020, 1, 7, 1, 0, tzinfo=UTC)
    in_time = office.enter(CLERK, move("210", event_day=date(2019, 12, 20), filed_day=date(2020, 1, 6)))
    assert "late_notification" not in checks(in_time)
    late = office.enter(CLERK, move("220", event_day=date(2019, 12, 20), filed_day=date(2020, 1, 7)))
    assert [one.level for one in late.findings if one.check == "late_notification"] == ["confirm"]


@pytest.mark.twin("B2-3")
def test_a_day_before_the_present_address_began_is_not_a_day_to_move(office: Office) -> None:
    row = office.enter(CLERK, move("210", event_day=date(2015, 3, 1)))
    assert office.approve(BOSS, row, confirmed=("late_notification",))[0].outcome == "blocked"


def test_an_opened_record_shows_both_readings_and_the_written_birth_date(office: Office) -> None:
    items = PersonItems(legal_kana="モリ　タダシ", birth=date(1940, 1, 1), birth_written="昭和15年月日不詳")
    office.through(filing("correction", PersonPart(business_number="210", items=items)))
    record = office.record("210")
    assert (record.legal_kana, record.hit.kana, record.birth_written) == ("モリ　タダシ", "テスト", "昭和15年月日不詳")
    assert (record.ward, office.record("220").nationality, office.record("220").legal_kana) == (NORTH, "米国", "")
