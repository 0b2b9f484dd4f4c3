"""What a person is found by: the terms of names, readings, places and dates."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.address import fold_address
from app.domain.folding import SearchFolder
from app.domain.names import NameFolder, parse_variants
from app.domain.search_terms import (
    ANY_WARD,
    FOLDED_KANA,
    Findable,
    TermMaker,
    Written,
    around_two,
    beginning,
    born,
    ending,
    in_ward,
    pairs,
    triples,
    whole,
)
from app.domain.slips import slip
from app.shipped import read_toml

FOLDER = NameFolder(parse_variants(read_toml("tables", "variants.toml")))
MAKER = TermMaker(FOLDER)
BIRTH = date(1990, 4, 2)
LETTERS = (
    "アァイウゥエオカガキギクケコゴサザシシュヂヅットノホボポモヨョロヴーｰ-ｶﾞﾊﾟうがヲンゝ々 　渡邊邉辺髙﨑齋斉𠮷葛"
    "\U000e0100\ufe00ÀéZａ・'"
)
ADDRESSES = "札幌市中央区北西一二三十百〇条丁目番地号の１２3-－ー ヶケがガ緑丘大字邊辺コーポ室ｺﾎﾟヴ　"


@given(st.text(LETTERS, max_size=12))
def test_many_names_fold_as_one_does(name: str) -> None:
    assert SearchFolder(FOLDER).name(name) == FOLDER.for_search(name)


@given(st.text(ADDRESSES, max_size=20))
def test_many_places_fold_as_one_does(address: str) -> None:
    assert "-".join(SearchFolder(FOLDER).place(address)) == fold_address(address, FOLDER)


def of(name: str, kana: str = "", *addresses: str, **more: object) -> frozenset[str]:
    return MAKER.of(Findable([Written(name, kana)], addresses, BIRTH, **more))


def test_a_person_has_few_terms() -> None:
    assert len(of("渡邊　花子", "ワタナベ　ハナコ", "北海道札幌市中央区北一条西三丁目２番５号 コーポ緑201")) <= 18


def test_sounds_run_on_over_the_space_of_a_name() -> None:
    assert {"k3オオメ", "kpコト", "k3メコ$"} <= of("", "ゴトウ　ウメコ")
    assert MAKER.full("ごとううめこ") == MAKER.full("ゴトウ　ウメコ") == "コトオオメコ"


READINGS = st.lists(st.text(FOLDED_KANA + "・Ａ", min_size=1, max_size=5), min_size=1, max_size=3)
NAMES = st.lists(st.text("佐藤林健太郎々an", min_size=1, max_size=4), min_size=1, max_size=3)


@given(READINGS, st.data())
def test_every_piece_of_a_reading_is_among_its_terms(parts: list[str], data: st.DataObject) -> None:
    terms, full = of("", "　".join(parts)), MAKER.full("　".join(parts))
    assume(full)  # a middle dot alone is no sound
    begin = data.draw(st.integers(0, len(full) - 1))
    piece = full[begin : data.draw(st.integers(begin + 1, len(full)))]
    assert {*triples(piece)} <= terms
    if len(piece) == 2:
        assert terms.intersection(around_two(piece))
    if len(full) > 1:
        assert beginning(full) in terms
    assert ending(full) in terms


@given(NAMES, st.data())
def test_every_piece_of_a_name_is_among_its_terms(parts: list[str], data: st.DataObject) -> None:
    terms, full = of("　".join(parts)), MAKER.full("　".join(parts))
    begin = data.draw(st.integers(0, len(full) - 1))
    for pair in pairs(full[begin : data.draw(st.integers(begin + 1, len(full)))]):
        assert terms.intersection((pair, whole("n", pair[-2:])))


def test_a_past_address_is_known_by_its_lots_alone() -> None:
    past, present = "札幌市中央区北一条西三丁目２番５号 コーポ緑201", "札幌市北区新川三条１番２"
    terms = of("佐藤", "", past, present)
    assert {"a北1条西3", "a北1条西3-2", "a北1条西3-2-5", "a新川3条"} <= terms
    assert not terms.intersection(("a北1条西", "hコーポ緑"))


def test_a_place_is_known_by_town_lot_and_building_in_any_notation() -> None:
    places = MAKER.places("北海道札幌市中央区北一条西三丁目２番５号 コーポ緑201号室")
    assert places == ("a北1条西", "a北1条西3", "a北1条西3-2", "a北1条西3-2-5", "hコーポ緑")
    assert MAKER.places("北1条西3-2-5")[:4] == places[:4]
    assert MAKER.places("緑が丘２丁目") == MAKER.places("札幌市北区緑ヶ丘二丁目")


def test_where_a_guarded_person_lives_is_in_no_term() -> None:
    guarded = of("佐藤", "サトウ", "札幌市中央区南一条西１番", ward="011011", is_guarded=True)
    assert ANY_WARD in guarded
    assert not {term for term in guarded if term[0] in "ah"}
    assert in_ward("011011") not in guarded
    assert born(BIRTH) in guarded


def test_a_slip_is_two_neighbouring_kana_at_most() -> None:
    assert slip("タナカハナコ", "タナカハナコ", 2) == 0
    assert slip("タナカハマコ", "タナカハナコ", 2) == 1
    assert slip("タナカハコ", "タナカハナコ", 2) == 1
    assert slip("タナカナハコ", "タナカハナコ", 2) == 2
    assert slip("ナタカハナコ", "タナカハナコ", 2) == 2
    assert slip("サナカハマコ", "タナカハナコ", 2) is None
