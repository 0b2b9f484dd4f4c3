"""The files of a driving licence, byte by byte: what stands in them is read, anything else is a typed error."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.card.licence_text import (
    end_of_objects,
    objects,
    parse_basics,
    parse_entries,
    parse_signature,
    portrait,
    portrait_end,
)
from app.errors import BadCardData
from app.services.other_cards_port import LicenceBasics
from app.standin.cards.licence import CHANGES, DF1, DF2, ENTRIES, PHOTO, SIGNATURE, LicenceChip
from app.standin.cards.other_profiles import MOVED_DRIVER, licence_card

MIHON_TARO = bytes.fromhex("382B4B5C212142404F3A")
"""見本　太郎 in JIS X 0208."""


def obj(tag: int, value: bytes) -> bytes:
    return bytes([tag, len(value)]) + value


def entries(**other: bytes) -> bytes:
    parts = {"12": MIHON_TARO, "13": b"", "15": bytes.fromhex("255F255B2573"), "16": b"3630517", "17": MIHON_TARO}
    parts |= {"1B": b"5110617"} | {name.removeprefix("x"): value for name, value in other.items()}
    return b"".join(obj(int(tag, 16), value) for tag, value in parts.items()) + b"\xff" * 9


def change(day: bytes, text: bytes) -> bytes:
    return b"\x97" + day + text + MIHON_TARO


def test_a_plain_licence_is_read() -> None:
    found = parse_entries(entries(), obj(0x50, b"\x11"))
    assert (found.name, found.kana, found.birth) == ("見本　太郎", "ミホン", date(1988, 5, 17))
    assert (found.expiry, found.address_changed, found.replaced) == (date(2029, 6, 17), None, False)


def test_the_free_files_say_when_it_ends_and_whether_pins_are_set() -> None:
    common = bytes.fromhex("450B3030382024041020290617") + bytes.fromhex("46020101")
    expected = LicenceBasics("008", date(2024, 4, 10), date(2029, 6, 17), pins_set=False)
    assert parse_basics(common, bytes.fromhex("050100")) == expected


def test_a_day_in_an_era_that_has_ended_since_is_taken_as_written() -> None:
    assert parse_entries(entries(x1B=b"4330617"), b"").expiry == date(2021, 6, 17)


@pytest.mark.parametrize("day", [b"5081003", bytes.fromhex("2335233023382331233023302333")])
def test_the_newest_change_of_address_wins_in_narrow_and_wide_digits(day: bytes) -> None:
    old, new = change(b"5060901", MIHON_TARO), change(day, bytes.fromhex("255F255B"))
    for first, second in ((old, new), (new, old)):
        found = parse_entries(entries(), obj(0x50, b"\x00") + obj(0x70, first) + obj(0x71, second))
        assert (found.address, found.address_changed) == ("ミホ", date(2026, 10, 3))
        assert found.name == "見本　太郎"


def test_of_two_changes_on_one_day_the_later_one_wins_and_a_new_name_too() -> None:
    later = obj(0x61, change(b"5080101", MIHON_TARO)) + obj(0x60, change(b"5080101", bytes.fromhex("255F")))
    assert parse_entries(entries(x12=bytes.fromhex("2573")), later).name == "見本　太郎"


@pytest.mark.parametrize("code", ["FFF1", "FFF7", "FFFA", "2921", "8140"])
def test_a_character_outside_the_table_is_marked(code: str) -> None:
    found = parse_entries(entries(x12=bytes.fromhex(code) + MIHON_TARO), b"")
    assert found.name == "〓見本　太郎"
    assert found.replaced


def test_tags_of_one_byte_that_would_be_long_elsewhere_are_read() -> None:
    found = objects(obj(0x1F, b"a") + obj(0x5F, b"b") + obj(0x7F, b"c") + b"\x9f\x82\x00\x01d" + b"\xff\x12")
    assert found == {0x1F: b"a", 0x5F: b"b", 0x7F: b"c", 0x9F: b"d"}


def test_the_end_is_known_by_the_filler_and_not_before() -> None:
    assert end_of_objects(obj(0x12, b"ab") + b"\xff") == 4
    assert end_of_objects(obj(0x12, b"ab")) is None
    assert end_of_objects(obj(0x12, b"ab")[:-1]) is None


@pytest.mark.parametrize(
    "file",
    [entries(x16=b"6010101"), entries(x16=b"3639999"), entries(x16=b"36305"), entries(x12=b"odd"), b"", b"\x12\x80"],
)
def test_what_is_no_licence_is_a_typed_error(file: bytes) -> None:
    with pytest.raises(BadCardData):
        parse_entries(file, b"")


def test_a_change_too_short_for_its_commission_is_a_typed_error() -> None:
    with pytest.raises(BadCardData):
        parse_entries(entries(), obj(0x70, b"\x975081003" + MIHON_TARO[:8]))


PARSERS = (
    lambda file: parse_basics(file, b"\x05\x01\x01"),
    lambda file: parse_entries(file, b""),
    lambda file: parse_entries(entries(), file),
    parse_signature,
    portrait,
    portrait_end,
    end_of_objects,
)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_as_a_file_end_in_a_value_or_a_typed_error(file: bytes) -> None:
    for parse in PARSERS:
        with suppress(BadCardData):
            parse(file)


@pytest.fixture(scope="module")
def genuine() -> list[bytes]:
    chip = licence_card(MOVED_DRIVER)
    assert isinstance(chip, LicenceChip)
    return [chip.files[DF1][each] for each in (ENTRIES, CHANGES, SIGNATURE)] + [chip.files[DF2][PHOTO]]


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_genuine_file_with_a_changed_byte_or_a_cut_end_never_breaks_the_reader(
    genuine: list[bytes], data: st.DataObject
) -> None:
    file = bytearray(data.draw(st.sampled_from(genuine)))
    file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    broken = bytes(file[: data.draw(st.integers(0, len(file)))])
    for parse in PARSERS:
        with suppress(BadCardData):
            parse(broken)
