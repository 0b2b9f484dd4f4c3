"""A table one can leave by Tab, with words when it is empty, names in their exact shapes, and nothing that is cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.kit import Kit
from app.ui.widgets.chip import ICON_OF, Kind
from app.ui.widgets.wrapped import draw_names, draw_parts, height_of, name_parts, parts_of

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_MARK = Qt.ItemDataRole.UserRole
_ROW_PX = 40
_PAD, _TEXT_PX, _NAME_PX, _MARK_PX = 12, 16, 18, 26
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MOST_FITTED = 300
"""Rows that are made higher where a text wants it; in longer lists the rest is shortened and told by a tip. Assumed."""
_LEAST = 120
"""Pixels below which a column that takes the room left says nothing any more. Assumed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with an icon before its word; ``kind`` gives colour and, unless ``icon`` is named, the icon."""

    text: str
    kind: Kind = "quiet"
    icon: str = ""


@dataclass(frozen=True)  # no slots: on Python 3.11 Column[T](…) fails with them (typing sets __orig_class__)
class Column(Generic[T]):
    """``value`` gives a cell's text or ``Cell``. ``width`` 0: the room left. ``is_name``: variants drawn exactly."""

    title: str
    value: Callable[[T], str | Cell]
    width: int = 0
    is_number: bool = False
    is_name: bool = False


class _Rows(QAbstractTableModel, Generic[T]):
    def __init__(self, columns: Sequence[Column[T]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.items: tuple[T, ...] = ()
        self.row_name: Callable[[T], str] = lambda _: ""

    def show_columns(self, columns: Sequence[Column[T]]) -> None:
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def show_rows(self, items: Sequence[T]) -> None:
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        column = self.columns[index.column()]
        value = column.value(self.items[index.row()])
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return value.text if isinstance(value, Cell) else value
            case Qt.ItemDataRole.AccessibleTextRole:
                name = self.row_name(self.items[index.row()])
                return f"{name} {column.title} {value.text if isinstance(value, Cell) else value}".strip()
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case _ if role == _MARK:
                return value if isinstance(value, Cell) else None
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = orientation == Qt.Orientation.Horizontal and self.columns[section].is_number
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return self.row_name(self.items[section])
        return None


class _Painter(QStyledItemDelegate):
    """Draws names by glyphs and marked cells with their icon; the rest is Qt's."""

    def __init__(self, kit: Kit, parent: QWidget, names: frozenset[int]) -> None:
        super().__init__(parent)
        self._kit, self._names = kit, names

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mark = index.data(_MARK)
        is_name = index.column() in self._names
        text = str(index.data() or "")
        wraps = mark is None and not is_name and option.rect.height() > self._kit.look.px(_ROW_PX)
        if mark is None and not is_name and not wraps:
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = plain.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        place = QRectF(option.rect).adjusted(_PAD, 0, -_PAD, 0)
        painter.save()
        if mark is not None:
            self._draw_mark(painter, place, mark, self._pen(option, mark.kind))
        elif text:
            painter.setPen(self._kit.look.colour(self._pen(option, "text")))
            if is_name:
                draw_names(painter, self._kit.names, (text, _NAME_PX), place)
            else:
                is_right = bool(plain.displayAlignment & Qt.AlignmentFlag.AlignRight)
                draw_parts(painter, self._kit.look.font(_TEXT_PX), (text, _RIGHT if is_right else _LEFT), place)
        painter.restore()

    def _pen(self, option: QStyleOptionViewItem, role: str) -> str:
        """The role to write in; on a marked row in contrast colours only one can be read."""
        is_marked = bool(option.state & QStyle.StateFlag.State_Selected)
        return "selected_text" if is_marked and (role == "text" or self._kit.look.high_contrast) else role

    def _draw_mark(self, painter: QPainter, place: QRectF, cell: Cell, role: str) -> None:
        size = self._kit.look.px(_NAME_PX)
        icon = QRectF(place.left(), place.center().y() - size / 2, size, size)
        drawn = f"{cell.kind}_mark" if role == cell.kind else role
        self._kit.look.icon(cell.icon or ICON_OF[cell.kind], drawn).render(painter, icon)
        painter.setPen(self._kit.look.colour(role))
        words = place.adjusted(size + 8, 0, 0, 0)
        draw_parts(painter, self._kit.look.font(_TEXT_PX, bold=True), (cell.text, _LEFT), words)


class Table(QTableView, Generic[T]):
    """Rows of one kind. ``opened`` carries the row that Enter or a double click opens, ``selected`` the one marked."""

    opened = Signal(object)
    selected = Signal(object)

    def __init__(self, kit: Kit, name: str, columns: Sequence[Column[T]], *, empty: str) -> None:
        super().__init__()
        self._rows: _Rows[T] = _Rows(columns)
        self._look, self._names = kit.look, kit.names
        self._is_fitting = False
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegate(_Painter(kit, self, frozenset(n for n, column in enumerate(columns) if column.is_name)))
        self._set_headers(kit, columns)
        self._empty = QLabel(empty, self.viewport())
        self._empty.setProperty("role", "support")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.activated.connect(self._on_activated)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def show_rows(self, items: Sequence[T]) -> None:
        """Replace all rows and mark the first; the words for an empty table appear when there are none."""
        self._rows.show_rows(items)
        self._fit_rows()
        self._empty.setVisible(not items)
        if items:
            self.selectRow(0)

    def show_empty_text(self, text: str) -> None:
        """Change what an empty table says."""
        self._empty.setText(text)

    def items(self) -> tuple[T, ...]:
        """The rows it shows."""
        return self._rows.items

    def marked(self) -> T | None:
        """The row that is marked."""
        index = self.currentIndex()
        return self._rows.items[index.row()] if index.isValid() else None

    def marked_names(self) -> tuple[str, ...]:
        """The names in the row that is marked."""
        row = self.currentIndex().row()
        columns = [n for n, column in enumerate(self._rows.columns) if column.is_name]
        return tuple(str(self._rows.index(row, n).data() or "") for n in columns if row >= 0)

    def height_for(self, rows: int) -> int:
        """The height in which ``rows`` rows stand without scrolling."""
        return self.horizontalHeader().height() + rows * self.verticalHeader().defaultSectionSize() + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()
        self._empty.setGeometry(self.viewport().rect().adjusted(16, 8, -16, -8))

    def _fit_rows(self) -> None:
        """A row is as high as the longest of its texts wants it: what somebody entered is never shortened.

        Higher rows may bring a scroll bar, which makes the columns narrower: then once more.
        """
        if self._is_fitting:
            return
        self._is_fitting = True
        for _ in range(2):
            widths = self._widths()
            self._fit_to(widths)
            if self._widths() == widths:
                break
        self._is_fitting = False

    def _widths(self) -> list[int]:
        """What each column has for its texts."""
        return [self.horizontalHeader().sectionSize(place) - 2 * _PAD for place in range(len(self._rows.columns))]

    def _fit_to(self, widths: Sequence[int]) -> None:
        least = self._look.px(_ROW_PX)
        for row, item in enumerate(self._rows.items[:_MOST_FITTED]):
            values = zip(self._rows.columns, widths, strict=True)
            height = max((self._height(column, column.value(item), width) for column, width in values), default=0)
            wanted = max(least, height + _PAD if height else 0)
            if self.rowHeight(row) != wanted:
                self.setRowHeight(row, wanted)

    def _height(self, column: Column[T], value: str | Cell, width: int) -> int:
        """Pixels that a text stands high in that width; 0 where it surely has room in one line."""
        look, text = self._look, value.text if isinstance(value, Cell) else value
        if len(text) * look.px(_NAME_PX) <= width - _MARK_PX:
            return 0
        if column.is_name and not isinstance(value, Cell):
            parts, size = name_parts(self._names, text, _NAME_PX, width), look.px(_NAME_PX)
        else:
            is_mark, size = isinstance(value, Cell), look.px(_TEXT_PX)
            parts = parts_of(look.font(_TEXT_PX, bold=is_mark), text, width - (_MARK_PX if is_mark else 0))
        return height_of(parts, size) if len(parts) > 1 else 0

    def _set_headers(self, kit: Kit, columns: Sequence[Column[T]]) -> None:
        side = self.verticalHeader()
        side.setDefaultSectionSize(kit.look.px(_ROW_PX))
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(kit.look.px(36))
        head.sectionResized.connect(self._fit_rows)
        self._size(columns)

    def _size(self, columns: Sequence[Column[T]]) -> None:
        """Each column its width; the table is never narrower than in which all can be read."""
        head, metrics = self.horizontalHeader(), QFontMetrics(self._look.font(14, bold=True))
        titles = [metrics.horizontalAdvance(column.title) + len(column.title) * 2 + 2 * _PAD for column in columns]
        widths = [self._look.px(column.width) if column.width else _LEAST for column in columns]
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(sum(max(pair) for pair in zip(titles, widths, strict=True)) + bar + 4)
        for place, column in enumerate(columns):
            if column.width:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(place, max(widths[place], titles[place]))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def show_columns(self, columns: Sequence[Column[T]]) -> None:
        """Other columns over the same rows; the mark is lost."""
        self._rows.show_columns(columns)
        self._size(columns)

    def name_rows(self, name: Callable[[T], str], width: int) -> None:
        """Make a matrix of it: each row has a name that stays at the left, and one cell is marked instead of a row."""
        self._rows.row_name = name
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side = self.verticalHeader()
        side.setFixedWidth(width)
        self.setMinimumWidth(0)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        side.setHighlightSections(False)
        side.show()

    def mark_cell(self, row: int, column: int) -> None:
        """Mark one cell of a matrix."""
        self.setCurrentIndex(self._rows.index(row, column))

    def marked_column(self) -> int:
        """The column of the marked cell, -1 for none."""
        return self.currentIndex().column()

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.items[index.row()])

    def _on_row_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selected.emit(self._rows.items[index.row()])
