"""Messages of the network: requests, permits, deliveries, answers and codes, each inside a signed letter."""

from datetime import date, datetime

from app.wire.desk import Scalar
from app.wire.letter import Letter
from app.wire.message import Message


class NetworkRequest(Message, frozen=True):
    """What the asker's relay signs once and the provider reads unaltered: no person's number stands in it.

    ``as_of``: the day asked about, for information that belongs to no year (``tax_year`` 0); ``since``, ``until``: the
    period, both days included, for what lasts. ``reply_key``: the asker's public key (X25519, 32 bytes) to which the
    answer is sealed. ``trace``: as everywhere.
    """

    enquiry_id: str
    trace: str
    requester: str
    provider: str
    series: str
    item: str
    task: str
    purpose: str
    information: str
    items: tuple[str, ...]
    tax_year: int
    asked_on: date
    reply_key: bytes
    as_of: date | None = None
    since: date | None = None
    until: date | None = None


class NetworkEnquiry(Message, frozen=True):
    """A request (``network-request/1``) and whom it is about, by the number that relay and intermediary share."""

    addressee_number: str
    request: Letter


class NetworkEnquiries(Message, frozen=True):
    """relay → its intermediary."""

    municipality: str
    enquiries: tuple[NetworkEnquiry, ...]


class NetworkOutcome(Message, frozen=True):
    """``state``: answered (with the provider's letter), no_code, refused or delayed (with ``reason``).

    ``process_number``: 処理通番 of the enquiry; with no_code that of the acquisition of the code.
    """

    enquiry_id: str
    state: str
    reason: str
    process_number: str
    answer: Letter | None = None


class NetworkOutcomes(Message, frozen=True):
    """intermediary → relay: one for each enquiry, in order."""

    municipality: str
    outcomes: tuple[NetworkOutcome, ...]


class PermitQuestion(Message, frozen=True):
    """``code``: the person's code at the asker (符号), 18 bytes."""

    process_number: str
    code: bytes
    request: Letter


class PermitQuestions(Message, frozen=True):
    """intermediary → nws."""

    municipality: str
    questions: tuple[PermitQuestion, ...]


class Permit(Message, frozen=True):
    """情報提供許可証: may be used once, until ``expires_at``, by ``requester``, at ``provider``, for this very request.

    ``request_digest``: SHA-256 of the request's bytes. ``person``: the provider's code, sealed to the provider.
    """

    permit_id: str
    process_number: str
    requester: str
    provider: str
    request_digest: bytes
    person: bytes
    issued_at: datetime
    expires_at: datetime


class PermitReply(Message, frozen=True):
    """A signed permit (``permit/1``), or the reason for none."""

    process_number: str
    reason: str
    permit: Letter | None = None


class PermitReplies(Message, frozen=True):
    """nws → intermediary: one for each question, in order."""

    municipality: str
    replies: tuple[PermitReply, ...]


class Delivery(Message, frozen=True):
    """A request with its permit."""

    permit: Letter
    request: Letter


class Deliveries(Message, frozen=True):
    """asker's intermediary → provider's intermediary."""

    requester: str
    provider: str
    deliveries: tuple[Delivery, ...]


class ProviderAnswer(Message, frozen=True):
    """The provider's signed answer (``answer/1``). ``sealed``: an ``AnswerContent`` only the asker's relay can open."""

    process_number: str
    provider: str
    request_digest: bytes
    answered_at: datetime
    sealed: bytes


class AnswerContent(Message, frozen=True):
    """``kind``: value, no_data, undeclared, held_back or withheld; ``items`` by their names on the wire."""

    kind: str
    items: dict[str, Scalar]


class DeliveryReply(Message, frozen=True):
    """An answer, or the reason for none."""

    process_number: str
    reason: str
    answer: Letter | None = None


class DeliveryReplies(Message, frozen=True):
    """provider's intermediary → asker's intermediary: one for each delivery, in order."""

    provider: str
    replies: tuple[DeliveryReply, ...]


class Acquisition(Message, frozen=True):
    """住民票コード for a 処理通番: from the resident network; the core keeps only a keyed token of it."""

    process_number: str
    resident_code: str


class Acquisitions(Message, frozen=True):
    """resident gateway → nws."""

    municipality: str
    acquisitions: tuple[Acquisition, ...]


class Acquired(Message, frozen=True):
    """nws → resident gateway: how many were taken over."""

    count: int


class CollectCodes(Message, frozen=True):
    """intermediary → nws: the codes of these acquisitions, as far as they are there."""

    municipality: str
    process_numbers: tuple[str, ...]


class CollectedCode(Message, frozen=True):
    """``sealed``: the code, sealed to the intermediary; None while it is not there."""

    process_number: str
    sealed: bytes | None


class CollectedCodes(Message, frozen=True):
    """One for each number asked about, in order."""

    municipality: str
    codes: tuple[CollectedCode, ...]


class RekeyCodes(Message, frozen=True):
    """intermediary → nws (``rekey-codes/1``). ``codes``: codes side by side, 18 bytes each; b"": which version holds.

    ``finished``: no code of an older version is left there, and the core forgets them.
    """

    municipality: str
    codes: bytes
    finished: bool = False


class RekeyedCodes(Message, frozen=True):
    """nws → intermediary (``rekeyed-codes/1``). ``version``: the present one of the municipality's code key.

    ``sealed``: as many codes in the same order, sealed to the intermediary; zeros for one that the core doesn't know.
    """

    municipality: str
    version: int
    sealed: bytes
