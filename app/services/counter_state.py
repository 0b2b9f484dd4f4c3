"""今の窓口: what this counter says of itself, from what its parts know; nothing of a resident is in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.errors import AppError
from app.services.card_port import CardReaders
from app.services.ports.memory import Postbox, Standing, WorkStore
from app.services.ports.printing import Printing
from app.services.ports.seat import Press, Session
from app.services.supervise import Supervise
from app.wire.desk_counts import CounterSaid, Fault

_MOST = 16
"""Faults that are told at once. Assumed."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What is done here just now: a step of a visit, waiting, supervisor, locked, closed, other; since when."""

    state: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CounterParts:
    """What is asked: what waits to be sent, the clerk's work, readers, and printers (None where nothing prints)."""

    postbox: Postbox
    work: WorkStore
    readers: CardReaders
    printing: Callable[[], Printing] | None = None


class TellCounter:
    """The use case. It blocks on the printers' queue and on the office: run it on a lane of its own."""

    def __init__(self, window: str, parts: CounterParts, supervise: Supervise) -> None:
        self._window = window
        self._parts = parts
        self._supervise = supervise

    def __call__(self, press: Press, session: Session, doing: Doing) -> None:
        """Tell the desk how this counter stands. Errors: those of the line; the next word comes anyway."""
        self._supervise.tell(press, session, self.said(doing))

    def said(self, doing: Doing) -> CounterSaid:
        """What is told."""
        parts = self._parts
        waiting = parts.postbox.waiting()
        held = sum(not one.handed_in for one in parts.work.drafts()) if parts.work.is_open else 0
        return CounterSaid(
            window=self._window[:16],
            state=doing.state,
            since=doing.since,
            held=held,
            outgoing=len(waiting),
            dead=sum(one.standing is Standing.DEAD for one in waiting),
            faults=tuple(self._faults())[:_MOST],
        )

    def _faults(self) -> Iterator[Fault]:
        seen = self._parts.readers.seen()
        if not seen.service_runs or not seen.readers:
            yield Fault(part="reader", code="card.no_reader")
        alarm = self._parts.postbox.alarm()
        if alarm is not None:
            yield Fault(part="ledger", code=alarm.code)
        if self._parts.printing is not None:
            yield from _printer_faults(self._parts.printing())


def _printer_faults(printing: Printing) -> Iterator[Fault]:
    """Of each printer that gives nothing now, why."""
    try:
        printers = printing.printers()
    except AppError as error:
        yield Fault(part="printer", code=error.code)
        return
    for one in printers:
        if not one.is_ready:
            yield Fault(part="printer", code=next(iter(one.reasons), "paused"))
