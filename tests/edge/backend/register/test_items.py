"""S14-6a, R-081, C-02: 個人番号, 住民票コード and 在留資格 leave the register by a right that names them."""

from itertools import product

import pytest

from app.backend.register.service import RegisterService
from app.domain.rights import Right
from app.wire.message import encode
from app.wire.register import ItemMark, OpenRecord, Record, SearchByFour, SearchByNumber
from tests.edge.backend.register.conftest import CODE, STATUS, number
from tests.support.slices import KITA, OpenSlice, acts, call, person

NUMBER = number(12345678901).text()
VALUES = {"my_number": NUMBER, "resident_code": CODE, "residence_status": STATUS}
CLAIM, MOVE = "claim", "move"
MASKED = tuple(ItemMark(item_class=one, state="masked") for one in VALUES)

MAY = """
granted for  granted       asked for  shown
claim        my_number     claim      my_number
claim        my_number     move       -
claim        my_number     *          -
claim        my_number     nothing    -
claim        resident_code claim      resident_code
claim        residence_status claim   residence_status
move         resident_code claim      -
claim        *             claim      -
*            *             claim      -
"""


def opened(register: RegisterService, *rights: Right, procedure: str = "", business_number: str = "100") -> Record:
    who = person("001", "register.open", "register.search", "number.search", *rights)
    return register.open(call(who), OpenRecord(business_number=business_number, procedure=procedure))


@pytest.mark.parametrize("row", [line.split() for line in MAY.strip().splitlines()[1:]], ids=" ".join)
def test_an_item_is_shown_for_the_procedure_and_class_that_a_right_names(
    register: RegisterService, slice_: OpenSlice, row: list[str]
) -> None:
    granted_for, granted, asked_for, shown = row
    procedure = "" if asked_for == "nothing" else asked_for
    record = opened(register, Right("item.show", granted_for, granted), procedure=procedure)
    assert {one.item_class: one.value for one in record.items if one.state == "shown"} == (
        {shown: VALUES[shown]} if shown != "-" else {}
    )
    for item_class, value in VALUES.items():
        assert (value in encode(record).decode()) == (item_class == shown)
    kept = [detail for kind, detail in acts(slice_, KITA)[-1:] if kind == "item.shown"]
    assert [(one["items"], one["about"], one["procedure"]) for one in kept] == (
        [(shown, "100", CLAIM)] if shown != "-" else []
    )
    assert not any(value in str(acts(slice_, KITA)) for value in VALUES.values())


def test_without_the_right_nobody_learns_whether_there_is_one(register: RegisterService) -> None:
    assert opened(register, procedure=CLAIM).items == MASKED
    assert opened(register, procedure=CLAIM, business_number="103").items == MASKED
    every = [Right("item.show", CLAIM, one) for one in VALUES]
    assert {one.state for one in opened(register, *every, procedure=CLAIM, business_number="103").items} == {"none"}


def test_no_other_answer_of_the_register_holds_one_whatever_the_rights(register: RegisterService) -> None:
    rights = [Right("item.show", place, one) for place, one in product((CLAIM, MOVE), VALUES)]
    who = call(person("001", "register.open", "register.search", "number.search", *rights))
    answers = (
        register.search(who, SearchByFour(name="髙橋")),
        register.search_by_number(who, SearchByNumber(my_number=NUMBER)),
        register.open(who, OpenRecord(business_number="101", procedure=CLAIM)),
    )
    assert all(answers[0].hits)
    for answer, value in product(answers, VALUES.values()):
        assert value not in encode(answer).decode()
