"""Messages between counter and relay: making an enquiry, asking for its state and answer."""

from datetime import date, datetime

from app.wire.desk import AnswerMark, PersonMark
from app.wire.message import Message


class MakeEnquiry(Message, frozen=True):
    """情報照会: ask about ``subject`` for ``procedure``. The counter makes ``enquiry_id`` (at most 64 characters).

    ``enquiry``: id of the enquiry in the procedure's data. ``information`` and ``purpose`` as the clerk saw them; the
    relay holds them against its own rows. ``requested_on``: the application's receipt date. ``provider``: the
    municipality of 1 January as far as the counter knows it, "" to leave it to the rule; another one than the rule's
    needs ``provider_reason``, one of ``exchange_sides.toml``. Information that belongs to no year is asked ``as_of`` a
    day, or from ``since`` to ``until``, with ``tax_year`` 0 and the provider named. ``consent``: ``signed`` where the
    person's own signature is there.
    """

    enquiry_id: str
    visit_id: str
    procedure: str
    enquiry: str
    subject: PersonMark
    information: str
    purpose: str
    tax_year: int
    requested_on: date
    provider: str = ""
    provider_reason: str = ""
    as_of: date | None = None
    consent: str = ""
    since: date | None = None
    until: date | None = None


class EnquiryAccepted(Message, frozen=True):
    """The enquiry goes on by itself. ``proof``: the ledger's receipt as text.

    ``expected_at``: when it can be sent at the earliest; None while nobody knows. ``provider_why``: why this provider.
    """

    enquiry_id: str
    provider: str
    provider_name: str
    path: str
    accepted_at: datetime
    proof: str
    expected_at: datetime | None = None
    provider_why: str = ""


class ProviderQuestion(Message, frozen=True):
    """Of whom would it be asked? ``enquiry``: id in the procedure's data."""

    enquiry: str
    business_number: str
    tax_year: int


class AskProviders(Message, frozen=True):
    """Ask whom the rule asks about persons and tax years, at most 64, before any enquiry is made."""

    visit_id: str
    procedure: str
    questions: tuple[ProviderQuestion, ...]


class RuledProvider(Message, frozen=True):
    """``provider``: a municipality, "" where nobody is known; ``why``: first_january or taxed_elsewhere."""

    provider: str
    name: str
    why: str


class Providers(Message, frozen=True):
    """One for each question, in order."""

    found: tuple[RuledProvider, ...]


class AskEnquiries(Message, frozen=True):
    """Ask how enquiries stand, at most 64.

    ``wait_s``: while none of them has ended, the answer may wait that many seconds until one of them changes, five at
    the most; so ask with it for those alone whose end is not known yet. 0: the answer comes at once.
    """

    enquiry_ids: tuple[str, ...]
    wait_s: int = 0


class EnquiryState(Message, frozen=True):
    """How one enquiry stands.

    ``state``: waiting, no_code (符号取得待ち), out_of_hours, stopped (a supervisor sends it again or closes it),
    answered, refused. ``reason``: with refused, a code with a sentence under ``[refusal.<code>]``; else the code of
    what delays or stopped it, "" for nothing. ``next_at``: the next try; ``expected_at``: when an answer can be
    there at the earliest, None while nobody knows. ``next_step``: what to do now, see ``app.domain.answer_steps``.
    ``since``, ``until``: the period asked about, if it was one. ``provider``: who was asked, ``provider_why``: why.
    """

    enquiry_id: str
    visit_id: str
    procedure: str
    state: str
    reason: str
    next_at: datetime | None
    attempts: int
    answer: AnswerMark | None = None
    expected_at: datetime | None = None
    next_step: str = ""
    since: date | None = None
    until: date | None = None
    provider: str = ""
    provider_why: str = ""


class EnquiryStates(Message, frozen=True):
    """The states of those enquiries that exist and that this person may see, in the order asked."""

    states: tuple[EnquiryState, ...]
