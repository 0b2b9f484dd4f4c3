"""What is filled in by itself, and how typed entries become values."""

from datetime import date

import pytest

from app.domain.entry import read_value, show_value
from app.domain.facts import Value
from app.domain.person import Capacity
from app.domain.prefill import Presenter, prefilled
from app.errors import BadFormat
from tests.support.claims import CLAIM, TODAY
from tests.support.documents import CAPACITIES

KNOWN: dict[str, Value] = {
    "card.name": "見本　花子",
    "card.birth": date(1994, 5, 1),
    "register.name": "見本　花子",
    "register.spouse_name": "見本　太郎",
    "register.children": ({"name": "見本　芽生", "birth": date(2026, 11, 10), "secret": "x"},),
}


def test_what_card_and_register_know_is_not_typed() -> None:
    filled = prefilled(CLAIM, KNOWN, Presenter(Capacity.SELF, CAPACITIES))
    assert (filled["claimant_name"].value, filled["claimant_name"].source) == ("見本　花子", "register")
    assert filled["claimant_birth"].source == "card"
    assert filled["children"].value == ({"child_name": "見本　芽生", "child_birth": date(2026, 11, 10)},)


def test_an_agent_reads_nothing_that_they_did_not_bring() -> None:
    for capacity in (Capacity.AGENT, Capacity.MESSENGER, Capacity.SAME_HOUSEHOLD, Capacity.THIRD_PARTY):
        assert prefilled(CLAIM, KNOWN, Presenter(capacity, CAPACITIES)) == {}


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("claimant_phone", "０９０－００００－０００１", "09000000001"),
        ("account_number", "１２３４", "0001234"),
        ("account_holder", "ﾐﾎﾝ ﾊﾅｺ", "ミホン ハナコ"),
        ("claimant_kana", "みほん　はなこ", "ミホン ハナコ"),
        ("claimant_birth", "H6.5.1", date(1994, 5, 1)),
        ("previous_last_month", "令和8年10月", "2026-10"),
        ("claimant_jan1", "011002", "011002"),
        ("claim_reason", "転入", "moved_in"),
        ("spouse_exists", "はい", True),
        ("claimant_name", " 𠮷田　花子 ", "𠮷田　花子"),
        ("claimant_number", "declined", "declined"),
        ("claimant_name", "", None),
    ],
)
def test_entries_become_values(field: str, typed: str, value: Value | None) -> None:
    found = CLAIM.field(field)
    assert found is not None
    assert read_value(found, typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("claimant_phone", "123"),
        ("account_number", "12345678"),
        ("account_number", "12a"),
        ("account_holder", "見本花子"),
        ("claimant_birth", "H31.5.1"),
        ("previous_last_month", "令和8年"),
        ("claimant_jan1", "011003"),
        ("claim_reason", "なし"),
        ("spouse_exists", "たぶん"),
        ("claimant_number", "123456789018"),
        ("claimant_name", "あ" * 101),
    ],
)
def test_entries_of_the_wrong_form_name_their_field(field: str, typed: str) -> None:
    found = CLAIM.field(field)
    assert found is not None
    with pytest.raises(BadFormat) as caught:
        read_value(found, typed)
    assert caught.value.data["field"] == field


def test_values_are_shown_in_words() -> None:
    shown = {
        name: show_value(found, value)
        for name, value in {
            "claim_reason": "birth",
            "event_date": TODAY,
            "previous_last_month": "2026-10",
            "spouse_exists": True,
        }.items()
        if (found := CLAIM.field(name))
    }
    assert list(shown.values()) == ["出生", "令和8年11月20日", "令和8年10月", "yes"]
