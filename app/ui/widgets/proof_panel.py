"""Whom a chip states and what is proven of it: photo, basic four, one verdict per question, the date it ends."""

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.era import wareki
from app.domain.person import Sex
from app.domain.verdict import Verdict
from app.ui.kit import Kit
from app.ui.widgets.card import Fact
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.photo import PhotoBox
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.verdict import VerdictRow
from app.ui.widgets.words import Words

EMPTY = "―"
QUESTIONS = (
    "issuer",
    "certificate_issuer",
    "record",
    "chip",
    "dates",
    "purpose",
    "certificate_chip",
    "revocation",
)
"""All that may be asked of a chip, in the order shown; ``[proof]`` has their words."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Whom a card states, as far as it says so: a licence states no sex. ``note``: said where no name stands."""

    name: str = field(repr=False)
    address: str = field(repr=False)
    birth: date | None = field(repr=False)
    sex: Sex | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Expiry:
    """The day on which it ends, as text; ``outside``: not covered by the signature; ``passed``: it has ended."""

    text: str
    passed: bool = False
    outside: bool = True


@dataclass(frozen=True, slots=True)
class ProofShown:
    """What was read and what is proven. ``verdicts`` by question (``[proof]``); ``noted``: said beside one.

    ``standing``: the one word for all of it, where there is one. ``name_picture``: the name where it is no text.
    """

    stated: Stated = field(repr=False)
    photo: bytes | None = field(repr=False)
    verdicts: tuple[tuple[str, Verdict], ...]
    expiry: Expiry | None
    noted: tuple[tuple[str, str], ...] = ()
    standing: tuple[str, Kind] | None = None
    name_picture: bytes | None = field(default=None, repr=False)


class ProofPanel(QWidget):
    """Nothing is shown as fine before it was checked; text that is not proven yet stands as 確認中."""

    def __init__(self, kit: Kit, questions: tuple[str, ...]) -> None:
        super().__init__()
        self._kit, self._words, self._questions = kit, kit.texts.proof, questions
        self._photo, self._name = PhotoBox(kit), ResidentName(kit, 28)
        self._name_picture, self._note = PhotoBox(kit, width=400, height=56), Words("", "support")
        self._name_fact = Fact(self._words.name, self._name)
        self._facts = {name: Fact(getattr(self._words, name)) for name in ("address", "birth", "sex")}
        self._expiry, self._badge = Fact(self._words.expiry), Chip(kit, self._words.outside)
        self._state = Chip(kit, self._words.checking)
        told = {"revocation": (self._words.not_revoked, self._words.revoked)}
        self._rows = {name: VerdictRow(kit, getattr(self._words, name), told.get(name)) for name in QUESTIONS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._who())
        for row in self._rows.values():
            column.addWidget(row)
        self.clear()

    def show_questions(self, questions: tuple[str, ...], *, photo: bool) -> None:
        """Which questions are asked of what is read, and whether a photo comes with it."""
        self._questions = questions
        self._photo.setVisible(photo)
        self.clear()

    def show_reading(self, stated: Stated) -> None:
        """It is read and not proven: text only, marked as being checked."""
        self._show_stated(stated)
        self._state.show_state(self._words.checking, "information", "pending")
        self._state.show()

    def show_proof(self, shown: ProofShown) -> None:
        """Everything that was read, with its verdicts."""
        self.clear()
        self._show_stated(shown.stated)
        if shown.photo is not None:
            self._photo.show_png(shown.photo)
        notes = dict(shown.noted)
        for name, verdict in shown.verdicts:
            self._rows[name].show_verdict(verdict, notes.get(name, ""))
        self._expiry.setVisible(shown.expiry is not None)
        for fact in (self._name_fact, *self._facts.values()):
            fact.setVisible(bool(shown.stated.name or shown.stated.birth))
        if shown.expiry is not None:
            self._show_expiry(shown.expiry)
        if shown.standing is not None:
            self._state.show_state(*shown.standing)
            self._state.show()
        if shown.name_picture is not None:
            self._name_picture.show_png(shown.name_picture)
            self._name_picture.show()

    def clear(self) -> None:
        """Nothing of a card is shown."""
        self._photo.clear()
        self._name.show_name("")
        for fact in (*self._facts.values(), self._expiry):
            fact.show_value(EMPTY)
            fact.show()
        self._name_fact.show()
        for name, row in self._rows.items():
            row.clear()
            row.setVisible(name in self._questions)
        self._name_picture.clear()
        for part in (self._badge, self._state, self._name_picture, self._note):
            part.hide()

    def _show_stated(self, stated: Stated) -> None:
        self._name.show_name(stated.name)
        self._note.show_text(stated.note)
        self._note.setVisible(bool(stated.note))
        sex = self._kit.messages.word("sex", stated.sex.value) if stated.sex is not None else EMPTY
        texts = (stated.address or EMPTY, wareki(stated.birth) if stated.birth else EMPTY, sex)
        for fact, text in zip(self._facts.values(), texts, strict=True):
            fact.show_value(text)

    def _show_expiry(self, expiry: Expiry) -> None:
        words = self._words
        self._expiry.show_value(expiry.text)
        kind: Kind = "error" if expiry.passed else "quiet"
        if expiry.outside:
            self._badge.show_state(words.expired_outside if expiry.passed else words.outside, kind)
        else:
            self._badge.show_state(words.expired if expiry.passed else words.within, kind)
        self._badge.show()

    def _who(self) -> QHBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._name_fact, 0, 0, 1, 2)
        grid.addWidget(self._name_picture, 4, 0, 1, 2)
        grid.addWidget(self._note, 5, 0, 1, 2)
        grid.addWidget(self._state, 0, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._facts["address"], 1, 0, 1, 2)
        grid.addWidget(self._facts["birth"], 2, 0)
        grid.addWidget(self._facts["sex"], 2, 1)
        grid.addWidget(self._expiry, 3, 0)
        grid.addWidget(self._badge, 3, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        grid.setRowStretch(6, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        line = QHBoxLayout()
        line.setSpacing(20)
        line.addWidget(self._photo, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(grid, 1)
        return line
