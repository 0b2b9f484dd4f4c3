"""What the staff slice needs kept: people, posts, rights, terminals, sessions; one unit of work is one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.rights import Department, Post, Right
from app.trust.second_factor import Factor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StaffMember:
    """職員: one person of one municipality. ``office``: the ward office's name for the screen.

    ``department``: where the person was entered; from then on posts say where they belong. ``must_change``: the
    password was given by an administrator and is good for changing it only.
    """

    municipality: str
    municipality_name: str
    office: str
    staff_id: str
    name: str
    department: str
    password_hash: str
    is_active: bool
    must_change: bool = False


@dataclass(frozen=True, slots=True)
class Terminal:
    """An enrolled terminal. ``window``: the counter window's number.

    ``certificate``: SHA-256 (hex) of the only certificate that is let in; "": the first one to come is bound.
    ``display_checked_by``: who confirmed at enrolment that its display can't be seen from outside; "" for nobody.
    """

    municipality: str
    terminal: str
    window: str
    enrolled_at: datetime
    revoked_at: datetime | None
    certificate: str = ""
    display_checked_by: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """登録コード: with which one PC becomes ``terminal``, once. ``digest``: SHA-256; the code itself is not kept.

    ``public_key``: SHA-256 of the key it was used for, and ``chain`` what was answered; empty while it is unused.
    """

    municipality: str
    terminal: str
    digest: bytes
    issued_by: str
    expires_at: datetime
    used_at: datetime | None = None
    public_key: bytes = b""
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in person at a terminal. ``token_digest``: SHA-256 of the token; the token itself is not kept.

    ``waits``: it began while the same person was signed in elsewhere, and that has not been decided. ``ended_why``:
    signed_out, again, elsewhere or supervisor; ``ended_by`` and ``ended_from``: who ended it at which terminal.
    """

    token_digest: bytes
    municipality: str
    staff_id: str
    terminal: str
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    waits: bool = False
    locked_at: datetime | None = None
    ended_why: str = ""
    ended_by: str = ""
    ended_from: str = ""

    @property
    def name(self) -> str:
        """What the session is called among supervisors; no token can be made of it."""
        return self.token_digest.hex()[:32]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a session ended."""

    at: datetime
    why: str
    by: str = ""
    terminal: str = ""


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


@dataclass(frozen=True, slots=True)
class Change:
    """変更の申請: what one administrator wants changed and another one decides.

    ``content``: the wished change as its message's JSON. ``base``: digest of what it is to replace, as it was.
    ``outcome``: waiting, approved, rejected, withdrawn or expired. ``decision_reason``: why it was rejected.
    """

    municipality: str
    change_id: str
    kind: str
    subject: str
    content: bytes
    base: bytes
    reason: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    outcome: str = "waiting"
    decided_by: str = ""
    decided_at: datetime | None = None
    decision_reason: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """A try to sign in or unlock, as administrators look at it. Causes as in ``wire.staff_change.SignInRow``."""

    municipality: str
    try_id: str
    purpose: str
    at: datetime
    staff_id: str
    terminal: str
    cause: str
    second_factor: str


class TryUnit(Protocol):
    """Recent tries; the ledger keeps them for good, this is for looking at."""

    def put_try(self, one: Try) -> None: ...
    def tries(self, municipality: str, *, refused: bool) -> tuple[Try, ...]:
        """The newest first, at most 500."""
        ...

    def forget_tries(self, before: datetime) -> None: ...


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

    def rights(self, municipality: str, staff_id: str) -> tuple[Right, ...]:
        """A person's own, in order."""
        ...

    def all_rights(self, municipality: str) -> Mapping[str, tuple[Right, ...]]:
        """Everybody's own, by staff id."""
        ...

    def put_member(self, member: StaffMember, at: datetime) -> None: ...
    def put_rights(self, municipality: str, staff_id: str, rights: tuple[Right, ...]) -> None:
        """In place of all that the person had."""
        ...


class TerminalUnit(Protocol):
    """Counter PCs and their certificates."""

    def terminal(self, municipality: str, terminal: str) -> Terminal | None: ...
    def terminals(self, municipality: str) -> tuple[Terminal, ...]:
        """All of a municipality, revoked ones too, by name."""
        ...

    def put_terminal(self, terminal: Terminal) -> None:
        """In place of what was known; a certificate that is given up by that never comes back."""
        ...

    def is_given_up(self, municipality: str, terminal: str, certificate: str) -> bool:
        """Whether this certificate was the terminal's before another one."""
        ...

    def enrolment_code(self, municipality: str, terminal: str) -> EnrolmentCode | None: ...
    def put_enrolment_code(self, code: EnrolmentCode) -> None:
        """In place of an earlier one of this terminal."""
        ...

    def drop_enrolment_code(self, municipality: str, terminal: str) -> None: ...


class OfficeUnit(Protocol):
    """Departments, posts, and the changes that wait for a second administrator."""

    def departments(self, municipality: str) -> tuple[Department, ...]:
        """All with their rights, by name."""
        ...

    def has_department(self, municipality: str, name: str) -> bool: ...
    def put_department(self, municipality: str, department: Department) -> None: ...
    def know_department(self, municipality: str, name: str) -> None:
        """Enter a department in charge of the section of its own name, unless it is known."""
        ...

    def posts(self, municipality: str, staff_id: str) -> tuple[Post, ...]:
        """A person's, past and future ones too, in order of time."""
        ...

    def all_posts(self, municipality: str) -> Mapping[str, tuple[Post, ...]]:
        """Everybody's, by staff id."""
        ...

    def put_posts(self, municipality: str, staff_id: str, posts: tuple[Post, ...]) -> None:
        """In place of all that the person had."""
        ...

    def changes(self, municipality: str) -> tuple[Change, ...]:
        """The newest first, at most 500."""
        ...

    def change(self, municipality: str, change_id: str) -> Change | None: ...
    def put_change(self, change: Change) -> None: ...


class StaffUnit(RosterUnit, TerminalUnit, OfficeUnit, KeyUnit, TryUnit, Protocol):
    """What can be done inside one transaction."""

    def throttle(self, municipality: str, staff_id: str) -> Throttle: ...
    def set_throttle(self, municipality: str, staff_id: str, throttle: Throttle) -> None: ...
    def open_sessions(self, municipality: str, staff_id: str, at: datetime) -> tuple[Session, ...]:
        """A person's; everybody's for ""."""
        ...

    def session(self, municipality: str, token_digest: bytes) -> Session | None: ...
    def mark(self, municipality: str) -> bytes:
        """Other bytes after each act that was recorded there: the end of the municipality's log; b"" for none."""
        ...

    def add_session(self, session: Session) -> None: ...
    def end_session(self, token_digest: bytes, ending: Ending) -> None:
        """Nothing changes where it has ended before."""
        ...

    def put_waiting(self, token_digest: bytes, *, waits: bool) -> None: ...
    def put_locked(self, token_digest: bytes, at: datetime | None) -> None: ...
    def former_passwords(self, municipality: str, staff_id: str) -> tuple[str, ...]:
        """Hashes of the passwords a person had before, the last first."""
        ...

    def put_former_passwords(self, municipality: str, staff_id: str, hashes: tuple[str, ...]) -> None: ...
    def record(self, act: Act) -> None:
        """Write ``act`` into the slice's ledger, in this transaction."""
        ...


class StaffBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[StaffUnit], T]) -> T:
        """Run ``work`` in one transaction, again from the start if the store asks for it."""
        ...

    def read(self, work: Callable[[StaffUnit], T]) -> T: ...
    def mark(self, municipality: str) -> bytes:
        """``StaffUnit.mark`` of this moment; asked at each request."""
        ...
