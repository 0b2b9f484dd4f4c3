"""来庁以外の受付: what came by post or telephone, the day on which it really arrived, and who was confirmed how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import LongTextField, TextField
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class ReceivedForm:
    """What was entered. ``identity`` and ``number``: kinds of documents whose copies were seen, "" for none."""

    procedure: str
    channel: str
    arrived_on: date
    name: str
    kana: str
    birth: date | None
    address: str
    phone: str
    identity: tuple[str, ...]
    number: str
    papers: tuple[str, ...]
    note: str


class BookReceiveScreen(Screen):
    """``procedure_chosen`` carries a procedure; ``receive_asked`` a ``ReceivedForm``."""

    procedure_chosen = Signal(str)
    receive_asked = Signal(object)

    def __init__(self, kit: Kit, channels: Options, identity: Options, numbers: Options) -> None:
        words = kit.texts.book_receive
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._procedure = Choice(kit, words.procedure, (), required=True)
        self._channel = Choice(kit, words.channel, channels, required=True)
        self._arrived = DateField(kit, words.arrived, required=True, support=words.arrived_support)
        self._name = TextField(kit, words.name, required=True)
        self._kana = TextField(kit, words.kana)
        self._birth = DateField(kit, words.birth)
        self._address, self._phone = TextField(kit, words.address), TextField(kit, words.phone)
        self._identity = Choice(kit, words.identity, identity)
        self._second = Choice(kit, words.second, identity)
        self._number = Choice(kit, words.number, numbers)
        self._note = LongTextField(kit, words.note)
        self._note.box.setFixedHeight(kit.look.px(56))
        self._papers: dict[str, QCheckBox] = {}
        self._papers_box = QVBoxLayout()
        self._no_papers = Words(words.no_papers, "support")
        self._procedure.changed.connect(self._on_procedure)
        self._lay_out()
        self._do, back = Button(words.receive, "primary", final=True), Button(words.back)
        self._do.clicked.connect(self._on_do)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(self._do, back))
        self.offer(Offer("commit", words.receive_key, self._on_do))

    def first_focus(self) -> QWidget:
        return self._procedure

    def show_procedures(self, procedures: Options, today: date) -> None:
        """What may be received; it arrived today unless somebody says so."""
        self._procedure.show_options(procedures)
        self._arrived.show_date(today)

    def show_procedure(self, papers: Sequence[tuple[str, str]], *, asks_number: bool) -> None:
        """The papers that the chosen procedure may need."""
        while (item := self._papers_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._no_papers:
                widget.deleteLater()
        self._papers = {name: QCheckBox(title) for name, title in papers}
        for box in self._papers.values():
            box.setAccessibleName(box.text())
            self._papers_box.addWidget(box)
        self._no_papers.setVisible(not papers)
        if not papers:
            self._papers_box.addWidget(self._no_papers)
        self._number.setVisible(asks_number)

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()

    def show_failed(self, message: Message) -> None:
        """It was not received; what was entered stays."""
        self._is_busy = False
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        for choice in (self._procedure, self._channel, self._identity, self._second, self._number):
            choice.show_value("")
        for field in (self._name, self._kana, self._address, self._phone):
            field.show_text("")
        self._note.show_text("")
        self._arrived.show_date(None)
        self._birth.show_date(None)
        self.show_procedure((), asks_number=False)

    def _on_procedure(self, name: str) -> None:
        self.procedure_chosen.emit(name)

    def _on_do(self) -> None:
        if self._is_busy:
            return
        arrived, birth = self._arrived.check(), self._birth.check()
        missing = [
            (self._procedure, not self._procedure.value()),
            (self._channel, not self._channel.value()),
            (self._arrived, arrived is None),
            (self._name, not self._name.text()),
            (self._birth, bool(self._birth.error())),
        ]
        for field, is_missing in missing:
            if is_missing and not field.error():
                field.show_missing()
        first = next((field for field, is_missing in missing if is_missing), None)
        if first is not None or arrived is None:
            if first is not None:
                first.setFocus()
                self.reveal(first)
            return
        shown = tuple(dict.fromkeys(one for one in (self._identity.value(), self._second.value()) if one))
        self.receive_asked.emit(
            ReceivedForm(
                procedure=self._procedure.value(),
                channel=self._channel.value(),
                arrived_on=arrived,
                name=self._name.text(),
                kana=self._kana.text(),
                birth=birth,
                address=self._address.text(),
                phone=self._phone.text(),
                identity=shown,
                number=self._number.value() if not self._number.isHidden() else "",
                papers=tuple(name for name, box in self._papers.items() if box.isChecked()),
                note=self._note.text(),
            )
        )

    def _lay_out(self) -> None:
        words = self._words
        self.body.addWidget(Words(words.lead, "support"))
        what, who, shown, came = Card(words.what), Card(words.who), Card(words.shown), Card(words.came)
        for card, rows in (
            (what, ((self._procedure, self._channel), (self._arrived, None))),
            (who, ((self._name, self._kana), (self._birth, self._phone), (self._address, None))),
            (shown, ((self._identity, self._second), (self._number, None))),
        ):
            grid = QGridLayout()
            grid.setHorizontalSpacing(24)
            for line, (left, right) in enumerate(rows):
                grid.addWidget(left, line, 0)
                if right is not None:
                    grid.addWidget(right, line, 1)
            for column in (0, 1):
                grid.setColumnStretch(column, 1)
            card.column.addLayout(grid)
            self.body.addWidget(card)
        shown.column.addWidget(Words(words.shown_note, "support"))
        came.column.addLayout(self._papers_box)
        came.column.addWidget(self._note)
        self.body.addWidget(came)
        self.body.addStretch(1)
