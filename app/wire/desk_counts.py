"""Messages of what is counted without persons: counters now, minutes and keys of steps, answers to alerts."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta

from app.wire.message import Message

Name = Annotated[str, Meta(pattern=r"^[a-z0-9_.-]*$", max_length=64)]
"""A code: no name, number or text of a person fits."""
Count = Annotated[int, Meta(ge=0, le=100_000)]
MOST = Meta(max_length=64)


class StepMeasure(Message, frozen=True):
    """One step of a visit that has ended: how long it took and how many keys went down; whose visit stands nowhere.

    ``step``: call, identity, search, form, check, hand_in, close, or visit for all of it. ``procedure`` "": none yet.
    """

    step: Name
    procedure: Name
    seconds: Count
    keys: Count


class AlertAnswer(Message, frozen=True):
    """What somebody did when an alert of a kind was shown: overridden, heeded or handed_over (to the responsible)."""

    kind: Name
    answer: Name
    count: Count = 1


class Fault(Message, frozen=True):
    """What a counter can't use. ``part``: reader, printer, clock, office …; ``code``: of the error."""

    part: Name
    code: Name


class CounterSaid(Message, frozen=True):
    """今の窓口: what a counter says of itself, without anything of a resident.

    ``state``: closed, waiting, locked, or a step as in ``StepMeasure``; ``since``: from when. ``held``: visits on
    hold, ``waiting``: tickets that wait where a ticket machine is known, else None; ``outgoing`` and ``dead``: what has
    not arrived, and what never will by itself.
    """

    window: Annotated[str, Meta(max_length=16)]
    state: Name
    since: datetime
    held: Count = 0
    waiting: Count | None = None
    longest_since: datetime | None = None
    outgoing: Count = 0
    dead: Count = 0
    faults: Annotated[tuple[Fault, ...], MOST] = ()


class AskCounters(Message, frozen=True):
    """Ask how the counters of the own department stand. ``again``: a list that is open is only read anew."""

    again: bool = False


class CounterNow(Message, frozen=True):
    """One counter: who works there and what it said last. ``is_silent``: it has not said anything for a while."""

    terminal: str
    name: str
    told_at: datetime
    is_silent: bool
    said: CounterSaid


class CountersNow(Message, frozen=True):
    """All counters, by terminal. ``cases``: applications that wait for a step; ``oldest``: since when the oldest."""

    counters: tuple[CounterNow, ...]
    cases: int
    oldest: datetime | None


class AskNumbers(Message, frozen=True):
    """Ask for the office's numbers of procedures that one may read, both days included. ``by``: week or month."""

    since: date
    until: date
    by: str


class Spread(Message, frozen=True):
    """How something is spread: ``p50`` and ``p90`` are None while there are too few to be told."""

    count: int
    p50: int | None
    p90: int | None


class StepNumbers(Message, frozen=True):
    """A step of a procedure: ``unit`` seconds or keys at the counter, minutes in the office."""

    procedure: str
    step: str
    unit: str
    spread: Spread


class ReturnNumbers(Message, frozen=True):
    """How often a procedure's applications were returned for a reason (its code)."""

    procedure: str
    reason: str
    count: int


class PeriodNumbers(Message, frozen=True):
    """One week or month of a procedure, by its first day. ``minutes``: from reception to decision."""

    first: date
    procedure: str
    received: int
    decided: int
    returned: int
    minutes: Spread


class Numbers(Message, frozen=True):
    """The office's numbers; nobody's own. ``cut``: there were more cases than are counted."""

    steps: tuple[StepNumbers, ...]
    returns: tuple[ReturnNumbers, ...]
    periods: tuple[PeriodNumbers, ...]


class AskAlertCounts(Message, frozen=True):
    """Ask how alerts were answered in the months from ``since`` to ``until`` (their first days)."""

    since: date
    until: date


class AlertNumbers(Message, frozen=True):
    """A kind of alert in a month. ``to_review``: it is overridden so often that it has to be mended or removed."""

    month: date
    kind: str
    shown: int
    overridden: int
    heeded: int
    handed_over: int
    to_review: bool


class AlertsCounted(Message, frozen=True):
    """All kinds, the latest month first."""

    rows: tuple[AlertNumbers, ...]
