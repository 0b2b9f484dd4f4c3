"""What still lives in this process: every object of Python, every word of every widget, and who holds it."""

import gc
from collections.abc import Iterator
from types import FrameType
from typing import Any

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

_MOST_TRACED, _MOST_STEPS, _WORK_LIST = 3, 7, 50_000
"""Of so many hits it is told who holds them, so many steps up; longer lists are those of the search itself."""


def live_in_python(marks: list[str]) -> Iterator[str]:
    """Everything the collector knows, and what hangs from it."""
    own = {id(one) for one in (marks, *marks)}
    seen: set[int] = set(own)
    waiting: list[tuple[Any, str]] = [(one, type(one).__name__) for one in gc.get_objects()]
    own.add(id(waiting))
    traced = 0
    while waiting:
        one, place = waiting.pop()
        if id(one) in seen or one is seen or one is waiting:
            continue
        seen.add(id(one))
        if isinstance(one, str) and any(mark in one for mark in marks):
            traced += 1
            yield f"str in {place}{_holders(one) if traced <= _MOST_TRACED else ''}"
        elif isinstance(one, bytes | bytearray) and any(
            mark.encode(code) in one for mark in marks for code in ("utf-8", "utf-16-le")
        ):
            yield f"{type(one).__name__} in {place}"
        elif not isinstance(one, str | bytes | bytearray | int | float):
            name = getattr(type(one), "__qualname__", "?")
            waiting += [(each, name) for each in gc.get_referents(one) if id(each) not in seen]


def _holders(one: Any) -> str:
    """Of which kinds those are that hold it, from near to far: without that nobody finds what forgot to let go."""
    found, level, seen = "", [one], {id(one)}
    for _ in range(_MOST_STEPS):
        above = [
            holder
            for each in level
            for holder in gc.get_referrers(each)
            if id(holder) not in seen
            and not isinstance(holder, FrameType)
            and len(gc.get_referents(holder)) < _WORK_LIST
        ]
        seen |= {id(holder) for holder in above} | {id(above)}
        level = above[:8]
        found += f" < {' | '.join(sorted({type(holder).__qualname__ for holder in level}))}"
    return found


def live_in_qt(marks: list[str], application: QApplication) -> Iterator[str]:
    """Every word of every widget, its model and its document; what a screen reader would be told; both clipboards."""
    for one in application.allWidgets():
        for text in (*_properties(one), *_inside(one), *_told(one)):
            if any(mark in text for mark in marks):
                yield f"{type(one).__name__} {one.objectName()}"
        if isinstance(one, QLineEdit) and one.isUndoAvailable():
            yield f"undo of {type(one).__name__}"
    for mode in (application.clipboard().Mode.Clipboard, application.clipboard().Mode.Selection):
        if any(mark in application.clipboard().text(mode) for mark in marks):
            yield "clipboard"


def _properties(one: QWidget) -> Iterator[str]:
    meta = one.metaObject()
    for at in range(meta.propertyCount()):
        if meta.property(at).typeName() == "QString":
            yield str(one.property(meta.property(at).name()))


def _inside(one: QWidget) -> Iterator[str]:
    if isinstance(one, QPlainTextEdit):
        yield one.toPlainText()
    if isinstance(one, QComboBox):
        yield from (one.itemText(place) for place in range(one.count()))
    if isinstance(one, QAbstractItemView) and (model := one.model()) is not None:
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                yield str(model.index(row, column).data())


def _told(one: QWidget) -> Iterator[str]:
    face = QAccessible.queryAccessibleInterface(one)
    if face is not None and face.isValid():
        for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
            yield face.text(kind)
