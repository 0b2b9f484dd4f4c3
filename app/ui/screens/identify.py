"""本人確認: the card on the reader, the code printed on it, the face and four items, three separate verdicts."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.era import wareki
from app.domain.person import BasicFour
from app.domain.secret import Secret
from app.domain.verdict import Verdict
from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.style import restyle
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.choice import Choice, YesNo
from app.ui.widgets.code_field import CodeField
from app.ui.widgets.photo import PhotoBox
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.verdict import VerdictRow
from app.ui.widgets.words import Words

_GROUPS = (6, 4, 4)


@dataclass(frozen=True, slots=True)
class CardShown:
    """What a card said and what is proven of it. ``expiry`` as text; it stands outside the signature always."""

    four: BasicFour = field(repr=False)
    photo: bytes | None = field(repr=False)
    issuer: Verdict
    record: Verdict
    chip: Verdict
    expiry: str
    expired: bool


class IdentifyScreen(Screen):
    """``read_asked`` carries the code (``Secret``); ``confirm_asked`` whether the face is that of the person."""

    read_asked = Signal(object)
    cancel_asked = Signal()
    confirm_asked = Signal(bool)
    by_eye_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.identify
        super().__init__(kit, words.title)
        self._words = words
        self._result: CardShown | None = None
        self._is_reading = False
        self._reader, self._tries = Chip(kit, words.reader_none), Chip(kit, words.tries_unknown)
        self._capacity = Choice(kit, words.capacity, kit.messages.words("capacity"), required=True)
        self._code = CodeField(kit, words.code, _GROUPS, support=words.code_support)
        self._read, self._hide = Button(words.read, "primary"), Button(words.hide_code, "text")
        self._progress = Words("", "support")
        self._photo = PhotoBox(kit)
        self._name = ResidentName(kit, 28)
        self._facts = {name: Fact(getattr(words, name)) for name in ("address", "birth", "sex")}
        self._rows = {name: VerdictRow(kit, getattr(words, name)) for name in ("issuer", "record", "chip")}
        self._expiry, self._outside = Fact(words.expiry), Chip(kit, words.outside)
        self._face = YesNo(kit, words.same_face, required=True)
        self._confirm, self._by_eye = Button(words.confirm, "primary"), Button(words.by_eye)
        self._lay_out()
        self._connect()
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._face.focusProxy() or self._face if self._result else self._code.line

    def capacity(self) -> str:
        """In what capacity the person stands here."""
        return self._capacity.value()

    def show_reader(self, text: str, kind: Kind) -> None:
        """How the reader stands."""
        self._reader.show_state(text, kind, "card")

    def show_tries(self, text: str, kind: Kind) -> None:
        """How many tries the code has left, "" for nothing to say."""
        self._tries.setVisible(bool(text))
        self._tries.show_state(text, kind)

    def show_progress(self, text: str, four: BasicFour | None = None) -> None:
        """A use of the card is under way; ``four`` is read but not proven yet."""
        self._is_reading = True
        self.banner.clear()
        self._progress.show_text(text)
        self._read.show_text(self._words.cancel)
        if four is not None:
            self._show_four(four)
            self._expiry.show_value(self._words.proving)
        self._offer()

    def show_card(self, shown: CardShown) -> None:
        """What was read, with its three verdicts; the face is asked next."""
        self.show_idle()
        self._result = shown
        self._show_four(shown.four)
        if shown.photo is not None:
            self._photo.show_png(shown.photo)
        for name, verdict in (("issuer", shown.issuer), ("record", shown.record), ("chip", shown.chip)):
            self._rows[name].show_verdict(verdict)
        self._expiry.show_value(shown.expiry)
        words = self._words
        if shown.expired:
            self._outside.show_state(words.expired_outside, "error")
        else:
            self._outside.show_state(words.outside, "quiet")
        self._outside.show()
        self._face.setEnabled(True)
        self._confirm.setEnabled(True)
        self._face.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    def show_idle(self) -> None:
        """No use of the card is under way."""
        self._is_reading = False
        self._progress.show_text("")
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
        self._result = None
        self._photo.clear()
        self._name.show_name("")
        for fact in (*self._facts.values(), self._expiry):
            fact.show_value("―")
        for row in self._rows.values():
            row.clear()
        self._outside.hide()
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

    def _show_four(self, four: BasicFour) -> None:
        self._name.show_name(four.name)
        texts = (four.address, wareki(four.birth), self.kit.messages.word("sex", four.sex.value))
        for fact, text in zip(self._facts.values(), texts, strict=True):
            fact.show_value(text)

    def _offer(self) -> None:
        restyle(self._read, "kind", "plain" if self._result else "primary")
        restyle(self._confirm, "kind", "primary" if self._result else "plain")
        words, shared = self._words, self.kit.texts.visit
        main = Offer("commit", words.read, self._ask_read)
        if self._is_reading:
            main = Offer("commit", words.cancel_key, self.cancel_asked.emit)
        elif self._result is not None:
            main = Offer("commit", words.confirm_key, self._ask_confirm)
        self.offer(
            Offer("other_way", words.by_eye_key, self.by_eye_asked.emit),
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

    def _lay_out(self) -> None:
        left, right = Card(), Card()
        left.column.addLayout(in_line(self._reader))
        left.column.addWidget(self._capacity)
        left.column.addWidget(self._code)
        left.column.addLayout(in_line(self._tries))
        left.column.addLayout(in_line(self._read, self._hide))
        left.column.addWidget(self._progress)
        left.column.addStretch(1)
        right.column.addLayout(self._who())
        for row in self._rows.values():
            right.column.addWidget(row)
        right.column.addWidget(self._face)
        right.column.addWidget(Words(self._words.person_not_number, "support"))
        right.column.addStretch(1)
        right.column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(left, 2)
        line.addWidget(right, 3)
        self.body.addLayout(line, 1)
        self.foot.addLayout(in_line(self._confirm, self._by_eye))

    def _who(self) -> QHBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.addWidget(Fact(self._words.name, self._name), 0, 0, 1, 2)
        grid.addWidget(self._facts["address"], 1, 0, 1, 2)
        grid.addWidget(self._facts["birth"], 2, 0)
        grid.addWidget(self._facts["sex"], 2, 1)
        expiry = QVBoxLayout()
        expiry.addWidget(self._expiry)
        grid.addLayout(expiry, 3, 0)
        grid.addWidget(self._outside, 3, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        grid.setRowStretch(4, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        line = QHBoxLayout()
        line.setSpacing(20)
        line.addWidget(self._photo, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(grid, 1)
        return line
