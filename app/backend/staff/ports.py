"""What the staff slice needs kept: people, rights, terminals, sessions; one unit of work is one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.rights import Right

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StaffMember:
    """職員: one person of one municipality. ``department`` 所属, ``office`` the ward office's name for the screen."""

    municipality: str
    municipality_name: str
    office: str
    staff_id: str
    name: str
    department: str
    password_hash: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Terminal:
    """An enrolled terminal. ``window``: the counter window's number."""

    municipality: str
    terminal: str
    window: str
    enrolled_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in person at a terminal. ``token_digest``: SHA-256 of the token; the token itself is not kept."""

    token_digest: bytes
    municipality: str
    staff_id: str
    terminal: str
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Throttle:
    """Failed tries in a row for one staff id, existing or not."""

    failures: int
    not_before: datetime | None


class RosterUnit(Protocol):
    """Who and which terminals are known."""

    def member(self, municipality: str, staff_id: str) -> StaffMember | None: ...
    def members(self, municipality: str) -> tuple[StaffMember, ...]:
        """Everybody of a municipality, by staff id."""
        ...

    def rights(self, municipality: str, staff_id: str) -> tuple[Right, ...]: ...
    def terminal(self, municipality: str, terminal: str) -> Terminal | None: ...
    def put_member(self, member: StaffMember, rights: tuple[Right, ...], at: datetime) -> None: ...
    def put_terminal(self, terminal: Terminal) -> None: ...


class StaffUnit(RosterUnit, Protocol):
    """What can be done inside one transaction."""

    def throttle(self, municipality: str, staff_id: str) -> Throttle: ...
    def set_throttle(self, municipality: str, staff_id: str, throttle: Throttle) -> None: ...
    def open_sessions(self, municipality: str, staff_id: str, at: datetime) -> tuple[Session, ...]: ...
    def session(self, token_digest: bytes) -> Session | None: ...
    def add_session(self, session: Session) -> None: ...
    def end_session(self, token_digest: bytes, at: datetime) -> None: ...
    def record(self, act: Act) -> None:
        """Write ``act`` into the slice's ledger, in this transaction."""
        ...


class StaffBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[StaffUnit], T]) -> T:
        """Run ``work`` in one transaction, again from the start if the store asks for it."""
        ...

    def read(self, work: Callable[[StaffUnit], T]) -> T: ...
