"""What changes of the register need kept: entries, history, numbers to come, measures; as ports to the store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar

from app.backend.register.ports import RegisterUnit
from app.backend.register.service.copies import CopyRows, FeeRows, SealRows
from app.backend.register.service.network_rows import NetworkRows
from app.domain.call import Call
from app.wire.message import Message
from app.wire.resident_base import RegisterChange

T = TypeVar("T")
A = TypeVar("A", bound=Message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """仮登録: a filing that waits for another person, or what became of it.

    ``content``: the filing as bytes; ``state``: waiting, approved, refused or withdrawn; ``office``: whose it is.
    """

    municipality: str
    entry_id: str
    kind: str
    state: str
    office: str
    entered_by: str
    entered_at: datetime
    content: bytes = field(repr=False)
    confirmed: tuple[str, ...] = ()
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Concerned:
    """A person whom an entry is about; ``base``: the version of the record when it was entered."""

    business_number: str
    base: int


@dataclass(frozen=True, slots=True)
class ItemDelta:
    """One item of a record before and after a change, as texts."""

    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """履歴: one change of a person's record: since when, why, who entered and who approved it, what differs."""

    entry_id: str
    kind: str
    reason: str
    event_day: date | None
    event_written: str
    filed_day: date
    entered_by: str
    entered_at: datetime
    decided_by: str
    decided_at: datetime
    deltas: tuple[ItemDelta, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody's place in a household."""

    business_number: str
    relation: str


@dataclass(frozen=True, slots=True)
class HouseholdPast:
    """One change of a household's members."""

    entry_id: str
    kind: str
    event_day: date | None
    before: tuple[Membership, ...]
    after: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """除票: a record as it stood when it left the register, or the register of a ward."""

    day: date
    why: str
    ward: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """転出証明書情報 of a special move-in, until it is filed or its time is over. ``content``: the message as bytes."""

    municipality: str
    announcement_id: str
    received_on: date
    planned_on: date
    erase_on: date
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """措置: what restrains acts on persons, and why.

    ``state``: provisional (from the request on), active, ended, or refused. ``change``: end, extend or "" what has been
    asked for and waits for another person; ``acts``: pairs of act and level; ``members``: whom it covers, ``lead``
    among them is who asked; ``offender``: against whom.
    """

    municipality: str
    measure_id: str
    kind: str
    state: str
    scope: str
    acts: tuple[tuple[str, str], ...]
    members: tuple[str, ...]
    since: date
    until: date | None
    reason: str
    asked_by: str
    asked_at: datetime
    lead: str = ""
    offender: str = ""
    opinion: str = ""
    change: str = ""
    change_until: date | None = None
    decided_by: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """一時解除: one act on one person is let through until an instant, by others than who granted it.

    ``granted_by`` "": asked for at ``granted_at``, and waits until ``until`` for another person than ``asked_by``.
    ``minutes``: how long it will last, from the second person's word on.
    """

    municipality: str
    release_id: str
    business_number: str
    act: str
    granted_by: str
    granted_at: datetime
    until: datetime
    reason: str
    visit_id: str = ""
    asked_by: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class SystemBlock:
    """Whether a measure is set in one system. ``state``: asked, set, or to_lift."""

    system: str
    state: str
    by: str
    at: datetime


class EntryRows(Protocol):
    """Provisional entries."""

    def put(self, entry: Entry, concerned: Sequence[Concerned]) -> None:
        """Enter or replace, with whom it is about."""
        ...

    def one(self, municipality: str, entry_id: str) -> Entry | None:
        """The entry, held against others who write until the transaction ends."""
        ...

    def listed(self, municipality: str, *, waiting: bool, limit: int) -> tuple[Entry, ...]:
        """Those that wait, oldest first, or those that do no more, newest first."""
        ...

    def about(self, municipality: str, business_number: str) -> tuple[Entry, ...]:
        """Those that wait and are about this person."""
        ...

    def concerned(self, municipality: str, entry_id: str) -> tuple[Concerned, ...]: ...
    def rebase(self, municipality: str, business_number: str, before: int, after: int) -> None:
        """The record went from version ``before`` to ``after`` without a change that matters to what waits."""
        ...

    def hold(self, municipality: str, business_numbers: Sequence[str]) -> None:
        """Hold these persons against others who write until the transaction ends."""
        ...


class PastRows(Protocol):
    """What was: only ever added to."""

    def add(self, municipality: str, business_number: str, past: Past) -> None: ...
    def of_person(self, municipality: str, business_number: str) -> tuple[Past, ...]:
        """Oldest first."""
        ...

    def add_household(self, municipality: str, household_number: str, past: HouseholdPast) -> None: ...
    def of_household(self, municipality: str, household_number: str) -> tuple[HouseholdPast, ...]:
        """Oldest first."""
        ...

    def add_removed(self, municipality: str, business_number: str, removed: Removed) -> None: ...
    def removed(self, municipality: str, business_number: str) -> tuple[Removed, ...]:
        """Oldest first."""
        ...

    def tell(self, municipality: str, entry_id: str, business_numbers: Sequence[str]) -> int:
        """Add to the line of changes that other systems are told in order; the place of the first."""
        ...

    def told(self, municipality: str, after: int, limit: int) -> tuple[tuple[int, str, str], ...]:
        """Place in the line, entry and person, of what comes after ``after``."""
        ...


class PlanRows(Protocol):
    """Numbers to come, days to come, and announcements."""

    def next_person(self, municipality: str) -> str:
        """A 宛名番号 that nobody has had."""
        ...

    def next_household(self, municipality: str) -> str: ...
    def plan(self, municipality: str, day: date, business_number: str, entry_id: str) -> None:
        """Keep that the person is to be removed on ``day``; replaces an earlier plan."""
        ...

    def drop(self, municipality: str, business_number: str) -> None: ...
    def due(self, municipality: str, days: Sequence[date]) -> tuple[tuple[str, str], ...]:
        """Person and entry of the plans for one of ``days``."""
        ...

    def announce(self, announcement: Announcement) -> None: ...
    def announcement(self, municipality: str, announcement_id: str) -> Announcement | None: ...
    def announcements(self, municipality: str) -> tuple[Announcement, ...]:
        """First to be erased first."""
        ...

    def erase(self, municipality: str, announcement_id: str) -> None: ...
    def places(self) -> tuple[str, ...]:
        """Municipalities that have plans or announcements."""
        ...


class MeasureRows(Protocol):
    """Measures, releases, and in which systems measures are set."""

    def put(self, measure: Measure) -> None: ...
    def one(self, municipality: str, measure_id: str) -> Measure | None: ...
    def of_person(self, municipality: str, business_number: str) -> tuple[Measure, ...]:
        """Those that restrain this person now."""
        ...

    def listed(self, municipality: str) -> tuple[Measure, ...]:
        """All that restrain somebody now."""
        ...

    def release(self, release: Release) -> None: ...
    def one_release(self, municipality: str, release_id: str) -> Release | None:
        """Held against others who write until the transaction ends; one that was ended is over at ``until``."""
        ...

    def grant_release(self, release: Release) -> None:
        """The second person has agreed."""
        ...

    def releases(self, municipality: str, business_number: str, at: datetime) -> tuple[Release, ...]:
        """Those that wait or are in force at ``at``, of one person or of all (""), the one that ends first in front."""
        ...

    def end_release(self, municipality: str, release_id: str, at: datetime) -> bool:
        """Whether one in force was ended."""
        ...

    def block(self, municipality: str, measure_id: str, block: SystemBlock) -> None: ...
    def blocks(self, municipality: str, measure_id: str) -> tuple[SystemBlock, ...]: ...


class LineRows(Protocol):
    """What residentbase is still to be told, kept until it has it; each change in the transaction that made it."""

    def lay(self, municipality: str, changes: Sequence[RegisterChange], at: datetime) -> None: ...


class ChangeUnit(RegisterUnit, Protocol):
    """A unit that changes records too."""

    @property
    def entries(self) -> EntryRows: ...
    @property
    def past(self) -> PastRows: ...
    @property
    def plans(self) -> PlanRows: ...
    @property
    def measures(self) -> MeasureRows: ...
    @property
    def copies(self) -> CopyRows: ...
    @property
    def seals(self) -> SealRows: ...
    @property
    def fees(self) -> FeeRows: ...
    @property
    def line(self) -> LineRows: ...
    @property
    def network(self) -> NetworkRows: ...
    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        """``work()`` the first time the call's key comes, its kept answer every later time."""
        ...


class ChangeBook(Protocol):
    """Opens such units."""

    def write(self, work: Callable[[ChangeUnit], T]) -> T: ...
    def read(self, work: Callable[[ChangeUnit], T]) -> T: ...
