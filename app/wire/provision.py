"""Messages between counter and intermediary: enquiries that wait for a person, and the marks that make them wait."""

from datetime import date, datetime

from app.wire.desk import Scalar
from app.wire.message import Message


class AskReleases(Message, frozen=True):
    """Ask for what waits for the sections whose information this person may release or check."""


class ReleaseRow(Message, frozen=True):
    """One enquiry that is held back; nothing of the person is in it.

    ``cause``: row, information or person: what was marked; period: it begins before what is registered. ``since``,
    ``until``: the period asked about, if it was one. ``state``: waiting, checked, released, refused, expired.
    ``due_at``: until when it is decided, else the asker is told that it stays held back; ``days_left``: open days.
    ``proposal``: released or refused, by ``checked_by``. ``may``: check, decide: what this person may do now.
    """

    process_number: str
    requester: str
    task: str
    purpose: str
    information: str
    tax_year: int
    owner: str
    cause: str
    state: str
    asked_at: datetime
    due_at: datetime
    days_left: int
    needs_two: bool
    checked_by: str
    proposal: str
    proposal_reason: str
    decided_by: str
    reason: str
    version: int
    may: tuple[str, ...]
    since: date | None = None
    until: date | None = None


class Releases(Message, frozen=True):
    """The most urgent first."""

    rows: tuple[ReleaseRow, ...]


class OpenRelease(Message, frozen=True):
    """Look at one with its content."""

    process_number: str


class ReleaseView(Message, frozen=True):
    """The content exactly as it would be sent now; ``digest`` names it, and is given back with a decision.

    ``kind``: as of an answer. ``request_digest``: of the request as the asker signed it, in hex.
    """

    row: ReleaseRow
    person: str
    kind: str
    items: dict[str, Scalar]
    asked_items: tuple[str, ...]
    replica_version: int
    digest: str
    request_digest: str
    flags: tuple["FlagRow", ...]


class CheckRelease(Message, frozen=True):
    """Propose ``outcome`` (released or refused) to whoever decides; ``digest`` of the content that was looked at."""

    process_number: str
    version: int
    digest: str
    outcome: str
    reason: str


class DecideRelease(Message, frozen=True):
    """Release it as it was looked at, or refuse it."""

    process_number: str
    version: int
    digest: str
    outcome: str
    reason: str


class ReleaseSettled(Message, frozen=True):
    """How it stands now."""

    row: ReleaseRow
    proof: str


class AskFlags(Message, frozen=True):
    """Ask for the marks of an owner: those of a person, or all. ``also_cleared``: with those that were lifted."""

    owner: str
    person: str = ""
    also_cleared: bool = False


class FlagRow(Message, frozen=True):
    """A mark. ``kind``: no_auto_answer or non_disclosure; ``information``, ``person``: "" for any.

    ``may``: clear, where this person may.
    """

    flag_id: str
    owner: str
    kind: str
    information: str
    person: str
    reason: str
    set_by: str
    set_at: datetime
    is_set: bool
    version: int
    cleared_by: str
    cleared_reason: str
    cleared_at: datetime | None
    may: tuple[str, ...]


class Flags(Message, frozen=True):
    """Newest first."""

    rows: tuple[FlagRow, ...]


class SetFlag(Message, frozen=True):
    """Set a mark on a kind of information, on a person, or on both; not on nothing."""

    owner: str
    kind: str
    information: str
    person: str
    reason: str


class ClearFlag(Message, frozen=True):
    """Lift a mark."""

    flag_id: str
    version: int
    reason: str


class FlagKept(Message, frozen=True):
    """The mark as it stands now."""

    row: FlagRow
    proof: str
