"""Finding persons in the register, on both engines."""

from datetime import date

import pytest

from app.backend.register.service import RegisterService
from app.errors import BadFormat, NotAllowed, Refused
from app.wire.register import SearchByFour, SearchByNumber
from tests.edge.backend.register.conftest import number, resident
from tests.support.slices import KITA, MINAMI, MORNING, OpenSlice, acts, call, person

CLERK = person("001", "register.search", "register.open", "number.search")
ELSEWHERE = person("001", "register.search", "register.open", "number.search", municipality=MINAMI)
GENERAL = person("009")


def found(register: RegisterService, actor=CLERK, **asked) -> list[str]:
    return [hit.business_number for hit in register.search(call(actor), SearchByFour(**asked)).hits]


@pytest.mark.seed("S08-4")
def test_the_four_items_of_a_card_find_their_person_first(register: RegisterService) -> None:
    asked = {"name": "髙橋　花子", "birth": date(1990, 4, 2), "address": "北市中央１－２－３", "sex": "2"}
    hits = register.search(call(CLERK), SearchByFour(**asked)).hits
    assert [(hit.business_number, hit.name, hit.number_linked) for hit in hits] == [("100", "髙橋　花子", True)]


def test_a_name_is_found_in_another_shape_and_by_its_reading(register: RegisterService) -> None:
    assert found(register, name="高橋花子") == ["100"]
    assert found(register, kana="たかはし はなこ") == ["100"]
    assert found(register, name="渡辺") == ["100"]
    assert found(register, name="smith") == ["106"]
    assert found(register, name="炭寿") == ["106"]


def test_the_closest_writing_stands_first(register: RegisterService) -> None:
    assert found(register, name="高橋　一郎")[0] == "102"
    assert found(register, name="高橋") == ["100", "101", "102"]
    assert found(register, name="高橋", sex="1") == ["101", "102", "100"]


def test_a_name_of_one_character_is_found(register: RegisterService) -> None:
    assert found(register, name="林") == ["103"]


def test_a_changed_name_is_found_by_birth_date_and_address(register: RegisterService) -> None:
    assert found(register, name="鈴木花子", birth=date(1990, 4, 2), address="北市中央1丁目2-3") == ["100"]
    assert found(register, name="鈴木花子", birth=date(1990, 4, 2), address="北市東9丁目") == []


def test_another_birth_date_is_another_person(register: RegisterService) -> None:
    assert found(register, name="髙橋　花子", birth=date(1990, 4, 3)) == []


def test_an_address_alone_finds_who_lives_there_if_it_names_the_lot(register: RegisterService) -> None:
    with pytest.raises(Refused) as refused:
        register.search(call(CLERK), SearchByFour(address="北市中央", sex="2"))
    assert refused.value.reason == "search_too_wide"
    assert found(register, address="中央1丁目2-3", sex="2")[0] == "100"
    assert found(register, address="北市西2条5") == ["100"], "where somebody lived before"
    assert found(register, address="北市東9丁目1") == []


def test_a_list_shows_restraints_and_hides_where_the_protected_person_lives(register: RegisterService) -> None:
    hits = register.search(call(CLERK), SearchByFour(name="佐藤")).hits
    protected = next(hit for hit in hits if hit.business_number == "104")
    assert {(mark.act, mark.level) for mark in protected.restraints} == {("view", "error"), ("issue", "error")}
    assert (protected.address, protected.household_number) == ("", "")
    assert all(hit.address for hit in hits if hit.business_number != "104")


def test_the_address_of_a_protected_person_can_not_be_guessed_by_searching(register: RegisterService) -> None:
    assert found(register, name="誰か", birth=date(1988, 3, 3), address="北市中央一丁目2番3号") == []
    assert "104" not in found(register, address="北市中央一丁目2番3号")


def test_who_may_release_sees_the_address(register: RegisterService) -> None:
    supervisor = person("007", "register.search", "restraint.release")
    hits = register.search(call(supervisor), SearchByFour(name="佐藤　光")).hits
    assert hits[0].address == "北市中央一丁目2番3号"


def test_a_restraint_whose_stated_end_has_passed_holds_on(register: RegisterService) -> None:
    later = call(CLERK, MORNING.replace(year=2027, month=1))
    hit = register.search(later, SearchByFour(name="佐藤　光")).hits[0]
    assert [mark.act for mark in hit.restraints] == ["view", "issue"]
    assert not hit.address


def test_non_residents_are_marked(register: RegisterService) -> None:
    hits = register.search(call(CLERK), SearchByFour(name="佐藤")).hits
    assert {hit.business_number: hit.resident for hit in hits} == {"104": True, "105": True, "107": False}


def test_each_municipality_sees_only_its_own(register: RegisterService) -> None:
    at_home = register.search(call(CLERK), SearchByFour(name="髙橋　花子")).hits
    elsewhere = register.search(call(ELSEWHERE), SearchByFour(name="髙橋　花子")).hits
    assert [(hit.business_number, hit.address) for hit in at_home] == [("100", "北市中央一丁目2番3号")]
    assert [(hit.business_number, hit.address) for hit in elsewhere] == [("100", "南市本町4番")]
    mine = number(12345678901).text()
    assert register.search_by_number(call(ELSEWHERE), SearchByNumber(my_number=mine)).hits == ()


def test_a_search_by_number_gives_one_person_or_nobody(register: RegisterService) -> None:
    mine = register.search_by_number(call(CLERK), SearchByNumber(my_number=number(12345678901).text()))
    assert [hit.business_number for hit in mine.hits] == ["100"]
    assert register.search_by_number(call(CLERK), SearchByNumber(my_number=number(99).text())).hits == ()
    with pytest.raises(BadFormat):
        register.search_by_number(call(CLERK), SearchByNumber(my_number="123456789012"))


@pytest.mark.twin("S08-4")
def test_who_has_no_right_finds_nothing(register: RegisterService) -> None:
    with pytest.raises(NotAllowed):
        register.search(call(GENERAL), SearchByFour(name="髙橋"))
    with pytest.raises(NotAllowed):
        register.search_by_number(
            call(person("001", "register.search")), SearchByNumber(my_number=number(12345678901).text())
        )


def test_every_search_is_an_act_with_counts_and_no_names(register: RegisterService, slice_: OpenSlice) -> None:
    register.search(call(CLERK), SearchByFour(name="髙橋"))
    register.search_by_number(call(CLERK), SearchByNumber(my_number=number(12345678901).text()))
    with pytest.raises(Refused):
        register.search(call(CLERK), SearchByFour(sex="2"))
    kept = acts(slice_, KITA)[-3:]
    assert [kind for kind, _ in kept] == ["register.searched", "number.searched", "register.search_refused"]
    assert kept[0][1] == {
        "about": "",
        "staff": "001",
        "hits": 3,
        "more": False,
        "given": "name",
        "found": "100,101,102",
    }
    assert kept[1][1] == {"about": "100", "staff": "001", "hits": 1, "found": "100", "household": "H1"}
    assert kept[2][1]["code"] == "search_too_wide"


def test_a_long_list_is_cut_and_says_so(register: RegisterService) -> None:
    many = [resident(f"9{n:03}", f"山田{n:03}号", "ヤマダ", household_number="H9") for n in range(60)]
    register.load(many, MORNING, "more")
    answer = register.search(call(CLERK), SearchByFour(name="山田"))
    assert (len(answer.hits), answer.more) == (50, True)


def test_a_replaced_person_is_found_by_the_new_name_only(register: RegisterService) -> None:
    assert found(register, name="森") == ["108"]
    register.load([resident("108", "岸", "キシ", birth=date(1981, 8, 8), household_number="H8")], MORNING, "again")
    assert found(register, name="森") == []
    assert found(register, name="岸") == ["108"]
