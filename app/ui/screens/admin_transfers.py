"""一括異動: a file of transfers, tried first: each row with what comes of it or what is wrong; then proposed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class TransferShown:
    """One row of the file as text to show."""

    line: str
    person: str
    before: str
    after: str
    result: str
    kind: Kind


class AdminTransfersScreen(Screen):
    """``file_asked``, ``roles_asked``: a file is to be chosen; ``send_asked`` carries the reason."""

    file_asked = Signal()
    roles_asked = Signal()
    send_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_transfers
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy, self._is_ready = words, False, False
        self.count = Words(words.lead, "support")
        self._files = Words(words.no_file)
        columns = (
            Column[TransferShown](words.line, lambda row: row.line, 70, is_number=True),
            Column[TransferShown](words.person, lambda row: row.person, 240, is_name=True),
            Column[TransferShown](words.before, lambda row: row.before, 290),
            Column[TransferShown](words.after, lambda row: row.after, 310),
            Column[TransferShown](words.result, lambda row: Cell(row.result, row.kind)),
        )
        self._table = Table(kit, words.title, columns, empty=words.empty)
        self._reason = TextField(kit, words.reason, required=True, support=words.reason_support)
        self._reason.line.setMaxLength(200)
        self._file, roles = Button(words.choose_file, "primary"), Button(words.choose_roles)
        self._send, back = Button(words.send, "primary", final=True), Button(words.back)
        self._file.clicked.connect(self.file_asked)
        roles.clicked.connect(self.roles_asked)
        self._send.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        card = Card()
        card.column.addLayout(in_line(self._file, roles, self._files, spacing=16))
        card.column.addWidget(self.count)
        card.add_filling(self._table, self._table.height_for(4))
        card.column.addWidget(self._reason)
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(self._send, back))
        self._offer()

    def first_focus(self) -> QWidget:
        return self._file

    def show_files(self, text: str) -> None:
        """Which files were chosen."""
        self._files.show_text(text)

    def show_rows(self, rows: Sequence[TransferShown], wrong: int) -> None:
        """The rows tried out, ``wrong`` of them can't be; what can't be stands first."""
        words = self._words
        self._is_busy, self._is_ready = False, bool(rows) and not wrong
        self.count.show_text(words.wrong(len(rows), wrong) if wrong else words.right(len(rows)))
        self._table.show_rows(rows)
        self._offer()

    def show_sent(self, title: str, text: str) -> None:
        """It waits for the second administrator."""
        self.wipe()
        self.banner.show_text("success", title, text)

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self.count.show_text(self._words.working)

    def show_failed(self, message: Message) -> None:
        """What was asked did not come about; rows and reason stay."""
        self._is_busy = False
        self.count.show_text(self._words.lead)
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = self._is_ready = False
        self._reason.show_text("")
        self._table.show_rows(())
        self.count.show_text(self._words.lead)
        self._files.show_text(self._words.no_file)
        self._offer()

    def _offer(self) -> None:
        words = self._words
        offers = [Offer("search", words.file_key, self.file_asked.emit)]
        if self._is_ready:
            offers.append(Offer("commit", words.send_key, self._ask))
        self._send.setVisible(self._is_ready)
        self._reason.setVisible(self._is_ready)
        self.offer(*offers)

    def _ask(self) -> None:
        if self._is_busy or not self._is_ready:
            return
        if not self._reason.text():
            self._reason.show_error(self._words.empty_reason)
            self._reason.line.setFocus()
            return
        self.send_asked.emit(self._reason.text())
