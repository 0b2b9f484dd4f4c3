"""閲覧の確認: one finding, why it stands out, what that person did around it; and what the supervisor found."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Options, Pick
from app.ui.widgets.field import TextField
from app.ui.widgets.timeline import Happening, Timeline
from app.ui.widgets.words import Words

_MOST_NOTE = 400


@dataclass(frozen=True, slots=True)
class FindingWhole:
    """A finding as text to show. ``earlier``: what was found of it before, "" for nothing."""

    about: str
    reasons: tuple[str, ...]
    looks: tuple[Happening, ...]
    is_cut: bool
    earlier: str


class AccessFindingScreen(Screen):
    """``settle_asked`` carries outcome and note; ``left``: back to the list."""

    settle_asked = Signal(str, str)

    def __init__(self, kit: Kit, outcomes: Options) -> None:
        words = kit.texts.access_finding
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._about, self._reasons = Words("", "heading"), Words("")
        self._earlier, self._lead = Words("", "support"), Words("", "support")
        self._looks = Timeline(kit, words.looks)
        self._outcome = Pick(kit, words.outcome, outcomes, required=True)
        self._note = TextField(kit, words.note, required=True, support=words.note_support)
        self._note.line.setMaxLength(_MOST_NOTE)
        upper, looks, answer = Card(), Card(words.looks), Card()
        for one in (self._about, self._reasons, self._earlier):
            upper.column.addWidget(one)
        looks.column.addWidget(self._lead)
        looks.add_filling(self._looks, kit.look.px(160))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._outcome, 3)
        row.addWidget(self._note, 3)
        answer.column.addLayout(row)
        upper.column.addStretch(1)
        self.body.addLayout(_beside(upper, looks), 1)
        settle, back = Button(words.settle, "primary", final=True), Button(words.back)
        settle.clicked.connect(self._ask_settle)
        back.clicked.connect(self.back_asked)
        self.foot.setSpacing(12)
        self.foot.addWidget(answer)
        self.foot.addLayout(in_line(settle, back))
        self.offer(Offer("commit", words.settle_key, self._ask_settle))

    def first_focus(self) -> QWidget:
        return self._looks

    def show_finding(self, shown: FindingWhole) -> None:
        """One finding; the answer is empty."""
        words = self._words
        self._is_busy = False
        self._about.show_text(shown.about)
        self._reasons.show_text("\n".join(shown.reasons))
        self._earlier.show_text(shown.earlier)
        self._earlier.setVisible(bool(shown.earlier))
        lead = words.looks_lead(len(shown.looks))
        self._lead.show_text(f"{lead}{words.looks_cut}" if shown.is_cut else lead)
        self._looks.show_happenings(shown.looks)
        self._mark_first(shown.looks)
        self._outcome.show_value("")
        self._note.show_text("")

    def show_working(self) -> None:
        """It is being sent; a second press sends nothing."""
        self._is_busy = True
        self.banner.clear()

    def show_failed(self, message: Message) -> None:
        """It was not kept; what was typed stays."""
        self._is_busy = False
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_finding(FindingWhole("", (), (), is_cut=False, earlier=""))
        self._lead.show_text("")

    def _mark_first(self, looks: Sequence[Happening]) -> None:
        """The first access that the finding is about; those before it lead up to it."""
        for place, one in enumerate(looks):
            if one.kind == "warning":
                index = self._looks.model().index(place, 0)
                self._looks.setCurrentIndex(index)
                self._looks.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                return

    def _ask_settle(self) -> None:
        outcome, note = self._outcome.value(), self._note.text()
        if self._is_busy:
            return
        if not outcome:
            self._outcome.show_error(self._words.outcome_missing)
            self._outcome.setFocus()
        elif not note:
            self._note.show_error(self._words.note_missing)
            self._note.line.setFocus()
        else:
            self.settle_asked.emit(outcome, note)


def _beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Both in one row, two to three."""
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(left, 2)
    line.addWidget(right, 3)
    return line
