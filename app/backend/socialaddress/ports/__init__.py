"""What the socialaddress slice needs kept: parties with entries, tax years, merges, transfers, and what must go out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from app.backend.socialaddress.ports.records import (
    Entry,
    Merge,
    Need,
    Party,
    PersonYear,
    TaxRow,
    TaxState,
    Term,
    Transfer,
)
from app.domain.act import Act
from app.domain.call import Call
from app.domain.secret import Secret
from app.durable.outbox import OutboxItem
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)


class TaxUnit(Protocol):
    """What answers to the relay need of one transaction."""

    def rows(self, municipality: str, wanted: Sequence[PersonYear]) -> dict[PersonYear, TaxRow]: ...
    def put(self, rows: Sequence[TaxRow], at: datetime) -> None: ...
    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        """Write acts into the slice's ledger, in this transaction; their receipts as text."""
        ...


class TaxBook(Protocol):
    """Opens units of work for tax data."""

    def write(self, work: Callable[[TaxUnit], T]) -> T: ...
    def read(self, work: Callable[[TaxUnit], T]) -> T: ...


class Parties(Protocol):
    """Parties of one municipality each, current and as they were."""

    def many(self, municipality: str, numbers: Sequence[str]) -> dict[str, Party]:
        """社会保障宛名番号 → party, for those that there are."""
        ...

    def find(self, municipality: str, terms: Sequence[Term], limit: int) -> tuple[Party, ...]:
        """Those kept under all of ``terms``, by number, at most ``limit``."""
        ...

    def of_business(self, municipality: str, numbers: Sequence[str]) -> dict[str, Party]:
        """宛名番号 → party."""
        ...

    def put(self, party: Party, terms: Sequence[Term]) -> None:
        """Keep the next version (or the first); what it was stays in the history. Errors: Conflict."""
        ...

    def history(self, municipality: str, number: str) -> tuple[Party, ...]:
        """Every version, newest first."""
        ...

    def next_number(self, municipality: str) -> str:
        """A 社会保障宛名番号 that nobody had."""
        ...

    def number_token(self, municipality: str, my_number: Secret) -> str:
        """What stands for a 個人番号 here, where the number itself is not kept."""
        ...


class Entries(Protocol):
    """Rows that belong to parties; never changed."""

    def one(self, municipality: str, entry_id: str) -> Entry | None: ...
    def of(self, municipality: str, numbers: Sequence[str], purpose: str) -> tuple[Entry, ...]:
        """Those of these parties for one purpose, oldest first."""
        ...

    def add(self, entry: Entry) -> None:
        """Errors: Conflict where the id is taken."""
        ...

    def ends(self, municipality: str, entry_id: str, on: date) -> None:
        """Note when the row ended: from then its time to be kept counts; its content stays as it was."""
        ...

    def clear(self, municipality: str, kind: str, before: date) -> int:
        """Delete what ended before a day; how many."""
        ...


class Taxes(Protocol):
    """Tax years with corrections."""

    def rows(self, municipality: str, wanted: Sequence[PersonYear]) -> dict[PersonYear, TaxRow]: ...
    def of_persons(self, municipality: str, numbers: Sequence[str], years: Sequence[int]) -> tuple[TaxRow, ...]:
        """What holds now, of each of these numbers and years."""
        ...

    def states(self, municipality: str, wanted: PersonYear) -> tuple[TaxState, ...]:
        """Every state there was, newest first."""
        ...

    def put(self, rows: Sequence[TaxRow], at: datetime) -> None: ...
    def clear(self, municipality: str, before: datetime) -> int:
        """Delete what was kept before an instant and has not changed since; how many."""
        ...


class Merges(Protocol):
    """Pairs that are or may be one."""

    def one(self, municipality: str, merge_id: str) -> Merge | None: ...
    def of_pair(self, municipality: str, party: str, into: str) -> tuple[str, Merge | None]:
        """The id of a pair, in this direction, and what is kept of it."""
        ...

    def in_states(self, municipality: str, states: Sequence[str], limit: int) -> tuple[Merge, ...]:
        """Oldest first."""
        ...

    def put(self, merge: Merge, at: datetime) -> None:
        """Errors: Conflict when it is not the next version."""
        ...

    def into(self, municipality: str, number: str) -> tuple[str, ...]:
        """Numbers of those that are merged into a party now."""
        ...


class Transfers(Protocol):
    """Who needs whom, and what went where."""

    def needs(self, municipality: str, numbers: Sequence[str], system: str = "") -> tuple[Need, ...]:
        """Needs that have not ended, for these parties; of one system or all."""
        ...

    def put_need(self, need: Need, at: datetime) -> None: ...
    def add(self, transfer: Transfer) -> Transfer:
        """Keep it under the next sequence of its system."""
        ...

    def after(self, municipality: str, system: str, sequence: int, limit: int) -> tuple[Transfer, ...]: ...
    def last(self, municipality: str, systems: Sequence[str], limit: int) -> tuple[Transfer, ...]:
        """Newest first."""
        ...

    def newest(self, municipality: str, system: str) -> int:
        """The last sequence there was."""
        ...

    def clear(self, municipality: str, before: datetime) -> int:
        """Delete what was made before an instant; how many."""
        ...


class Marks(Protocol):
    """How far something has come, by name."""

    def at(self, municipality: str, name: str) -> int: ...
    def held(self, municipality: str, name: str) -> int:
        """As ``at``; others who ask so wait until this transaction ends."""
        ...

    def move(self, municipality: str, name: str, to: int) -> None: ...


class Outgoing(Protocol):
    """What must still reach somebody: pushes, links, questions."""

    def put(self, errand: "Errand", at: datetime) -> None: ...
    def claim(self, now: datetime, lease: timedelta, limit: int) -> "tuple[Claimed, ...]": ...
    def done(self, *item_ids: str) -> None: ...
    def later(self, item: OutboxItem, now: datetime, cause: str) -> None: ...
    def postpone(self, item: OutboxItem, next_at: datetime, cause: str) -> None: ...
    def dead(self, item: OutboxItem, cause: str) -> None: ...
    def stopped(self, municipality: str) -> "dict[str, str]":
        """What is dead: the kind with its name → cause."""
        ...

    def revive(self, municipality: str, kind: str, now: datetime) -> int:
        """Dead errands of a kind are tried again; how many."""
        ...


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to do for a municipality. ``kind``: what, ``name``: for whom; ``body``: sealed where it lies."""

    municipality: str
    kind: str
    name: str
    item_id: str
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An errand that is this process's for a while."""

    item: OutboxItem
    errand: Errand


class SocialUnit(Protocol):
    """What can be done inside one transaction."""

    @property
    def parties(self) -> Parties: ...
    @property
    def entries(self) -> Entries: ...
    @property
    def taxes(self) -> Taxes: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def transfers(self) -> Transfers: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def outgoing(self) -> Outgoing: ...
    def record(self, acts: Sequence[Act]) -> tuple[str, ...]: ...
    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        """``work()`` the first time the call's key comes, its kept answer afterwards. Errors: Conflict."""
        ...


class SocialBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[SocialUnit], T]) -> T: ...
    def read(self, work: Callable[[SocialUnit], T]) -> T: ...
    def municipalities(self) -> tuple[str, ...]:
        """Those of which anything is kept."""
        ...
