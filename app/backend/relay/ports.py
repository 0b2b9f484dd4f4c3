"""What the relay needs kept: enquiries with their state, and what still has to go out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.durable.outbox import OutboxItem
from app.wire.desk import AnswerMark, PersonMark
from app.wire.letter import Letter
from app.wire.tax import TaxQuestion

T = TypeVar("T")

WAITING, NO_CODE, OUT_OF_HOURS, ANSWERED, REFUSED = "waiting", "no_code", "out_of_hours", "answered", "refused"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One enquiry of a counter. ``digest``: of the message and who sent it, so that a key means one thing only.

    ``request``: what goes over the network, signed once; ``question``: what goes to the city's own tax data instead.
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


@dataclass(frozen=True, slots=True)
class Delay:
    """When an open enquiry is tried next, how often it was, and what delays it."""

    next_at: datetime
    attempts: int
    cause: str


class RelayUnit(Protocol):
    """What can be done inside one transaction."""

    def kept(self, municipality: str, enquiry_ids: Sequence[str]) -> dict[str, Enquiry]: ...
    def add(self, enquiries: Sequence[Enquiry]) -> None:
        """Keep new enquiries and lay them into the outbox."""
        ...

    def delays(self, enquiries: Sequence[Enquiry]) -> dict[str, Delay]:
        """Enquiry id → delay, for those that are still open."""
        ...

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[tuple[OutboxItem, Enquiry]]:
        """What is due, at most one enquiry of a person at a time."""
        ...

    def put(self, enquiries: Sequence[Enquiry], at: datetime) -> None:
        """Write the next versions. Errors: Conflict when one is not the next."""
        ...

    def done(self, items: Sequence[OutboxItem]) -> None: ...
    def again(self, item: OutboxItem, now: datetime, next_at: datetime | None, cause: str) -> None:
        """Try ``item`` at ``next_at``, or after the outbox's own wait when that is None."""
        ...

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]: ...


class RelayBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[RelayUnit], T]) -> T: ...
    def read(self, work: Callable[[RelayUnit], T]) -> T: ...
