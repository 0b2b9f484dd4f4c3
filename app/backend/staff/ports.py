"""What the staff slice needs kept: people, rights, terminals, sessions; one unit of work is one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.rights import Right
from app.trust.second_factor import Factor

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


@dataclass(frozen=True, slots=True)
class StaffKey:
    """A registered card. ``key_id``: SHA-256 of the credential id, hex; ``factor`` checks its answers."""

    municipality: str
    key_id: str
    staff_id: str
    label: str
    factor: Factor
    registered_at: datetime
    registered_by: str
    approved_by: str
    revoked_at: datetime | None

    @property
    def is_good(self) -> bool:
        """Approved by a second administrator and not revoked."""
        return bool(self.approved_by) and self.revoked_at is None


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a card was asked, good once and briefly. ``purpose``: "sign_in", "unlock" or "register"."""

    municipality: str
    challenge_id: str
    purpose: str
    staff_digest: str
    terminal: str
    value: bytes
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OneTimePass:
    """A pass in place of a lost card; ``digest``: SHA-256 of it, bound to the person."""

    municipality: str
    staff_id: str
    digest: bytes
    issued_by: str
    expires_at: datetime


class KeyUnit(Protocol):
    """Cards, what they were asked, and passes."""

    def keys(self, municipality: str, staff_id: str) -> tuple[StaffKey, ...]:
        """All of a person's, the oldest first; revoked ones too."""
        ...

    def waiting_keys(self, municipality: str) -> tuple[StaffKey, ...]:
        """Everybody's that no second administrator has approved yet."""
        ...

    def key(self, municipality: str, key_id: str) -> StaffKey | None: ...
    def put_key(self, key: StaffKey) -> None: ...
    def add_challenge(self, challenge: Challenge) -> None: ...
    def take_challenge(self, municipality: str, challenge_id: str) -> Challenge | None:
        """The challenge, which is used up by that."""
        ...

    def forget_challenges(self, before: datetime) -> None: ...
    def put_pass(self, one: OneTimePass) -> None:
        """In place of an earlier one of this person."""
        ...

    def take_pass(self, municipality: str, staff_id: str) -> OneTimePass | None:
        """The person's pass, which is used up by that."""
        ...


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


class StaffUnit(RosterUnit, KeyUnit, Protocol):
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
