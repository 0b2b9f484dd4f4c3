"""What the review needs: the slices' acts to read, staff names, and a place for what it gathered and what was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.access import Access
from app.domain.act import Act
from app.domain.call import Call
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)


@dataclass(frozen=True, slots=True)
class Placed:
    """An act and its place in its log; None for a record that was lawfully deleted."""

    position: int
    act: Act | None


class ActSource(Protocol):
    """The acts of one slice, here or at another address. ``log``: the slice's name."""

    @property
    def log(self) -> str: ...
    def municipalities(self) -> tuple[str, ...]: ...
    def acts(self, municipality: str, first: int, most: int) -> Sequence[Placed]:
        """At most ``most`` places from ``first`` on, in order."""
        ...

    def receipt(self, municipality: str, position: int) -> str:
        """The receipt of the record at a place. Errors: LedgerError."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """What an act tells of a matter. ``people``: 宛名番号 that it names; ``application``: "" where it is the visit."""

    at: datetime
    kind: str
    visit: str
    staff_id: str
    terminal: str
    application: str = ""
    procedure: str = ""
    state: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What was gathered from one log in one go, sealed as one piece; places ``first`` to ``end`` (not included)."""

    log: str
    first: int
    end: int
    last_at: datetime
    accesses: tuple[Access, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person found of a finding. ``refs``: the accesses it was about; ``note``: in that person's words.

    ``version`` counts the outcomes of one finding: one that is to be asked about is settled again.
    """

    municipality: str
    finding_id: str
    version: int
    staff_id: str
    outcome: str
    note: str
    refs: tuple[str, ...]
    reviewer: str
    reviewer_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Extract:
    """開示用の写し: whose accesses are to be told to whom they are about, proposed by one and approved by another."""

    municipality: str
    extract_id: str
    person: str
    since: datetime
    until: datetime
    reason: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None


class ExtractUnit(Protocol):
    """What can be done about extracts inside one transaction."""

    def extract(self, municipality: str, extract_id: str) -> Extract | None: ...
    def extracts(self, municipality: str, most: int) -> tuple[Extract, ...]:
        """The newest ``most``."""
        ...

    def propose(self, one: Extract) -> bool: ...
    def approve(self, one: Extract) -> None:
        """Errors: Conflict when somebody has."""
        ...

    def keep_file(self, one: Extract, file: str) -> None:
        """Keep what is handed over, sealed."""
        ...

    def file(self, one: Extract) -> str:
        """What was kept of it; "" before it was approved."""
        ...


class ReviewUnit(ExtractUnit, Protocol):
    """What can be done inside one transaction."""

    def gathered(self, municipality: str, log: str) -> int:
        """How far a log was gathered: the next place."""
        ...

    def add_page(self, municipality: str, page: Page) -> bool:
        """False when another process gathered these places in the meantime."""
        ...

    def pages(self, municipality: str, since: datetime) -> tuple[Page, ...]:
        """Those with anything from ``since`` on, in the order of log and place."""
        ...

    def mark(self, municipality: str) -> int:
        """Grows with every page."""
        ...

    def settled(self, municipality: str) -> tuple[Settled, ...]:
        """The newest outcome of every finding."""
        ...

    def settle(self, one: Settled) -> None:
        """Errors: Conflict when somebody was first; NotAllowed for the person it is about, by the data."""
        ...

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A: ...
    def record(self, act: Act) -> str: ...


class ReviewBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[ReviewUnit], T]) -> T: ...
    def read(self, work: Callable[[ReviewUnit], T]) -> T: ...


Names = Callable[[str], Mapping[str, str]]
"""Municipality → staff id → name, as far as they are known here."""
