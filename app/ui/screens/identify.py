"""本人確認: the card on the reader, the code printed on it, whom it states, and one verdict for each question."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.domain.secret import Secret
from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.style import restyle
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.choice import Choice, YesNo
from app.ui.widgets.code_field import CodeField
from app.ui.widgets.proof_panel import ProofPanel, ProofShown, Stated
from app.ui.widgets.reader_state import ReaderState
from app.ui.widgets.reading_progress import ReadingProgress
from app.ui.widgets.words import Words

_GROUPS = (6, 4, 4)
QUESTIONS = ("issuer", "record", "chip", "revocation")
"""What is asked of a My Number card, in the order shown; the date stands beside the person."""


class IdentifyScreen(Screen):
    """``read_asked`` carries the code (``Secret``); ``confirm_asked`` whether the face is that of the person.

    ``reader``: how the readers stand. ``ways_asked``: the clerk wants another way of confirming.
    """

    read_asked = Signal(object)
    cancel_asked = Signal()
    confirm_asked = Signal(bool)
    by_eye_asked = Signal()
    ways_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.identify
        super().__init__(kit, words.title)
        self._words = words
        self._has_result = self._is_reading = False
        self.reader, self._tries = ReaderState(kit), Chip(kit, words.tries_asking)
        self._capacity = Choice(kit, words.capacity, kit.messages.words("capacity"), required=True)
        self._code = CodeField(kit, words.code, _GROUPS, support=words.code_support)
        self._read, self._hide = Button(words.read, "primary"), Button(words.hide_code, "text")
        self._progress = ReadingProgress(kit)
        self._proof = ProofPanel(kit, QUESTIONS)
        self._face = YesNo(kit, words.same_face, required=True)
        self._confirm, self._by_eye = Button(words.confirm, "primary"), Button(words.by_eye)
        self._ways = Button(words.ways)
        self._lay_out()
        self._connect()
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._face.focusProxy() or self._face if self._has_result else self._code.line

    def capacity(self) -> str:
        """In what capacity the person stands here."""
        return self._capacity.value()

    def show_tries(self, text: str, kind: Kind) -> None:
        """How many tries the code has left, "" for nothing to say."""
        self._tries.setVisible(bool(text))
        self._tries.show_state(text, kind)

    def show_begun(self, estimate_s: float) -> None:
        """A use of the card has begun that takes about so long."""
        self._is_reading = True
        self.banner.clear()
        self._progress.begin(estimate_s)
        self._read.show_text(self._words.cancel)
        self._offer()

    def show_progress(self, text: str, stated: Stated | None = None) -> None:
        """The step of the use under way; ``stated`` is read but not proven yet."""
        self._progress.show_step(text)
        if stated is not None:
            self._proof.show_reading(stated)

    def show_card(self, shown: ProofShown) -> None:
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
        """No use of the card is under way."""
        self._is_reading = False
        self._progress.end()
        self._read.show_text(self._words.read)
        self._offer()

    def show_last_try(self) -> None:
        """One try is left: the code is asked again, and the button says what it does."""
        self.show_idle()
        words = self._words
        self._read.show_text(words.last_use)
        self.banner.show_text("warning", words.last_title, words.last_text, words.last_next)
        self._code.line.setFocus()

    def forget_card(self) -> None:
        """Nothing of a card is shown any more; a new one can be read."""
        self._has_result = False
        self._proof.clear()
        self._face.show_value("")
        self._face.clear_error()
        self._face.setEnabled(False)
        self._confirm.setEnabled(False)
        self._code.wipe()
        self.show_idle()

    def wipe(self) -> None:
        super().wipe()
        self.forget_card()
        self._capacity.show_value("self")
        self.show_tries("", "quiet")

    def _offer(self) -> None:
        restyle(self._read, "kind", "plain" if self._has_result else "primary")
        restyle(self._confirm, "kind", "primary" if self._has_result else "plain")
        words, shared = self._words, self.kit.texts.visit
        main = Offer("commit", words.read, self._ask_read)
        if self._is_reading:
            main = Offer("commit", words.cancel_key, self.cancel_asked.emit)
        elif self._has_result:
            main = Offer("commit", words.confirm_key, self._ask_confirm)
        self.offer(
            Offer("other_way", words.by_eye_key, self.by_eye_asked.emit),
            Offer("ways", words.ways_key, self.ways_asked.emit),
            Offer("close_visit", shared.close_key, self.close_asked.emit),
            Offer("refresh", words.again, self._again),
            main,
        )

    def _again(self) -> None:
        """Another card, or the same once more."""
        if not self._is_reading:
            self.banner.clear()
            self.forget_card()
            self._code.line.setFocus()

    def _ask_read(self) -> None:
        if self._is_reading:
            self.cancel_asked.emit()
        elif self._code.demand_complete():
            code: Secret = self._code.take()
            self.read_asked.emit(code)
        else:
            self._code.line.setFocus()

    def _ask_confirm(self) -> None:
        if not self._face.value():
            self._face.show_error(self._words.same_face_missing)
            self._face.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.confirm_asked.emit(self._face.value() == "yes")

    def _toggle_code(self) -> None:
        hidden = self._code.line.echoMode() == QLineEdit.EchoMode.Normal
        mode = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        self._code.line.setEchoMode(mode)
        self._hide.show_text(self._words.show_code if hidden else self._words.hide_code)

    def _connect(self) -> None:
        self._read.clicked.connect(self._ask_read)
        self._hide.clicked.connect(self._toggle_code)
        self._confirm.clicked.connect(self._ask_confirm)
        self._by_eye.clicked.connect(self.by_eye_asked)
        self._ways.clicked.connect(self.ways_asked)

    def _lay_out(self) -> None:
        left, right = Card(), Card()
        left.column.addWidget(self.reader)
        left.column.addWidget(self._capacity)
        left.column.addWidget(self._code)
        left.column.addLayout(in_line(self._tries))
        left.column.addLayout(in_line(self._read, self._hide))
        left.column.addWidget(self._progress)
        left.column.addStretch(1)
        right.column.addWidget(self._proof)
        right.column.addWidget(self._face)
        right.column.addWidget(Words(self._words.person_not_number, "support"))
        right.column.addStretch(1)
        right.column.setSpacing(4)
        for card in (left, right):
            card.column.setContentsMargins(20, 12, 20, 8)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(left, 2)
        line.addWidget(right, 3)
        self.body.addLayout(line, 1)
        self.foot.addLayout(in_line(self._confirm, self._by_eye, self._ways))
