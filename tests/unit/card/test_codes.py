"""Codes are checked before a card is asked."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.card_code import AttributePin, VerificationCodeA, VerificationCodeB
from app.errors import BadFormat
from app.standin.cards.profiles import HOLDERS


@pytest.mark.parametrize("profile", sorted(HOLDERS))
def test_the_code_printed_on_each_training_card_has_the_right_form(profile: str) -> None:
    holder = HOLDERS[profile]
    code = VerificationCodeB(holder.code_b)
    assert code.text() == holder.code_b
    assert code.expiry_year == holder.expiry.year


def test_a_code_typed_in_full_width_digits_is_the_same_code() -> None:
    assert VerificationCodeB("０５０４０９２０３３１２３４").text() == "05040920331234"


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("", "code_b_length"),
        ("0504092033123", "code_b_length"),
        ("050409203312345", "code_b_length"),
        ("0504092033123x", "code_b_digits"),
        ("05040920331２3٤", "code_b_digits"),
        ("05130920331234", "code_b_birth"),
        ("05043120331234", "code_b_birth"),
        ("05040019991234", "code_b_birth"),
        ("05040920151234", "code_b_expiry"),
        ("05040921001234", "code_b_expiry"),
    ],
)
def test_a_code_b_of_wrong_form_names_what_is_wrong(entry: str, field: str) -> None:
    with pytest.raises(BadFormat) as fault:
        VerificationCodeB(entry)
    assert fault.value.data == {"field": field}


def test_a_birth_on_the_29th_of_february_is_taken_in_any_era_year() -> None:
    assert VerificationCodeB("05022920331234").expiry_year == 2033


@given(st.text(max_size=20))
def test_any_entry_is_a_code_or_a_typed_error(entry: str) -> None:
    for kind in (VerificationCodeB, VerificationCodeA, AttributePin):
        with suppress(BadFormat):
            assert len(kind(entry)) in {4, 12, 14}


def test_codes_do_not_show_themselves() -> None:
    for code in (VerificationCodeB("05040920331234"), VerificationCodeA("111111111118"), AttributePin("1234")):
        assert not any(character.isdigit() for character in repr(code))
        with pytest.raises(TypeError):
            f"{code}"
