"""今の窓口 in the room of supervisors: read anew quietly as long as it stands open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.domain.clock import TOKYO
from app.errors import AppError
from app.services.ports.seat import Press, Session
from app.services.stopped_enquiries import TEND, TendStopped
from app.services.supervise import WATCH, Supervise
from app.ui.background import Lane
from app.ui.flows.admin_acts import Door, Page
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.counter_now import CounterNowScreen, CounterRow
from app.ui.widgets.chip import Kind
from app.ui.window import Window
from app.wire.desk_counts import CounterNow, CountersNow, Fault
from app.wire.relay_stopped import StoppedEnquiries

TASK = "counter_now"
AGAIN_MS = 20_000
"""How often it is read anew. Assumed."""
_KINDS: dict[str, Kind] = {"closed": "quiet", "waiting": "success", "locked": "quiet", "supervisor": "error"}


@dataclass(frozen=True, slots=True)
class CounterNowActs:
    """The use cases; ``lane``: they ask the office."""

    press: Callable[[], Press]
    lane: Lane
    supervise: Supervise
    stopped: TendStopped


class CounterNowReader:
    """Makes words of messages."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def rows(self, found: CountersNow) -> tuple[CounterRow, ...]:
        """One for each counter."""
        return tuple(map(self._row, found.counters))

    def lead(self, found: CountersNow, stuck: int | None) -> str:
        """What waits in all: tickets where a machine is known, applications, enquiries that are stuck."""
        words = self._kit.texts.counter_now
        open_now = [one for one in found.counters if one.said.state != "closed" and not one.is_silent]
        said = [words.open(len(open_now))]
        tickets = [one.said.waiting for one in found.counters if one.said.waiting is not None]
        if tickets:
            longest = min((one.said.longest_since for one in found.counters if one.said.longest_since), default=None)
            said.append(words.tickets(max(tickets), self._for(longest)))
        said.append(words.cases(found.cases, self._for(found.oldest)) if found.cases else words.no_cases)
        if stuck is not None:
            said.append(words.stuck(stuck))
        return "　".join(said)

    def read_at(self) -> str:
        """When it was read."""
        return self._kit.texts.counter_now.read_at(f"{self._kit.clock.now().astimezone(TOKYO):%H:%M:%S}")

    def _row(self, one: CounterNow) -> CounterRow:
        words, word, said = self._kit.texts.counter_now, self._kit.messages.word, one.said
        state = words.silent if one.is_silent else word("counter_state", said.state)
        kind: Kind = "warning" if one.is_silent else _KINDS.get(said.state, "information")
        sent = words.dead(said.outgoing, said.dead) if said.dead else words.count(said.outgoing)
        faults = [words.fault(word("counter_part", each.part), self._why(each)) for each in said.faults]
        return CounterRow(
            terminal=one.terminal,
            window=words.number(said.window) if said.window else "―",
            name=one.name or "―",
            state=state,
            kind=kind,
            since="" if said.state == "closed" else self._for(one.told_at if one.is_silent else said.since),
            held=words.count(said.held),
            outgoing=sent,
            outgoing_bad=bool(said.dead),
            faults="、".join(faults),
        )

    def _why(self, fault: Fault) -> str:
        """A printer's own word, or the title of an error."""
        known = self._kit.messages.of_code(fault.code)
        said = known.title if known else self._kit.messages.word("printer_reason", fault.code)
        return said.partition("。")[0]

    def _for(self, since: datetime | None) -> str:
        """For how long."""
        words = self._kit.texts.counter_now
        minutes = 0 if since is None else max(0, int((self._kit.clock.now() - since).total_seconds() // 60))
        return words.minutes(minutes) if minutes < 120 else words.hours(minutes // 60)  # noqa: PLR2004


class CounterNowFlow(QObject):
    """Works between ``begin`` and ``end``; in between it asks again by itself."""

    def __init__(self, kit: Kit, window: Window, acts: CounterNowActs) -> None:
        super().__init__(window)
        self._kit, self._acts, self._reader = kit, acts, CounterNowReader(kit)
        self._errands = Errands(self)
        self._session: Session | None = None
        self._stuck: int | None = None
        self._is_asking = False
        self.screen = CounterNowScreen(kit)
        self.screen.refresh_asked.connect(partial(self._look, again=False))
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(partial(self._look, again=True))

    def begin(self, session: Session) -> None:
        """The page is open."""
        self._session, self._stuck, self._is_asking = session, None, False
        self.screen.wipe()
        self._look(again=False)
        self._timer.start()

    def end(self) -> None:
        """Nothing stays, and nothing is asked any more."""
        self._timer.stop()
        self._errands.drop()
        self._session, self._is_asking = None, False
        self.screen.wipe()

    def _look(self, *, again: bool) -> None:
        session = self._session
        if session is None or self._is_asking:
            return
        self._is_asking = True
        if not again and any(right.act == TEND for right in session.actor.rights):
            stopped = partial(self._acts.stopped.shown, self._acts.press(), session)
            self._errands.run(self._acts.lane, stopped, self._on_stopped, lambda _: None)
        work = partial(self._acts.supervise.counters, self._acts.press(), session, again=again)
        self._errands.run(self._acts.lane, work, self._on_counters, self._on_failed)

    def _on_stopped(self, found: StoppedEnquiries) -> None:
        self._stuck = len(found.rows)

    def _on_counters(self, found: CountersNow) -> None:
        self._is_asking = False
        self.screen.banner.clear()
        lead = self._reader.lead(found, self._stuck)
        self.screen.show_counters(lead, self._reader.rows(found), self._reader.read_at())

    def _on_failed(self, error: AppError) -> None:
        self._is_asking = False
        self.screen.show_failed(self._kit.messages.of(error))


def counter_now_door(kit: Kit) -> Door:
    """The way to it in the room of supervisors."""
    words = kit.texts.counter_now
    return Door(TASK, WATCH, kit.texts.access.group, words.door, words.door_text)


def counter_now_page(kit: Kit, window: Window, acts: CounterNowActs) -> Page:
    """What lies behind that door."""
    flow = CounterNowFlow(kit, window, acts)
    return Page(counter_now_door(kit), flow.screen, flow)
