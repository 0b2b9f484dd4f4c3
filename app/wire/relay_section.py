"""Messages about the enquiries of a section: which there are, one as it is sent, and closing one nobody needs."""

from datetime import date, datetime

from app.wire.desk import AnswerMark, PersonMark
from app.wire.message import Message


class AskSectionEnquiries(Message, frozen=True):
    """Ask for the newest enquiries of a procedure, at most 200. ``only_open``: those without an end."""

    procedure: str
    only_open: bool = False


class SectionEnquiry(Message, frozen=True):
    """照会の一覧の一行. ``state``, ``reason``, ``next_step``: as in ``relay.EnquiryState``.

    ``kind``: of the answer, "" while there is none. ``expected_at``: when an answer can be there at the earliest.
    """

    enquiry_id: str
    procedure: str
    enquiry: str
    subject: PersonMark
    provider: str
    provider_name: str
    path: str
    tax_year: int
    state: str
    reason: str
    kind: str
    next_step: str
    process_number: str
    accepted_at: datetime
    next_at: datetime | None
    expected_at: datetime | None
    attempts: int
    staff_id: str


class SectionEnquiries(Message, frozen=True):
    """The newest first; ``more``: that the list was cut."""

    rows: tuple[SectionEnquiry, ...]
    more: bool = False


class OpenEnquiry(Message, frozen=True):
    """Look at one with its request and its answer."""

    enquiry_id: str


class EnquiryOpened(Message, frozen=True):
    """The request as it is sent. ``digest``: of the signed request in hex, "" within the city where none is signed.

    ``provider_why``: why this provider is asked: the rule's code or the clerk's reason.
    ``consent``: what the procedure's row says: none, required or unknown. ``trace``: of the key press that made it.
    """

    row: SectionEnquiry
    visit_id: str
    series: str
    item: str
    purpose: str
    information: str
    items: tuple[str, ...]
    asked_on: date
    as_of: date | None
    consent: str
    trace: str
    digest: str
    key_id: str
    proof: str
    answer: AnswerMark | None = None
    since: date | None = None
    until: date | None = None
    provider_why: str = ""


class CloseEnquiry(Message, frozen=True):
    """Nobody needs it any more. ``reason``: as in ``relay_stopped.CloseStopped``."""

    enquiry_id: str
    reason: str


class EnquiryClosed(Message, frozen=True):
    """It is kept. ``proof``: the receipt of its record."""

    proof: str
