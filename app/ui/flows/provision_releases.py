"""提供の承認: what is held back for the sections of who is here, the most urgent first, with the time that is left."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal

from app.domain.clock import business_date
from app.services.ports.seat import Session
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import facts_of
from app.ui.screens.network_screen import Deed
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.provision import ReleaseRow, Releases

TICK_MS = 30_000
"""How often the time that is left is worked out anew."""
_STATES: dict[str, Kind] = {"waiting": "warning", "checked": "information", "released": "success"}


def releases_screen(kit: Kit) -> ExchangeScreen:
    """The list."""
    words, common = kit.texts.exchange.releases, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.left, 270),
            ColumnLook(words.state, 130),
            ColumnLook(words.requester, 150),
            ColumnLook(words.information),
            ColumnLook(words.cause, 180),
            ColumnLook(words.turn, 170),
        ),
        before=common.loading,
        deeds=(
            Deed("open", words.open, "search", words.open_key, is_primary=True),
            Deed("refresh", common.refresh, "refresh", common.refresh_key),
        ),
        facts_name=words.facts,
        facts_rows=5,
        opens="open",
    )
    return ExchangeScreen(kit, look)


class ReleasesFlow(ExchangeFlow):
    """``opened`` carries the 処理通番 of one."""

    opened = Signal(str)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._rows: tuple[ReleaseRow, ...] = ()
        self._tick = QTimer(screen, interval=TICK_MS)
        self._tick.timeout.connect(self._show)

    def begin(self, session: Session) -> None:
        """Open the list."""
        self.enter(session)
        self.look()

    def end(self) -> None:
        self._tick.stop()
        super().end()
        self._rows = ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"refresh": self.look, "open": self._open}

    def look(self) -> None:
        """Read it (again)."""
        self.read(lambda press, it: self._cases.releases.waiting(press, it), self._on_read)  # noqa: PLW0108

    def _on_read(self, found: Releases) -> None:
        self._rows = found.rows
        self._show()
        self._tick.start()
        self.screen.to_list()

    def _show(self) -> None:
        words = self.words.releases
        self.screen.show_lead(words.count(len(self._rows)) if self._rows else "")
        self.screen.show_lines([self._line(one) for one in self._rows], words.none)

    def _open(self) -> None:
        if number := self.screen.marked():
            self.opened.emit(number)

    def _line(self, row: ReleaseRow) -> LineShown:
        words = self.words.releases
        turn = words.turn_mine if row.may else words.turn_other
        cells = (
            self.left_of(row),
            Cell(self.word("release_state", row.state), _STATES.get(row.state, "quiet")),
            self._acts.place(row.requester),
            self.about(row.information, row.tax_year, row.since, row.until),
            self.word("release_cause", row.cause),
            Cell(turn, "information" if row.may else "quiet"),
        )
        proposed = ""
        if row.checked_by:
            outcome, why = (
                self.word("release_outcome", row.proposal),
                self.word("provision_reason", row.proposal_reason),
            )
            proposed = words.proposed(row.checked_by, outcome, why)
        facts = facts_of(
            (words.process_number, row.process_number),
            (words.task, self._acts.task(row.task)),
            (words.purpose, row.purpose),
            (words.asked_at, self.at(row.asked_at)),
            (words.two, words.two_needed if row.needs_two else words.one_enough),
            (words.checked, proposed),
        )
        return LineShown(row.process_number, cells, facts)

    def left_of(self, row: ReleaseRow) -> Cell:
        """The time that is left, as it is now."""
        words, now = self.words.releases, self._kit.clock.now()
        if row.due_at <= now:
            return Cell(words.over, "error")
        left = row.due_at - now
        if business_date(row.due_at) == self.today() or row.days_left == 0:
            hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
            return Cell(words.left_hours(hours, minutes), "error")
        return Cell(words.left_days(row.days_left, self.at(row.due_at)), "warning" if row.days_left == 1 else "quiet")
