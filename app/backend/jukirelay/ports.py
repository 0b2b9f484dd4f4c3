"""What the boundary needs kept: how far the register's lines are, the replica, what goes out, what waits for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.call import Call
from app.durable.outbox import OutboxItem
from app.wire.jukirelay import Arrival, HeldMark
from app.wire.message import Message
from app.wire.resident_base import ResidentItems

T = TypeVar("T")
A = TypeVar("A", bound=Message)

WAITING, TAKEN, DONE, STOPPED, CLOSED = "waiting", "taken", "done", "stopped", "closed"
IDENTITY, DELIVERY, CARD, MOVING_OUT, MOVED_IN = "identity", "delivery", "card", "moving_out", "moved_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How far the register's two lines have come here. ``ends_…``: where the register said that they end.

    ``loaded``: the last 宛名番号 of the first load; ``heard_at``: when the register was heard of last.
    """

    municipality: str
    changes: int = 0
    restraints: int = 0
    ends_changes: int = 0
    ends_restraints: int = 0
    loaded: str = ""
    is_loaded: bool = False
    heard_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One resident as kept for wide-area issue: allowed items only, as of a place in the register's line."""

    municipality: str
    subject: str
    position: int
    items: ResidentItems = field(repr=False)
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One thing for the resident network. ``content``: the message as bytes, b"" once the network has it.

    ``subject``: 宛名番号; ``code``: 住民票コード under which the network counts a person's changes, "" for others;
    ``looks``: how often it was asked how far it has got; ``note``: of a card, the state it is in then.
    """

    municipality: str
    item_id: str
    kind: str
    subject: str
    entry_id: str
    made_at: datetime
    content: bytes = field(repr=False)
    code: str = field(default="", repr=False)
    state: str = WAITING
    cause: str = ""
    receipt: str = ""
    changed_at: datetime | None = None
    looks: int = 0
    day: date | None = None
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Claimed:
    """One that is due; ``outgoing`` None: it can't be read, ``cause`` says why."""

    item: OutboxItem
    municipality: str
    item_id: str
    outgoing: Outgoing | None
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSpan:
    """A stop or an extra run that somebody asked for. ``state``: proposed, approved or refused."""

    municipality: str
    span_id: str
    kind: str
    since: datetime
    until: datetime | None
    reason: str
    asked_by: str
    state: str = "proposed"
    decided_by: str = ""
    end_asked: datetime | None = None
    end_asked_by: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectedSystem:
    """A system that opens lines to here. ``former``: hashes of passwords it had before."""

    municipality: str
    system: str
    password_hash: str = field(repr=False)
    former: tuple[str, ...] = field(repr=False)
    password_until: date
    failures: int = 0
    not_before: datetime | None = None
    is_closed: bool = False
    last_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Coming:
    """Who announced to move in, until it is filed: of which announcement, and from where (a code)."""

    data_id: str
    moved_from: str
    erase_on: date


@dataclass(frozen=True, slots=True)
class Linked:
    """One linkage record, found again in the ledger."""

    place: int
    act: Act


@dataclass(frozen=True, slots=True)
class LinkageQuery:
    """Instants from ``since`` on and before ``until``; ``subject`` and ``kind`` "": any."""

    municipality: str
    since: datetime
    until: datetime
    subject: str
    kind: str
    limit: int


class LineRows(Protocol):
    """How far the lines are."""

    def held(self, municipality: str) -> Line:
        """The line, held against others who write until the transaction ends."""
        ...

    def seen(self, municipality: str) -> Line: ...
    def put(self, line: Line) -> None: ...


class ReplicaRows(Protocol):
    """Residents for wide-area issue, and what is restrained."""

    def put(self, kept: Kept) -> bool:
        """Keep, unless something newer is kept; whether it was."""
        ...

    def drop(self, municipality: str, subject: str, position: int) -> None: ...
    def of_subject(self, municipality: str, subject: str) -> Kept | None: ...
    def of_code(self, municipality: str, code: str) -> Kept | None: ...
    def household(self, municipality: str, number: str) -> tuple[Kept, ...]: ...
    def hold(self, municipality: str, subject: str, position: int, marks: tuple[HeldMark, ...]) -> bool:
        """Keep restraints, unless newer ones are kept; whether they were."""
        ...

    def marks(self, municipality: str, subjects: Sequence[str]) -> dict[str, tuple[HeldMark, ...]]: ...


class ComingRows(Protocol):
    """Who announced to move in."""

    def expect(self, municipality: str, code: str, coming: Coming) -> None:
        """Keep that the person with this 住民票コード announced to move in."""
        ...

    def expected(self, municipality: str, code: str) -> Coming | None: ...
    def met(self, municipality: str, code: str) -> None:
        """They have moved in."""
        ...

    def forget(self, municipality: str, data_id: str) -> int:
        """Forget an announcement; how many people were still expected by it."""
        ...

    def erase_until(self, municipality: str, day: date) -> int:
        """Forget who was expected and may be kept until before ``day``; how many."""
        ...


class OutgoingRows(Protocol):
    """What goes to the network."""

    def add(self, one: Outgoing) -> bool:
        """Keep and lay it into the outbox; False where its id is known."""
        ...

    def one(self, municipality: str, item_id: str) -> Outgoing | None: ...
    def put(self, one: Outgoing, look_at: datetime | None = None) -> None:
        """The next version. ``look_at``: when to ask how far it has got."""
        ...

    def of(self, municipality: str, subject: str, entry_id: str, limit: int) -> tuple[Outgoing, ...]:
        """Newest first."""
        ...

    def due_looks(self, municipality: str, now: datetime, limit: int) -> tuple[Outgoing, ...]: ...
    def halted(self, municipality: str) -> tuple[Outgoing, ...]: ...
    def waiting(self, municipality: str) -> int:
        """How many wait."""
        ...

    def oldest(self, municipality: str) -> datetime | None:
        """Since when the one waits that waits longest."""
        ...

    def forget(self, before: datetime) -> int:
        """Delete what is at its end and was changed before then; how many."""
        ...

    def next_number(self, municipality: str, code: str) -> int:
        """The number of the next change of a person, counted by the network from 1."""
        ...

    def numbered(self, municipality: str, code: str, last: int) -> None: ...


class QueueRows(Protocol):
    """The outbox of what goes to the network."""

    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[Claimed, ...]: ...
    def done(self, items: Sequence[OutboxItem]) -> None: ...
    def later(self, item: OutboxItem, now: datetime, cause: str) -> None: ...
    def postpone(self, item: OutboxItem, next_at: datetime, cause: str) -> None: ...
    def dead(self, item_id: tuple[str, str], cause: str) -> None: ...
    def revive(self, item_id: tuple[str, str], now: datetime) -> bool: ...
    def close(self, item_id: tuple[str, str]) -> bool: ...
    def hurry(self, now: datetime, after: datetime | None = None) -> None: ...
    def ahead(self, item_id: tuple[str, str]) -> int:
        """How many wait that were laid down before."""
        ...

    def delay(self, item_id: tuple[str, str]) -> tuple[datetime, str] | None:
        """When a waiting one is tried next, and what delayed it."""
        ...


class PaceRows(Protocol):
    """How many things went to the network in which minute (since 1970)."""

    def sent_in(self, minute: int) -> int: ...
    def count(self, minute: int, sent: int) -> None: ...


class ArrivalRows(Protocol):
    """What waits for the register."""

    def add(self, municipality: str, arrival: Arrival, at: datetime, erase_on: date | None) -> bool: ...
    def oldest(self, municipality: str, limit: int) -> tuple[Arrival, ...]: ...
    def count(self, municipality: str) -> int: ...
    def done(self, municipality: str, arrival_ids: Sequence[str]) -> int: ...
    def overdue(self, municipality: str, day: date) -> tuple[str, ...]:
        """Those whose time is over on ``day``."""
        ...


class OfficeRows(Protocol):
    """Calendar and connected systems."""

    def spans(self, municipality: str) -> tuple[KeptSpan, ...]: ...
    def span(self, municipality: str, span_id: str) -> KeptSpan | None:
        """Held against others who write."""
        ...

    def put_span(self, span: KeptSpan) -> None: ...
    def systems(self, municipality: str) -> tuple[ConnectedSystem, ...]: ...
    def system(self, municipality: str, system: str) -> ConnectedSystem | None:
        """Held against others who write."""
        ...

    def put_system(self, system: ConnectedSystem) -> None: ...
    def open_session(self, municipality: str, digest: bytes, system: str, until: datetime) -> None: ...
    def session(self, municipality: str, digest: bytes, now: datetime) -> str:
        """The system that shows this token; "" for nobody."""
        ...

    def end_sessions(self, municipality: str, system: str) -> None: ...


class NetworkUnit(Protocol):
    """What can be done inside one transaction."""

    @property
    def lines(self) -> LineRows: ...
    @property
    def replica(self) -> ReplicaRows: ...
    @property
    def coming(self) -> ComingRows: ...
    @property
    def outgoing(self) -> OutgoingRows: ...
    @property
    def queue(self) -> QueueRows: ...
    @property
    def pace(self) -> PaceRows: ...
    @property
    def arrivals(self) -> ArrivalRows: ...
    @property
    def office(self) -> OfficeRows: ...
    def record(self, act: Act, subject: str = "") -> str:
        """A leaf, to be found again as a linkage record (of ``subject``); its receipt as text."""
        ...

    def linked(self, query: LinkageQuery) -> tuple[Linked, ...]: ...
    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        """``work()`` the first time the call's key comes, its kept answer every later time."""
        ...


class NetworkBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[NetworkUnit], T]) -> T: ...
    def read(self, work: Callable[[NetworkUnit], T]) -> T: ...
