"""What a look at the register was for, and how near the person is to who looks, stand in its record (C-12, R-052)."""

import pytest

from app.backend.register.service import RegisterService
from app.domain.rights import Actor
from app.errors import NotAllowed, NotUnderstood
from app.wire.register import KeepStaffPerson, OpenRecord, SearchByFour
from tests.support.slices import KITA, MINAMI, OpenSlice, acts, call, person

CLERK = person("001", "register.search", "register.open")
CHIEF = person("009", "staff.change")


def named(name: str, staff_id: str = "001") -> Actor:
    return Actor(KITA, staff_id, name, "市民", "T-01", CLERK.rights)


def test_the_visit_or_the_typed_reason_stands_in_the_record(register: RegisterService, slice_: OpenSlice) -> None:
    register.search(call(CLERK), SearchByFour(name="髙橋", visit_id="v1"))
    register.open(call(CLERK), OpenRecord(business_number="103", reason="phone"))
    (searched, said), (opened, why) = acts(slice_, KITA)[-2:]
    assert (searched, said["found"], "reason" in said) == ("register.searched", "100,101,102", False)
    assert (opened, why["reason"], why["household"]) == ("register.opened", "phone", "H3")
    assert slice_.database.read(lambda c: len(slice_.logbook.acts_of_visit(c, KITA, "v1"))) == 1


def test_a_reason_that_there_is_not_is_no_reason(register: RegisterService) -> None:
    with pytest.raises(NotUnderstood):
        register.open(call(CLERK), OpenRecord(business_number="103", reason="curiosity"))


def test_one_s_own_name_household_and_colleagues_are_told_as_kinds(
    register: RegisterService, slice_: OpenSlice
) -> None:
    register.keep_staff_person(call(CHIEF), KeepStaffPerson(staff_id="001", business_number="102"))
    register.keep_staff_person(call(CHIEF), KeepStaffPerson(staff_id="002", business_number="103"))
    for business_number in ("102", "100", "103", "108"):
        register.open(call(named("高橋　次郎")), OpenRecord(business_number=business_number, visit_id="v2"))
    near = [detail.get("near", "") for kind, detail in acts(slice_, KITA) if kind == "register.opened"][-4:]
    assert near == ["surname,self,household,address", "surname,address", "colleague,address", "address"]
    register.keep_staff_person(call(CHIEF), KeepStaffPerson(staff_id="001", business_number=""))
    register.open(call(named("森　次郎")), OpenRecord(business_number="102", visit_id="v2"))
    assert "near" not in acts(slice_, KITA)[-1][1]


def test_who_staff_are_is_said_by_administrators_about_people_of_their_own_place(register: RegisterService) -> None:
    with pytest.raises(NotAllowed):
        register.keep_staff_person(call(CLERK), KeepStaffPerson(staff_id="001", business_number="102"))
    for business_number in ("102", ""):
        with pytest.raises(NotAllowed):
            register.keep_staff_person(call(CHIEF), KeepStaffPerson(staff_id="009", business_number=business_number))
    elsewhere = person("009", "staff.change", municipality=MINAMI)
    with pytest.raises(NotAllowed):
        register.keep_staff_person(call(elsewhere), KeepStaffPerson(staff_id="001", business_number="102"))
