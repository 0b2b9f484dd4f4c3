"""処理待ち一覧: what waits for whom, oldest first, what this person may not do and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One application as text to show. ``may``: this person may take the step that is due.

    ``note``: said under the list while the row is marked, such as why it came back.
    """

    application_id: str
    number: str
    procedure: str
    applicant: str
    state: str
    receipt_date: str
    author: str
    waiting: str
    task: str
    may: bool
    note: str = ""


class QueueScreen(Screen):
    """``opened`` carries the ``QueueRow``; ``refresh_asked``: read again.

    ``other_asked``: what was decided today instead of what waits, or back.
    """

    opened = Signal(object)
    refresh_asked = Signal()
    other_asked = Signal()
    sign_out_asked = Signal()
    admin_asked = Signal()
    outgoing_asked = Signal()
    register_asked = Signal()
    others_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.queue
        super().__init__(kit, words.title, has_side=False)
        self._count = Words(words.loading, "support")
        columns = (
            Column[QueueRow](words.number, lambda row: row.number, 164),
            Column[QueueRow](words.procedure, lambda row: row.procedure, 104),
            Column[QueueRow](words.applicant, lambda row: row.applicant, is_name=True),
            Column[QueueRow](words.state, lambda row: row.state, 184),
            Column[QueueRow](words.receipt_date, lambda row: row.receipt_date, 120),
            Column[QueueRow](words.author, lambda row: row.author, 128),
            Column[QueueRow](words.waiting, lambda row: row.waiting, 140, is_number=True),
            Column[QueueRow](words.task, _task, 312),
        )
        self._table = Table(kit, words.name, columns, empty=words.loading)
        self._table.opened.connect(self.opened)
        self._note = Words("", "label")
        self._table.selected.connect(lambda row: self._note.show_text(row.note))
        self.body.addWidget(self._count)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self._note)
        self._is_decided = self._has_admin = self._has_register = self._has_others = False
        self.show_decided(decided=False)

    def show_decided(self, *, decided: bool) -> None:
        """Which list it is: what was decided today, or what waits."""
        if decided is not self._is_decided:
            self._table.show_rows(())
            self._note.show_text("")
        self._is_decided = decided
        self._offer()

    def show_admin_offered(self, *, offered: bool) -> None:
        """Whether the room of administrators is open to this person."""
        self._has_admin = offered
        self._offer()

    def show_register_offered(self, *, offered: bool) -> None:
        """Whether the room of the register is open to this person."""
        self._has_register = offered
        self._offer()

    def show_others_offered(self, *, offered: bool) -> None:
        """Whether one of the office's other rooms is open to this person."""
        self._has_others = offered
        self._offer()

    def first_focus(self) -> QWidget:
        return self._table

    def show_loading(self) -> None:
        """The list is being read; what was shown stays."""
        if not self._table.items():
            self._table.show_empty_text(self.kit.texts.queue.loading)

    def show_rows(self, rows: Sequence[QueueRow], count: str) -> None:
        """What waits, in the order given; the row that was marked stays marked if it is still there."""
        marked = self._table.marked()
        self._note.show_text("")
        words = self.kit.texts.queue
        self._table.show_empty_text(words.decided_empty if self._is_decided else words.empty)
        self._count.show_text(count)
        self._table.show_rows(rows)
        for place, row in enumerate(rows):
            if marked is not None and row.application_id == marked.application_id:
                self._table.selectRow(place)

    def show_done(self, title: str) -> None:
        """The step that was just taken."""
        self.banner.show_text("success", title)

    def show_error(self, message: Message) -> None:
        """Why the list could not be read or the application not be opened."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._note.show_text("")
        self._table.show_rows(())
        self._table.show_empty_text(self.kit.texts.queue.loading)
        self._count.show_text(self.kit.texts.queue.loading)

    def _offer(self) -> None:
        words, decided = self.kit.texts.queue, self._is_decided
        admin = Offer("administer", self.kit.texts.admin.enter, self.admin_asked.emit)
        register = Offer("records", self.kit.texts.register.key, self.register_asked.emit)
        others = Offer("hold", self.kit.texts.office.key, self.others_asked.emit)
        self.offer(
            *([admin] if self._has_admin else []),
            *([register] if self._has_register else []),
            *([others] if self._has_others else []),
            Offer("sign_out", self.kit.texts.waiting.sign_out, self.sign_out_asked.emit),
            Offer("outgoing", self.kit.texts.outgoing.key, self.outgoing_asked.emit),
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("other_way", words.waiting_key if decided else words.decided_key, self.other_asked.emit),
            Offer("commit", words.open, self._open),
        )

    def _open(self) -> None:
        row = self._table.marked()
        if row is not None:
            self.opened.emit(row)


def _task(row: QueueRow) -> Cell:
    return Cell(row.task, "information", "next") if row.may else Cell(row.task, "warning", "lock")
