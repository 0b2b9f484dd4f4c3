"""What the relay needs kept: enquiries with their state, and what still has to go out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.call import Call
from app.durable.news import Ear
from app.durable.outbox import OutboxItem
from app.wire.desk import AnswerMark, PersonMark
from app.wire.letter import Letter
from app.wire.message import Message
from app.wire.tax import TaxQuestion

A = TypeVar("A", bound=Message)
T = TypeVar("T")

WAITING, NO_CODE, OUT_OF_HOURS, ANSWERED, REFUSED = "waiting", "no_code", "out_of_hours", "answered", "refused"
HELD = "held_back"
"""提供保留: a person at the provider decides first; the request is there already."""
STOPPED = "stopped"
"""Nothing happens by itself any more: somebody sends it again or closes it."""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One enquiry of a counter. ``digest``: of the message and who sent it, so that a key means one thing only.

    ``request``: what goes over the network, signed once; ``question``: what goes to the city's own tax data instead.
    ``since``, ``until``: the period asked about, if it is one. ``provider_why``: the rule's code or the clerk's reason.
    ``faults``: tries in a row that a neighbour, alone with it, could not do with it.
    """

    municipality: str
    enquiry_id: str
    digest: bytes
    procedure: str
    item_class: str
    enquiry: str
    subject: PersonMark
    visit_id: str
    trace: str
    staff_id: str
    terminal: str
    path: str
    provider: str
    provider_name: str
    tax_year: int
    information: str
    request: Letter | None
    question: TaxQuestion | None
    accepted_at: datetime
    proof: str
    state: str = WAITING
    reason: str = ""
    process_number: str = ""
    answer: AnswerMark | None = None
    version: int = 1
    faults: int = 0
    since: date | None = None
    until: date | None = None
    provider_why: str = ""


@dataclass(frozen=True, slots=True)
class Delay:
    """When an open enquiry is tried next, how often it was, and what delays it."""

    next_at: datetime
    attempts: int
    cause: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """One enquiry that is due."""

    item: OutboxItem
    enquiry: Enquiry


@dataclass(frozen=True, slots=True)
class Unread:
    """One that can't be read, or of which nothing can be kept; ``cause``: the code of why."""

    item: OutboxItem
    municipality: str
    enquiry_id: str
    cause: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """One that was given up; ``enquiry`` None: it can't be read any more."""

    item: OutboxItem
    enquiry_id: str
    enquiry: Enquiry | None


class GivenUp(Protocol):
    """What was given up, inside one transaction."""

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        """``work()``, or what it gave when the call's key came before. Errors: Conflict for another message."""
        ...

    def items(self, municipality: str) -> tuple[Stopped, ...]:
        """All of them, oldest first."""
        ...

    def revive(self, item: OutboxItem, now: datetime) -> bool:
        """Try it again from the beginning, in its old place; False where it is not given up."""
        ...

    def close(self, item: OutboxItem) -> bool:
        """Nobody sends it any more; False where it is not given up."""
        ...


class RelayUnit(Protocol):
    """What can be done inside one transaction."""

    @property
    def given_up(self) -> GivenUp: ...
    def kept(self, municipality: str, enquiry_ids: Sequence[str]) -> dict[str, Enquiry]: ...
    def add(self, enquiries: Sequence[Enquiry]) -> None:
        """Keep new enquiries and lay them into the outbox."""
        ...

    def delays(self, enquiries: Sequence[Enquiry]) -> dict[str, Delay]:
        """Enquiry id → delay, for those that are still open."""
        ...

    def recall(self, now: datetime, latest: datetime) -> None:
        """What is to be tried only after ``latest`` is due now: no clock that goes right would have said so."""
        ...

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Claimed | Unread]:
        """What is due, at most one enquiry of a person at a time."""
        ...

    def put(self, enquiries: Sequence[Enquiry], at: datetime) -> None:
        """Write the next versions. Errors: Conflict when one is not the next."""
        ...

    def done(self, items: Sequence[OutboxItem]) -> None: ...
    def again(self, item: OutboxItem, now: datetime, next_at: datetime | None, cause: str) -> None:
        """Try ``item`` at ``next_at``, or after the outbox's own wait when that is None.

        One that is held back at the provider holds up no later one of its person.
        """
        ...

    def dead(self, item: OutboxItem, cause: str) -> None:
        """It is given up; the next one of its person goes on."""
        ...

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]: ...
    def note(self, acts: Sequence[Act]) -> None:
        """As ``record`` where nobody is given the receipts."""
        ...


class RelayBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[RelayUnit], T]) -> T: ...
    def read(self, work: Callable[[RelayUnit], T]) -> T: ...
    def listen(self, municipality: str, enquiry_ids: Sequence[str]) -> Ear:
        """Hears once the next version of one of them is kept by this process. Who listens closes it."""
        ...
