"""チップによる本人確認: a chip that is opened by PIN, password or the number of a card, and what it proves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.style import restyle
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.choice import YesNo
from app.ui.widgets.field import TextField
from app.ui.widgets.proof_panel import ProofPanel, ProofShown, Stated
from app.ui.widgets.reader_state import ReaderState
from app.ui.widgets.reading_progress import ReadingProgress
from app.ui.widgets.words import Words

_NUMBER_LENGTH = 12
"""Of a residence card: two letters, eight digits, two letters. Source: card.md 8.2, published."""


class ChipScreen(Screen):
    """``start_asked`` carries the number that was typed, "" where none is needed; ``confirm_asked`` the face."""

    start_asked = Signal(str)
    cancel_asked = Signal()
    confirm_asked = Signal(bool)
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.chip_way
        super().__init__(kit, words.title)
        self._words = words
        self._has_result = self._is_reading = False
        self.reader = ReaderState(kit)
        self._way, self._needs = Words("", "heading"), Words("", "support")
        self._tries: list[Chip] = [Chip(kit, ""), Chip(kit, "")]
        self._number = TextField(kit, words.number, required=True, support=words.number_support)
        self._start, self._progress = Button(words.start, "primary"), ReadingProgress(kit)
        self._proof = ProofPanel(kit, ())
        self._face = YesNo(kit, kit.texts.identify.same_face, required=True)
        self._confirm, back = Button(words.confirm, "primary"), Button(words.back)
        self._start.clicked.connect(self._ask_start)
        self._confirm.clicked.connect(self._ask_confirm)
        back.clicked.connect(self.back_asked)
        self._lay_out()
        self.foot.addLayout(in_line(self._confirm, back))
        self.wipe()

    def first_focus(self) -> QWidget:
        if self._has_result:
            return self._face.focusProxy() or self._face
        return self._start if self._number.isHidden() else self._number.line

    def show_way(self, name: str, needs: str, questions: tuple[str, ...], *, number: bool, photo: bool) -> None:
        """Which way, what it asks of the chip, whether the clerk types a number, and whether a photo is read."""
        self._way.show_text(name)
        self._needs.show_text(needs)
        self._number.setVisible(number)
        self._proof.show_questions(questions, photo=photo)
        self._start.show_text(self._words.start)
        self._offer()

    def show_tries(self, told: Sequence[tuple[str, Kind]]) -> None:
        """Attempts left of each code of this way, in words."""
        for chip, (text, kind) in zip(self._tries, [*told, ("", "quiet"), ("", "quiet")], strict=False):
            chip.setVisible(bool(text))
            chip.show_state(text, kind)

    def show_begun(self, text: str, estimate_s: float = 0.0) -> None:
        """The chip is being used; it takes about so long, 0 for what nobody can tell."""
        self._is_reading = True
        self.banner.clear()
        self._progress.begin(estimate_s)
        self._progress.show_step(text)
        self._start.show_text(self._words.cancel)
        self._offer()

    def show_step(self, text: str, stated: Stated | None = None) -> None:
        """How far it has come; ``stated`` is read but not proven yet."""
        self._progress.show_step(text)
        if stated is not None:
            self._proof.show_reading(stated)

    def show_proof(self, shown: ProofShown) -> None:
        """What was read, with its verdicts; the face is asked next."""
        self.show_idle()
        self._has_result = True
        self._proof.show_proof(shown)
        self._face.setEnabled(True)
        self._confirm.setEnabled(True)
        self._face.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self.reveal(self._face))  # once what was just shown has found its place
        self._offer()

    def show_idle(self) -> None:
        """Nothing is under way, nothing of a chip is shown."""
        self._has_result = self._is_reading = False
        self._progress.end()
        self._proof.clear()
        self._face.show_value("")
        self._face.clear_error()
        self._face.setEnabled(False)
        self._confirm.setEnabled(False)
        self._start.show_text(self._words.start)
        self._offer()

    def wipe(self) -> None:
        super().wipe()
        self._number.show_text("")
        self.show_tries(())
        self._way.show_text("")
        self._needs.show_text("")
        self.show_idle()

    def _offer(self) -> None:
        restyle(self._start, "kind", "plain" if self._has_result else "primary")
        restyle(self._confirm, "kind", "primary" if self._has_result else "plain")
        words = self._words
        main = Offer("commit", words.start_key, self._ask_start)
        if self._is_reading:
            main = Offer("commit", words.cancel, self.cancel_asked.emit)
        elif self._has_result:
            main = Offer("commit", words.confirm_key, self._ask_confirm)
        shared = self.kit.texts.visit
        self.offer(
            Offer("close_visit", shared.close_key, self.close_asked.emit),
            Offer("refresh", words.again, self._again),
            main,
        )

    def _again(self) -> None:
        if not self._is_reading:
            self.banner.clear()
            self.show_idle()
            self.first_focus().setFocus()

    def _ask_start(self) -> None:
        if self._is_reading:
            self.cancel_asked.emit()
        elif not self._number.isHidden() and len(self._number.text()) != _NUMBER_LENGTH:
            self._number.show_error(self.kit.texts.ways.number_missing)
            self._number.line.setFocus()
        else:
            number = "" if self._number.isHidden() else self._number.text().upper()
            self.start_asked.emit(number)

    def _ask_confirm(self) -> None:
        if self._face.value():
            self.confirm_asked.emit(self._face.value() == "yes")
            return
        self._face.show_error(self.kit.texts.identify.same_face_missing)
        self._face.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        left, right = Card(), Card()
        for widget in (self._way, self._needs, self.reader, self._number):
            left.column.addWidget(widget)
        told = QVBoxLayout()
        for chip in self._tries:
            told.addLayout(in_line(chip))
        left.column.addLayout(told)
        left.column.addLayout(in_line(self._start))
        left.column.addWidget(self._progress)
        left.column.addStretch(1)
        right.column.addWidget(self._proof)
        right.column.addWidget(self._face)
        right.column.addWidget(Words(self.kit.texts.identify.person_not_number, "support"))
        right.column.addStretch(1)
        right.column.setSpacing(4)
        for card in (left, right):
            card.column.setContentsMargins(20, 12, 20, 8)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(left, 2)
        line.addWidget(right, 3)
        self.body.addLayout(line, 1)
