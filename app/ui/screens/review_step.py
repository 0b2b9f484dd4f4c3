"""Taking a step: go on, give back with a reason, reject with reasons for the person; at the foot of the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.widgets.button import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words


class Way(StrEnum):
    """How the step goes."""

    GO_ON = "go_on"
    RETURN = "return"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class StepShown:
    """The step that is due. ``reject_reasons``: none where none is possible. ``is_taken_here``: else only read.

    ``corrects``: it came back to this person, going on opens its form. ``approval``: what deciding for it is called.
    """

    title: str
    return_reasons: tuple[tuple[str, str], ...]
    reject_reasons: tuple[tuple[str, str], ...] = ()
    decides: bool = False
    is_taken_here: bool = True
    corrects: bool = False
    approval: str = ""


class ReasonForm(QFrame):
    """Reason from a short list, and words of one's own."""

    def __init__(self, kit: Kit, heads: tuple[str, str], note: str, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        words = kit.texts.step
        self._missing = words.reason_missing
        self.setProperty("role", "card")
        self.choice = Choice(kit, words.reason_label, reasons, required=True)
        self.choice.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.box.setMinimumContentsLength(16)
        self._note = TextField(kit, note, required=False)
        self._note.line.setMaxLength(200)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.choice, 3)
        row.addWidget(self._note, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addWidget(Words(heads[0], "label"))
        column.addWidget(Words(heads[1], "support"))
        column.addLayout(row)

    def given(self) -> tuple[str, str] | None:
        """Reason and note; None, with the field marked and focused, while no reason is chosen."""
        if self.choice.value():
            return self.choice.value(), self._note.text()
        self.choice.show_error(self._missing)
        self.choice.box.setFocus()
        return None

    def clear(self) -> None:
        """Forget what was entered."""
        self.choice.show_value("")
        self._note.show_text("")


class StepPanel(QWidget):
    """``taken`` carries way, reason and note. ``mode_changed``: other keys are live; ``held``: back to the list."""

    taken = Signal(str, str, str)
    mode_changed = Signal()
    held = Signal()

    def __init__(self, kit: Kit, shown: StepShown) -> None:
        super().__init__()
        words = kit.texts.step
        self._words, self._shown = words, shown
        self.mode = Way.GO_ON
        self._forms = {
            Way.RETURN: ReasonForm(
                kit, (words.return_title, words.return_support), words.note_return, shown.return_reasons
            ),
            Way.REJECT: ReasonForm(
                kit, (words.reject_title, words.reject_support), words.note_reject, shown.reject_reasons
            ),
        }
        self._go = Button(self.pass_label(), "primary", final=True)
        self._return, self._reject = Button(words.give_back), Button(words.reject)
        self._cancel, self._hold = Button(words.cancel), Button(words.hold, "text")
        self._go.clicked.connect(self.confirm)
        self._return.clicked.connect(self.ask_return)
        self._reject.clicked.connect(self.ask_reject)
        self._cancel.clicked.connect(self.rest)
        self._hold.clicked.connect(self.held)
        self._lay_out()
        self.rest()

    @property
    def is_taken_here(self) -> bool:
        """Whether the step can be taken from this screen."""
        return self._shown.is_taken_here

    @property
    def decides(self) -> bool:
        """Whether going on is the decision itself."""
        return self._shown.decides

    @property
    def approval(self) -> str:
        """What deciding for it is called."""
        return self._shown.approval

    @property
    def corrects(self) -> bool:
        """Whether going on opens the form of what came back."""
        return self._shown.corrects

    def pass_label(self) -> str:
        """The word for going on."""
        if self._shown.corrects:
            return self._words.correct
        if self._shown.decides:
            return self._words.approve(self._shown.approval)
        return self._words.pass_step(self._shown.title)

    def rest(self) -> None:
        """No reason is being entered; what was entered is kept."""
        self._show(Way.GO_ON)

    def ask_return(self) -> None:
        """Ask for the reason of a return; asked for already, it is confirmed."""
        if self.mode is Way.RETURN:
            self.confirm()
        else:
            self._show(Way.RETURN)
            self._forms[Way.RETURN].choice.box.setFocus()

    def ask_reject(self) -> None:
        """Ask for the reasons of a rejection."""
        self._show(Way.REJECT)
        self._forms[Way.REJECT].choice.box.setFocus()

    def confirm(self) -> None:
        """Take the step in the present mode; without a reason say that it is missing."""
        if self.mode is Way.GO_ON:
            self.taken.emit(Way.GO_ON.value, "", "")
        elif (given := self._forms[self.mode].given()) is not None:
            self.taken.emit(self.mode.value, *given)

    def show_busy(self, *, busy: bool) -> None:
        """The office is asked."""
        self._go.show_text(self._words.working if busy else self._go_label())

    def clear(self) -> None:
        """Forget what was entered."""
        for form in self._forms.values():
            form.clear()
        self.rest()

    def _show(self, mode: Way) -> None:
        self.mode = mode
        for way, form in self._forms.items():
            form.setVisible(way is mode)
        resting = mode is Way.GO_ON
        self._go.show_text(self._go_label())
        self._go.setVisible(self._shown.is_taken_here)
        self._return.setVisible(resting and self._shown.is_taken_here and not self._shown.corrects)
        self._reject.setVisible(resting and bool(self._shown.reject_reasons))
        self._hold.setVisible(resting)
        self._cancel.setVisible(not resting)
        self.mode_changed.emit()

    def _go_label(self) -> str:
        words = self._words
        return {
            Way.GO_ON: self.pass_label(),
            Way.RETURN: words.confirm_return,
            Way.REJECT: words.confirm_reject,
        }[self.mode]

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._go, self._return, self._reject, self._cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._hold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for form in self._forms.values():
            column.addWidget(form)
        column.addLayout(buttons)
