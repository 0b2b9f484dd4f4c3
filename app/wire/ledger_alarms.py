"""Messages about what did not hold: alarms of the logs, who took note of them, how far outside witnesses are."""

from datetime import datetime

from app.wire.message import Message


class AskAlarms(Message, frozen=True):
    """Ask for everything that did not hold in the municipality's logs, and in those that it witnesses."""


class NoteRow(Message, frozen=True):
    """Somebody took note of an alarm. ``note``: what was found and done, in that person's words."""

    staff_id: str
    staff_name: str
    note: str
    at: datetime


class AlarmView(Message, frozen=True):
    """One alarm. ``log``: a slice, ``<municipality>/<slice>`` for a counterpart's; ``kind``: stable code.

    ``found_by``: the terminal or counterpart that told it, "" for the own witness; ``at``: when it was first found.
    """

    log: str
    kind: str
    size: int
    at: datetime
    found_by: str
    notes: tuple[NoteRow, ...] = ()


class OutsideWitness(Message, frozen=True):
    """A counterpart as witness. ``at``: when it last cosigned, None for never; ``behind``: logs that wait for it."""

    municipality: str
    at: datetime | None
    behind: int


class AlarmList(Message, frozen=True):
    """All alarms, the newest first. ``logs``: how many logs are witnessed."""

    rows: tuple[AlarmView, ...]
    witnesses: tuple[OutsideWitness, ...]
    logs: int


class NoteAlarm(Message, frozen=True):
    """A supervisor took note of an alarm. ``known``: how many notes they saw on it."""

    log: str
    kind: str
    size: int
    known: int
    note: str


class AlarmNoted(Message, frozen=True):
    """It is kept. ``proof``: the receipt of its record."""

    proof: str
