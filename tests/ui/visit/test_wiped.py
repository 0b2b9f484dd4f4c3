"""Closing a visit: nothing of it is in a field, model, picture, undo, clipboard, title or file afterwards."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit

from app.standin.cards.profiles import ADULT
from app.ui.screens.application_fields import Entry
from app.ui.widgets.photo import PhotoBox
from app.ui.widgets.resident_name import ResidentName
from tests.ui.visit.conftest import Counter
from tests.ui.visit.test_set_aside import qt_texts

PHONE = "09051728394"
MARKS = (ADULT.name, ADULT.address, PHONE)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def models() -> Iterator[str]:
    """Every word of every table and list, and every document."""
    for one in QApplication.allWidgets():
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            model = one.model()
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    yield str(model.index(row, column).data())
        elif isinstance(one, QPlainTextEdit):
            yield one.toPlainText()


def words() -> str:
    return "\n".join((qt_texts(), *models(), *(one.text() for one in QApplication.allWidgets() if is_name(one))))


def is_name(one: object) -> bool:
    return isinstance(one, ResidentName)


def of_type(kind: type) -> list:
    return [one for one in QApplication.allWidgets() if isinstance(one, kind)]


def a_whole_visit(counter: Counter) -> None:
    """From the ticket to the slip that the person takes along."""
    counter.start()
    counter.put_card()
    counter.read_card()
    counter.bot.waitUntil(lambda: any(one.has_photo() for one in of_type(PhotoBox)), timeout=6000)
    counter.confirm_face()
    counter.at("住民検索")
    counter.says("個人番号は登録済み")
    counter.key(Qt.Key.Key_F12)
    counter.at("手続の選択")
    counter.enter()
    counter.at("申請入力")
    counter.go_to("電話番号")
    counter.type(PHONE)
    field = counter.focus()
    assert isinstance(field, QLineEdit)
    assert field.isUndoAvailable()
    assert all(mark in words() for mark in MARKS)
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    counter.key(Qt.Key.Key_F9)
    counter.bot.waitUntil(lambda: bool(counter.papers))


def test_nothing_of_a_visit_is_left_anywhere_in_the_window_when_it_is_closed(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    a_whole_visit(counter)
    title, _ = counter.papers[0]
    assert not any(mark in title for mark in MARKS), "it would stand in a print queue"
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [mark for mark in MARKS if mark in words()] == []
    assert not any(one.has_photo() for one in of_type(PhotoBox))
    assert not any(one.isUndoAvailable() for one in of_type(QLineEdit))
    assert not any(one.document().isUndoAvailable() for one in of_type(QPlainTextEdit))
    assert QApplication.clipboard().text() == ""
    assert ADULT.name not in counter.window.windowTitle()
    assert counter.visit._present is None
    assert list(tmp_path.iterdir()) == []


def test_no_field_of_a_form_outlives_the_visit_not_even_one_that_was_never_shown(counter: Counter) -> None:
    before = len(of_type(Entry))
    counter.open_form()
    assert len(of_type(Entry)) > before
    counter.key(Qt.Key.Key_F2, SHIFT)
    counter.at("次の応対")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(of_type(Entry)) == before
