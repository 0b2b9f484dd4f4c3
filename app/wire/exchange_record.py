"""Messages about records of exchange: of a person, added marks, extracts; receivers of what was wrong, error notes."""

from datetime import date, datetime

from app.wire.desk import Scalar
from app.wire.message import Message


class ErrorNote(Message, frozen=True):
    """過誤情報: what was provided under ``process_number`` was wrong.

    ``corrected``: asking again gives the right one.
    """

    note_id: str
    process_number: str
    request_digest: bytes
    information: str
    tax_year: int
    reason: str
    corrected: bool
    made_at: datetime


class ErrorNotes(Message, frozen=True):
    """provider's intermediary → receiver's; the same notes again ask what became of them."""

    provider: str
    receiver: str
    notes: tuple[ErrorNote, ...]


class NoteState(Message, frozen=True):
    """``refused``: a code, where there is no such enquiry. ``acknowledged_at``: when a person there confirmed it."""

    note_id: str
    refused: str
    received_at: datetime | None
    acknowledged_at: datetime | None


class NoteStates(Message, frozen=True):
    """One for each note, in order."""

    receiver: str
    states: tuple[NoteState, ...]


class FindReceivers(Message, frozen=True):
    """Who was told what: of one person's information and year, or of all rows of one file."""

    owner: str
    information: str
    person: str = ""
    tax_year: int = 0
    file_id: str = ""


class ReceiverRow(Message, frozen=True):
    """One provision. ``told``: the items as they were sent; ``note``: noted, received, acknowledged, "" for none."""

    process_number: str
    requester: str
    task: str
    kind: str
    replica_version: int
    told: dict[str, Scalar]
    provided_at: datetime
    is_present: bool
    note: str
    note_reason: str
    noted_at: datetime | None
    received_at: datetime | None
    acknowledged_at: datetime | None
    cause: str


class Receivers(Message, frozen=True):
    """Newest first. ``present``: the version that is registered now, 0 for none."""

    rows: tuple[ReceiverRow, ...]
    present: int
    proof: str


class SendErrorNotes(Message, frozen=True):
    """Tell the receivers of these provisions."""

    owner: str
    process_numbers: tuple[str, ...]
    reason: str
    corrected: bool


class NotesMade(Message, frozen=True):
    """They go out by themselves; ``count`` of them are new."""

    count: int
    proof: str


class AskErrorNotes(Message, frozen=True):
    """Ask for the notes of an owner's information."""

    owner: str


class ErrorNoteRow(Message, frozen=True):
    """One note that this city sent. ``cause``: what stands in the way of an unsent one."""

    note_id: str
    process_number: str
    receiver: str
    information: str
    tax_year: int
    reason: str
    state: str
    made_by: str
    made_at: datetime
    received_at: datetime | None
    acknowledged_at: datetime | None
    next_at: datetime
    cause: str


class ErrorNoteRows(Message, frozen=True):
    """Newest first."""

    rows: tuple[ErrorNoteRow, ...]


class AskReceivedNotes(Message, frozen=True):
    """Ask for what others told this city about enquiries for ``task``."""

    task: str


class ReceivedNoteRow(Message, frozen=True):
    """One note that another city sent. ``version``: for confirming it."""

    note_id: str
    process_number: str
    provider: str
    information: str
    tax_year: int
    reason: str
    corrected: bool
    made_at: datetime
    received_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str
    version: int


class ReceivedNoteRows(Message, frozen=True):
    """Newest first."""

    rows: tuple[ReceivedNoteRow, ...]


class AcknowledgeNote(Message, frozen=True):
    """Confirm that the section knows: the sender is told."""

    task: str
    note_id: str
    version: int


class NoteAcknowledged(Message, frozen=True):
    """The note as it stands now."""

    row: ReceivedNoteRow
    proof: str


class FindRecords(Message, frozen=True):
    """情報提供等記録 of one person. ``scope``: the owner of the information, or the task of the enquiries."""

    scope: str
    person: str


class MarkRow(Message, frozen=True):
    """What was added to a record. ``kind``: correction (訂正), non_disclosure (不開示) or disclosure."""

    kind: str
    reason: str
    text: str
    by: str
    made_at: datetime


class RecordRow(Message, frozen=True):
    """One record. ``side``: asked or provided; ``partner``: the other body. ``answer``: kind of answer, or state.

    ``hidden``: it is not shown in an extract, and by what: "" for nothing, rule or record. ``until``: it is deleted
    then. ``asked_since``, ``asked_until``: the period asked about, if it was one.
    """

    side: str
    process_number: str
    partner: str
    task: str
    information: str
    tax_year: int
    answer: str
    at: datetime
    until: datetime
    hidden: str
    marks: tuple[MarkRow, ...]
    notes: tuple[str, ...]
    asked_since: date | None = None
    asked_until: date | None = None


class Records(Message, frozen=True):
    """Newest first. ``proof``: of the look."""

    rows: tuple[RecordRow, ...]
    proof: str


class MarkRecord(Message, frozen=True):
    """Add to a record of ``side``: kind correction (with ``text``), non_disclosure or disclosure."""

    scope: str
    side: str
    process_number: str
    kind: str
    reason: str
    text: str = ""


class RecordMarked(Message, frozen=True):
    """It stands beside the record."""

    proof: str


class DiscloseRecords(Message, frozen=True):
    """開示: what a person is shown of the records about them, on a request received under ``request_number``."""

    person: str
    request_number: str


class DisclosedRow(Message, frozen=True):
    """One record as the person sees it: who exchanged what with whom, why and when, what was corrected later."""

    side: str
    process_number: str
    partner: str
    task: str
    information: str
    tax_year: int
    answer: str
    at: datetime
    corrections: tuple[str, ...]
    was_wrong: bool
    asked_since: date | None = None
    asked_until: date | None = None


class DisclosedRecords(Message, frozen=True):
    """Oldest first. ``hidden``: how many are not shown. ``proof``: of the disclosure."""

    rows: tuple[DisclosedRow, ...]
    hidden: int
    proof: str
