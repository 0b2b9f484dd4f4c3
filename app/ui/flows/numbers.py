"""手続の数字 in the room of supervisors: read, shown as bars and table, written into a file; nobody's own."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.domain.clock import business_date
from app.domain.era import wareki_month, wareki_short
from app.domain.procedure import Procedure
from app.errors import AppError
from app.services.ports.seat import Press, Session
from app.services.supervise import READ, Supervise
from app.ui.background import Lane
from app.ui.flows.admin_acts import Door, Page
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.numbers import NumberRow, NumbersScreen, NumbersShown
from app.ui.widgets.spread_bars import SpreadBar
from app.ui.window import Window
from app.wire.desk_counts import (
    AlertsCounted,
    AskAlertCounts,
    AskNumbers,
    Numbers,
    PeriodNumbers,
    Spread,
    StepNumbers,
)

TASK, ALERTS = "numbers", "alerts"
_MINUTE, _HOUR, _DAY = 60, 60, 24 * 60
_SPANS = {"month": 31, "quarter": 92, "year": 366}
_OFFICE = frozenset({"minutes"})


@dataclass(frozen=True, slots=True)
class NumbersActs:
    """The use cases; ``lane``: they ask the office. ``keep``: write a file where the person says; None: given up."""

    press: Callable[[], Press]
    lane: Lane
    supervise: Supervise
    procedures: Mapping[str, Procedure]
    keep: Callable[[str, str, str], Path | None]


class NumbersReader:
    """Makes words and bars of messages."""

    def __init__(self, kit: Kit, procedures: Mapping[str, Procedure]) -> None:
        self._kit, self._procedures = kit, procedures

    def view(self, view: str, numbers: Numbers, procedure: str) -> NumbersShown:
        """One view of the numbers; ``procedure`` "": of all."""
        made = {"office": self._office, "visit": self._visit, "keys": self._keys, "returns": self._returns}
        return made.get(view, self._periods)(numbers, procedure)

    def alerts(self, found: AlertsCounted) -> NumbersShown:
        """Answers to alerts; those that are overridden too often are marked."""
        words, word = self._kit.texts.numbers, self._kit.messages.word
        rows = []
        for one in found.rows:
            share = words.percent(round(100 * one.overridden / one.shown)) if one.shown else "―"
            month, kind = wareki_month(one.month.year, one.month.month), word("alert_kind", one.kind)
            counts = (str(one.shown), str(one.heeded), str(one.handed_over), str(one.overridden))
            last = words.to_review(share) if one.to_review else share
            bar = SpreadBar(kind, words.overridden(one.overridden, one.shown), one.overridden, one.shown)
            rows.append(NumberRow((month, kind, *counts, last), bar, mark=one.to_review))
        marked = sum(one.to_review for one in found.rows)
        lead = words.alerts_marked(marked) if marked else words.alerts_lead
        return NumbersShown(lead, tuple(words.alert_heads.split("、")), tuple(rows))

    def name(self, procedure: str) -> str:
        """What a procedure is called."""
        known = self._procedures.get(procedure)
        return known.short_title if known else procedure or self._kit.texts.numbers.no_procedure

    def _office(self, numbers: Numbers, procedure: str) -> NumbersShown:
        return self._steps(numbers, procedure, "minutes", self._kit.texts.numbers.office_lead)

    def _visit(self, numbers: Numbers, procedure: str) -> NumbersShown:
        return self._steps(numbers, procedure, "seconds", self._kit.texts.numbers.visit_lead)

    def _keys(self, numbers: Numbers, procedure: str) -> NumbersShown:
        return self._steps(numbers, procedure, "keys", self._kit.texts.numbers.keys_lead)

    def _steps(self, numbers: Numbers, procedure: str, unit: str, lead: str) -> NumbersShown:
        found = [one for one in numbers.steps if one.unit == unit and procedure in {"", one.procedure}]
        return NumbersShown(lead, tuple(self._kit.texts.numbers.step_heads.split("、")), tuple(map(self._step, found)))

    def _step(self, one: StepNumbers) -> NumberRow:
        name, step = self.name(one.procedure), self._step_word(one)
        low, high = (self._amount(value, one.unit) for value in (one.spread.p50, one.spread.p90))
        return NumberRow(
            (name, step, str(one.spread.count), low, high), self._bar(f"{name}　{step}", one.spread, one.unit)
        )

    def _step_word(self, one: StepNumbers) -> str:
        procedure = self._procedures.get(one.procedure)
        known = procedure.step(one.step) if procedure and one.unit in _OFFICE else None
        return known.title if known else self._kit.messages.word("visit_step", one.step)

    def _returns(self, numbers: Numbers, procedure: str) -> NumbersShown:
        words, every = self._kit.texts.numbers, self._kit.messages.words("return_reason")
        reasons, rows = dict(every), []
        for one in numbers.returns:
            if procedure in {"", one.procedure}:
                name, why = self.name(one.procedure), reasons.get(one.reason, words.other_reason)
                bar = SpreadBar(f"{name}　{why}", words.times(one.count), one.count, one.count)
                rows.append(NumberRow((name, why, str(one.count)), bar))
        return NumbersShown(words.returns_lead, tuple(words.return_heads.split("、")), tuple(rows))

    def _periods(self, numbers: Numbers, procedure: str) -> NumbersShown:
        words = self._kit.texts.numbers
        found = [one for one in numbers.periods if procedure in {"", one.procedure}]
        return NumbersShown(words.periods_lead, tuple(words.period_heads.split("、")), tuple(map(self._period, found)))

    def _period(self, one: PeriodNumbers) -> NumberRow:
        first, name = wareki_short(one.first), self.name(one.procedure)
        low, high = (self._amount(value, "minutes") for value in (one.minutes.p50, one.minutes.p90))
        counts = (str(one.received), str(one.decided), str(one.returned))
        return NumberRow((first, name, *counts, low, high), self._bar(f"{first}　{name}", one.minutes, "minutes"))

    def _bar(self, label: str, spread: Spread, unit: str) -> SpreadBar | None:
        if spread.p50 is None or spread.p90 is None:
            return None
        said = self._kit.texts.numbers.spread(self._amount(spread.p50, unit), self._amount(spread.p90, unit))
        return SpreadBar(label, said, spread.p50, spread.p90)

    def _amount(self, value: int | None, unit: str) -> str:
        """A number in its unit; too few are not told."""
        words = self._kit.texts.numbers
        if value is None:
            return words.too_few
        if unit == "keys":
            return words.times(value)
        if unit == "seconds":
            return words.seconds(value) if value < 2 * _MINUTE else words.minutes(round(value / _MINUTE))
        if value < 2 * _HOUR:
            return words.minutes(value)
        return words.hours(round(value / _HOUR)) if value < 2 * _DAY else words.days(round(value / _DAY))


class NumbersFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, window: Window, acts: NumbersActs) -> None:
        super().__init__(window)
        self._kit, self._acts, self._reader = kit, acts, NumbersReader(kit, acts.procedures)
        self._errands = Errands(self)
        self._session: Session | None = None
        self._found: tuple[str, Numbers] | None = None
        self._shown: NumbersShown | None = None
        words = kit.messages.words
        self.screen = NumbersScreen(kit, words("numbers_view"), words("numbers_span"))
        self.screen.asked.connect(lambda *_: self._look())
        self.screen.refresh_asked.connect(self._again)
        self.screen.save_asked.connect(self._save)

    def begin(self, session: Session) -> None:
        """The page is open, with the office's steps of the last month."""
        self._session = session
        self.screen.wipe()
        self.screen.choose("office", "month")
        self._look()

    def end(self) -> None:
        """Nothing stays."""
        self._errands.drop()
        self._session = self._found = self._shown = None
        self.screen.wipe()

    def _again(self) -> None:
        self._found = None
        self._look()

    def _look(self) -> None:
        """Show what is chosen; numbers of the same span are not asked for twice."""
        view, span, _ = self.screen.chosen()
        session = self._session
        if session is None or not view or not span:
            return
        today, press = business_date(self._kit.clock.now()), self._acts.press()
        since = today - timedelta(days=_SPANS[span])
        self.screen.banner.clear()
        if view == ALERTS:
            asked = AskAlertCounts(since=since.replace(day=1), until=today.replace(day=1))
            work = partial(self._acts.supervise.alerts, press, session, asked)
            self._errands.run(self._acts.lane, work, self._on_alerts, self._on_failed)
        elif self._found is not None and self._found[0] == span:
            self._show(self._found[1])
        else:
            wanted = AskNumbers(since=since, until=today, by=_by(since, today))
            ask = partial(self._acts.supervise.numbers, press, session, wanted)
            self._errands.run(self._acts.lane, ask, partial(self._on_numbers, span), self._on_failed)

    def _on_numbers(self, span: str, numbers: Numbers) -> None:
        self._found = (span, numbers)
        every = [one.procedure for one in numbers.steps] + [one.procedure for one in numbers.periods]
        named = dict.fromkeys(filter(None, every))
        self.screen.show_procedures([(name, self._reader.name(name)) for name in named])
        self._show(numbers)

    def _show(self, numbers: Numbers) -> None:
        view, _, procedure = self.screen.chosen()
        self._shown = self._reader.view(view, numbers, procedure)
        self.screen.show_numbers(self._shown)

    def _on_alerts(self, found: AlertsCounted) -> None:
        self._shown = self._reader.alerts(found)
        self.screen.show_numbers(self._shown)

    def _save(self) -> None:
        words = self._kit.texts.numbers
        if self._shown is None or not self._shown.rows:
            self.screen.banner.show_text("warning", words.nothing_to_save)
            return
        try:
            path = self._acts.keep(words.save_title, words.file_name, as_csv(self._shown))
        except AppError as error:
            self._on_failed(error)
            return
        if path is not None:
            self.screen.banner.show_text("success", words.saved(path.name))

    def _on_failed(self, error: AppError) -> None:
        self.screen.show_failed(self._kit.messages.of(error))


def _by(since: date, until: date) -> str:
    """Weeks for a month, months for more."""
    return "week" if until - since <= timedelta(days=_SPANS["month"]) else "month"


def as_csv(shown: NumbersShown) -> str:
    """What is shown, for a spreadsheet: a first line of heads, with the mark that lets Japanese be read."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(shown.heads)
    writer.writerows(row.cells for row in shown.rows)
    return "\ufeff" + text.getvalue()


def numbers_door(kit: Kit) -> Door:
    """The way to it in the room of supervisors."""
    words = kit.texts.numbers
    return Door(TASK, READ, kit.texts.access.group, words.door, words.door_text)


def numbers_page(kit: Kit, window: Window, acts: NumbersActs) -> Page:
    """What lies behind that door."""
    flow = NumbersFlow(kit, window, acts)
    return Page(numbers_door(kit), flow.screen, flow)
