"""What of a window can't be read: text that is cut, controls that lie on each other or outside their place."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from app.ui.widgets.key_bar import KeyBar
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.table import Cell, Table
from app.ui.widgets.words import Words

SLACK = 1
"""Pixels that rounding may take."""
_TEXTS = (QLabel, QAbstractButton, QLineEdit, QComboBox)
_MARK = Qt.ItemDataRole.UserRole
_CELL_PADDING, _CELL_ICON = 24, 26
_DESIGN = 1366
"""Pixels of width from which words in cells must fit; in a narrower window a tip tells them whole."""
_NARROWEST = 0.6
"""Part of its width down to which a name in a cell may be narrowed."""
_LINE = 25
"""Pixels of height that a line in a cell takes."""
_OWN_WORDS = 16
"""Characters of the longest state that the program says in a cell; longer ones are what people wrote."""


def faults(window: QWidget) -> list[str]:
    """Each fault in words; nothing when all can be read."""
    found: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible() or widget.window() is not window:
            continue
        found += [f"{_called(widget)}: {fault}" for fault in _faults_of(widget)]
    return found


def _faults_of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, _TEXTS) and _is_read(widget):
        yield from _cut(widget)
        yield from _outside(widget)
    if isinstance(widget, QTableView):
        yield from _cut_in_table(widget)
    if isinstance(widget, QScrollArea):
        yield from _beyond_reach(widget)
    if isinstance(widget, KeyBar):
        yield from (f"the key's word is cut: {word}" for word in widget.cut_words())
    yield from _on_each_other(widget)


def _is_read(widget: QWidget) -> bool:
    """Whether it has a text of its own to show; empty tables' words and painted keys are looked at elsewhere."""
    if isinstance(widget, QLabel) and not widget.text():
        return False
    return not isinstance(widget.parentWidget(), KeyBar) and not _paints_itself_narrow(widget)


def _paints_itself_narrow(widget: QWidget) -> bool:
    """The other calendar's year leaves when there is no room; it is a help beside the boxes, never the only text."""
    return type(widget).__name__ == "_Reading"


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, ResidentName):
        least = widget.minimumSizeHint()
    elif isinstance(widget, Words):
        least = widget.minimumSizeHint()
        least.setHeight(widget.heightForWidth(widget.width()) - 2 * SLACK)
        widest = max((widget.fontMetrics().horizontalAdvance(part) for part in _unbreakable(widget.words())), default=0)
        least.setWidth(widest)
    elif isinstance(widget, QLineEdit):
        least = widget.minimumSizeHint()
        least.setWidth(0)
    elif isinstance(widget, QComboBox):
        least = widget.minimumSizeHint()
        least.setWidth(widget.fontMetrics().horizontalAdvance(widget.currentText()) + 44)
    elif isinstance(widget, QLabel) and widget.wordWrap():
        least = widget.minimumSizeHint()
        least.setHeight(widget.heightForWidth(widget.width()))
    else:
        least = widget.sizeHint()
    if widget.width() + SLACK < least.width():
        yield f"{widget.width()} px wide, needs {least.width()}"
    if widget.height() + SLACK < least.height():
        yield f"{widget.height()} px high, needs {least.height()}"


def _unbreakable(text: str) -> list[str]:
    """Runs of Latin letters and digits; Japanese breaks anywhere."""
    run, found = "", []
    for character in text:
        if character.isascii() and not character.isspace():
            run += character
        elif run:
            found.append(run)
            run = ""
    return [*found, run]


def _outside(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is not None and not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
        yield f"{_box(widget.geometry())} lies outside {_called(parent)} {_box(parent.rect())}"


def _beyond_reach(area: QScrollArea) -> Iterator[str]:
    inner = area.widget()
    if inner is None:
        return
    for bar, needs, has in (
        (area.horizontalScrollBarPolicy(), inner.minimumSizeHint().width(), area.viewport().width()),
        (area.verticalScrollBarPolicy(), inner.minimumSizeHint().height(), area.viewport().height()),
    ):
        if bar == Qt.ScrollBarPolicy.ScrollBarAlwaysOff and needs > has + SLACK:
            yield f"its content needs {needs} px of {has} and can't be scrolled"
    if area.viewport().height() < min(inner.height(), 32):
        yield f"only {area.viewport().height()} px of its content are in sight"


def _cut_in_table(table: QTableView) -> Iterator[str]:
    head = table.horizontalHeader()
    if not head.isVisible():
        return
    model = table.model()
    for column in range(model.columnCount()):
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        needs = _width(head, title) + _CELL_PADDING
        if head.sectionSize(column) + SLACK < needs:
            yield f"head {title} is {head.sectionSize(column)} px wide, needs {needs}"
        if isinstance(table, Table) and table.window().width() >= _DESIGN:
            yield from _cut_marks(table, column)
            yield from _cut_values(table, column)


def _cut_marks(table: QTableView, column: int) -> Iterator[str]:
    """Words with an icon are the program's own and must fit; what people wrote is shortened and told by a tip."""
    model, width = table.model(), table.horizontalHeader().sectionSize(column)
    for row in range(min(model.rowCount(), 8)):
        mark = model.index(row, column).data(_MARK)
        if isinstance(mark, Cell) and len(mark.text) <= _OWN_WORDS:
            needs = table.fontMetrics().horizontalAdvance(mark.text) + _CELL_PADDING + _CELL_ICON
            if width + SLACK < needs:
                yield f"cell {mark.text} is {width} px wide, needs {needs}"


def _cut_values(table: Table[Any], column: int) -> Iterator[str]:
    """What was entered stands whole in its cell, over as many lines as it takes; a name may be narrowed a little."""
    shown, model = table._rows.columns[column], table.model()
    width = table.horizontalHeader().sectionSize(column) - _CELL_PADDING
    for row in range(min(model.rowCount(), 40)):
        text, lines = str(model.index(row, column).data() or ""), max(1, table.rowHeight(row) // _LINE)
        wide = table.fontMetrics().horizontalAdvance(text)
        if shown.is_name:
            wide = round(table._names.line(text, 18).width * _NARROWEST) if text else 0
        if isinstance(model.index(row, column).data(_MARK), Cell):
            width -= _CELL_ICON if row == 0 else 0
        if wide > width * lines + SLACK:
            yield f"value in {shown.title} is {width} px wide in {lines} lines, needs {wide}"


def _width(head: QHeaderView, title: str) -> int:
    return head.fontMetrics().horizontalAdvance(title)


def _on_each_other(parent: QWidget) -> Iterator[str]:
    """Texts and tables in one parent that share pixels."""
    if isinstance(parent, QAbstractScrollArea | QComboBox):
        return
    shown = [
        child
        for child in parent.children()
        if isinstance(child, (*_TEXTS, QTableView))
        and child.isVisible()
        and (not isinstance(child, QLabel) or child.text())
    ]
    placed = sorted(shown, key=lambda child: (child.y(), child.x()))
    for one, other in pairwise(placed):
        shared = one.geometry() & other.geometry()
        if shared.width() > SLACK and shared.height() > SLACK:
            yield f"{_called(one)} and {_called(other)} lie on each other by {_box(shared)}"


def _called(widget: QWidget) -> str:
    text = ""
    if isinstance(widget, Words):
        text = widget.words()
    elif isinstance(widget, QLabel | QAbstractButton):
        text = widget.text()
    name = text or widget.accessibleName()
    place = widget.mapTo(widget.window(), QPoint(0, 0))
    return f"{type(widget).__name__} {name[:24]!r} at {place.x()},{place.y()}"


def _box(place: QRect) -> str:
    return f"{place.width()}×{place.height()}+{place.x()}+{place.y()}"
