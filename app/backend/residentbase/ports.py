"""What residentbase needs kept: residents, changes, use applications, how far each system is, linkage records."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.call import Call
from app.durable.outbox import OutboxItem
from app.wire.message import Message
from app.wire.resident_base import Occasion, ResidentItems

T = TypeVar("T")
A = TypeVar("A", bound=Message)

WAITING, APPROVED, REFUSED, WITHDRAWN, ENDED = "waiting", "approved", "refused", "withdrawn", "ended"
OPEN, SUSPENDED, STOPPED = "open", "suspended", "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """利用申請: what one system may be told, from ``since`` to ``until`` (both included) once another approved it."""

    municipality: str
    application_id: str
    system: str
    purpose: str
    items: tuple[str, ...]
    since: date
    until: date
    with_before: bool
    state: str
    entered_by: str
    entered_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Grant:
    """What all approved uses of one system allow on a day. ``uses``: their ids; ``until``: when the last one ends."""

    items: tuple[str, ...]
    with_before: bool
    uses: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Held:
    """A resident's record as it is known here.

    ``sequence``: the last change that made it, 0 for one that was only read from the register; changes up to ``as_of``
    of the register's line are in it.
    """

    subject: str
    sequence: int
    as_of: int
    items: ResidentItems
    version: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A change as it is kept here: only the items that differ. ``is_foreign``: about somebody who is or was foreign."""

    position: int
    register_sequence: int
    subject: str
    occasion: Occasion
    after: ResidentItems
    before: ResidentItems | None
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class Allotment:
    """Changes meant for one system: ``positions`` get its sequences from ``first`` on, under what was granted then."""

    system: str
    first: int
    positions: tuple[int, ...]
    grant: Grant

    @property
    def last(self) -> int:
        return self.first + len(self.positions) - 1


@dataclass(frozen=True, slots=True)
class Receiver:
    """How far a system is. ``last``: given out; ``recorded``: on record as sent; ``taken``: it has said that it has."""

    municipality: str
    system: str
    last: int
    recorded: int
    taken: int
    state: str
    attempts: int
    next_at: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which linkage records: of a person, of a system ("" for any), from ``since`` until before ``until``.

    ``before``: 0, or a place to go on before.
    """

    subject: str
    system: str
    before: int = 0
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """One linkage record. ``act``: as the ledger has it; ``index``: its place there."""

    index: int
    act: Act = field(repr=False)


class ResidentRows(Protocol):
    """Records as they are known."""

    def held(self, municipality: str, subjects: Collection[str]) -> dict[str, Held]: ...
    def put(self, municipality: str, held: Sequence[Held]) -> None:
        """Enter or replace; ``version`` is the one that was found, 0 for a new one."""
        ...


class ChangeRows(Protocol):
    """Changes in the order in which they came."""

    def known(self, municipality: str, register_sequences: Sequence[int]) -> frozenset[int]: ...
    def positions(self, municipality: str, count: int) -> int:
        """The first of ``count`` positions that nobody else gets; held until the transaction ends."""
        ...

    def add(self, municipality: str, changes: Sequence[Kept], at: datetime) -> None: ...
    def at(self, municipality: str, positions: Sequence[int]) -> dict[int, Kept]:
        """Those whose content is still kept."""
        ...

    def forget(self, municipality: str, below: int | None, before: datetime) -> int:
        """Forget the content of changes older than ``before`` at positions below ``below``; how many."""
        ...


class UseRows(Protocol):
    """Use applications."""

    def put(self, use: Use) -> None: ...
    def one(self, municipality: str, application_id: str) -> Use | None:
        """The application, held against others who write until the transaction ends."""
        ...

    def all(self, municipality: str) -> tuple[Use, ...]:
        """Newest first."""
        ...

    def places(self) -> tuple[str, ...]:
        """Municipalities that have any."""
        ...


class ReceiverRows(Protocol):
    """How far each system is, and what is meant for it."""

    def open(self, municipality: str, system: str, now: datetime) -> None:
        """There is something for it to have from now on; what waited is due."""
        ...

    def all(self, municipality: str) -> tuple[Receiver, ...]: ...
    def hold(self, municipality: str, system: str) -> Receiver | None:
        """One, held against others who write until the transaction ends."""
        ...

    def due(self, system: str, now: datetime, lease: timedelta) -> Receiver | None:
        """One that has changes to be sent, taken for the time of ``lease``."""
        ...

    def put(self, receiver: Receiver, *, lease_until: datetime | None = None) -> None:
        """Replace; its lease ends unless one is named."""
        ...

    def allot(self, municipality: str, allotments: Mapping[str, tuple[Sequence[int], Grant]], now: datetime) -> None:
        """Give each system the next sequences for these positions."""
        ...

    def allotted(self, municipality: str, system: str, first: int, last: int) -> tuple[Allotment, ...]:
        """Those that have sequences between ``first`` and ``last``, in order."""
        ...

    def oldest_untaken(self, municipality: str) -> int | None:
        """The first position that a system has still to take; None: all have everything."""
        ...


class LinkageRows(Protocol):
    """情報連携記録: in the slice's ledger, found by person and by system."""

    def add(self, acts: Sequence[tuple[str, Act]]) -> None:
        """Record acts, each with its system; ``about`` is the person."""
        ...

    def find(self, municipality: str, asked: Asked, limit: int) -> tuple[Linked, ...]:
        """Newest first."""
        ...

    def clear(self, municipality: str) -> int:
        """Forget where records stood that the ledger has lawfully deleted; how many."""
        ...


class HouseholdRows(Protocol):
    """Households whose replica is to be renewed."""

    def changed(self, municipality: str, households: Mapping[str, int], at: datetime) -> None:
        """Household, and position of the last change that it rests on."""
        ...

    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[OutboxItem, ...]: ...
    def done(self, items: Sequence[OutboxItem]) -> None: ...
    def later(self, items: Sequence[OutboxItem], now: datetime, cause: str) -> None: ...


class BaseUnit(Protocol):
    """What can be done inside one transaction."""

    @property
    def residents(self) -> ResidentRows: ...
    @property
    def changes(self) -> ChangeRows: ...
    @property
    def uses(self) -> UseRows: ...
    @property
    def receivers(self) -> ReceiverRows: ...
    @property
    def linkage(self) -> LinkageRows: ...
    @property
    def households(self) -> HouseholdRows: ...
    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A: ...
    def record(self, acts: Sequence[Act]) -> None: ...


class BaseBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[BaseUnit], T]) -> T: ...
    def read(self, work: Callable[[BaseUnit], T]) -> T: ...
