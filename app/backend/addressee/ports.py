"""What the addressee slice needs: its book, and the gateway to the resident network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.number import MyNumber
from app.durable.outbox import OutboxItem
from app.wire.corrections import CorrectPersons

T = TypeVar("T")

NONE, REQUESTED, PASSED_ON, ACQUIRED = "none", "requested", "passed_on", "acquired"
"""符号取得状況 (S03-2)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of one municipality.

    ``addressee_number``: 統合宛名番号, 15 digits; it leaves to relay and intermediary only. ``successor``: who this one
    was merged into, "" for who stands for somebody.
    """

    municipality: str
    addressee_number: str
    my_number: MyNumber | None
    code_state: str
    process_number: str
    version: int
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A number of a person. ``source``: the system whose number it is, "" for a 宛名番号."""

    business_number: str
    source: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class PastLink:
    """A link that a correction ended. ``addressee_number``: whom it led to."""

    addressee_number: str = field(repr=False)
    linked_at: datetime
    ended_at: datetime
    correction_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessSystem:
    """A business system with an area of its own. ``warned``: days left at which its end was last announced."""

    municipality: str
    system: str
    password_hash: str = field(repr=False)
    password_until: date
    version: int
    former: tuple[str, ...] = field(default=(), repr=False)
    failures: int = 0
    not_before: datetime | None = None
    last_at: datetime | None = None
    is_closed: bool = False
    warned: int = 0


PROPOSED, APPROVED, REJECTED = "proposed", "approved", "rejected"
MERGE, SPLIT = "merge", "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Two persons that are one, or one number that is somebody else's. Fields as in ``ProposeCorrection``."""

    municipality: str
    correction_id: str
    kind: str
    state: str
    business_number: str
    other: str
    my_number: str = field(repr=False)
    right_number: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """Something the intermediary must still be told."""

    item: OutboxItem
    message: CorrectPersons


@dataclass(frozen=True, slots=True)
class LinkageQuery:
    """Records from ``since`` until before ``until``; ``subject`` "": of everybody."""

    municipality: str
    since: datetime
    until: datetime
    subject: str
    limit: int


@dataclass(frozen=True, slots=True)
class Linked:
    """A linkage record: its place in the ledger and what it says."""

    place: int
    act: Act


@dataclass(frozen=True, slots=True)
class PassOn:
    """A 処理通番 on its way to the resident network, for the person with this 宛名番号 and this 個人番号."""

    business_number: str
    process_number: str
    my_number: MyNumber | None = None


class SystemUnit(Protocol):
    """Business systems, what they have open, and searches in vain, inside one transaction."""

    def all(self, municipality: str = "") -> tuple[BusinessSystem, ...]:
        """By ID; of all municipalities where none is named."""
        ...

    def one(self, municipality: str, system: str) -> BusinessSystem | None: ...
    def put(self, one: BusinessSystem) -> None: ...
    def open_session(self, municipality: str, digest: bytes, system: str, until: datetime) -> None: ...
    def session(self, municipality: str, digest: bytes, now: datetime) -> str:
        """The system whose it is; "" for none that is open."""
        ...

    def end_sessions(self, municipality: str, system: str, now: datetime) -> None: ...
    def misses(self, municipality: str, who: str, now: datetime, span: timedelta) -> tuple[datetime, int]:
        """When the present span began, and how many searches found nobody in it; held against others who search."""
        ...

    def put_misses(self, municipality: str, who: str, since: datetime, count: int) -> None: ...


class CorrectionUnit(Protocol):
    """Corrections and what must still be told of them, inside one transaction."""

    def one(self, municipality: str, correction_id: str) -> Correction | None: ...
    def listed(self, municipality: str, states: Sequence[str], limit: int) -> tuple[Correction, ...]: ...
    def put(self, one: Correction) -> None: ...
    def tell(self, item_id: str, message: CorrectPersons, at: datetime) -> None: ...
    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[Told, ...]: ...
    def done(self, item_ids: Sequence[str]) -> None: ...
    def later(self, item: OutboxItem, now: datetime, cause: str) -> None: ...


class LinkageUnit(Protocol):
    """Linkage records, inside one transaction."""

    def find(self, query: LinkageQuery) -> tuple[Linked, ...]: ...


class LinkUnit(Protocol):
    """A person's numbers as they are and were, inside one transaction."""

    def of(self, person: Person) -> tuple[Link, ...]:
        """All numbers of the person, 宛名番号 first."""
        ...

    def move(self, link: Link, of: Person, to: Person | None, past: PastLink) -> None:
        """End a link, keep it as ``past``, and link the number to ``to``; None: to nobody."""
        ...

    def present(self, municipality: str, business_number: str, source: str = "") -> Link | None: ...
    def past(self, municipality: str, business_number: str, source: str = "") -> tuple[PastLink, ...]:
        """How a number was linked before corrections, the first one first."""
        ...


class Rooms(Protocol):
    """What is kept beside persons."""

    @property
    def systems(self) -> SystemUnit: ...
    @property
    def corrections(self) -> CorrectionUnit: ...
    @property
    def linkage(self) -> LinkageUnit: ...
    @property
    def links(self) -> LinkUnit: ...


class AddresseeUnit(Rooms, Protocol):
    """What can be done inside one transaction. Everything is of one municipality."""

    def of_business(self, municipality: str, numbers: Sequence[str], source: str = "") -> dict[str, Person]:
        """Number → person, for those that are known. ``source`` "": 宛名番号 and numbers of the same series."""
        ...

    def of_addressee(self, municipality: str, numbers: Sequence[str]) -> dict[str, Person]: ...
    def of_my_number(self, municipality: str, number: MyNumber) -> Person | None: ...
    def business_number(self, person: Person) -> str:
        """A 宛名番号 of the person; "" for somebody who has none any more."""
        ...

    def next_serial(self, municipality: str) -> int: ...
    def add(self, person: Person, at: datetime) -> None: ...
    def put(self, person: Person, at: datetime) -> None:
        """Write the next version. Errors: Conflict when it is not the next one."""
        ...

    def link(self, person: Person, business_number: str, at: datetime, source: str = "") -> None:
        """``source``: the system whose number it is, "" for a 宛名番号; it takes the place of a link of that source."""
        ...

    def sourced(self, municipality: str, business_number: str) -> str | None:
        """Whose number it is; None where it is not linked."""
        ...

    def unlink(self, municipality: str, business_number: str, source: str) -> bool:
        """Whether there was such a link of that source."""
        ...

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        """Write acts into the slice's ledger, in this transaction; their receipts as text."""
        ...


class AddresseeBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[AddresseeUnit], T]) -> T: ...
    def read(self, work: Callable[[AddresseeUnit], T]) -> T: ...


class LinedUnit(AddresseeUnit, Protocol):
    """A unit that also keeps how far the changes of residents are taken."""

    def up_to(self, municipality: str) -> int:
        """The last sequence that is taken; held against others who write until the transaction ends."""
        ...

    def reached(self, municipality: str, up_to: int) -> None: ...


class LinedBook(AddresseeBook, Protocol):
    """Opens such units too."""

    def write_line(self, work: Callable[[LinedUnit], T]) -> T: ...


class ResidentGateway(Protocol):
    """住基GW: takes 処理通番 to the resident network, which hands the core the 住民票コード (S15-3)."""

    def pass_on(self, municipality: str, items: Sequence[PassOn]) -> None:
        """The same item may come again. Errors: Unreachable."""
        ...
