"""稼働時間と停止: hours of both sides, whether they are open, what waits, stops and extra runs with who and until."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side as text: open or not, today's hours, when it opens or closes next."""

    state: tuple[str, Kind]
    today: str
    next: str


@dataclass(frozen=True, slots=True)
class SpanShown:
    """One stop or extra run as text."""

    span_id: str
    kind: str
    since: str
    until: str
    reason: str
    by: str
    state: str
    state_kind: Kind


class BoundaryHoursScreen(NetworkScreen):
    """``selected`` carries a ``SpanShown``.

    Deeds: ``refresh``, ``fresh``, ``end``, ``approve``, ``refuse``, ``reload``.
    """

    selected = Signal(object)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.boundary_hours
        deeds = (
            Deed("fresh", words.fresh, "next_visit", words.fresh_key, is_primary=True),
            Deed("end", words.end, "copy", words.end_key),
            Deed("approve", words.approve, "commit", words.approve_key, question=words.approve_question),
            Deed("refuse", words.refuse, "return_case", words.refuse_key, question=words.refuse_question),
            Deed("reload", words.reload, "hold", words.reload_key, question=words.reload_question),
            Deed("refresh", words.refresh, "refresh", words.refresh_key),
        )
        super().__init__(kit, words.title, deeds)
        self._sides = tuple(
            (Chip(kit, ""), Fact(words.today), Fact(words.next)) for _ in (words.network, words.register)
        )
        self._waiting, self._oldest = Fact(words.waiting), Fact(words.oldest)
        self._heard, self._replica = Fact(words.heard), Chip(kit, "")
        self._wide = Words("", "support")
        columns = (
            Column[SpanShown](words.state, lambda row: Cell(row.state, row.state_kind), 190),
            Column[SpanShown](words.kind, lambda row: row.kind, 120),
            Column[SpanShown](words.since, lambda row: row.since, 150),
            Column[SpanShown](words.until, lambda row: row.until, 240),
            Column[SpanShown](words.reason, lambda row: row.reason),
            Column[SpanShown](words.by, lambda row: row.by, 170),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        self._table.selected.connect(self.selected)
        self._lay_out(words.network, words.register)
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._table

    def show_sides(self, network: SideShown, register: SideShown, wide: str) -> None:
        """Hours of both sides; ``wide``: how wide-area issue is served now."""
        for (chip, today, after), shown in zip(self._sides, (network, register), strict=True):
            chip.show_state(*shown.state)
            today.show_value(shown.today)
            after.show_value(shown.next)
        self._wide.show_text(wide)

    def show_waiting(self, waiting: tuple[str, str, str], replica: tuple[str, Kind]) -> None:
        """How much waits, since when, when the register was heard of last; whether the replica is whole."""
        for fact, value in zip((self._waiting, self._oldest, self._heard), waiting, strict=True):
            fact.show_value(value)
        self._replica.show_state(*replica)

    def show_spans(self, rows: Sequence[SpanShown]) -> None:
        """Stops and extra runs; the line that was marked stays so."""
        before = self._table.marked()
        self._table.show_rows(rows)
        for place, row in enumerate(rows):
            if before is not None and row.span_id == before.span_id:
                self._table.selectRow(place)

    def marked(self) -> SpanShown | None:
        """The line that is marked."""
        return self._table.marked()

    def wipe(self) -> None:
        super().wipe()
        nothing = SideShown(("", "quiet"), "", "")
        self.show_sides(nothing, nothing, "")
        self.show_waiting(("", "", ""), ("", "quiet"))
        self.show_spans(())
        self.show_deeds(("refresh",))

    def _lay_out(self, *names: str) -> None:
        upper, middle, lower = Card(), Card(), Card()
        for card in (upper, middle, lower):
            card.column.setContentsMargins(20, 8, 20, 8)
        for name, (chip, today, after) in zip(names, self._sides, strict=True):
            upper.column.addLayout(in_line(Fact(name, chip), today, after, spacing=40))
        upper.column.addWidget(self._wide)
        replica = Fact(self.kit.texts.boundary_hours.replica, self._replica)
        middle.column.addLayout(in_line(self._waiting, self._oldest, self._heard, replica, spacing=40))
        lower.column.addWidget(self.status)
        lower.add_filling(self._table, self._table.height_for(3))
        self.body.setSpacing(8)
        self.body.addWidget(upper)
        self.body.addWidget(middle)
        self.body.addWidget(lower, 1)
