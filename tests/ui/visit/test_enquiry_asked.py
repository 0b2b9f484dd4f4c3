"""What is said before an enquiry goes: from when until when, whom it asks and why; how its answer comes."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from app.domain.procedure_data import parse_procedure
from app.shipped import read_toml
from app.wire.desk import PersonMark, RolesMark
from app.wire.draft import Draft
from app.wire.relay import RuledProvider
from tests.ui.visit.conftest import ELSEWHERE, HERE, THERE, Counter
from tests.ui.visit.test_visit import agree, to_enquiries

FIRST, LAST = "照会する期間の始まり", "照会する期間の終わり"
ASSISTANCE = parse_procedure(read_toml("procedures", "public_assistance.toml"), "public_assistance.toml")


@pytest.fixture
def asking(counter: Counter) -> Counter:
    """The enquiries of a claim for 生活保護 by somebody who came from the other city."""
    counter.find_by_card()
    me = PersonMark(business_number="2001", name="見本　太郎")
    roles = RolesMark(presenter=me, capacity="self", applicant=me)
    facts, at = {"applicant_name": me.name, "came_from": THERE, "office": HERE}, datetime(2026, 11, 20, tzinfo=UTC)
    one = {"draft_id": "d1", "visit_id": "v1", "procedure": ASSISTANCE.id, "procedure_version": 1, "saved_at": at}
    draft = Draft(**one, roles=roles, facts=facts)
    rooms = counter.visit._rooms
    rooms.enquiries.open(counter.visit._present, ASSISTANCE, draft)
    counter.window.open_screen(rooms.enquiry_screen)
    counter.at("情報照会")
    return counter


def retype(counter: Counter, label: str, day: str) -> None:
    """The whole date into the year's box, as clerks type it."""
    counter.go_to(label)
    counter.key(Qt.Key.Key_Tab)
    counter.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    counter.type(day)
    counter.key(Qt.Key.Key_Tab)


def test_what_lasts_is_asked_from_a_month_a_year_ago_until_today_as_offered(asking: Counter) -> None:
    assert asking.screen._table.marked().year == "R7.11.1〜R8.11.20"
    asking.key(Qt.Key.Key_F12)
    asking.says("手本市へ、R7.11.1〜R8.11.20の分を照会しました。")
    (made,) = asking.exchange.made
    assert (made.enquiry, made.provider) == ("assistance", THERE)
    assert (made.since, made.until) == (date(2025, 11, 1), date(2026, 11, 20))
    assert (made.tax_year, made.as_of) == (0, None)
    act = next(one for one in asking.desk.journal.acts if one.kind == "enquiry.made")
    assert (act.detail()["since"], act.detail()["until"]) == ("2025-11-01", "2026-11-20")


def test_the_clerk_types_another_period_and_sees_which_one_went(asking: Counter) -> None:
    retype(asking, FIRST, "R6.4.1")
    retype(asking, LAST, "R7.3.31")
    asking.key(Qt.Key.Key_F12)
    asking.says("手本市へ、R6.4.1〜R7.3.31の分を照会しました。")
    (made,) = asking.exchange.made
    assert (made.since, made.until) == (date(2024, 4, 1), date(2025, 3, 31))
    asking.says("R6.4.1〜R7.3.31")


@pytest.mark.parametrize(
    ("label", "day", "fault"),
    [
        (LAST, "R7.10.31", "終わりの日が始まりの日より前です。"),
        (LAST, "R8.11.21", "この手続では、先の日は照会できません。"),
        (FIRST, "R3.11.19", "一度に照会できるのは五年までです。"),
    ],
)
def test_a_period_that_cant_be_asked_about_is_said_beside_its_field_and_nothing_goes(
    asking: Counter, label: str, day: str, fault: str
) -> None:
    retype(asking, label, day)
    asking.key(Qt.Key.Key_F12)
    asking.says(fault)
    assert asking.exchange.made == []


OTHER, WHY = "別の市区町村に照会する", "別の市区町村にする理由"


def taxed(provider: str, name: str, why: str) -> dict[str, RuledProvider]:
    """What the relay says of the spouse's tax."""
    return {"local_tax_spouse": RuledProvider(provider=provider, name=name, why=why)}


def to_tax(counter: Counter) -> None:
    to_enquiries(counter)
    counter.key(Qt.Key.Key_Down)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("first_january", "照会先：手本市（その年の1月1日の住所地）"),
        ("taxed_elsewhere", "照会先：手本市（住登外課税の課税地）"),
    ],
)
def test_the_clerk_sees_why_this_municipality_is_asked(counter: Counter, why: str, told: str) -> None:
    counter.exchange.ruled = taxed(THERE, "手本市", why)
    to_tax(counter)
    counter.says(told)


def test_whom_the_rule_asks_stands_before_what_the_application_says(counter: Counter) -> None:
    """住登外課税: the form names where the person lived, the tax section knows who taxed."""
    counter.exchange.ruled = taxed(ELSEWHERE, "例示市", "taxed_elsewhere")
    to_tax(counter)
    counter.says("照会先：例示市（住登外課税の課税地）")
    agree(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says("照会を送りました")
    (made,) = counter.exchange.made
    assert (made.provider, made.provider_reason) == (ELSEWHERE, "")


def test_another_municipality_is_asked_for_a_reason_that_is_recorded(counter: Counter) -> None:
    counter.exchange.ruled = taxed(THERE, "手本市", "first_january")
    to_tax(counter)
    counter.says("照会先：手本市")
    counter.go_to(OTHER)
    counter.key(Qt.Key.Key_1)
    agree(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says("別の市区町村に照会する理由を選んでください。")
    assert counter.exchange.made == []
    counter.go_to(WHY)
    counter.key(Qt.Key.Key_1)
    counter.key(Qt.Key.Key_F12)
    counter.says("照会を送りました")
    (made,) = counter.exchange.made
    assert (made.provider, made.provider_reason) == (ELSEWHERE, "taxed_elsewhere")
    act = next(one for one in counter.desk.journal.acts if one.kind == "enquiry.made")
    assert (act.detail()["provider_asked"], act.detail()["provider_reason"]) == (ELSEWHERE, "taxed_elsewhere")


def test_an_answer_that_comes_later_is_told_by_the_office_and_asked_for_by_no_clock(counter: Counter) -> None:
    counter.exchange.answer = "no_code"
    to_tax(counter)
    agree(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says("照会を送りました")
    counter.bot.waitUntil(lambda: counter.exchange.waited == [1])
    counter.exchange.answer = "undeclared"
    counter.exchange.news.set()
    counter.says("未申告")
    assert counter.exchange.waited == [1]
