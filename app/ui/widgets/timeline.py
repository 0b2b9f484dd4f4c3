"""A timeline: one case, oldest first or newest first as given, each entry read aloud whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.kit import Kit
from app.ui.widgets.chip import Kind

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry as text to show: ``time`` as "14:03:21", ``who``, what (``title``), and a line more."""

    time: str
    who: str
    title: str
    detail: str = ""
    kind: Kind = "information"


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[Happening, ...] = ()

    def show_items(self, items: Sequence[Happening]) -> None:
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        item = self.items[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return " ".join(part for part in (item.time, item.who, item.title, item.detail) if part)
        return item if role == Qt.ItemDataRole.UserRole else None


class _Painter(QStyledItemDelegate):
    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = kit.look

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        item: Happening = index.data(Qt.ItemDataRole.UserRole)
        return QSize(200, self._look.px(60 if item.detail else 40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: Happening = index.data(Qt.ItemDataRole.UserRole)
        look, place = self._look, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_marked = bool(option.state & QStyle.StateFlag.State_Selected)
        plain, support = ("selected_text",) * 2 if is_marked and look.high_contrast else ("text", "text_support")
        if is_marked:
            painter.fillRect(place, look.colour("selected"))
        rail, line_px = place.left() + look.px(112), look.px(28)
        first = QRect(place.left(), place.top() + 6, 0, line_px)
        self._draw_rail(painter, place, rail, first.center().y(), index)
        painter.setBrush(look.colour(plain if plain == "selected_text" else f"{item.kind}_mark"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPoint(rail, first.center().y()), 6, 6)
        self._write(painter, first.adjusted(12, 0, look.px(92), 0), item.time, support, 14)
        words = QRect(rail + 20, first.top(), place.right() - rail - 20, line_px)
        who = min(look.px(140), words.width() // 4)
        self._write(painter, words.adjusted(0, 0, -who - 8, 0), item.title, plain, 16)
        self._write(painter, words.adjusted(words.width() - who, 0, -12, 0), item.who, support, 14)
        self._write(painter, words.translated(0, line_px - 4), item.detail, support, 14)
        painter.restore()

    def _draw_rail(self, painter: QPainter, place: QRect, rail: int, middle: int, index: Index) -> None:
        painter.setPen(QPen(self._look.colour("line_field"), 2))
        top = middle if index.row() == 0 else place.top()
        last = index.row() == index.model().rowCount() - 1
        painter.drawLine(rail, top, rail, middle if last else place.bottom() + 1)

    def _write(self, painter: QPainter, place: QRect, text: str, role: str, size: int) -> None:
        painter.setFont(self._look.font(size))
        painter.setPen(self._look.colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class Timeline(QListView):
    """Entries on a rail; ↑↓ walk them."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._entries = _Entries()
        self.setModel(self._entries)
        self.setItemDelegate(_Painter(kit, self))
        self.setProperty("role", "timeline")
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_happenings(self, items: Sequence[Happening]) -> None:
        """Replace all entries."""
        self._entries.show_items(items)
        if items:
            self.setCurrentIndex(self._entries.index(0, 0))
