"""印鑑登録: what is registered for a person; a new registration with its imprint, an answer to a letter, the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

IMPRINT_SIDE = 64
"""How large the imprint shows, pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class SealShown:
    """One registration as text. ``may``: answer, cancel."""

    seal_id: str
    state: str
    tone: Kind
    text: str = field(repr=False)
    card: str
    day: str
    letter: str
    why: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SealEntered:
    """What was entered for a new registration."""

    way: str
    text: str = field(repr=False)
    shape: str
    guardianship: str
    guarantor: str = field(repr=False)
    guarantor_card: str
    exemption: str


class SealScreen(Screen):
    """``register_asked`` carries a ``SealEntered``; the others an id and a letter or reason."""

    imprint_asked = Signal()
    register_asked = Signal(object)
    answer_asked = Signal(str, str)
    cancel_asked = Signal(str, str)
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.seal
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._person, self._fee = Fact(kit.texts.certificate.who), Words("", "support")
        self._table = self._make_table()
        self._way, self._shape = Choice(kit, words.way, (), required=True), Choice(kit, words.shape, (), required=True)
        self._text = TextField(kit, words.text, required=True)
        wards = (
            ("none", words.ward_none),
            ("accompanied", words.ward_accompanied),
            ("unaccompanied", words.ward_unaccompanied),
        )
        self._ward = Choice(kit, words.ward, wards, required=True)
        self._guarantor, self._guarantor_card = TextField(kit, words.guarantor), TextField(kit, words.guarantor_card)
        self._exemption = Choice(kit, words.exemption, ())
        self._letter, self._reason = TextField(kit, words.answer_letter), Choice(kit, words.reason, ())
        self._picture, self._has_imprint = QLabel(words.no_imprint), False
        self._picture.setProperty("role", "support")
        self._way.changed.connect(self._on_way)
        self._lay()
        register, back = Button(words.register, "primary", final=True), Button(words.back)
        register.clicked.connect(self._ask_register)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(register, back))
        self.offer(
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("preview", words.pick, self.imprint_asked.emit),
            Offer("refresh", words.answer, self._ask_answer),
            Offer("return_case", words.cancel, self._ask_cancel),
            Offer("commit", words.register, self._ask_register),
        )

    def first_focus(self) -> QWidget:
        return self._table

    def show_person(self, name: str, lists: tuple[Options, Options, Options, Options], fee: int) -> None:
        """Whose seal. ``lists``: ways, shapes, reasons, exemptions."""
        self._person.show_value(name)
        self._fee.show_text(self._words.fee(fee))
        for choice, options in zip((self._way, self._shape, self._reason, self._exemption), lists, strict=True):
            if choice.box.count() != len(options) + 1:
                choice.show_options(options)

    def show_seals(self, rows: Sequence[SealShown]) -> None:
        """All there were, newest first."""
        self._table.show_rows(rows)

    def show_imprint(self, png: bytes) -> None:
        """The picture that was chosen; b"" for none."""
        self._has_imprint = bool(png)
        image = QImage.fromData(png) if png else QImage()
        side = self.kit.look.px(IMPRINT_SIDE)
        if image.isNull():
            self._picture.setText(self._words.no_imprint)
        else:
            self._picture.setPixmap(QPixmap.fromImage(image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)))

    def clear_entry(self) -> None:
        """The next registration begins with nothing."""
        for one in (self._text, self._guarantor, self._guarantor_card, self._letter):
            one.show_text("")
        for choice in (self._way, self._shape, self._ward, self._reason, self._exemption):
            choice.show_value("")
        self.show_imprint(b"")
        self._on_way("")

    def wipe(self) -> None:
        super().wipe()
        self._person.show_value("")
        self._fee.show_text("")
        self._table.show_rows(())
        self.clear_entry()

    def _ask_register(self) -> None:
        words = self._words
        wanted = (self._way, self._shape, self._ward)
        if missing := next((one for one in wanted if not one.value()), None):
            missing.show_missing()
            missing.box.setFocus()
        elif not self._text.text().strip():
            self._text.show_missing()
            self._text.line.setFocus()
        elif not self._has_imprint:
            self.banner.show_text("error", words.imprint_missing)
        else:
            self.register_asked.emit(self._entered())

    def _entered(self) -> SealEntered:
        return SealEntered(
            way=self._way.value(),
            text=self._text.text().strip(),
            shape=self._shape.value(),
            guardianship=self._ward.value(),
            guarantor=self._guarantor.text().strip(),
            guarantor_card=self._guarantor_card.text().strip(),
            exemption=self._exemption.value(),
        )

    def _ask_answer(self) -> None:
        if (row := self._marked("answer")) is None:
            return
        if not (letter := self._letter.text().strip()):
            self._letter.show_missing()
            self._letter.line.setFocus()
        else:
            self.answer_asked.emit(row.seal_id, letter)

    def _ask_cancel(self) -> None:
        if (row := self._marked("cancel")) is None:
            return
        if not (reason := self._reason.value()):
            self._reason.show_missing()
            self._reason.box.setFocus()
        else:
            self.cancel_asked.emit(row.seal_id, reason)

    def _marked(self, act: str) -> SealShown | None:
        row = self._table.marked()
        if row is not None and act in row.may:
            return row
        self.banner.show_text("warning", self._words.mark_first)
        return None

    def _on_way(self, way: str) -> None:
        for one in (self._guarantor, self._guarantor_card):
            one.setVisible(way == "guarantor")

    def _make_table(self) -> Table[SealShown]:
        words = self._words
        columns = (
            Column[SealShown](words.state, lambda row: Cell(row.state, row.tone), 130),
            Column[SealShown](words.text, lambda row: row.text, 150, is_name=True),
            Column[SealShown](words.card, lambda row: row.card, 130),
            Column[SealShown](words.day, lambda row: row.day, 190),
            Column[SealShown](words.letter, lambda row: row.letter, 150),
            Column[SealShown](words.why, lambda row: row.why),
        )
        return Table(self.kit, words.list, columns, empty=words.none)

    def _lay(self) -> None:
        words = self._words
        card, new, answer, cancel = Card(), Card(words.new), Button(words.answer), Button(words.cancel)
        self._table.setFixedHeight(self._table.height_for(2))
        answer.clicked.connect(self._ask_answer)
        cancel.clicked.connect(self._ask_cancel)
        ends, grid, pick = QHBoxLayout(), QGridLayout(), Button(words.pick)
        ends.setSpacing(16)
        for field_, button in ((self._letter, answer), (self._reason, cancel)):
            ends.addWidget(field_, 2)
            ends.addWidget(button, 1, Qt.AlignmentFlag.AlignBottom)
        card.column.addWidget(self._person)
        card.column.addWidget(self._table)
        card.column.addLayout(ends)
        grid.setHorizontalSpacing(24)
        fields = (self._way, self._text, self._shape, self._ward, self._exemption)
        for place, one in enumerate(fields):
            grid.addWidget(one, place // 3, place % 3)
        pick.clicked.connect(self.imprint_asked)
        box = QWidget()
        box.setLayout(in_line(pick, self._picture))
        grid.addWidget(box, 1, 2, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self._guarantor, 2, 0)
        grid.addWidget(self._guarantor_card, 2, 1)
        new.column.addLayout(grid)
        new.column.addWidget(Words(words.imprint_support, "support"))
        new.column.addWidget(self._fee)
        self.body.addWidget(card)
        self.body.addWidget(new, 1)
        self._on_way("")
