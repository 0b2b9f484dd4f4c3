"""What the screen of one application under review shows, as text and verdicts."""

from dataclasses import dataclass, field

from app.domain.signature import Signature
from app.domain.verdict import Verdict
from app.ui.screens.enquiry_questions import NOTHING, EnquiryAsked
from app.ui.widgets.chip import Kind
from app.ui.widgets.compare import Compared
from app.ui.widgets.timeline import Happening


@dataclass(frozen=True, slots=True)
class FactRow:
    """One entry of the form."""

    section: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """How a person or number was confirmed; ``verdicts``: question and answer, none by eye."""

    title: str
    how: str
    result: str
    kind: Kind
    by: str
    verdicts: tuple[tuple[str, Verdict], ...]


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An enquiry's answer: who answered what, field by field. ``receipt`` None: not checked yet or none came along."""

    title: str
    kind_word: str
    kind: Kind
    source: str
    rows: tuple[tuple[str, str], ...]
    receipt: Verdict | None = None


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding. ``wants_look``: it is to be ticked before going on; ``looked``: somebody did before."""

    key: str
    stops: bool
    what: str
    why: str
    next: str
    wants_look: bool
    looked: bool


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """An enquiry that the case calls for; ``can_start``: it has not been made yet.

    ``asked``: what is said before it is sent; ``note``: whom it asks, and why that one.
    """

    enquiry_id: str
    label: str
    subject: str
    year: str
    whom: str
    state: str
    kind: Kind
    can_start: bool
    asked: EnquiryAsked = NOTHING
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """署名: how it was given, whether it is for what stands there now, and what was drawn; None where on paper.

    ``changed``: what was changed after it; ``shown``: how much stood before the person.
    """

    how: str
    result: str
    kind: Kind
    changed: str
    shown: str
    drawn: Signature | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One application. ``changes`` None: handed in for the first time, else what differs from before the return."""

    summary: tuple[tuple[str, str], ...]
    facts: tuple[FactRow, ...]
    changes: tuple[Compared, ...] | None
    evidence: tuple[EvidenceShown, ...]
    answers: tuple[AnswerShown, ...]
    findings: tuple[FindingShown, ...]
    history: tuple[Happening, ...]
    signature: SignatureShown | None = None
