"""Names and addresses: what a search finds, and why two writings agree."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.address import compare_addresses, fold_address
from app.domain.kana import fold_kana
from app.domain.names import Agreement, NameFolder, parse_variants
from app.errors import BadFormat

TABLE = Path(__file__).parents[3] / "resources" / "tables" / "variants.toml"
FOLDER = NameFolder(parse_variants(tomllib.loads(TABLE.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("わたなべ", "ワタナベ"),
        ("ﾜﾀﾅﾍﾞ", "ワタナベ"),
        ("ワタナヘ", "ワタナベ"),
        ("サトー", "サトウ"),
        ("さとお", "サトウ"),
        ("オオノ", "オーノ"),
        ("キョウコ", "キヨオコ"),
        ("みづき", "ミズキ"),
        ("ヴァイオレット", "バイオレット"),
        ("ユーキ", "ユウキ"),
        ("カヲル", "カオル"),
        ("か\u3099くと", "ガクト"),
        ("Nguyen Van", "ＮＧＵＹỄＮ　ＶĂＮ"),
        ("garcia", "GARCÍA"),
    ],
)
def test_a_slip_of_the_ear_still_finds_the_reading(typed: str, registered: str) -> None:
    assert FOLDER.for_search(typed) == FOLDER.for_search(registered)


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("渡辺 恵", "渡邉　惠"),
        ("渡辺恵", "渡邊\U000e0101恵"),
        ("斉藤一", "齋藤　一"),
        ("高崎", "髙﨑"),
        ("吉田", "𠮷田"),
        ("神田", "\ufa19田"),
        ("山本メアリー", "山本・メアリー"),
    ],
)
def test_a_common_shape_finds_the_registered_one(typed: str, registered: str) -> None:
    assert FOLDER.for_search(typed) == FOLDER.for_search(registered)


def test_different_names_stay_different() -> None:
    names = ["小野", "大野", "佐藤", "佐東", "ミカ", "ニカ", "オノ", "オオノ"]
    assert len({FOLDER.for_search(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("見本　花子", "見本　花子", Agreement.IDENTICAL),
        ("見本　花子", "見本花子", Agreement.SPACING),
        ("ＡＮＮＡ　ＬＥＥ", "ANNA LEE", Agreement.SPACING),
        ("渡邉　花子", "渡辺　花子", Agreement.VARIANT),
        ("齊藤　花子", "斉藤　花子", Agreement.VARIANT),
        ("髙橋　花子", "高橋　花子", Agreement.SHRUNK),
        ("𠮷田　花子", "吉田　花子", Agreement.SHRUNK),
        ("葛\U000e0101西", "葛西", Agreement.SHRUNK),
        ("〓田　花子", "𠮷田　花子", Agreement.SHRUNK),
        ("𠮷邉　花子", "吉辺　花子", Agreement.VARIANT),
        ("斉藤　花子", "斎藤　花子", Agreement.DIFFERENT),
        ("坂本　花子", "阪本　花子", Agreement.DIFFERENT),
        ("見本　花子", "見本　華子", Agreement.DIFFERENT),
        ("見本　花", "見本　花子", Agreement.DIFFERENT),
        ("〓", "見本", Agreement.DIFFERENT),
    ],
)
def test_two_writings_of_a_name_say_why_they_agree(left: str, right: str, agreement: Agreement) -> None:
    assert FOLDER.compare(left, right) is agreement
    assert FOLDER.compare(right, left) is agreement


def test_a_character_that_unicode_itself_takes_apart_is_compared_like_any_other() -> None:
    assert FOLDER.compare("", "\ufb2a") is Agreement.DIFFERENT
    assert FOLDER.compare("\ufb2a", "\ufb2a") is Agreement.IDENTICAL


def test_names_that_only_read_alike_are_told_apart_from_equal_ones() -> None:
    assert FOLDER.compare("見本　花子", "見本　華子", "ミホン ハナコ", "ミホンハナコ") is Agreement.KANA_ONLY
    assert FOLDER.compare("みほん　はなこ", "ミホン　ハナコ") is Agreement.KANA_ONLY
    assert FOLDER.compare("見本　花子", "見本　華子", "ミホン ハナコ", "ミホン カコ") is Agreement.DIFFERENT


TYPED = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x3000, max_codepoint=0x30FF),
        st.characters(min_codepoint=0xFF00, max_codepoint=0xFFEF),
        st.sampled_from("渡邉邊𠮷\U000e0100\ufe00ヸー〓-‐ Aé"),
        st.characters(),
    ),
    max_size=12,
)


@given(TYPED, TYPED)
def test_the_order_of_two_names_makes_no_difference(left: str, right: str) -> None:
    assert FOLDER.compare(left, right) is FOLDER.compare(right, left)


@given(TYPED)
def test_folding_twice_changes_nothing_and_breaks_on_nothing(text: str) -> None:
    once = FOLDER.for_search(text)
    assert FOLDER.for_search(once) == once
    assert fold_kana(fold_kana(text)) == fold_kana(text)
    assert FOLDER.compare(text, text) is Agreement.IDENTICAL
    fold_address(text, FOLDER)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("見本市中央区本町一丁目２番３号", "見本市中央区本町1-2-3"),
        ("見本市中央区本町1丁目2番地の3", "見本市中央区本町１－２－３"),
        ("見本市中央区本町二十一条西3丁目", "見本市中央区本町21条西3"),
        ("見本市霞ヶ丘町1-1　コーポ見本201号室", "見本市霞が丘町１−１ コーポ見本 201"),
        ("見本市大字渡邉五番地", "見本市渡辺5"),
    ],
)
def test_two_notations_of_one_place_agree(left: str, right: str) -> None:
    assert compare_addresses(left, right, FOLDER) is Agreement.VARIANT


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("見本市中央区本町1-2-3", "見本市中央区本町1-23"),
        ("見本市中央区本町1-2-3", "見本市中央区本町1-2-4"),
        ("見本市中央区本町12-3", "見本市中央区本町1-23"),
        ("見本市中央区本町1-2-3", "手本市中央区本町1-2-3"),
        ("見本市本町1-2　見本荘101", "見本市本町1-2　見本荘102"),
    ],
)
def test_two_places_stay_two(left: str, right: str) -> None:
    assert compare_addresses(left, right, FOLDER) is Agreement.DIFFERENT


def test_a_character_in_two_classes_of_the_table_is_refused() -> None:
    group = {"kind": "variant", "classes": ["辺邊", "邉邊"]}
    with pytest.raises(BadFormat):
        parse_variants({"group": [group]})


def test_each_class_of_the_table_has_a_common_head() -> None:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    for group in table["group"]:
        for characters in group["classes"]:
            assert characters[0].encode("shift_jis_2004"), characters
