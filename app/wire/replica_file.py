"""Messages by which replica files are registered in parts, looked at, and replica rows are found and deleted."""

from datetime import datetime

from app.wire.desk import Scalar
from app.wire.message import Message

PART_ROWS = 10_000
"""Rows of one part at most. Source: files of the platform are split there (one public script, low confidence)."""


class BeginReplicaFile(Message, frozen=True):
    """Announce a file, or ask where to go on with it. ``digest``: chained over its parts (``app.trust.file_chain``).

    ``columns``: names of the items, in the order in which each row has them after number and kind. ``tax_year``: 0 for
    information that belongs to no year.
    """

    municipality: str
    file_id: str
    digest: bytes
    information: str
    tax_year: int
    columns: tuple[str, ...]
    rows: int
    parts: int


class PutReplicaPart(Message, frozen=True):
    """Part ``number`` (from 0). ``lines``: one row a line, a JSON array of number, kind and the items' values.

    ``digest``: SHA-256 of the lines as they stood in the file; a relay that translated the numbers has checked it. Any
    other part than the one that is awaited changes nothing; the answer says which one is.
    """

    municipality: str
    file_id: str
    number: int
    lines: str
    digest: bytes


class AskReplicaFile(Message, frozen=True):
    """Ask how far a file has come."""

    municipality: str
    file_id: str


class ReplicaFileState(Message, frozen=True):
    """``state``: coming, done, broken (not what was announced: to be sent as a new file) or withdrawn.

    ``file_id``: where the same rows had come before, that file's. ``changed``, ``unchanged``, ``rejected``: rows.
    """

    file_id: str
    information: str
    tax_year: int
    state: str
    parts: int
    next_part: int
    rows: int
    changed: int
    unchanged: int
    rejected: int
    begun_at: datetime
    changed_at: datetime


class AskRejectedRows(Message, frozen=True):
    """Ask for rejected rows beyond line ``after``, at most 1,000 at once."""

    municipality: str
    file_id: str
    after: int = 0


class RejectedLine(Message, frozen=True):
    """``reason``: a code with a sentence under ``[word.rejected_row]``; ``text``: the row as it stood in the file."""

    line: int
    reason: str
    text: str


class RejectedLines(Message, frozen=True):
    """In order of their lines; ``is_last``: there are no more."""

    file_id: str
    rows: tuple[RejectedLine, ...]
    is_last: bool


class AskReplicaFiles(Message, frozen=True):
    """Ask for the newest files of an owner's information."""

    owner: str


class ReplicaFiles(Message, frozen=True):
    """Newest first."""

    files: tuple[ReplicaFileState, ...]


class WithdrawReplicaFile(Message, frozen=True):
    """Delete all rows that came last with this file."""

    municipality: str
    file_id: str
    reason: str


class FindReplica(Message, frozen=True):
    """Ask what is registered of one person, of an owner's information."""

    owner: str
    person: str


class ReplicaView(Message, frozen=True):
    """One row as it is registered. ``file_id``: with which file it came, "" for none."""

    information: str
    tax_year: int
    kind: str
    items: dict[str, Scalar]
    version: int
    file_id: str
    changed_at: datetime | None
    no_auto_answer: bool
    non_disclosure: bool


class FoundReplica(Message, frozen=True):
    """All rows, by information, newest year first. ``proof``: of the look."""

    person: str
    rows: tuple[ReplicaView, ...]
    proof: str


class EnterReplica(Message, frozen=True):
    """Register one row by hand, instead of ``version`` (0 where there is none yet)."""

    owner: str
    person: str
    information: str
    tax_year: int
    kind: str
    items: dict[str, Scalar]
    version: int


class DeleteReplica(Message, frozen=True):
    """Delete one row, if it still is ``version``."""

    owner: str
    person: str
    information: str
    tax_year: int
    version: int
    reason: str


class ReplicaKept(Message, frozen=True):
    """It stands. ``version``: 0 where the row is deleted."""

    version: int
    proof: str
