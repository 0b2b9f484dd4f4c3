"""業務統計 as a chart and a list, バッチ with state and results, and 活用されていない照会 by procedure."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta

from app.services.ports.seat import Session
from app.ui.flows.exchange_flow import ExchangeFlow
from app.ui.flows.network_flow import day_of
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import FactShown, facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.chip import Kind
from app.ui.widgets.day_bars import DayBar
from app.ui.widgets.table import Cell
from app.wire.relay_office import AskNotUsed, AskStatistics, NotUsed, NotUsedRow, RunRow, Runs, Statistics

_ANSWERED, _REFUSED = "answered", frozenset({"refused", "stopped"})
_RUNS: dict[str, Kind] = {"running": "information", "done": "success", "failed": "error"}
_LONGEST = timedelta(days=400)
_BACK = timedelta(days=180)


class DaysFlow(ExchangeFlow):
    """A report of some days."""

    def begin(self, session: Session) -> None:
        """Open it with the last half year."""
        self.enter(session)
        words, today = self.words.reports, self.today()
        self._values.update({"since": (today - _BACK).isoformat(), "until": today.isoformat()})
        fields = (
            FieldShown("since", words.since, "day", required=True),
            FieldShown("until", words.until, "day", required=True),
        )
        self.screen.show_form(fields, self._values)
        self._look()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self._look}

    def _look(self) -> None:
        words, since, until = self.words.reports, day_of(self.said("since")), day_of(self.said("until"))
        missing = {} if since is not None else {"since": words.day_wrong}
        if until is None or (since is not None and not since <= until <= since + _LONGEST):
            missing["until"] = words.day_wrong
        self.screen.show_missing(missing)
        if since is None or until is None or missing:
            return
        self.ask_days(AskStatistics(since=since, until=until))

    @abstractmethod
    def ask_days(self, days: AskStatistics) -> None:
        """Read the report of these days."""


def statistics_screen(kit: Kit) -> ExchangeScreen:
    """Bars by month, and each procedure below."""
    words, common = kit.texts.exchange.statistics, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.month, 140),
            ColumnLook(words.task),
            ColumnLook(words.answered, 140, is_number=True),
            ColumnLook(words.waiting, 140, is_number=True),
            ColumnLook(words.refused, 140, is_number=True),
            ColumnLook(words.sum, 140, is_number=True),
        ),
        before=words.none,
        deeds=(Deed("look", common.look, "search", common.look_key, is_primary=True),),
        bars_name=words.bars,
    )
    return ExchangeScreen(kit, look)


class StatisticsFlow(DaysFlow):
    """Works between ``begin`` and ``end``."""

    def ask_days(self, days: AskStatistics) -> None:
        self.read(lambda press, it: self._cases.watch.statistics(press, it, days), self._on_read)

    def _on_read(self, found: Statistics) -> None:
        words = self.words.statistics
        lines: dict[tuple[str, str], Counter[str]] = {}
        months: dict[str, Counter[str]] = {}
        for row in found.rows:
            for counts in (
                lines.setdefault((row.month, row.procedure), Counter()),
                months.setdefault(row.month, Counter()),
            ):
                counts[_part(row.state)] += row.count
        self.screen.show_lines([self._line(*key, lines[key]) for key in sorted(lines, reverse=True)], words.none)
        self.screen.show_bars([self._bar(month, months[month]) for month in sorted(months)])
        total = sum(map(Counter.total, months.values()))
        self.screen.show_lead(words.lead(f"{total:,}") if total else "")

    def _line(self, month: str, procedure: str, counts: Counter[str]) -> LineShown:
        numbers = tuple(f"{counts[name]:,}" for name in ("answered", "waiting", "refused"))
        cells = (self._month(month), self._acts.task(procedure), *numbers, f"{counts.total():,}")
        return LineShown(f"{month}/{procedure}", cells)

    def _bar(self, month: str, counts: Counter[str]) -> DayBar:
        answered, waiting, refused = (counts[name] for name in ("answered", "waiting", "refused"))
        said = self.words.statistics.bar(self._month(month), answered, waiting, refused)
        return DayBar(str(int(month[-2:])), said, (answered, waiting, refused))

    def _month(self, month: str) -> str:
        year, _, number = month.partition("-")
        return self.words.statistics.month_of(int(year), int(number))


def _part(state: str) -> str:
    if state == _ANSWERED:
        return "answered"
    return "refused" if state in _REFUSED else "waiting"


def unused_screen(kit: Kit) -> ExchangeScreen:
    """Papers that an enquiry could have replaced."""
    words, common = kit.texts.exchange.unused, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.task, 200),
            ColumnLook(words.enquiry),
            ColumnLook(words.paper, 230),
            ColumnLook(words.taken, 110, is_number=True),
            ColumnLook(words.asked, 110, is_number=True),
            ColumnLook(words.unused, 130, is_number=True),
            ColumnLook(words.why, 210),
        ),
        before=common.before,
        deeds=(Deed("look", common.look, "search", common.look_key, is_primary=True),),
    )
    return ExchangeScreen(kit, look)


class UnusedFlow(DaysFlow):
    """Works between ``begin`` and ``end``."""

    def ask_days(self, days: AskStatistics) -> None:
        asked = AskNotUsed(since=days.since, until=days.until)
        self.read(lambda press, it: self._cases.watch.not_used(press, it, asked), self._on_read)

    def _on_read(self, found: NotUsed) -> None:
        words = self.words.unused
        rows = sorted(found.rows, key=lambda one: one.asked - one.taken)
        self.screen.show_lines([self._line(one) for one in rows], words.none)
        taken, asked = sum(one.taken for one in rows), sum(one.asked for one in rows)
        self.screen.show_lead(words.lead(taken, taken - asked) if rows else "")

    def _line(self, row: NotUsedRow) -> LineShown:
        words, unused = self.words.unused, row.taken - row.asked
        allowed = Cell(words.permitted, "warning" if unused else "quiet")
        cells = (
            self._acts.task(row.procedure),
            self._acts.enquiry(row.procedure, row.enquiry),
            self._paper(row.procedure, row.paper),
            f"{row.taken:,}",
            f"{row.asked:,}",
            f"{unused:,}",
            allowed if row.is_permitted else Cell(words.not_permitted, "quiet"),
        )
        return LineShown(f"{row.procedure}/{row.enquiry}/{row.paper}", cells)

    def _paper(self, procedure: str, paper: str) -> str:
        found = self._acts.procedures.get(procedure)
        papers = () if found is None else found.papers
        return next((one.label for one in papers if one.id == paper), paper)


def runs_screen(kit: Kit) -> ExchangeScreen:
    """Batches, the newest first."""
    words, common = kit.texts.exchange.runs, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.kind, 200),
            ColumnLook(words.state, 130),
            ColumnLook(words.run),
            ColumnLook(words.began, 150),
            ColumnLook(words.ended, 150),
            ColumnLook(words.rows, 110, is_number=True),
            ColumnLook(words.done, 110, is_number=True),
            ColumnLook(words.faults, 110, is_number=True),
        ),
        before=common.loading,
        deeds=(Deed("refresh", common.refresh, "refresh", common.refresh_key, is_primary=True),),
        facts_name=words.facts,
        facts_rows=2,
    )
    return ExchangeScreen(kit, look)


class RunsFlow(ExchangeFlow):
    """Works between ``begin`` and ``end``."""

    def begin(self, session: Session) -> None:
        """Open the list."""
        self.enter(session)
        self.look()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"refresh": self.look}

    def look(self) -> None:
        """Read it (again)."""
        self.read(lambda press, it: self._cases.watch.runs(press, it), self._on_read)  # noqa: PLW0108

    def _on_read(self, found: Runs) -> None:
        words = self.words.runs
        self.screen.show_lines([self._line(one) for one in found.rows], words.none)

    def _line(self, row: RunRow) -> LineShown:
        words = self.words.runs
        cells = (
            self.word("run_kind", row.kind),
            Cell(self.word("run_state", row.state), _RUNS.get(row.state, "quiet")),
            row.run_id,
            self.at(row.began_at),
            self.at(row.ended_at),
            f"{row.rows:,}",
            f"{row.done:,}",
            f"{row.faults:,}",
        )
        message = self._kit.messages.of_code(row.cause) if row.cause else None
        cause: tuple[FactShown, ...] = ()
        if row.cause:
            said = row.cause if message is None else f"{message.title}　{message.next}"
            cause = (FactShown(words.cause, said, "error"),)
        return LineShown(row.run_id, cells, (*cause, *facts_of((words.means, self.word("run_means", row.kind)))))
