"""A clerk reads why two writings agree or not, and which characters it is about."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.address import compare_addresses
from app.domain.comparison import (
    CharacterPair,
    explain_addresses,
    explain_marked_addresses,
    explain_marked_names,
    explain_names,
)
from app.domain.difference import differences
from app.domain.names import Agreement, NameFolder, Why, clusters, parse_variants
from app.domain.person import BasicFour, Sex
from app.domain.substitutes import MarkedText

TABLE = Path(__file__).parents[3] / "resources" / "tables" / "variants.toml"
FOLDER = NameFolder(parse_variants(tomllib.loads(TABLE.read_text(encoding="utf-8"))))
ALLOWED = {
    Agreement.IDENTICAL: set(),
    Agreement.SPACING: set(),
    Agreement.VARIANT: {Why.VARIANT, Why.SHRUNK, Why.REPLACED},
    Agreement.SHRUNK: {Why.SHRUNK, Why.REPLACED},
    Agreement.KANA_ONLY: set(Why),
    Agreement.DIFFERENT: set(Why),
}
ALPHABET = "渡邉邊辺𠮷吉葛\U000e0101髙高〓花子華ハナコはなこ　 Ａa"


@pytest.mark.parametrize(
    ("left", "right", "agreement", "characters"),
    [
        ("見本　花子", "見本花子", Agreement.SPACING, []),
        ("渡邉　花子", "渡辺　花子", Agreement.VARIANT, [("邉", "辺", Why.VARIANT)]),
        ("𠮷邉　花子", "吉辺　花子", Agreement.VARIANT, [("𠮷", "吉", Why.SHRUNK), ("邉", "辺", Why.VARIANT)]),
        ("葛\U000e0101西", "葛西", Agreement.SHRUNK, [("葛\U000e0101", "葛", Why.SHRUNK)]),
        ("〓田　花子", "𠮷田　花子", Agreement.SHRUNK, [("〓", "𠮷", Why.REPLACED)]),
        ("見本　花子", "見本　華子", Agreement.DIFFERENT, [("花", "華", Why.DIFFERENT)]),
        ("見本　花", "見本　花子", Agreement.DIFFERENT, [("", "子", Why.DIFFERENT)]),
        (
            "佐藤　みほ",
            "佐藤　ミホ",
            Agreement.KANA_ONLY,
            [("み", "ミ", Why.DIFFERENT), ("ほ", "ホ", Why.DIFFERENT)],
        ),
    ],
)
def test_the_reason_and_the_characters_are_told(
    left: str, right: str, agreement: Agreement, characters: list[tuple[str, str, Why]]
) -> None:
    found = explain_names(left, right, FOLDER)
    assert found.agreement is agreement
    assert found.characters == tuple(CharacterPair(*one) for one in characters)


def test_a_reading_decides_only_where_the_writings_differ() -> None:
    found = explain_names("見本　花子", "見本　華子", FOLDER, "ミホン ハナコ", "ミホンハナコ")
    assert found.agreement is Agreement.KANA_ONLY
    assert found.characters == (CharacterPair("花", "華", Why.DIFFERENT),)


def test_another_notation_of_an_address_is_no_other_place() -> None:
    same = explain_addresses("見本市本町１丁目２番３号", "見本市本町1-2-3", FOLDER)
    assert same.agreement is Agreement.VARIANT
    assert {one.why for one in same.characters} == {Why.NOTATION}
    other = explain_addresses("見本市本町1-2-3", "見本市本町1-2-4", FOLDER)
    assert other.characters == (CharacterPair("3", "4", Why.DIFFERENT),)


def test_a_glyph_that_a_certificate_could_not_carry_is_named_and_can_not_disagree() -> None:
    marked = MarkedText.of("吉邉花子", "1000")
    found = explain_marked_names(marked, "𠮷辺花子", FOLDER)
    assert found.agreement is Agreement.VARIANT
    assert found.characters == (CharacterPair("〓", "𠮷", Why.REPLACED), CharacterPair("邉", "辺", Why.VARIANT))
    assert explain_marked_names(marked, "𠮷辺華子", FOLDER).agreement is Agreement.DIFFERENT
    place = explain_marked_addresses(MarkedText.of("見本市葛町1-2", "00100000"), "見本市祇町1-2", FOLDER)
    assert place.agreement is Agreement.DIFFERENT
    fitting = explain_marked_addresses(MarkedText.of("見本市葛町1-2", "00010000"), "見本市祇町1-2", FOLDER)
    assert (fitting.agreement, fitting.characters) == (
        Agreement.SHRUNK,
        (CharacterPair("〓", "祇", Why.REPLACED),),
    )


def test_card_and_register_are_compared_with_the_characters_concerned() -> None:
    card = BasicFour("渡邉　花子", "見本市本町１丁目２番", date(1990, 4, 1), Sex.FEMALE)
    register = BasicFour("渡辺　花子", "見本市本町1-2", date(1990, 4, 1), Sex.FEMALE)
    name, address, birth, _ = differences(card, register, FOLDER)
    assert name.characters == (CharacterPair("邉", "辺", Why.VARIANT),)
    assert all(one.why is Why.NOTATION for one in address.characters)
    assert birth.characters == ()


WRITTEN = st.text(alphabet=ALPHABET, max_size=8)
ANY = st.one_of(WRITTEN, st.text(max_size=8))


@given(ANY, ANY)
def test_the_explanation_never_says_anything_else_than_the_comparison(left: str, right: str) -> None:
    found = explain_names(left, right, FOLDER)
    assert found.agreement is FOLDER.compare(left, right)
    assert {one.why for one in found.characters} <= ALLOWED[found.agreement]
    assert bool(found.characters) == (clusters(left) != clusters(right))
    if found.agreement is Agreement.DIFFERENT:
        assert Why.DIFFERENT in {one.why for one in found.characters}
    place = explain_addresses(left, right, FOLDER)
    assert place.agreement is compare_addresses(left, right, FOLDER)
    assert (Why.DIFFERENT in {one.why for one in place.characters}) == (place.agreement is Agreement.DIFFERENT)


@given(ANY, ANY)
def test_the_characters_are_those_of_both_writings_in_their_order(left: str, right: str) -> None:
    found = explain_names(left, right, FOLDER).characters
    for side, text in (("left", left), ("right", right)):
        rest = "".join(clusters(text))
        for one in found:
            part = getattr(one, side)
            place = rest.index(part)
            rest = rest[place + len(part) :]


GLYPHS = st.sampled_from(["渡", "邉", "葛\U000e0101", "𠮷", "花", "ハ", "a", "〓"])


@given(st.lists(st.tuples(GLYPHS, st.booleans(), st.sampled_from(["", "　"])), max_size=8))
def test_whatever_a_certificate_replaced_it_agrees_with_the_true_name(glyphs: list[tuple[str, bool, str]]) -> None:
    text = "".join(glyph + space for glyph, _, space in glyphs)
    marks = "".join(f"{replaced:d}".ljust(len(glyph + space), "0") for glyph, replaced, space in glyphs)
    found = explain_marked_names(MarkedText.of(text, marks), text, FOLDER)
    assert found.agreement in {Agreement.IDENTICAL, Agreement.SPACING, Agreement.SHRUNK}
    assert len(found.characters) <= sum(replaced for _, replaced, _ in glyphs)
