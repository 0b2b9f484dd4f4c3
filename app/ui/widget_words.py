"""What Qt itself keeps of a widget: texts, rows, cursors, what is read aloud; read, and shown again unheard."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.table import Table

_TOLD = ("accessibleName", "accessibleDescription", "toolTip")
_EMPTY = {"text": "", "cursor": 0, "name": "", "box": "", "rows": ((), -1), "items": ((), -1)}
NOTHING: Mapping[str, object] = _EMPTY | dict.fromkeys(_TOLD, "")
"""How each of them stands where there is no content."""
_Reader = tuple[str, Callable[[Any], object]]


class WidgetWords:
    """Reads words; what a type of widget keeps is found out once, because a lock reads thousands of widgets."""

    def __init__(self) -> None:
        self._readers: dict[type, tuple[_Reader, ...]] = {}

    def of(self, part: QWidget) -> dict[str, object]:
        """What this widget holds, by name; what is empty is left out."""
        readers = self._readers.get(type(part))
        if readers is None:
            readers = self._readers[type(part)] = _readers(part)
        found = {}
        for name, read in readers:
            value = read(part)
            if value != NOTHING[name]:
                found[name] = value
        return found


_TELLING: tuple[_Reader, ...] = (
    ("accessibleName", QWidget.accessibleName),
    ("accessibleDescription", QWidget.accessibleDescription),
    ("toolTip", QWidget.toolTip),
)
_HOLDING: Mapping[type[QWidget], tuple[_Reader, ...]] = {
    ResidentName: (("name", ResidentName.text),),
    QLineEdit: (("text", QLineEdit.text), ("cursor", QLineEdit.cursorPosition)),
    QLabel: (("text", QLabel.text),),
    QAbstractButton: (("text", QAbstractButton.text),),
    QPlainTextEdit: (("box", QPlainTextEdit.toPlainText), ("cursor", lambda box: box.textCursor().position())),
    QComboBox: (("items", lambda box: (_items(box), box.currentIndex())),),
    Table: (("rows", lambda table: (table.items(), table.currentIndex().row())),),
}
"""The first kind that a widget is of counts."""


def _items(box: QComboBox) -> tuple[tuple[str, str], ...]:
    """Each word with its value: a list may be one of people."""
    return tuple((box.itemText(place), str(box.itemData(place) or "")) for place in range(box.count()))


def _readers(part: QWidget) -> tuple[_Reader, ...]:
    own = next((readers for kind, readers in _HOLDING.items() if isinstance(part, kind)), ())
    return (*_TELLING, *own)


def show_words(part: QWidget, words: Mapping[str, object]) -> None:
    """Give it these, unheard: nobody may take them for something typed."""
    was = part.blockSignals(True)  # noqa: FBT003 -- Qt's
    for name in ("text", "name", "box", "rows", "items", "cursor", *_TOLD):
        if name in words:
            _SHOW.get(name, partial(_show_property, name))(part, words[name])
    part.blockSignals(was)


def _show_text(part: QWidget, value: object) -> None:
    if isinstance(part, QLineEdit | QLabel | QAbstractButton):
        part.setText(str(value))


def _show_name(part: QWidget, value: object) -> None:
    if isinstance(part, ResidentName):
        part.show_name(str(value))


def _show_box(part: QWidget, value: object) -> None:
    if isinstance(part, QPlainTextEdit):
        part.setPlainText(str(value))


def _show_rows(part: QWidget, value: object) -> None:
    if isinstance(part, Table) and isinstance(value, tuple):
        rows, current = value
        part.show_rows(rows)
        part.selectRow(current)


def _show_items(part: QWidget, value: object) -> None:
    if isinstance(part, QComboBox) and isinstance(value, tuple):
        items, current = value
        part.clear()
        for word, code in items:
            part.addItem(word, code)
        part.setCurrentIndex(current)


def _show_cursor(part: QWidget, value: object) -> None:
    if isinstance(part, QLineEdit) and isinstance(value, int):
        part.setCursorPosition(value)
    elif isinstance(part, QPlainTextEdit) and isinstance(value, int):
        cursor = part.textCursor()
        cursor.setPosition(value)
        part.setTextCursor(cursor)


def _show_property(name: str, part: QWidget, value: object) -> None:
    part.setProperty(name, value)


_SHOW: Mapping[str, Callable[[QWidget, object], None]] = {
    "text": _show_text,
    "name": _show_name,
    "box": _show_box,
    "rows": _show_rows,
    "items": _show_items,
    "cursor": _show_cursor,
}
