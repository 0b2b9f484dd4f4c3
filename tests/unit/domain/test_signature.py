"""A signature: long enough to be a name, bound to exactly what was shown, no longer good once that has changed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace as changed

from app.domain.resident_view import Item
from app.domain.signature import Point, Signature, SignMeans, is_long_enough
from app.errors import NotUnderstood
from app.services.sign_application import changed_after, shown_items, signed
from app.wire.desk import PersonMark, RolesMark
from app.wire.draft import Draft
from app.wire.message import decode, encode
from app.wire.signature import SignatureMark, changed_since, drawn, is_whole

AT = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
ITEMS = (Item("name", "氏名", "見本　太郎"), Item("children[0].name", "児童 1　氏名", "見本　芽生"))
STROKES = (tuple(Point(10 * n, 20 + 5 * (n % 4), 100 + n, 12 * n) for n in range(20)),)
HAND = Signature(SignMeans.PEN, 600, 200, STROKES)


def draft(**facts: object) -> Draft:
    mark = PersonMark(business_number="1001", name="見本　太郎")
    return Draft(
        draft_id="d-1",
        visit_id="v-1",
        procedure="p",
        procedure_version=1,
        saved_at=AT,
        roles=RolesMark(presenter=mark, capacity="self", applicant=mark),
        facts={"name": "見本　太郎", "children": ({"name": "見本　芽生"},), **facts},  # type: ignore[dict-item]
    )


def mark_of(hand: Signature | str = HAND) -> SignatureMark:
    one = draft()
    mark = signed(one, shown_items(one, ITEMS, str), "ja", (hand, AT)).signature
    assert mark is not None
    return mark


@pytest.mark.parametrize(
    ("points", "enough"), [((), False), (STROKES[0][:7], False), (STROKES[0], True), ((Point(5, 5, 9, 0),) * 40, False)]
)
def test_a_touch_by_mistake_is_no_signature(points: tuple[Point, ...], *, enough: bool) -> None:
    assert is_long_enough((points,), 600) is enough


def test_strokes_with_their_pressure_and_time_come_back_as_they_were_drawn() -> None:
    assert drawn(decode(encode(mark_of()), SignatureMark)) == HAND


def test_it_is_whole_for_its_own_application_alone() -> None:
    mark = mark_of()
    assert is_whole(mark, "d-1", "p")
    assert not is_whole(mark, "d-2", "p")
    assert not is_whole(mark, "d-1", "q")


@pytest.mark.parametrize("what", ["text", "label", "value", "place"])
def test_what_was_shown_can_not_be_changed_under_it(what: str) -> None:
    mark = mark_of()
    forged = changed(mark, shown=(changed(mark.shown[0], **{what: "見本　次郎"}), *mark.shown[1:]))
    assert not is_whole(forged, "d-1", "p")


def test_on_paper_the_number_of_the_form_stands_for_the_hand() -> None:
    assert is_whole(mark_of("F-2026-0001"), "d-1", "p")
    assert not is_whole(changed(mark_of("F-1"), form_number=""), "d-1", "p")
    assert not is_whole(changed(mark_of(), strokes=()), "d-1", "p")


def test_strokes_of_uneven_length_and_too_many_points_are_refused() -> None:
    mark = mark_of()
    uneven = changed(mark, strokes=(changed(mark.strokes[0], ms=mark.strokes[0].ms[1:]),))
    assert not is_whole(uneven, "d-1", "p")
    assert not is_whole(changed(mark, strokes=mark.strokes * 310), "d-1", "p")
    with pytest.raises(NotUnderstood):
        decode(encode(changed(mark, strokes=(changed(mark.strokes[0], x=(70_000,) * 20),))), SignatureMark)


def test_a_later_change_of_a_field_or_row_is_named_and_one_that_was_not_shown_is_not() -> None:
    mark = mark_of()
    assert changed_since(mark, draft().facts) == ()
    assert changed_since(mark, draft(memo="x").facts) == ()
    assert changed_since(mark, draft(name="見本　次郎").facts) == ("氏名",)
    assert changed_since(mark, draft(children=()).facts) == ("児童 1　氏名",)


def test_what_came_to_the_form_or_left_it_since_asks_for_a_new_signature_too() -> None:
    one = draft(phone="0900000000").changed(signature=mark_of())
    assert changed_after(one, ITEMS) == ()
    assert changed_after(one, (*ITEMS, Item("phone", "電話番号", "0900000000"))) == ("電話番号",)
    assert changed_after(one, ITEMS[:1]) == ("児童 1　氏名",)
    assert changed_after(one.changed(facts={**one.facts, "name": "x"}), (replace(ITEMS[0], value="x"), ITEMS[1])) == (
        "氏名",
    )
    assert changed_after(draft(), ITEMS) == ()
