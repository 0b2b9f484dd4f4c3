"""Taking a step: go on, give back with a reason, reject with reasons for the person; at the foot of the screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.widgets.button import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words

_SEVERAL = "*"
"""Chosen where more than one field is to be mended: the words beside it say which."""


class Way(StrEnum):
    """How the step goes."""

    GO_ON = "go_on"
    RETURN = "return"
    REJECT = "reject"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Given:
    """How a step is to be taken. ``field``: the place in the form that a return is about, "" for no one place."""

    way: Way
    reason: str = ""
    note: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class StepShown:
    """The step that is due. ``reject_reasons``: none where none is possible. ``is_taken_here``: else only read.

    ``corrects``: it came back to this person, going on opens its form. ``approval``: what deciding for it is called.
    ``hold_reasons`` and ``hold_days``: why and until when it may lie; none: it may not be held here.
    ``places``: the fields of the form that a return may name; ``placed``: reasons for which it has to.
    """

    title: str
    return_reasons: tuple[tuple[str, str], ...]
    reject_reasons: tuple[tuple[str, str], ...] = ()
    decides: bool = False
    is_taken_here: bool = True
    corrects: bool = False
    approval: str = ""
    hold_reasons: tuple[tuple[str, str], ...] = ()
    hold_days: tuple[tuple[str, str], ...] = ()
    is_held: bool = False
    places: tuple[tuple[str, str], ...] = ()
    placed: frozenset[str] = frozenset()


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
        row = self.row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.choice, 3)
        row.addWidget(self._note, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addWidget(Words(heads[0], "label"))
        column.addWidget(Words(heads[1], "support"))
        column.addLayout(row)

    def given(self, way: Way) -> Given | None:
        """What was entered; None, with the field marked and focused, while no reason is chosen."""
        if self.choice.value():
            return Given(way, self.choice.value(), self._note.text())
        self.choice.show_error(self._missing)
        self.choice.box.setFocus()
        return None

    def clear(self) -> None:
        """Forget what was entered."""
        self.choice.show_value("")
        self._note.show_text("")


class ReturnForm(ReasonForm):
    """A reason, the field of the form that is to be mended, and words."""

    def __init__(self, kit: Kit, shown: StepShown) -> None:
        words = kit.texts.step
        super().__init__(kit, (words.return_title, words.return_support), words.note_return, shown.return_reasons)
        self._placed, self._place_missing = shown.placed, words.place_missing
        self._place = Choice(kit, words.place_label, (*shown.places, (_SEVERAL, words.place_several)), required=False)
        self._place.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._place.box.setMinimumContentsLength(12)
        self.row.insertWidget(1, self._place, 2)

    def given(self, way: Way) -> Given | None:
        """As for any reason; where it is about what was entered, also None while no field is chosen."""
        given, place = super().given(way), self._place.value()
        if given is not None and given.reason in self._placed and not place:
            self._place.show_error(self._place_missing)
            self._place.box.setFocus()
            return None
        return given and replace(given, field="" if place == _SEVERAL else place)

    def clear(self) -> None:
        super().clear()
        self._place.show_value("")


class HoldForm(ReasonForm):
    """A reason, words, and until when."""

    def __init__(self, kit: Kit, shown: StepShown) -> None:
        words = kit.texts.hold
        super().__init__(kit, (words.title, words.support), words.note, shown.hold_reasons)
        self.day = Choice(kit, words.until, shown.hold_days, required=True)
        self.row.insertWidget(1, self.day, 2)
        self._day_missing = words.day_missing

    def day_given(self) -> str:
        """Until when; "", with the field marked and focused, while no day is chosen."""
        if not self.day.value():
            self.day.show_error(self._day_missing)
            self.day.box.setFocus()
        return self.day.value()

    def clear(self) -> None:
        super().clear()
        self.day.show_value("")


class StepPanel(QWidget):
    """``taken`` carries what is given (``Given``). ``mode_changed``: other keys are live; ``left``: back to the list.

    ``held`` carries reason, last day (ISO 8601) and note; ``let_go``: it need not lie any longer.
    """

    taken = Signal(object)
    mode_changed = Signal()
    left = Signal()
    held = Signal(str, str, str)
    let_go = Signal()

    def __init__(self, kit: Kit, shown: StepShown) -> None:
        super().__init__()
        words = kit.texts.step
        self._words, self._hold_words, self.shown = words, kit.texts.hold, shown
        self.mode = Way.GO_ON
        self._forms = {
            Way.RETURN: ReturnForm(kit, shown),
            Way.REJECT: ReasonForm(
                kit, (words.reject_title, words.reject_support), words.note_reject, shown.reject_reasons
            ),
        }
        self._hold_form = HoldForm(kit, shown)
        self._go = Button(self.pass_label(), "primary", final=True)
        self._return, self._reject = Button(words.give_back), Button(words.reject)
        self._cancel, self._hold = Button(words.cancel), Button(kit.texts.hold.let_go if shown.is_held else words.hold)
        self._back = Button(words.back, "text")
        self._go.clicked.connect(self.confirm)
        self._return.clicked.connect(self.ask_return)
        self._reject.clicked.connect(self.ask_reject)
        self._cancel.clicked.connect(self.rest)
        self._hold.clicked.connect(self.ask_hold)
        self._back.clicked.connect(self.left)
        self._lay_out()
        self.rest()

    @property
    def holds(self) -> bool:
        """Whether it may be held from here, or let go."""
        return self.shown.is_held or bool(self.shown.hold_days)

    def pass_label(self) -> str:
        """The word for going on."""
        if self.shown.corrects:
            return self._words.correct
        if self.shown.decides:
            return self._words.approve(self.shown.approval)
        return self._words.pass_step(self.shown.title)

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

    def ask_hold(self) -> None:
        """Ask why and until when it is to lie; asked for already, it is confirmed. What lies is let go."""
        if self.shown.is_held:
            self.let_go.emit()
        elif self.mode is Way.HOLD:
            self.confirm()
        elif self.holds:
            self._show(Way.HOLD)
            self._hold_form.choice.box.setFocus()

    def confirm(self) -> None:
        """Take the step in the present mode; without a reason say that it is missing."""
        if self.mode is Way.GO_ON:
            self.taken.emit(Given(Way.GO_ON))
        elif self.mode is Way.HOLD:
            given = self._hold_form.given(Way.HOLD)
            if given is not None and (day := self._hold_form.day_given()):
                self.held.emit(given.reason, day, given.note)
        elif (given := self._forms[self.mode].given(self.mode)) is not None:
            self.taken.emit(given)

    def show_busy(self, *, busy: bool) -> None:
        """The office is asked."""
        self._go.show_text(self._words.working if busy else self._go_label())

    def clear(self) -> None:
        """Forget what was entered."""
        for form in (*self._forms.values(), self._hold_form):
            form.clear()
        self.rest()

    def _show(self, mode: Way) -> None:
        self.mode = mode
        for way, form in self._forms.items():
            form.setVisible(way is mode)
        self._hold_form.setVisible(mode is Way.HOLD)
        resting = mode is Way.GO_ON
        self._go.show_text(self._go_label())
        self._go.setVisible(self.shown.is_taken_here)
        self._return.setVisible(resting and self.shown.is_taken_here and not self.shown.corrects)
        self._reject.setVisible(resting and bool(self.shown.reject_reasons))
        self._hold.setVisible(resting and self.holds)
        self._back.setVisible(resting)
        self._cancel.setVisible(not resting)
        self.mode_changed.emit()

    def _go_label(self) -> str:
        words = self._words
        return {
            Way.GO_ON: self.pass_label(),
            Way.RETURN: words.confirm_return,
            Way.REJECT: words.confirm_reject,
            Way.HOLD: self._hold_words.confirm,
        }[self.mode]

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._go, self._return, self._reject, self._hold, self._cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for form in (*self._forms.values(), self._hold_form):
            column.addWidget(form)
        column.addLayout(buttons)
