"""Letters by which the desk has a decided notification entered into the resident register, and learns how it stands."""

from datetime import date

from app.wire.message import Message

MOST = 64
"""Filings in one letter. Assumed."""
QUEUED, ENTERED, APPROVED, REFUSED, WITHDRAWN, NOT_ENTERED = (
    "queued", "entered", "approved", "refused", "withdrawn", "not_entered",
)  # fmt: skip
FINAL = frozenset({APPROVED, REFUSED, WITHDRAWN, NOT_ENTERED})


class FiledPerson(Message, frozen=True):
    """Somebody who changes, as the application names them. ``relation``: 続柄 in the household afterwards."""

    name: str
    birth: date | None
    relation: str


class DeskFiling(Message, frozen=True):
    """What an approved application has the register enter. ``number``: the receipt number it rests on.

    ``applicant``: 宛名番号; ``decided_by``: staff id of who decided at the desk, ``office``: their department; nobody
    approves in the register what they decided here. ``household``: keep, new or join.
    """

    application_id: str
    number: str
    visit_id: str
    decided_by: str
    office: str
    applicant: str
    kind: str
    reason: str
    filed_day: date
    event_day: date | None
    address: str
    household: str
    persons: tuple[FiledPerson, ...]
    late_reason: str = ""


class DeskFilings(Message, frozen=True):
    """desk → register: enter these; what is there already is left alone. At most ``MOST``."""

    municipality: str
    filings: tuple[DeskFiling, ...]


class FilingMark(Message, frozen=True):
    """How one stands in the register: entered (仮登録), approved (本登録), refused, withdrawn, or not_entered.

    ``cause``: why it is not entered (then somebody enters it there by hand), or the reason of a refusal; queued with a
    cause: the register asks to be asked again.
    """

    application_id: str
    state: str
    entry_id: str = ""
    cause: str = ""


class FilingMarks(Message, frozen=True):
    """register → desk: one for each, in order."""

    municipality: str
    marks: tuple[FilingMark, ...]
