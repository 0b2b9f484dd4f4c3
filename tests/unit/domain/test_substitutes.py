"""Glyphs that a certificate had to replace can't disagree with the register; all others still can."""

import tomllib

import pytest

from app.domain.names import Agreement, NameFolder, parse_variants
from app.domain.substitutes import MarkedText, compare_marked_addresses, compare_marked_names
from tests.support.cards import RESOURCES

FOLDER = NameFolder(parse_variants(tomllib.loads((RESOURCES / "tables" / "variants.toml").read_text("utf-8"))))


def names(certificate: str, marks: str, register: str) -> Agreement:
    return compare_marked_names(MarkedText.of(certificate, marks), register, FOLDER)


def addresses(certificate: str, marks: str, register: str) -> Agreement:
    return compare_marked_addresses(MarkedText.of(certificate, marks), register, FOLDER)


def test_a_replaced_glyph_agrees_with_whatever_the_register_has() -> None:
    assert names("高橋　花子", "10000", "\u9ad9橋　花子") is Agreement.SHRUNK
    assert names("＊橋　花子", "10000", "\U0002a6d6橋　花子") is Agreement.SHRUNK


def test_the_same_difference_without_a_mark_is_a_difference() -> None:
    assert names("＊橋　花子", "00000", "\U0002a6d6橋　花子") is Agreement.DIFFERENT


def test_beside_a_replaced_glyph_the_others_still_count() -> None:
    assert names("高橋　花子", "10000", "\u9ad9橋　華子") is Agreement.DIFFERENT
    assert names("高橋　花子", "10000", "\u9ad9橋　花代子") is Agreement.DIFFERENT


def test_a_marked_glyph_that_looks_equal_is_still_no_identity() -> None:
    assert names("高橋　花子", "10000", "高橋　花子") is Agreement.SHRUNK
    assert names("高橋　花子", "00000", "高橋　花子") is Agreement.IDENTICAL


def test_another_notation_of_an_address_agrees_around_a_replaced_glyph() -> None:
    written = "架空県見本市辻町二丁目５番６号"
    marks = "".join("1" if character == "辻" else "0" for character in written)
    assert addresses(written, marks, "架空県見本市辻\U000e0101町二丁目５番６号") is Agreement.SHRUNK
    assert addresses(written, marks, "架空県見本市\U0002000b町2-5-6") is Agreement.SHRUNK
    assert addresses(written, marks, "架空県見本市\U0002000b町2-5-7") is Agreement.DIFFERENT
    assert addresses(written, "0" * len(written), "架空県見本市\U0002000b町2-5-6") is Agreement.DIFFERENT


@pytest.mark.parametrize("marks", ["100001", "10001", "10000010"])
def test_marks_are_read_by_code_point_by_written_character_and_by_utf16_unit(marks: str) -> None:
    text = MarkedText.of("葛\U000e0100城　𠮷子", marks)
    assert text.marks_fit
    assert text.replaced[0]
    assert text.gapped[0] == "〓"
    assert "\U000e0100" not in text.gapped


@pytest.mark.parametrize("marks", ["", "1", "1000000000", "20000", "1000x"])
def test_marks_that_fit_nothing_leave_the_comparison_strict_and_say_so(marks: str) -> None:
    text = MarkedText.of("高橋　花子", marks)
    assert not text.marks_fit
    assert not text.has_replaced
    assert text.gapped == "高橋　花子"
