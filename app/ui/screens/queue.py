"""処理待ち一覧: what waits for whom and why it wants a look; sorted, filtered, opened, or passed with others."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_RESULTS = 5


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One application as text to show. ``may``: this person may take the step that is due.

    ``risk``: word and kind of its heaviest risk; ``note``: said under the list while the row is marked. ``ticked``: to
    be passed with others; ``can_tick``: that is safe.
    """

    application_id: str
    number: str
    procedure: str
    applicant: str
    author: str
    waiting: str
    task: str
    may: bool
    ticket: str = ""
    risk: str = ""
    risk_kind: Kind = "quiet"
    note: str = ""
    can_tick: bool = False
    ticked: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class PassedRow:
    """What became of one that was passed with others."""

    number: str
    outcome: str
    passed: bool


class QueueScreen(Screen):
    """``opened`` carries the ``QueueRow``; ``refresh_asked``: read again.

    ``other_asked``: what was decided today instead of what waits, or back. ``tick_asked`` carries the row that is to go
    with others or not; ``pass_asked``: those that are ticked. ``sort_asked``: the next order; ``filter_asked`` carries
    which are to be shown. ``way_asked`` carries the row and "return" or "hold": it is opened for that.
    """

    opened = Signal(object)
    refresh_asked = Signal()
    other_asked = Signal()
    sign_out_asked = Signal()
    admin_asked = Signal()
    outgoing_asked = Signal()
    register_asked = Signal()
    others_asked = Signal()
    tick_asked = Signal(object)
    pass_asked = Signal()
    sort_asked = Signal()
    filter_asked = Signal(str)
    way_asked = Signal(object, str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.queue
        super().__init__(kit, words.title, has_side=False)
        self._count = Words(words.loading, "support")
        self._filter = Choice(kit, kit.texts.queue_row.filter, ())
        self._filter.changed.connect(self.filter_asked)
        self._table = Table(kit, words.name, self._columns(), empty=words.loading)
        self._table.opened.connect(self.opened)
        self._table.installEventFilter(self)
        self._note = Words("", "label")
        self._table.selected.connect(lambda row: self._note.show_text(row.note))
        self._results = self._result_table()
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._filter, 0)
        self.body.addLayout(head)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self._note)
        self.body.addWidget(self._results)
        self._is_decided = self._has_admin = self._has_register = self._has_others = False
        self.show_decided(decided=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self._table.marked()
            if event.key() == Qt.Key.Key_Space and row is not None and not self._is_decided:
                self.tick_asked.emit(row)
                return True
        return super().eventFilter(watched, event)

    def show_decided(self, *, decided: bool) -> None:
        """Which list it is: what was decided today, or what waits."""
        if decided is not self._is_decided:
            self._table.show_rows(())
            self._note.show_text("")
        self._is_decided = decided
        self._filter.setVisible(not decided)
        self._results.hide()
        self._offer()

    def show_filters(self, options: Options, chosen: str) -> None:
        """What may be chosen to be shown."""
        self._filter.box.blockSignals(True)  # noqa: FBT003
        self._filter.show_options(options)
        self._filter.show_value(chosen)
        self._filter.box.blockSignals(False)  # noqa: FBT003

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
        self._offer()

    def show_passed(self, title: str, rows: Sequence[PassedRow]) -> None:
        """What became of each that was passed with others."""
        kept = any(not row.passed for row in rows)
        self.banner.show_text("warning" if kept else "success", title)
        self._results.show_rows(rows)
        self._results.setFixedHeight(self._results.height_for(min(_RESULTS, len(rows))))
        self._results.setVisible(bool(rows))

    def wipe(self) -> None:
        super().wipe()
        self._note.show_text("")
        self._table.show_rows(())
        self._results.show_rows(())
        self._results.hide()
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
            *((Offer("commit", words.open, self._open),) if decided else self._ways()),
        )

    def _ways(self) -> tuple[Offer, ...]:
        """What may be done with the row that is marked, or with those that are ticked."""
        words = self.kit.texts.queue_row
        ticked = sum(row.ticked for row in self._table.items())
        go = Offer("commit", self.kit.texts.batch.key(ticked), self.pass_asked.emit)
        return (
            Offer("copy", words.sort_key, self.sort_asked.emit),
            Offer("save", words.hold_key, lambda: self._way("hold")),
            Offer("return_case", words.return_key, lambda: self._way("return")),
            go if ticked else Offer("commit", self.kit.texts.queue.open, self._open),
        )

    def _way(self, way: str) -> None:
        row = self._table.marked()
        if row is not None:
            self.way_asked.emit(row, way)

    def _open(self) -> None:
        row = self._table.marked()
        if row is not None:
            self.opened.emit(row)

    def _columns(self) -> tuple[Column[QueueRow], ...]:
        words, row_words = self.kit.texts.queue, self.kit.texts.queue_row
        return (
            Column[QueueRow](row_words.ticket, lambda row: row.ticket, 92),
            Column[QueueRow](words.number, lambda row: row.number, 164),
            Column[QueueRow](words.procedure, lambda row: row.procedure, 104),
            Column[QueueRow](words.applicant, lambda row: row.applicant, is_name=True),
            Column[QueueRow](words.author, lambda row: row.author, 116),
            Column[QueueRow](words.waiting, lambda row: row.waiting, 140, is_number=True),
            Column[QueueRow](row_words.risk, _risk, 204),
            Column[QueueRow](words.task, _task, 300),
        )

    def _result_table(self) -> Table[PassedRow]:
        words = self.kit.texts.queue
        columns = (
            Column[PassedRow](words.number, lambda row: row.number, 180),
            Column[PassedRow](self.kit.texts.batch.outcome, _outcome),
        )
        table = Table(self.kit, self.kit.texts.batch.results, columns, empty=words.loading)
        table.hide()
        return table


def _task(row: QueueRow) -> Cell:
    if row.ticked:
        return Cell(row.task, "success", "success")
    if row.held:
        return Cell(row.task, "quiet", "lock")
    return Cell(row.task, "information", "next") if row.may else Cell(row.task, "warning", "lock")


def _risk(row: QueueRow) -> str | Cell:
    return Cell(row.risk, row.risk_kind) if row.risk else ""


def _outcome(row: PassedRow) -> Cell:
    return Cell(row.outcome, "success" if row.passed else "warning")
