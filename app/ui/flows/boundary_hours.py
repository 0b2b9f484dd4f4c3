"""Hours of both sides today and next, what waits and since when; stops that are ended and decided; the reload."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal

from app.domain.clock import TOKYO
from app.domain.days import is_closed
from app.domain.exchange_rules import Hours
from app.services.ports.seat import Press, Session
from app.services.tend_boundary import CALENDAR, RELOAD
from app.ui.flows.network_flow import NetworkActs, NetworkFlow, moment
from app.ui.flows.network_queue import age
from app.ui.kit import Kit
from app.ui.screens.boundary_hours import BoundaryHoursScreen, SideShown, SpanShown
from app.ui.widgets.chip import Kind
from app.wire.jukirelay_staff import CalendarView, DecideSpan, Forwarding, SpanRow

_STATES: dict[str, Kind] = {"proposed": "information", "approved": "success", "refused": "quiet"}


class HoursFlow(NetworkFlow[BoundaryHoursScreen]):
    """``fresh_asked``: enter a stop or an extra run; ``end_asked`` carries the ``SpanRow`` that is to end."""

    fresh_asked = Signal()
    end_asked = Signal(object)

    def __init__(self, kit: Kit, screen: BoundaryHoursScreen, acts: NetworkActs) -> None:
        super().__init__(kit, screen, acts)
        self._spans: tuple[SpanRow, ...] = ()
        screen.selected.connect(lambda _: self._offer())

    def begin(self, session: Session) -> None:
        """Open it."""
        self.enter(session)
        self.look()

    def end(self) -> None:
        super().end()
        self._spans = ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {
            "refresh": self.look,
            "fresh": self.fresh_asked.emit,
            "end": self._end,
            "approve": lambda: self._decide("approved"),
            "refuse": lambda: self._decide("refused"),
            "reload": self._reload,
        }

    def look(self) -> None:
        """Read it (again)."""
        boundary = self._acts.boundary

        def both(press: Press, it: Session) -> tuple[CalendarView, Forwarding]:
            return boundary.calendar(press, it), boundary.waiting(press, it)

        self.read(both, self._on_read)

    def _on_read(self, found: tuple[CalendarView, Forwarding]) -> None:
        view, state = found
        words, texts = self._kit.texts.boundary_hours, self._kit.texts.network
        self._show_sides(view)
        heard = moment(state.heard_at, words.never_heard)
        whole: tuple[str, Kind] = (words.whole, "success") if view.is_loaded else (words.loading, "warning")
        self.screen.show_waiting((texts.count(state.waiting), age(self._kit, state.oldest_at), heard), whole)
        self._spans = view.spans
        self.screen.show_spans([self._span(one) for one in view.spans])
        self._offer()

    def _show_sides(self, view: CalendarView) -> None:
        words, side = self._kit.texts.boundary_hours, view.register
        open_until = self._closes(view)
        network = SideShown(
            state=self._state(is_open=view.open_now),
            today=self._today(view.opens, view.closes, closed_days=view.closed_days),
            next=words.until_close(open_until) if view.open_now else moment(view.opens_at, words.unknown),
        )
        if side is None:
            self.screen.show_sides(network, SideShown((words.unknown, "quiet"), "", ""), "")
            return
        hours = Hours(_minutes(side.opens), _minutes(side.closes), side.closed_days)
        opens = moment(hours.next_opening(self._kit.clock.now()), words.unknown)
        register = SideShown(
            state=self._state(is_open=side.open_now),
            today=self._today(side.opens, side.closes, closed_days=side.closed_days),
            next=words.until_close(side.closes) if side.open_now else opens,
        )
        self.screen.show_sides(network, register, words.wide_open if side.open_now else words.wide_closed)

    def _state(self, *, is_open: bool) -> tuple[str, Kind]:
        words = self._kit.texts.boundary_hours
        return (words.open, "success") if is_open else (words.closed, "warning")

    def _today(self, opens: str, closes: str, *, closed_days: bool) -> str:
        words, today = self._kit.texts.boundary_hours, self.today()
        if closed_days and is_closed(today):
            return words.rests
        said = words.from_to(opens, closes)
        return words.with_next(said, _day(self._next_day(today, closed_days=closed_days)))

    @staticmethod
    def _next_day(today: date, *, closed_days: bool) -> date:
        day = today + timedelta(days=1)
        while closed_days and is_closed(day):
            day += timedelta(days=1)
        return day

    def _closes(self, view: CalendarView) -> str:
        """Until when it is open: a stop that counts may come before the end of the day."""
        now = self._kit.clock.now()
        stops = [one.since for one in view.spans if one.kind == "stop" and one.state == "approved" and one.since > now]
        hour, minute = divmod(_minutes(view.closes), 60)
        local = now.astimezone(TOKYO)
        end = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hour, minutes=minute)
        return moment(min([end, *stops]), "")

    def _span(self, one: SpanRow) -> SpanShown:
        words = self._kit.texts.boundary_hours
        until = moment(one.until, words.further)
        if one.end_asked is not None:
            until = words.end_wished(moment(one.end_asked, ""))
        waits = one.state == "proposed" or one.end_asked is not None
        return SpanShown(
            span_id=one.span_id,
            kind=self.word("span_kind", one.kind),
            since=moment(one.since, ""),
            until=until,
            reason=one.reason,
            by=words.by_both(one.asked_by, one.decided_by) if one.decided_by else one.asked_by,
            state=words.end_waits if one.end_asked is not None else self.word("span_state", one.state),
            state_kind="information" if waits else _STATES.get(one.state, "quiet"),
        )

    def _marked(self) -> SpanRow | None:
        marked = self.screen.marked()
        return next((one for one in self._spans if marked is not None and one.span_id == marked.span_id), None)

    def _offer(self) -> None:
        deeds, row = ["refresh"], self._marked()
        session = self._session
        if self.may(RELOAD):
            deeds.append("reload")
        if self.may(CALENDAR) and session is not None:
            deeds.append("fresh")
            if row is not None and row.state == "approved" and row.end_asked is None:
                deeds.append("end")
            waits = row is not None and (row.state == "proposed" or row.end_asked is not None)
            if row is not None and waits and row.asked_by != session.actor.staff_id:
                deeds += ["approve", "refuse"]
        self.screen.show_deeds(deeds)

    def _end(self) -> None:
        if (row := self._marked()) is not None:
            self.end_asked.emit(row)

    def _decide(self, outcome: str) -> None:
        if (row := self._marked()) is not None:
            asked = DecideSpan(span_id=row.span_id, version=row.version, outcome=outcome)
            self.write(lambda press, it: self._acts.boundary.decide_span(press, it, asked), self._on_decided)

    def _on_decided(self, row: SpanRow) -> None:
        words = self._kit.texts.boundary_hours
        state = self.word("span_state", row.state)
        self.look()
        self.screen.banner.show_text("success", words.decided(state), words.decided_text)

    def _reload(self) -> None:
        self.write(lambda press, it: self._acts.boundary.reload(press, it), self._on_reloading)  # noqa: PLW0108

    def _on_reloading(self, _: None) -> None:
        words = self._kit.texts.boundary_hours
        self.look()
        self.screen.banner.show_text("success", words.reloading, words.reloading_text)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _day(day: date) -> str:
    return f"{day.month}/{day.day}"


def instant(day: date, minutes: int) -> datetime:
    """A time of a day in the office."""
    return datetime(day.year, day.month, day.day, tzinfo=TOKYO) + timedelta(minutes=minutes)
