"""What is held back for a person to decide, what is marked, and what was told wrongly, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime

from app.wire.letter import Letter

WAITING, CHECKED = "waiting", "checked"
RELEASED, REFUSED, EXPIRED = "released", "refused", "expired"
OPEN_CASES = (WAITING, CHECKED)

NOTED, RECEIVED, ACKNOWLEDGED = "noted", "received", "acknowledged"
"""States of an error note: not taken yet; the receiver's intermediary has it; a person there has confirmed it."""

CORRECTION, NON_DISCLOSURE, DISCLOSURE = "correction", "non_disclosure", "disclosure"
"""Kinds of marks on a record: 訂正; 不開示 set; 不開示 lifted."""


@dataclass(frozen=True, slots=True)
class Case:
    """An enquiry that waits for somebody of ``owner``, or was decided. ``request``: as the asker's relay signed it.

    ``reply_key``: what its answer is sealed to. ``needs_two``: somebody checks before somebody else decides.
    ``cause``: row, information or person: what held it back. ``proposal``: released or refused, by who checked.
    """

    municipality: str
    process_number: str
    requester: str
    permit_id: str
    request_digest: bytes
    request: Letter
    addressee_number: str
    information: str
    tax_year: int
    owner: str
    cause: str
    needs_two: bool
    asked_at: datetime
    due_at: datetime
    state: str = WAITING
    version: int = 1
    checked_by: str = ""
    checked_at: datetime | None = None
    proposal: str = ""
    proposal_reason: str = ""
    checked_digest: bytes = b""
    decided_by: str = ""
    reason: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark on a kind of information, on a person ("" for any), or on both. One that is cleared stays as history.

    ``owner``: the business in whose name it was set; it clears it.
    """

    municipality: str
    flag_id: str
    owner: str
    kind: str
    information: str
    addressee_number: str
    reason: str
    set_by: str
    set_at: datetime
    is_set: bool = True
    version: int = 1
    cleared_by: str = ""
    cleared_reason: str = ""
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ErrorNote:
    """過誤情報: what ``receiver`` is told of a provision that was wrong. ``corrected``: the right one is registered."""

    municipality: str
    note_id: str
    process_number: str
    owner: str
    receiver: str
    request_digest: bytes
    information: str
    tax_year: int
    reason: str
    corrected: bool
    made_by: str
    made_at: datetime
    next_at: datetime
    state: str = NOTED
    version: int = 1
    attempts: int = 0
    cause: str = ""
    received_at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReceivedNote:
    """過誤情報 that a provider told about an enquiry of ours; ``task``: whose section confirms it."""

    municipality: str
    note_id: str
    process_number: str
    provider: str
    task: str
    information: str
    tax_year: int
    reason: str
    corrected: bool
    made_at: datetime
    received_at: datetime
    version: int = 1
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""


@dataclass(frozen=True, slots=True)
class RecordMark:
    """What was added to a record of either side. ``text``: of a correction, in words."""

    municipality: str
    mark_id: str
    process_number: str
    kind: str
    reason: str
    text: str
    by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Expired:
    """What one portion of the expiry run deleted. ``numbers``: 処理通番 of records, of either side."""

    counts: dict[str, int] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
