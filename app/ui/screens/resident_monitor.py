"""住民側画面の選択: the monitors with the numbers that stand on them, and which of them faces the resident."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class MonitorShown:
    """One monitor in words. ``is_own``: the clerk's; ``is_chosen``: the resident's."""

    number: int
    said: str
    connector: str
    size: str
    is_own: bool
    is_chosen: bool


class ResidentMonitorScreen(Screen):
    """``choose_asked`` carries the number of a monitor; ``forget_asked``: none is the resident's."""

    choose_asked = Signal(int)
    forget_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.resident_monitor
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        columns = (
            Column[MonitorShown](words.number, lambda row: str(row.number), 90, is_number=True),
            Column[MonitorShown](words.monitor, lambda row: row.said),
            Column[MonitorShown](words.connector, lambda row: row.connector, 200),
            Column[MonitorShown](words.size, lambda row: row.size, 160),
            Column[MonitorShown](words.state, self._state, 200),
        )
        self._monitors = Table(kit, words.monitors, columns, empty=words.nothing)
        self._monitors.opened.connect(self._choose)
        card = Card(words.monitors)
        card.column.addWidget(Words(words.lead))
        card.add_filling(self._monitors, self._monitors.height_for(4))
        choose, forget, back = Button(words.choose, "primary"), Button(words.forget), Button(words.back)
        choose.clicked.connect(self._choose)
        forget.clicked.connect(self.forget_asked)
        back.clicked.connect(self.back_asked)
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(choose, forget, back))
        self.offer(
            Offer("commit", words.choose, self._choose), Offer("search", words.forget_key, self.forget_asked.emit)
        )

    def first_focus(self) -> QWidget:
        return self._monitors

    def show_monitors(self, monitors: Sequence[MonitorShown]) -> None:
        """All of them, numbered as the numbers stand on them."""
        self._monitors.show_rows(monitors)

    def _state(self, row: MonitorShown) -> Cell:
        words = self._words
        if row.is_own:
            return Cell(words.own, "quiet")
        return Cell(words.chosen, "success") if row.is_chosen else Cell(words.free, "information")

    def _choose(self) -> None:
        marked = self._monitors.marked()
        if marked is None:
            return
        if marked.is_own:
            self.banner.show_text("error", self._words.own_title, self._words.own_text)
        else:
            self.choose_asked.emit(marked.number)


class MonitorNumber(QWidget):
    """A number in large type on a monitor, so that a person sees which one it is."""

    def __init__(self, kit: Kit, number: int) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint)
        self.setProperty("role", "resident")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        words = kit.texts.resident_monitor
        self.setWindowTitle(words.title)
        column = QVBoxLayout(self)
        for text, size in ((str(number), 120), (words.number_text, 20)):
            label = QLabel(text)
            label.setStyleSheet(f"font-size: {kit.look.px(size)}px; font-weight: bold;")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        self.resize(480, 260)
