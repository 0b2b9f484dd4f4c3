"""C-02, S01-9, S03-4, S14-6a, R-081: each combination of grant, post, wall and item against a table of its own."""

from datetime import date, timedelta
from itertools import product

import pytest

from app.domain.rights import Actor, Department, Post, Right, Standing, allowed, effective

DAY = date(2027, 4, 1)
EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
SECTIONS = {"claim": "children", "move": "residents"}

PERIODS = {
    "open": (None, None),
    "ended on the eve": (None, EVE),
    "last day": (None, DAY),
    "first day": (DAY, None),
    "begins tomorrow": (NEXT, None),
}
HOLDS = {"open": 1, "ended on the eve": 0, "last day": 1, "first day": 1, "begins tomorrow": 0}

ACTS = """
granted              asked                may
application.read     application.read     1
application.read     application.receive  0
application.receive  application.read     0
application.receive  application.receive  1
"""
PROCEDURES = """
act                  in_charge_of  granted  asked    may
application.receive  children      *        claim    1
application.receive  children      *        move     1
application.receive  children      *        other    1
application.receive  children      claim    claim    1
application.receive  children      claim    move     0
application.receive  children      claim    other    0
application.receive  children      move     claim    0
application.receive  children      move     move     1
application.receive  children      move     other    0
application.receive  nothing       *        claim    1
application.receive  nothing       *        move     1
application.receive  nothing       *        other    1
application.receive  nothing       claim    claim    1
application.receive  nothing       claim    move     0
application.receive  nothing       claim    other    0
application.receive  nothing       move     claim    0
application.receive  nothing       move     move     1
application.receive  nothing       move     other    0
application.read     children      *        claim    1
application.read     children      *        move     0
application.read     children      *        other    0
application.read     children      claim    claim    1
application.read     children      claim    move     0
application.read     children      claim    other    0
application.read     children      move     claim    0
application.read     children      move     move     1
application.read     children      move     other    0
application.read     nothing       *        claim    0
application.read     nothing       *        move     0
application.read     nothing       *        other    0
application.read     nothing       claim    claim    1
application.read     nothing       claim    move     0
application.read     nothing       claim    other    0
application.read     nothing       move     claim    0
application.read     nothing       move     move     1
application.read     nothing       move     other    0
"""
ITEMS = """
granted    asked             may
*          *                 1
*          tax               1
*          medical           1
*          my_number         0
*          resident_code     0
*          residence_status  0
tax        *                 0
tax        tax               1
tax        medical           0
tax        my_number         0
tax        resident_code     0
tax        residence_status  0
my_number  *                 0
my_number  tax               0
my_number  medical           0
my_number  my_number         1
my_number  resident_code     0
my_number  residence_status  0
"""


def read(table: str) -> dict[tuple[str, ...], bool]:
    """The rows of a table: all columns but the last → the last."""
    rows = [line.split() for line in table.strip().splitlines()[1:]]
    return {tuple(row[:-1]): row[-1] == "1" for row in rows}


ACT, PROCEDURE, ITEM = read(ACTS), read(PROCEDURES), read(ITEMS)
GRANTED = sorted({(act, procedure) for act, _, procedure, _ in PROCEDURE})
ASKED = list(product(["application.read", "application.receive"], ["claim", "move", "other"], {a for _, a in ITEM}))


def actor(standing: Standing) -> Actor:
    return Actor("011002", "k1", "", "", "T-1", effective(standing, SECTIONS, DAY))


def may(who: Actor, asked: tuple[str, str, str]) -> bool:
    return allowed(who, *asked, day=DAY)


@pytest.mark.parametrize("holder", ["person", "department"])
@pytest.mark.parametrize("in_charge_of", ["children", "nothing"])
def test_each_combination_is_decided_as_the_table_says(holder: str, in_charge_of: str) -> None:
    tried = 0
    for (act, procedure), item, when, posted in product(GRANTED, {g for g, _ in ITEM}, PERIODS, PERIODS):
        right = Right(act, procedure, item, *PERIODS[when])
        shared = (right,) if holder == "department" else ()
        department = Department("D", () if in_charge_of == "nothing" else (in_charge_of,), shared)
        own = (right,) if holder == "person" else ()
        who = actor(Standing((Post("D", *PERIODS[posted]),), own, (department,)))
        for asked in ASKED:
            expected = (
                ACT[act, asked[0]]
                and PROCEDURE[act, in_charge_of, procedure, asked[1]]
                and ITEM[item, asked[2]]
                and bool(HOLDS[when] and HOLDS[posted])
            )
            assert may(who, asked) == expected, (right, posted, asked)
            tried += 1
    assert tried == len(GRANTED) * 3 * 25 * 36


def test_nothing_given_is_no() -> None:
    for asked in ASKED:
        assert not may(actor(Standing((), (), ())), asked)
        assert not may(actor(Standing((Post("D"),), (), (Department("D", ("children",)),))), asked)
        assert not may(actor(Standing((), (Right(*asked),), ())), asked)


def test_rights_of_a_department_are_those_of_its_people_only() -> None:
    departments = (
        Department("A", ("children",), (Right("application.read"),)),
        Department("B", ("residents",), (Right("application.read"), Right("notice.read"))),
    )
    both = Standing((Post("A", None, DAY), Post("B", DAY)), (), departments)
    assert {(one.act, one.procedure) for one in effective(both, SECTIONS, DAY)} == {
        ("application.read", "claim"),
        ("application.read", "move"),
        ("notice.read", "move"),
    }
    assert {one.procedure for one in effective(both, SECTIONS, EVE)} == {"claim"}
    assert {one.procedure for one in effective(both, SECTIONS, NEXT)} == {"move"}


def test_a_right_is_told_to_end_with_the_post_it_hangs_on() -> None:
    contract = Standing((Post("D", None, NEXT),), (Right("visit.open"), Right("visit.read", until=DAY)), ())
    assert [one.until for one in effective(contract, SECTIONS, DAY)] == [NEXT, DAY]
    followed = Standing((Post("D", None, DAY), Post("E", DAY)), (Right("visit.open"),), ())
    assert [one.until for one in effective(followed, SECTIONS, DAY)] == [None]
