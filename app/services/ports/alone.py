"""What a counter needs to follow its office's rules and to go on without it: statements, clocks, what is kept."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.lease import LeaseCount, Reading
from app.services.ports.seat import Press, Session
from app.trust.sign import VerifyKey


class CounterOffice(Protocol):
    """The office as it states something to this terminal: signed notes. Errors as in ``app.services.ports.office``."""

    def rules(self, press: Press, session: Session) -> str: ...

    def lease(self, press: Press, session: Session) -> str: ...


class Uptime(Protocol):
    """The clocks of this PC that go on while it sleeps."""

    def reading(self) -> Reading: ...


@dataclass(frozen=True, slots=True)
class HeldRules:
    """The last good rules as they were signed; nothing older than ``version`` and ``issued_at`` is taken again."""

    note: str
    version: int
    issued_at: datetime


class RulesMemory(Protocol):
    """Keeps the rules. ``office_key``: what the office signs with, None before the first sign-in of this terminal."""

    def office_key(self) -> VerifyKey | None: ...
    def held_rules(self) -> HeldRules | None: ...
    def hold_rules(self, held: HeldRules) -> None: ...


@dataclass(frozen=True, slots=True)
class HeldLease:
    """A person's lease as it was signed, what the sign-in told besides, and how much of it is used.

    ``failures``: tries in a row without the office that were refused; ``counters``: card (its ``key_name``) → the
    counter it last showed here.
    """

    note: str = field(repr=False)
    municipality_name: str
    office: str
    second_factor: str
    count: LeaseCount
    failures: int = 0
    counters: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HeldPassword:
    """How long ago somebody gave the password here, and how many tries to unlock failed in a row since."""

    count: LeaseCount
    failures: int = 0


class PasswordMemory(Protocol):
    """Keeps for each person, sealed, when the password was given last."""

    def held_password(self, staff_id: str) -> HeldPassword | None: ...
    def hold_password(self, staff_id: str, held: HeldPassword) -> None: ...


class LeaseMemory(Protocol):
    """Keeps leases, sealed, one for each person who signed in here."""

    def office_key(self) -> VerifyKey | None: ...
    def held_lease(self, staff_id: str) -> HeldLease | None: ...
    def hold_lease(self, staff_id: str, held: HeldLease) -> None: ...
    def has_work(self, staff_id: str) -> bool:
        """Whether work of this person lies here, sealed."""
        ...

    def office_time(self) -> datetime | None:
        """The latest instant that the office itself has told this terminal."""
        ...

    def heard_time(self, at: datetime) -> None:
        """The office told it was ``at``; an earlier instant changes nothing."""
        ...
