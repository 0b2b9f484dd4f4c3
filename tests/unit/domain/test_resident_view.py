"""What a resident's display can be told: only items that its reader may read, never a number, six at a time."""

from datetime import date

import pytest

from app.domain.capacity_data import parse_capacities
from app.domain.facts import Value
from app.domain.person import Capacity
from app.domain.prefill import Presenter
from app.domain.present import Words, shown
from app.domain.procedure import Kind
from app.domain.resident_items import Reading, items_to_check
from app.domain.resident_view import Audience, CheckPage, Item, PlacePage, looks_like_number
from app.shipped import read_toml
from tests.support.claims import CLAIM

TABLE = parse_capacities(read_toml("tables", "capacities.toml"))
WORDS = Words("はい", "いいえ", "―", "円", {"linked": "登録済み"})
EVERYTHING = Audience(frozenset({"card", "register"}))
FACTS: dict[str, Value] = {
    "claimant_name": "見本　太郎",
    "claimant_address": "見本市中央1-1",
    "claimant_phone": "09051728394",
    "claimant_number": "linked",
    "children": ({"child_name": "見本　芽生", "child_number": "linked"},),
}
SOURCES = {"claimant_name": "register", "claimant_address": "register", "children": "register"}


def read_by(capacity: Capacity, *, protected: bool = False, **more: Value) -> list[str]:
    reading = Reading(Presenter(capacity, TABLE), SOURCES, protected, lambda field, value: shown(field, value, WORDS))
    return [one.value for one in items_to_check(CLAIM, FACTS | more, date(2026, 11, 20), reading)]


def test_the_applicant_checks_what_stands_in_the_form_and_never_whether_there_is_a_number() -> None:
    read = read_by(Capacity.SELF)
    assert {"見本　太郎", "見本市中央1-1", "09051728394", "見本　芽生"} <= set(read)
    assert "登録済み" not in read


@pytest.mark.parametrize("capacity", [Capacity.AGENT, Capacity.SAME_HOUSEHOLD, Capacity.MESSENGER])
def test_who_may_not_see_the_register_reads_only_what_they_said_themselves(capacity: Capacity) -> None:
    assert read_by(capacity) == ["09051728394"]


def test_of_somebody_protected_no_address_and_nobody_elses_items_stand_there() -> None:
    read = read_by(Capacity.SELF, protected=True)
    assert "見本　太郎" in read
    assert "見本市中央1-1" not in read
    assert "見本　芽生" not in read


@pytest.mark.parametrize(
    "typed", ["123456789018", "1234-5678-9018", "１２３４　５６７８　９０１８", "番号は123456789018です"]
)
def test_what_may_be_a_number_can_not_be_put_onto_a_page_in_any_writing(typed: str) -> None:
    assert looks_like_number(typed)
    assert typed not in read_by(Capacity.SELF, claimant_phone=typed)
    with pytest.raises(ValueError, match="may not read"):
        CheckPage(EVERYTHING, (Item("memo", "メモ", typed),))
    with pytest.raises(ValueError, match="twelve"):
        PlacePage(typed)


@pytest.mark.parametrize("text", ["090-5172-8394", "1234567", "2026-11-20", "12345678901234567890", "第12条 第345号"])
def test_telephone_numbers_dates_and_other_numbers_stand_there(text: str) -> None:
    assert not looks_like_number(text)


def test_a_page_refuses_what_its_reader_may_not_read() -> None:
    theirs = Item("spouse_name", "配偶者の氏名", "見本　花子", Kind.NAME, "register", is_other=True)
    home = Item("address", "住所", "見本市中央1-1", Kind.ADDRESS, "entry", is_address=True)
    for audience, item in (
        (Audience(frozenset()), theirs),
        (Audience(frozenset({"register"}), protected=True), theirs),
        (Audience(frozenset({"register"}), protected=True), home),
        (EVERYTHING, Item("number", "個人番号", "登録済み", Kind.MY_NUMBER)),
    ):
        with pytest.raises(ValueError, match="may not read"):
            CheckPage(audience, (item,))
    assert CheckPage(EVERYTHING, (theirs, home)).items == (theirs, home)


def test_nothing_of_a_person_is_printed_with_a_page() -> None:
    assert "見本" not in repr(CheckPage(EVERYTHING, (Item("name", "氏名", "見本　太郎"),)))
