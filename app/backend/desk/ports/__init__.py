"""What the desk needs kept: visits, drafts, cases with their steps, journals; one unit is one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from app.backend.desk.ports.beside import BesideUnit
from app.backend.desk.ports.rules import RulesUnit
from app.domain.act import Act
from app.domain.call import Call
from app.domain.capacity import Consequence
from app.domain.rights import Actor
from app.domain.time_band import TimeBand
from app.trust.merkle import Tree
from app.wire.desk import AnswerMark, Evidence, Fact, RolesMark
from app.wire.desk_marks import FieldMark, SetAside
from app.wire.message import Message
from app.wire.signature import SignatureMark

T = TypeVar("T")
A = TypeVar("A", bound=Message)


@dataclass(frozen=True, slots=True)
class Visit:
    """来庁: one visit. ``opened_by``: staff id."""

    municipality: str
    visit_id: str
    ticket: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftCopy:
    """A copy of a clerk's draft that the desk can't read. ``staff_id``: whose it is now.

    ``department``: the author's when it was kept. ``for_takers``: sealed to those who may take it over.
    """

    municipality: str
    draft_id: str
    visit_id: str
    staff_id: str
    sealed: bytes
    saved_at: datetime
    procedure: str = ""
    department: str = ""
    terminal: str = ""
    for_takers: tuple[bytes, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class TakeKey:
    """The key of a terminal under which somebody who may take drafts over can open them."""

    municipality: str
    staff_id: str
    terminal: str
    department: str
    box: bytes
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class Takeover:
    """引継ぎ: a draft went from ``author`` to ``taken_by``. ``terminal``: where it was taken to."""

    municipality: str
    draft_id: str
    position: int
    procedure: str
    author: str
    taken_by: str
    terminal: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """What is sealed of a case in one piece. ``before``: the facts before the last hand-in, None if it came once.

    ``consequence``: what follows from the evidence as the reception counted it. ``signature``: with what was shown.
    ``marks``: who wrote what changed since the first hand-in; ``set_aside``: what was entered and not taken.
    """

    roles: RolesMark
    facts: dict[str, Fact]
    before: dict[str, Fact] | None
    evidence: tuple[Evidence, ...]
    looked: tuple[str, ...]
    consequence: str = Consequence.CONFIRMED
    signature: SignatureMark | None = None
    marks: tuple[FieldMark, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom and where a notice goes. ``from_register``: the register says so, not who stood at the counter."""

    name: str
    address: str
    from_register: bool


@dataclass(frozen=True, slots=True)
class PostalNotice:
    """届出受理通知: a notice that waits for the post, or was posted by ``posted_by`` (a name). One for each case."""

    municipality: str
    application_id: str
    procedure: str
    number: str
    receipt_date: date
    to: Addressee
    queued_at: datetime
    version: int = 1
    posted_at: datetime | None = None
    posted_by: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """One step taken. ``act``: the domain's act; ``step``: the procedure's step; ``outcome``: as it travels.

    ``level``: of a decision, at which level it was taken; ``deputy``: the identifier of the deputy's leave, else "".
    ``field``: of a return, the place in the form that is to be mended, else "".
    """

    act: str
    step: str
    outcome: str
    staff_id: str
    name: str
    at: datetime
    reason: str
    note: str
    looked: tuple[str, ...]
    level: str = ""
    deputy: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """申請: an application as the desk keeps it.

    ``number`` and ``receipt_date`` are given once; ``author`` handed it in; ``version`` 1 is the first hand-in.
    ``content_version``: the row's version when ``content`` was last sealed.
    """

    municipality: str
    application_id: str
    visit_id: str
    procedure: str
    procedure_version: int
    state: str
    number: str
    receipt_date: date
    reached_at: datetime
    waiting_since: datetime
    author: str
    content: Content
    steps: tuple[Taken, ...]
    answers: tuple[AnswerMark, ...]
    version: int
    content_version: int

    @property
    def author_name(self) -> str:
        return self.steps[0].name if self.steps else self.author


@dataclass(frozen=True, slots=True)
class TerminalJournal:
    """How far the desk has taken over a terminal's journal. ``version`` 0: nothing yet.

    ``base``: how many records its closed journals have, which are kept before it. ``public_key`` is b"" between a new
    enrolment and the first record after it. ``begun_at``: when its first record came, None before that.
    """

    municipality: str
    terminal: str
    tree: Tree
    public_key: bytes
    checkpoint: str
    version: int
    base: int = 0
    begun_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptAct:
    """One record of a terminal's journal, to be kept. ``entry``: what its tree was made of.

    ``at``: by the terminal's clock; ``band``: what it knew of time besides, None in records of the oldest format.
    """

    position: int
    entry: bytes
    salt: bytes
    record: bytes
    visit: str
    at: datetime
    band: TimeBand | None


class VisitUnit(Protocol):
    """Visits and drafts."""

    def open_visit(self, visit: Visit) -> bool:
        """False when there is one with that identifier."""
        ...

    def visit(self, municipality: str, visit_id: str) -> Visit | None: ...
    def tickets(self, municipality: str, visit_ids: Sequence[str]) -> Mapping[str, str]:
        """Visit → its ticket."""
        ...

    def close_visit(self, municipality: str, visit_id: str, at: datetime) -> None: ...
    def draft(self, municipality: str, draft_id: str) -> DraftCopy | None: ...
    def keep_draft(self, draft: DraftCopy) -> None: ...
    def drop_draft(self, municipality: str, draft_id: str) -> None: ...


class TakeUnit(Protocol):
    """Taking drafts over. A person has one key at each terminal; keys and losses come the last first."""

    def put_take_key(self, key: TakeKey) -> None: ...
    def take_keys(self, municipality: str, department: str, since: datetime) -> tuple[TakeKey, ...]: ...
    def drafts_of(self, municipality: str, department: str) -> tuple[DraftCopy, ...]:
        """What lies of a department, the oldest first, at most 200; without what is sealed for recovery."""
        ...

    def take_draft(self, draft: DraftCopy, taken: Takeover) -> None:
        """Keep whose it is from now on. Errors: Conflict when it was changed since ``draft`` was read."""
        ...

    def takeovers(self, municipality: str, draft_id: str) -> tuple[Takeover, ...]: ...
    def taken_from(self, municipality: str, staff_id: str, since: datetime) -> tuple[Takeover, ...]: ...


class CaseUnit(Protocol):
    """Applications."""

    def case(self, municipality: str, application_id: str) -> Case | None: ...
    def waiting(
        self, municipality: str, states: Sequence[str], procedures: Sequence[str], since: datetime | None = None
    ) -> tuple[Case, ...]:
        """Cases in these states, oldest first, without their answers; ``since``: only those that came into it then."""
        ...

    def book_cases(self, municipality: str, application_ids: Sequence[str]) -> tuple[Case, ...]:
        """These cases, in this order, without their answers."""
        ...

    def next_number(self, municipality: str, year: int) -> int:
        """The next receipt number of the business year; given back when the transaction fails: there are no gaps."""
        ...

    def add_case(self, case: Case) -> None:
        """Keep a new case with its first step. Errors: Conflict when there is one with that identifier."""
        ...

    def advance(self, case: Case, taken: Taken, not_by: Sequence[str]) -> None:
        """Keep ``case`` (one version up) and the step that led there.

        Errors, decided by the data as they stand: Conflict when somebody was first; Refused ``same_person`` when the
        person of ``taken`` had a hand in a step of ``not_by``, or checks or decides what they handed in.
        """
        ...

    def lay_answers(self, case: Case, answers: Sequence[AnswerMark]) -> None:
        """Keep answers of enquiries with the case; a later one of the same enquiry takes the place of the earlier."""
        ...


class JournalUnit(Protocol):
    """Terminals' journals."""

    def journal(self, municipality: str, terminal: str) -> TerminalJournal | None: ...
    def entries(self, journal: TerminalJournal, first: int, count: int) -> tuple[bytes, ...]: ...
    def keep_journal(self, journal: TerminalJournal, acts: Sequence[KeptAct]) -> None:
        """Add acts and move the end. Errors: Conflict when another call moved it first."""
        ...

    def close_journal(self, journal: TerminalJournal, at: datetime) -> None:
        """Keep what it came to and begin it anew, without a key. Errors: Conflict when another call moved it first."""
        ...

    def closed_keys(self, municipality: str, terminal: str) -> tuple[bytes, ...]:
        """The keys of closed journals."""
        ...

    def terminal_records(self, municipality: str, visit_id: str) -> tuple[bytes, ...]:
        """The canonical records of a visit, from all terminals."""
        ...


class NoticeUnit(Protocol):
    """Notices that go by post."""

    def queue_notice(self, notice: PostalNotice) -> bool:
        """False when the case has one already: then nothing changes."""
        ...

    def notice(self, municipality: str, application_id: str) -> PostalNotice | None: ...
    def notices(
        self, municipality: str, procedures: Sequence[str], posted_since: datetime | None = None
    ) -> tuple[PostalNotice, ...]:
        """Those that wait, oldest first; with ``posted_since`` those posted since then instead."""
        ...

    def post_notice(self, notice: PostalNotice) -> None:
        """Keep that it was posted (one version up). Errors: Conflict when somebody was first."""
        ...


class DeskUnit(VisitUnit, TakeUnit, CaseUnit, JournalUnit, NoticeUnit, RulesUnit, BesideUnit, Protocol):
    """What can be done inside one transaction."""

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        """``work()`` the first time ``call.key`` comes, its kept answer later."""
        ...

    def record(self, act: Act) -> str:
        """Write ``act`` into the slice's ledger, in this transaction; the receipt as text."""
        ...

    def grown(self, municipality: str, first: int, second: int) -> tuple[bytes, ...]:
        """The proof that the desk's ledger of size ``second`` only added to that of size ``first``."""
        ...

    def own_acts(self, municipality: str, visit_id: str) -> tuple[Act, ...]:
        """What the desk's ledger keeps of a visit."""
        ...

    def remember(self, actor: Actor) -> None:
        """Keep under which name somebody acted, for timelines."""
        ...

    def names(self, municipality: str) -> dict[str, str]:
        """Staff id → name last seen."""
        ...


class DeskBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[DeskUnit], T]) -> T:
        """Run ``work`` in one transaction, again from the start if the store asks for it."""
        ...

    def read(self, work: Callable[[DeskUnit], T]) -> T: ...


class Addresses(Protocol):
    """Where people were registered before a change that is being notified: the register knows."""

    def registered(self, call: Call, business_number: str) -> Addressee | None:
        """Name and address, both empty where the record is closed to who asks; None where nobody is known or asked."""
        ...


class Enrolments(Protocol):
    """When terminals were enrolled: the staff slice knows."""

    def enrolled_at(self, municipality: str, terminal: str) -> datetime | None:
        """The last time; None for a terminal that is not known."""
        ...


class Enquiries(Protocol):
    """Where the answers of enquiries come from: whoever asked the network keeps them."""

    def answers(self, call: Call, enquiry_ids: Sequence[str]) -> Mapping[str, AnswerMark]:
        """Enquiry id → answer, of those that have one and that this person may read; reading them is recorded there.

        Errors: Refused ``relay_elsewhere`` where nobody here keeps them; NotUnderstood for too many at once.
        """
        ...
