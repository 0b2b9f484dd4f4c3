"""C-26: what two persons entered is put together field by field, and nothing that was typed is lost."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.merge import Place, changed, differences, dropped, merged

BASE = {"phone": "011", "reason": "birth", "children": ({"name": "太郎", "together": True}, {"name": "花子"})}


def facts(**more):
    return {**BASE, **more}


def test_what_only_one_changed_is_taken_from_them() -> None:
    mine, theirs = facts(phone="012"), facts(reason="moved_in")
    found = differences(BASE, mine, theirs)
    assert [(str(one.place), one.is_conflict) for one in found] == [("phone", False), ("reason", False)]
    assert merged(mine, found, {}) == facts(phone="012", reason="moved_in")
    assert list(dropped(found, {})) == []


def test_what_both_changed_is_a_conflict_until_somebody_chooses() -> None:
    mine, theirs = facts(phone="012"), facts(phone="013")
    (one,) = found = differences(BASE, mine, theirs)
    assert one.is_conflict
    assert merged(mine, found, {})["phone"] == "012"
    assert [(lost.theirs, by_other) for lost, by_other in dropped(found, {})] == [("013", True)]
    chosen = {Place("phone"): True}
    assert merged(mine, found, chosen)["phone"] == "013"
    assert [(lost.mine, by_other) for lost, by_other in dropped(found, chosen)] == [("012", False)]


def test_the_same_entry_by_both_is_no_conflict() -> None:
    same = facts(phone="012")
    (one,) = found = differences(BASE, same, same)
    assert not one.is_conflict
    assert list(dropped(found, {})) == []


def test_rows_of_a_group_are_compared_field_by_field() -> None:
    mine = facts(children=({"name": "太郎", "together": False}, {"name": "花子"}))
    theirs = facts(children=({"name": "太朗", "together": True}, {"name": "花子"}, {"name": "三郎"}))
    found = differences(BASE, mine, theirs)
    assert [str(one.place) for one in found] == ["children[0].name", "children[0].together", "children[2].name"]
    both = merged(mine, found, {})
    assert both["children"] == ({"name": "太朗", "together": False}, {"name": "花子"}, {"name": "三郎"})


def test_a_row_that_is_taken_away_is_gone() -> None:
    theirs = facts(children=BASE["children"][:1])
    found = differences(BASE, BASE, theirs)
    assert merged(BASE, found, {})["children"] == BASE["children"][:1]


def test_what_changed_is_named_by_its_place() -> None:
    after = facts(phone="012", children=({"name": "太郎", "together": False}, {"name": "花子"}))
    assert [str(one) for one in changed(BASE, after)] == ["phone", "children[0].together"]


SCALARS = st.sampled_from(["a", "b", "c", None, 1, True])
FACTS = st.dictionaries(st.sampled_from("xyz"), SCALARS)


@given(FACTS, FACTS, FACTS, st.dictionaries(st.sampled_from([Place("x"), Place("y"), Place("z")]), st.booleans()))
def test_every_entry_is_either_taken_or_told(base, mine, theirs, chosen) -> None:
    found = differences(base, mine, theirs)
    result = merged(mine, found, chosen)
    lost = {(one.place, by_other) for one, by_other in dropped(found, chosen)}
    for one in found:
        for value, by_other in ((one.mine, False), (one.theirs, True)):
            is_new = value != one.base and value is not None
            assert not is_new or result.get(one.place.field) == value or (one.place, by_other) in lost
