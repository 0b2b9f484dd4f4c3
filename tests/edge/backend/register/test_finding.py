"""Finding persons by what they were called and where they lived, in one ward, with slips; and what a look costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select, update

from app.backend.register import store
from app.backend.register.ports import Particulars, PastName, Residence
from app.backend.register.service import RegisterService
from app.backend.register.store.tables import NO_TERMS, person_table, term_table
from app.wire.message import Nothing
from app.wire.register import KeepStaffPerson, OpenRecord, SearchByFour, SearchByNumber, Ward
from tests.edge.backend.register.conftest import CITY, FOLDER, VIEW, number, resident
from tests.support.slices import KITA, MORNING, OpenSlice, call, person

CLERK = person("001", "register.search", "register.open", "number.search")
NUMBERS = person("003", "number.search")
CHIEF = person("009", "staff.change")
COLLEAGUE = person("002", "register.search")
WARDS = (Ward(code="011011", name="中央区"), Ward(code="011029", name="北区"))


def at(address: str, ward: str) -> Residence:
    return Residence(address, date(2015, 4, 1), None, ward)


PEOPLE = (
    resident(
        "500",
        "五十嵐　京子",
        "イガラシ　キョウコ",
        household_number="H50",
        past_names=(PastName("小笠原　京子", "オガサワラ　キョウコ", date(2020, 1, 1)),),
        former_name="小笠原",
        residences=(
            Residence("北市新川三条1番地2", date(2001, 1, 1), date(2015, 3, 31), "011029"),
            at("北市南一条西4丁目5番6号 コーポ泉301号室", "011011"),
        ),
    ),
    resident(
        "501",
        "五十嵐　健",
        "イガラシ　ケン",
        household_number="H51",
        residences=(at("北市北七条東2丁目3番", "011029"),),
    ),
    resident(
        "502",
        "五十嵐　渉",
        "イガラシ　ワタル",
        household_number="H52",
        residences=(at("北市北七条東2丁目3番", "011029"),),
        restraints=(VIEW,),
    ),
    resident(
        "503",
        "TRAN THI HOA",
        "チャン　ティ　ホア",
        household_number="H53",
        latin_name="TRAN THI HOA",
        alias="花山　華",
        more=Particulars(alias_kana="ハナヤマ　ハナ", kanji_name="陳氏花"),
    ),
)


@pytest.fixture(scope="module")
def office(slice_: OpenSlice) -> RegisterService:
    book = store.RegisterStore(slice_.database, slice_.cells, slice_.pen, slice_.index_key)
    service = RegisterService(book, FOLDER, {KITA: WARDS})
    service.load((*CITY, *PEOPLE), MORNING, "load")
    return service


def found(register: RegisterService, actor=CLERK, **asked) -> list[str]:
    return [hit.business_number for hit in register.search(call(actor), SearchByFour(**asked)).hits]


@contextmanager
def counted(slice_: OpenSlice) -> Iterator[list[str]]:
    """The statements that go to the store meanwhile."""
    said: list[str] = []

    def note(_, __, statement, *___) -> None:
        said.append(statement)

    event.listen(slice_.database.engine, "before_cursor_execute", note)
    yield said
    event.remove(slice_.database.engine, "before_cursor_execute", note)


@contextmanager
def asked_for(slice_: OpenSlice) -> Iterator[list[str]]:
    """The 宛名番号 of all whose rows are read meanwhile."""
    numbers: list[str] = []

    def note(_, __, statement, values, ___, executemany) -> None:
        if "identity FROM person" in statement:
            numbers.extend(one for value in values[1:] for one in ([value] if isinstance(value, str) else value))

    event.listen(slice_.database.engine, "before_cursor_execute", note)
    yield numbers
    event.remove(slice_.database.engine, "before_cursor_execute", note)


def test_past_names_aliases_and_names_of_foreigners_find_their_person(office: RegisterService) -> None:
    assert found(office, name="小笠原京子") == ["500"]
    assert found(office, kana="オガサワラ") == ["500"]
    assert found(office, kana="ハナヤマハナ") == ["503"]
    assert found(office, name="陳氏花") == ["503"]
    assert found(office, name="hoa tran") == ["503"]


def test_a_given_name_alone_finds_its_bearers(office: RegisterService) -> None:
    assert found(office, name="京子") == ["500"]
    assert found(office, kana="きょうこ") == ["500"]
    assert found(office, name="渉") == ["502"]


def test_sounds_that_are_heard_alike_are_one(office: RegisterService) -> None:
    for typed in ("いからし きようこ", "イガラシキョーコ", "ｲｶﾞﾗｼ ｷｮｳｺ", "イガラシキヨオコ"):
        assert found(office, kana=typed) == ["500"], typed


def test_a_past_address_finds_its_person_by_birth_date_or_alone(office: RegisterService) -> None:
    assert found(office, address="新川3条1-2") == ["500"]
    assert "500" in found(office, birth=date(1990, 4, 2), address="北市新川三条１番２")
    assert found(office, address="南1条西4-5-6") == ["500"]


def test_a_ward_narrows_a_search_and_tells_nothing_of_a_guarded_person(office: RegisterService) -> None:
    assert found(office, name="五十嵐") == ["500", "501", "502"]
    assert found(office, name="五十嵐", ward="011011") == ["500", "502"]
    assert found(office, name="五十嵐", ward="011029") == ["501", "502"]
    assert "502" not in found(office, address="北七条東2丁目3")


def test_one_wrong_kana_finds_who_is_near_where_nobody_has_the_reading(office: RegisterService) -> None:
    assert found(office, kana="イガラシキョウホ") == ["500"]
    assert found(office, kana="イカラツキョウコ") == ["500"]
    assert found(office, kana="オガサワナキョウコ") == ["500"]
    assert found(office, kana="ヌメヌメヌメ") == []


def test_a_part_of_a_reading_is_found_wherever_it_begins(office: RegisterService) -> None:
    assert found(office, kana="ウコ") == ["500"]
    assert found(office, kana="ラシキヨ") == ["500"]
    assert found(office, name="ウハナコ") == []


def test_a_piece_that_begins_with_a_long_mark_is_found_behind_any_sound(office: RegisterService) -> None:
    """Nothing begins so: the piece was cut from the middle of a reading."""
    assert found(office, kana="ーコ") == found(office, name="ーコ") == ["500"]
    assert found(office, kana="ーコ", birth=date(1990, 4, 2)) == ["500"]
    assert found(office, kana="ーメ") == []


def test_a_reading_typed_as_far_as_half_a_sound_is_found(office: RegisterService) -> None:
    office.load([resident("591", "HOANG VAN", "ホアン　ヴァン", household_number="H591")], MORNING, "t")
    assert found(office, kana="ホアンヴ") == found(office, kana="ほあん　ゔ") == ["591"]
    assert found(office, kana="ホアンヴァ") == ["591"]


def test_a_selector_that_was_cut_from_its_character_is_ignored(office: RegisterService) -> None:
    assert found(office, name="\U000e0100十嵐　京") == found(office, name="十嵐　京") == ["500"]


def test_a_short_reading_is_found_on_its_birth_date_wherever_it_stands(office: RegisterService) -> None:
    for typed in ("ケン", "シケ", "イガ"):
        assert "501" in found(office, kana=typed, birth=date(1990, 4, 2)), typed
    assert found(office, kana="ケン", birth=date(1990, 4, 3)) == []


def test_a_building_narrows_a_town_and_hides_nobody_of_a_lot(office: RegisterService) -> None:
    assert found(office, name="五十嵐", address="南1条西4丁目コーポ泉") == ["500", "501", "502"]
    assert found(office, address="南1条西4丁目コーポ泉") == ["500"]
    assert found(office, address="南1条西4丁目コーポ森") == []


def test_a_kana_alone_finds_who_begins_with_it(office: RegisterService) -> None:
    assert {"500", "501", "502"} <= set(found(office, kana="イ"))
    assert "100" not in found(office, kana="イ")


def test_what_was_typed_is_remembered_for_a_week_and_for_nobody_else(office: RegisterService) -> None:
    for name in ("五十嵐", "林", "五十嵐"):
        office.search(call(CLERK), SearchByFour(name=name, is_typed=True, visit_id="v1"))
    office.search(call(CLERK), SearchByFour(name="森"))
    mine = office.habits(call(CLERK), Nothing())
    assert [(one.name, one.visit_id) for one in mine.recent] == [("五十嵐", ""), ("林", "")]
    assert mine.wards == WARDS
    assert office.habits(call(COLLEAGUE), Nothing()).recent == ()
    later = call(CLERK, MORNING + timedelta(days=7, seconds=1))
    assert office.habits(later, Nothing()).recent == ()


def test_only_the_last_ten_searches_are_remembered(office: RegisterService) -> None:
    for count in range(12):
        office.search(
            call(COLLEAGUE, MORNING + timedelta(seconds=count)), SearchByFour(name=f"山{count}", is_typed=True)
        )
    kept = office.habits(call(COLLEAGUE, MORNING + timedelta(minutes=1)), Nothing()).recent
    assert [one.name for one in kept] == [f"山{count}" for count in range(11, 1, -1)]


def test_a_record_opens_with_household_and_restraints_in_three_queries(
    office: RegisterService, slice_: OpenSlice
) -> None:
    office.keep_staff_person(call(CHIEF), KeepStaffPerson(staff_id="001", business_number="102"))
    office.open(call(CLERK), OpenRecord(business_number="100"))
    with counted(slice_) as said:
        office.open(call(CLERK), OpenRecord(business_number="100"))
    register = [
        one for one in said if any(f" {name}" in one for name in ("person", "address", "restraint", "staff_person"))
    ]
    assert len(register) == 3


def test_a_number_is_found_in_one_query_beside_who_looks(office: RegisterService, slice_: OpenSlice) -> None:
    asked = SearchByNumber(my_number=number(12345678901).text())
    office.search_by_number(call(NUMBERS), asked)
    with counted(slice_) as said:
        office.search_by_number(call(NUMBERS), asked)
    assert len([one for one in said if " person" in one or " address" in one]) == 1


def test_nobody_stays_in_the_index_under_a_name_given_up(office: RegisterService, slice_: OpenSlice) -> None:
    def terms() -> int:
        return slice_.database.read(lambda one: len(one.execute(select(term_table.c.token)).all()))

    before = terms()
    one = resident("590", "仮名　一", "カメイ　ハジメ", household_number="H59")
    office.load([one], MORNING, "t")
    office.load([replace(one, name="別名　一", kana="ベツメイ　ハジメ")], MORNING, "t")
    assert found(office, name="仮名") == []
    assert found(office, name="別名") == ["590"]
    kept = slice_.database.read(
        lambda one: one.execute(
            select(person_table.c.terms).where(person_table.c.business_number == "590")
        ).scalar_one()
    )
    assert terms() - before == len(kept) // 8


def test_after_a_change_of_rules_everybody_gets_search_terms_anew(office: RegisterService, slice_: OpenSlice) -> None:
    def forget(connection) -> None:
        connection.execute(term_table.delete())
        connection.execute(update(person_table).values(term_rules=NO_TERMS, terms=None))

    slice_.database.write(forget)
    assert found(office, name="五十嵐") == []
    assert office.renew_terms() >= len(PEOPLE)
    assert found(office, name="五十嵐") == ["500", "501", "502"]
    assert office.renew_terms() == 0


def test_a_list_that_is_full_opens_nobody_who_fits_less_well(office: RegisterService, slice_: OpenSlice) -> None:
    called = [resident(f"7{n:03}", "仁木　一", "ニキ　イチ", household_number=f"H7{n}") for n in range(60)]
    ending = [resident(f"6{n:03}", "森　瑞希", "モリ　ニキ", household_number=f"H6{n}") for n in range(60)]
    office.load((*called, *ending), MORNING, "many")
    with asked_for(slice_) as numbers:
        answer = office.search(call(CLERK), SearchByFour(kana="ニキ"))
    assert (len(answer.hits), answer.more) == (50, True)
    assert {hit.business_number[0] for hit in answer.hits} == {"7"}
    assert len(numbers) == 51
    assert len(found(office, kana="ニキ", sex="2")) == 50
