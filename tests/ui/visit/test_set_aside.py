"""What a lock takes out of the window, and that it stands there again afterwards, to the last key."""

from copy import copy

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from app.standin.cards.profiles import ADULT
from app.ui.screens.locked import LockedScreen
from app.ui.set_aside import SetAside
from app.ui.widgets.choice import Choice
from app.ui.widgets.photo import PhotoBox
from tests.ui.visit.conftest import Counter

KEYED = "09012"


def aside_of(counter: Counter) -> SetAside:
    cover = next(one for one in counter.window.findChildren(LockedScreen))
    return SetAside((counter.window, counter.visit), cover)


@pytest.fixture
def aside(counter: Counter) -> SetAside:
    return aside_of(counter)


def qt_texts() -> str:
    """Whatever words any widget holds, shown or not."""
    texts = []
    for one in QApplication.allWidgets():
        meta = one.metaObject()
        named = [meta.property(at) for at in range(meta.propertyCount())]
        texts += [str(one.property(each.name())) for each in named if each.typeName() == "QString"]
        if isinstance(one, QComboBox):
            texts += [one.itemText(place) for place in range(one.count())]
    return "\n".join(texts)


def marks() -> list[str]:
    return [ADULT.name, KEYED]


def test_a_list_of_people_leaves_with_what_was_chosen_and_stands_there_again(counter: Counter, aside: SetAside) -> None:
    counter.open_form()
    one = next(choice for choice in counter.window.findChildren(Choice) if choice.isVisible())
    one.show_options((("1", ADULT.name), ("2", KEYED)))
    one.show_value("2")
    work = aside.take_out()
    try:
        assert [mark for mark in marks() if mark in qt_texts()] == []
    finally:
        aside.put_back(work)
    assert one.value() == "2"
    assert [one.box.itemText(place) for place in (1, 2)] == marks()


def test_the_work_leaves_every_field_and_stands_there_again(counter: Counter, aside: SetAside) -> None:
    counter.open_form()
    counter.go_to("電話番号")
    counter.type(KEYED)
    field = counter.focus()
    assert isinstance(field, QLineEdit)
    field.setCursorPosition(2)
    before = counter.shown()
    assert all(mark in qt_texts() for mark in marks())
    work = aside.take_out()
    try:
        assert [mark for mark in marks() if mark in qt_texts()] == []
        assert not field.isUndoAvailable()
        assert counter.visit._present is None
    finally:
        aside.put_back(work)
    assert counter.shown() == before
    assert (field.text(), field.cursorPosition()) == (KEYED, 2)
    counter.type("3")
    assert field.text() == "093012"


@pytest.mark.parametrize("step", ["reading", "person", "procedure"])
def test_at_each_step_of_a_visit_what_is_shown_goes_and_comes_again(
    counter: Counter, aside: SetAside, step: str
) -> None:
    if step == "reading":
        counter.start()
        counter.put_card()
        counter.read_card()
        counter.bot.waitUntil(lambda: "はい" in counter.focus().accessibleName(), timeout=6000)
    else:
        counter.find_by_card()
        if step == "procedure":
            counter.key(Qt.Key.Key_F12)
            counter.at("手続の選択")
    before = counter.shown()
    photos = [one for one in counter.window.findChildren(PhotoBox) if one.has_photo()]
    work = aside.take_out()
    assert ADULT.name not in qt_texts()
    assert not any(one.has_photo() for one in counter.window.findChildren(PhotoBox))
    aside.put_back(work)
    assert counter.shown() == before
    assert all(one.has_photo() for one in photos)
    if step == "reading":
        assert photos
        counter.type("1")
        counter.key(Qt.Key.Key_F12)
        counter.at("住民検索")
    elif step == "person":
        counter.key(Qt.Key.Key_F12)
        counter.at("手続の選択")
    else:
        counter.enter()
        counter.at("申請入力")


def test_when_the_session_ends_at_the_lock_the_next_person_finds_the_window_as_it_was_at_first(
    counter: Counter, aside: SetAside
) -> None:
    first = [(part, name, copy(value)) for part in aside._parts for name, value in aside._first[id(part)].items()]
    counter.open_form()
    counter.go_to("電話番号")
    counter.type(KEYED)
    aside.take_out().wipe()
    aside.forget()
    emptied = [(type(part).__name__, name) for part, name, value in first if value and not getattr(part, name)]
    assert set(emptied) <= {("KeyBar", "_actions")}, "each screen fills the bar of keys anew"
