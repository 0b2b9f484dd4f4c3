"""稼動状況と停止: how both sides stand, what waits, a calendar of hours and stops; announced and ended."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal

from app.domain.clock import TOKYO
from app.domain.days import is_closed
from app.domain.era import wareki_short
from app.services.ports.seat import Press, Session
from app.ui.flows.boundary_hours import instant
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, Values
from app.ui.flows.network_flow import day_of
from app.ui.flows.network_queue import age
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import FactShown
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.relay_office import AnnounceStop, EndStop, OperatingState, SideState, StopRow

WATCH, OPERATE = "exchange.watch", "exchange.operate"
_DAYS, _DAY_MINUTES = 14, 24 * 60


def state_screen(kit: Kit) -> ExchangeScreen:
    """Both sides and two weeks ahead."""
    words, common = kit.texts.exchange.state, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.day, 200),
            ColumnLook(words.network, 330),
            ColumnLook(words.city, 330),
            ColumnLook(words.why),
        ),
        before=common.loading,
        deeds=(
            Deed("fresh", words.fresh, "next_visit", words.fresh_key, is_primary=True),
            Deed("end", words.end, "return_case", words.end_key, question=words.end_question),
            Deed("refresh", common.refresh, "refresh", common.refresh_key),
        ),
        facts_name=words.facts,
        facts_rows=5,
        list_rows=4,
    )
    return ExchangeScreen(kit, look)


class StateFlow(ExchangeFlow):
    """``stop_asked`` carries a ``FormAsked``."""

    stop_asked = Signal(object)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._state: OperatingState | None = None
        screen.selected.connect(lambda _: self._show_facts())

    def begin(self, session: Session) -> None:
        """Open it."""
        self.enter(session)
        self.screen.show_deeds(("refresh",))
        self.look()

    def end(self) -> None:
        super().end()
        self._state = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"refresh": self.look, "fresh": self._fresh, "end": self._end}

    def look(self) -> None:
        """Read it (again)."""
        self.read(lambda press, it: self._cases.watch.operating(press, it), self._on_read)  # noqa: PLW0108

    def _on_read(self, state: OperatingState) -> None:
        self._state = state
        today = self.today()
        self.screen.show_lines([self._day(today + timedelta(days=n), state) for n in range(_DAYS)], "")
        self._show_facts()

    def _show_facts(self) -> None:
        state, words = self._state, self.words.state
        if state is None:
            return
        rows = [self._side(one) for one in state.sides]
        oldest = age(self._kit, state.oldest) if state.oldest else self.words.common.none
        rows.append(FactShown(words.waiting, words.waits(state.waiting, oldest)))
        given: tuple[str, Kind] = (words.count(state.given_up), "error" if state.given_up else "quiet")
        rows.append(FactShown(words.given_up, *given))
        rows.append(FactShown(words.bulk, words.count(state.bulk)))
        rows += [self._stop(one) for one in self._stops_of(self.screen.marked())]
        self.screen.show_facts(rows)
        deeds = ["refresh"]
        if self.may(OPERATE):
            deeds += ["fresh", "end"] if self._ending() is not None else ["fresh"]
        self.screen.show_deeds(deeds)

    def _side(self, side: SideState) -> FactShown:
        words = self.words.state
        name = self.word("exchange_side", side.side)
        if not side.why:
            return FactShown(name, words.open, "success")
        opens = self.at(side.opens_at) if side.opens_at else words.unknown
        return FactShown(name, words.shut(self.word("exchange_why", side.why), opens), "warning")

    def _stop(self, stop: StopRow) -> FactShown:
        words = self.words.state
        until = self.at(stop.until) if stop.until else words.further
        reason = self.word("stop_reason", stop.reason)
        said = words.stop_of(self.word("exchange_side", stop.side), self.at(stop.since), until, reason, stop.by)
        return FactShown(words.stop, said, "warning")

    def _stops_of(self, day: str) -> list[StopRow]:
        """Those that reach into a day."""
        state, chosen = self._state, day_of(day)
        if state is None or chosen is None:
            return []
        since, until = instant(chosen, 0), instant(chosen, _DAY_MINUTES)
        return [one for one in state.stops if one.since < until and (one.until is None or one.until > since)]

    def _day(self, day: date, state: OperatingState) -> LineShown:
        words = self.words.state
        closed = is_closed(day)
        stops = {
            side: [one for one in state.stops if one.side == side and _reaches(one, day)] for side in _sides(state)
        }

        def side(name: str, *, rests: bool) -> Cell:
            if stops.get(name):
                first = stops[name][0]
                return Cell(words.stopped(self._span(first, day)), "warning")
            return Cell(words.rests, "quiet") if rests else Cell(words.as_usual, "success")

        why = self._kit.texts.office.between.join(
            self.word("stop_reason", one.reason) for rows in stops.values() for one in rows
        )
        title = words.day_of(wareki_short(day), self.word("weekday", str(day.weekday())))
        cells = (title, side("network", rests=closed), side("city", rests=False), why)
        return LineShown(day.isoformat(), cells)

    def _span(self, stop: StopRow, day: date) -> str:
        """The part of a stop that lies in a day."""
        begin, end = instant(day, 0), instant(day, _DAY_MINUTES)
        since = max(stop.since, begin).astimezone(TOKYO)
        last = end if stop.until is None else min(stop.until, end)
        until = "24:00" if last == end else f"{last.astimezone(TOKYO):%H:%M}"
        return f"{since:%H:%M}～{until}"

    def _ending(self) -> StopRow | None:
        """The stop of the marked day that is not over."""
        now = self._kit.clock.now()
        rows = self._stops_of(self.screen.marked())
        return next((one for one in rows if one.until is None or one.until > now), None)

    def _end(self) -> None:
        stop = self._ending()
        if stop is not None:
            until = max(self._kit.clock.now(), stop.since)
            asked = EndStop(stop_id=stop.stop_id, version=stop.version, until=until)
            self.write(lambda press, it: self._cases.watch.end(press, it, asked), self._on_ended)

    def _on_ended(self, _: StopRow) -> None:
        words = self.words.state
        self.look()
        self.screen.banner.show_text("success", words.ended, words.ended_text)

    def _fresh(self) -> None:
        words = self.words.stop_announce
        local = self._kit.clock.now().astimezone(TOKYO)
        values = {
            "side": "network",
            "since_day": self.screen.marked() or self.today().isoformat(),
            "since_time": f"{local.hour}:{local.minute:02}",
        }

        def work(press: Press, it: Session, said: Values, name: str) -> object:
            since, until = _instant(said, "since"), _instant(said, "until")
            asked = AnnounceStop(
                stop_id=name,
                side=said["side"],
                since=since or self._kit.clock.now(),
                until=until,
                reason=said["reason"],
            )
            return self._cases.watch.announce(press, it, asked)

        def faults(said: Values) -> dict[str, str]:
            wrong = {} if _instant(said, "since") else {"since_time": words.time_wrong}
            open_end = not said["until_day"] and not said["until_time"]
            if not open_end and _instant(said, "until") is None:
                wrong["until_time"] = words.time_wrong
            return wrong

        fields = (
            FieldShown("side", words.side, "choice", self.options("exchange_side"), required=True),
            FieldShown("reason", words.reason, "choice", self.options("stop_reason"), required=True),
            FieldShown("since_day", words.since_day, "day", required=True),
            FieldShown("since_time", words.since_time, support=words.time_support, required=True),
            FieldShown("until_day", words.until_day, "day"),
            FieldShown("until_time", words.until_time, support=words.until_support),
        )
        told = (words.done, words.done_text)
        self.stop_asked.emit(FormAsked(words.lead, fields, work, told, values, faults))


def _sides(state: OperatingState) -> tuple[str, ...]:
    return tuple(one.side for one in state.sides)


def _reaches(stop: StopRow, day: date) -> bool:
    return stop.since < instant(day, _DAY_MINUTES) and (stop.until is None or stop.until > instant(day, 0))


def _instant(said: Values, name: str) -> datetime | None:
    """A day and a time such as 9:05; None for what is neither."""
    day, (hours, _, minutes) = day_of(said[f"{name}_day"]), said[f"{name}_time"].partition(":")
    if day is None or not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):  # noqa: PLR2004
        return None
    total = int(hours) * 60 + int(minutes)
    return instant(day, total) if total <= _DAY_MINUTES and int(minutes) < 60 else None  # noqa: PLR2004 -- of an hour
