"""The training panel: a window of its own from which a trainee lays a persona's card on the training reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.texts.training import load_training_texts
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import Button
from app.ui.widgets.table import Column, Table
from app.ui.widgets.training_mark import TrainingMark
from app.ui.widgets.words import Words

SHORTCUT = "Ctrl+T"


@dataclass(frozen=True, slots=True)
class TrainingPersona:
    """Somebody to train with, or a card alone. ``codes``: what opens it, by the name of its caption, as read out."""

    key: str
    title: str
    name: str
    codes: tuple[tuple[str, str], ...]


CAPTIONS = ("code_b", "number", "pin", "sign_password", "pin_1", "pin_2", "card_number")
"""Names of what may open a card; captions in ``[training_panel]``."""


@dataclass(frozen=True, slots=True)
class TrainingSignIn:
    """A member of the training staff. ``password`` and ``card_pin`` are the training mode's only ones, no secrets."""

    staff_id: str
    name: str
    duties: tuple[str, ...]
    password: str
    card_pin: str


class TrainingPanel(QWidget):
    """``put_asked`` carries the persona's key; ``take_asked``: the card goes off the reader.

    ``staff_asked`` carries the staff id whose card goes on the reader for staff.
    """

    put_asked = Signal(str)
    take_asked = Signal()
    staff_asked = Signal(str)

    def __init__(self, kit: Kit, personas: Sequence[TrainingPersona], staff: Sequence[TrainingSignIn]) -> None:
        super().__init__()
        self._words = words = load_training_texts().training_panel
        self.setWindowTitle(words.title)
        self.setObjectName("frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(860, 740)
        self._banner = Banner(kit)
        columns = (
            Column[TrainingPersona](words.persona, lambda one: one.title),
            Column[TrainingPersona](words.name, lambda one: one.name, width=220, is_name=True),
        )
        self._table = Table(kit, words.personas, columns, empty=words.nobody)
        self._printed = {key: QLabel() for key in CAPTIONS}
        self._form = QFormLayout()
        for label in self._printed.values():
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._put = Button(words.put, "primary")
        self._take = Button(words.take, "plain")
        duties = (
            Column[TrainingSignIn](words.staff_id, lambda one: one.staff_id, width=110),
            Column[TrainingSignIn](words.name, lambda one: one.name, width=150, is_name=True),
            Column[TrainingSignIn](words.duties, lambda one: words.between.join(one.duties)),
        )
        self._staff = Table(kit, words.staff, duties, empty=words.nobody)
        self._staff.show_rows(staff)
        self._password = QLabel(words.password(staff[0].password, staff[0].card_pin) if staff else "")
        self._build()
        self._table.show_rows(personas)
        self._table.selected.connect(self._on_selected)
        self._table.opened.connect(lambda _: self._ask_put())
        self._staff.opened.connect(lambda one: self.staff_asked.emit(one.staff_id))
        self._put.clicked.connect(self._ask_put)
        self._take.clicked.connect(self.take_asked)
        self._on_selected(self._table.marked())
        self._mark = TrainingMark(kit, self)

    def attach(self, window: QWidget) -> None:
        """Have Ctrl+T lead from ``window`` here and back."""
        there = QShortcut(QKeySequence(SHORTCUT), window)
        there.activated.connect(lambda: _raise(self))
        back = QShortcut(QKeySequence(SHORTCUT), self)
        back.activated.connect(lambda: _raise(window))

    def show_lying(self, name: str) -> None:
        """Whose card lies on the reader."""
        self._banner.show_text("success", self._words.lying(name))

    def show_staff_lying(self, staff_id: str) -> None:
        """Whose card lies on the reader for staff."""
        self._banner.show_text("success", self._words.staff_lying(staff_id))

    def show_taken(self) -> None:
        """The reader is empty."""
        self._banner.show_text("information", self._words.taken)

    def show_working(self) -> None:
        """The card is being made."""
        self._banner.show_text("information", self._words.working)

    def _build(self) -> None:
        words = self._words
        lead = Words(words.lead)
        self._form.setHorizontalSpacing(16)
        for key, label in self._printed.items():
            self._form.addRow(getattr(words, key), label)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._take)
        buttons.addWidget(self._put)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(lead)
        column.addWidget(self._banner)
        column.addWidget(self._table, 3)
        column.addLayout(self._form)
        column.addLayout(buttons)
        column.addWidget(self._staff, 2)
        column.addWidget(self._password)

    def _on_selected(self, persona: TrainingPersona | None) -> None:
        codes = {} if persona is None else dict(persona.codes)
        for key, label in self._printed.items():
            value = codes.get(key, "")
            label.setText(value)
            label.setAccessibleName(f"{getattr(self._words, key)} {value}")
            self._form.setRowVisible(label, bool(value))

    def _ask_put(self) -> None:
        persona = self._table.marked()
        if persona is not None:
            self.put_asked.emit(persona.key)


def _raise(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
