"""Messages of the desk: visits, drafts, applications on their way from reception to decision, the timeline."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta

from app.domain.identity import Aspect, Means, Part, Question, Regime, Result
from app.wire.desk_counts import AlertAnswer, StepMeasure
from app.wire.desk_marks import FieldMark, HoldMark, RiskMark, SetAside
from app.wire.message import Message
from app.wire.signature import SignatureMark

Scalar = str | int | bool | None
Fact = Scalar | tuple[dict[str, Scalar], ...]
"""A field's value: dates as ISO 8601 text; repeating groups as rows."""


class PersonMark(Message, frozen=True):
    """A person within this municipality's business; ``business_number`` is "" for somebody not found."""

    business_number: str
    name: str


class RolesMark(Message, frozen=True):
    """The four parts of a visit."""

    presenter: PersonMark
    capacity: str
    applicant: PersonMark
    subjects: tuple[PersonMark, ...] = ()
    number_givers: tuple[PersonMark, ...] = ()


Kinds = Annotated[str, Meta(pattern=r"^[a-z_]*(\+[a-z_]+)*$", max_length=200)]
"""Ids of kinds of documents, joined by "+"; a document's own number or text does not fit."""
Mark = Annotated[str, Meta(pattern=r"^(verified|(failed|not_checked):[a-z_]{1,60})$")]
"""A verdict: "verified" | "failed:<reason>" | "not_checked:<reason>"."""
Sign = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.:-]*$", max_length=64)]


class Evidence(Message, frozen=True):
    """How a person, number or authority was confirmed: kinds of documents, verdicts, result; nothing else of them.

    ``role``: whose; ``regime``: under which rules, None before the procedure was chosen. ``valid_until``: last day of
    the certificate or card that was checked; ``revocation_as_of``: of when the answer about revocation is (UTC).
    The types leave no place for a picture, a number or a text of the document.
    """

    about: Question
    method: Means
    document: Kinds
    verdicts: dict[Aspect, Mark]
    result: Result
    staff_id: Sign
    terminal: Sign
    at: datetime
    role: Part = Part.PRESENTER
    regime: Regime | None = None
    valid_until: date | None = None
    revocation_as_of: datetime | None = None


class OpenVisit(Message, frozen=True):
    """来庁: a visit begins. The counter makes ``visit_id``."""

    visit_id: str
    ticket: str
    opened_at: datetime


class CloseVisit(Message, frozen=True):
    """A visit ends. ``steps`` and ``alerts``: what it took, counted by the desk without the visit."""

    visit_id: str
    closed_at: datetime
    steps: Annotated[tuple[StepMeasure, ...], Meta(max_length=64)] = ()
    alerts: Annotated[tuple[AlertAnswer, ...], Meta(max_length=64)] = ()


class DraftCopy(Message, frozen=True):
    """A sealed copy of a draft, for take-over; the desk can't read it.

    ``sealed``: for the office's recovery key; ``for_takers``: the same, each for a key of somebody who may take over.
    """

    draft_id: str
    visit_id: str
    sealed: bytes
    saved_at: datetime
    procedure: str = ""
    for_takers: tuple[bytes, ...] = ()


class HandIn(Message, frozen=True):
    """申請: an application reaches the office. ``reached_at`` fixes the receipt date, whenever this message arrives.

    ``version`` 0 hands in for the first time; a returned application comes again with its present version.
    ``draft_id``: the draft it was, "" where it bears the application's own identifier. ``signature``: of who
    stands at the counter, None where nobody signed.
    """

    application_id: str
    visit_id: str
    procedure: str
    roles: RolesMark
    facts: dict[str, Fact]
    evidence: tuple[Evidence, ...]
    reached_at: datetime
    confirmed_findings: tuple[str, ...] = ()
    version: int = 0
    draft_id: str = ""
    signature: SignatureMark | None = None
    set_aside: Annotated[tuple[SetAside, ...], Meta(max_length=500)] = ()


class Receipt(Message, frozen=True):
    """What the resident is told: the number and the receipt date. ``proof``: the ledger's receipt as text.

    ``consequence``: what follows from how the person was confirmed: confirmed, no_issue, notice_by_post,
    without_number.
    """

    application_id: str
    number: str
    receipt_date: date
    state: str
    version: int
    proof: str = ""
    consequence: str = ""


class Step(Message, frozen=True):
    """One step of an application. ``outcome``: passed, returned, approved, rejected, withdrawn, handed_in.

    ``level``: of a decision, the title of the level it was taken at; ``is_deputy``: 代決, taken for who is absent.
    ``field``: of a return, the place in the form that is to be mended ("field" or "group[row].field"), "" for no one.
    """

    step: str
    outcome: str
    staff_id: str
    name: str
    at: datetime
    reason: str = ""
    note: str = ""
    level: str = ""
    is_deputy: bool = False
    field: str = ""


class AnswerMark(Message, frozen=True):
    """An enquiry's answer laid into the case: who answered what, field by field.

    ``kind``: value, no_data, undeclared, held_back, withheld, no_code, out_of_hours, error. ``since``, ``until``: the
    period it is about, if it was one that was asked about.
    """

    enquiry_id: str
    enquiry: str
    subject: PersonMark
    path: str
    provider: str
    provider_name: str
    tax_year: int
    kind: str
    items: dict[str, Scalar]
    answered_at: datetime
    process_number: str = ""
    proof: str = ""
    since: date | None = None
    until: date | None = None


class CheckReception(Message, frozen=True):
    """受付点検 by somebody else than the author: ``outcome`` passed or returned; ``field`` as in ``Step``."""

    application_id: str
    version: int
    outcome: str
    reason: str = ""
    note: str = ""
    field: str = ""


class Examine(Message, frozen=True):
    """審査: ``outcome`` passed or returned; the answers that the examination rests on are laid into the case."""

    application_id: str
    version: int
    outcome: str
    answers: tuple[AnswerMark, ...] = ()
    confirmed_findings: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    field: str = ""


class Decide(Message, frozen=True):
    """決裁: ``outcome`` approved, rejected (with reasons for the person) or returned (internal reason)."""

    application_id: str
    version: int
    outcome: str
    reason: str = ""
    note: str = ""
    confirmed_findings: tuple[str, ...] = ()
    field: str = ""


class StepDone(Message, frozen=True):
    """A step was taken."""

    application_id: str
    state: str
    version: int
    proof: str = ""


class AskQueue(Message, frozen=True):
    """Which applications wait in ``states``; empty means all that this person can act on.

    For approved, rejected and withdrawn those that came into that state today.
    """

    states: tuple[str, ...] = ()


class QueueEntry(Message, frozen=True):
    """One application that waits. ``may``: steps this person may take; ``why_not``: step → reason.

    ``reason`` and ``note``: why it lies returned, "" otherwise. ``risks``: the heaviest first. ``level``: the title of
    who decides it by the office's table, "" before the decision. ``in_batch``: it may go with others at once.
    """

    application_id: str
    number: str
    procedure: str
    state: str
    receipt_date: date
    applicant: str
    author: str
    waiting_since: datetime
    may: tuple[str, ...]
    why_not: dict[str, str]
    version: int
    reason: str = ""
    note: str = ""
    ticket: str = ""
    risks: tuple[RiskMark, ...] = ()
    hold: HoldMark | None = None
    level: str = ""
    in_batch: bool = False


class Queue(Message, frozen=True):
    """What waits, oldest first. ``batch``: the most that may be passed or decided at once."""

    entries: tuple[QueueEntry, ...]
    batch: int = 0


class OpenApplication(Message, frozen=True):
    """Ask for one application."""

    application_id: str


class FilingState(Message, frozen=True):
    """How the change that an approved application makes stands in the resident register, as far as the desk knows.

    ``state``: queued (not there yet), entered, approved, refused, withdrawn, not_entered. ``cause``: why, as a code;
    for a refusal in words. ``entry_id``: of the provisional entry there, "" while there is none.
    """

    state: str
    since: datetime
    entry_id: str = ""
    cause: str = ""


class ApplicationView(Message, frozen=True):
    """An application whole. ``before``: the facts before the last hand-in, if it came again.

    ``consequence``: as in ``Receipt``. ``filing``: None where nothing is entered into the register by it.
    ``hold`` and ``level``: as in ``QueueEntry``. ``marks``: who wrote what changed since the first hand-in;
    ``set_aside``: what was entered and not taken.
    """

    application_id: str
    number: str
    visit_id: str
    procedure: str
    state: str
    receipt_date: date
    roles: RolesMark
    facts: dict[str, Fact]
    before: dict[str, Fact] | None
    evidence: tuple[Evidence, ...]
    answers: tuple[AnswerMark, ...]
    steps: tuple[Step, ...]
    confirmed_findings: tuple[str, ...]
    may: tuple[str, ...]
    why_not: dict[str, str]
    version: int
    consequence: str = ""
    filing: FilingState | None = None
    signature: SignatureMark | None = None
    hold: HoldMark | None = None
    level: str = ""
    marks: tuple[FieldMark, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


class JournalRecord(Message, frozen=True):
    """One act from a terminal's journal, as synchronised. ``record``: canonical bytes; ``salt`` opens its leaf."""

    index: int
    record: bytes
    salt: bytes


class SyncJournal(Message, frozen=True):
    """What a terminal's journal has gained since the desk last heard.

    ``checkpoint``: the journal's own, signed, over all to the last of ``records``; ``seen``: size of the desk's last
    checkpoint that the terminal remembers, 0 for none.
    """

    first: int
    records: tuple[JournalRecord, ...]
    checkpoint: str
    public_key: bytes
    seen: int = 0


class JournalKept(Message, frozen=True):
    """The desk has taken over all below ``size``; ``checkpoint``: the desk's own, for the counter to remember.

    ``consistency``: hashes that prove that the desk's log only grew since the size the terminal had ``seen``;
    ``restorations``: how many restores the desk declares of itself.
    """

    size: int
    checkpoint: str
    consistency: tuple[bytes, ...] = ()
    restorations: int = 0


class AskRestorations(Message, frozen=True):
    """Ask which restores the desk declares of its own log, and how much of this terminal's journal it has."""


class Restoration(Message, frozen=True):
    """A declared restore. ``consistency``: proof that the log only grew from what was kept until now."""

    statement: str
    consistency: tuple[bytes, ...]


class Restorations(Message, frozen=True):
    """All declared restores, oldest first. ``size``: how much of the journal is there; ``checkpoint``: the desk's.

    ``guardians``: the signed lists of who may declare a restore, oldest first.
    """

    size: int
    checkpoint: str
    restorations: tuple[Restoration, ...]
    guardians: tuple[str, ...] = ()


class AskTimeline(Message, frozen=True):
    """Ask what happened in one visit."""

    visit_id: str


class TimelineEntry(Message, frozen=True):
    """One thing that happened. ``source``: "desk" or "terminal"; ``what`` fills the sentence ``[act.<act>]``."""

    at: datetime
    staff_id: str
    name: str
    terminal: str
    act: str
    what: dict[str, Scalar]
    trace: str
    source: str


class Timeline(Message, frozen=True):
    """A visit, in order of time."""

    visit_id: str
    entries: tuple[TimelineEntry, ...]
