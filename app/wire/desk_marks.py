"""What stands beside an application: risks, a hold, who wrote what, and what was entered and not taken."""

from datetime import date, datetime

from app.wire.message import Message

Scalar = str | int | bool | None


class RiskMark(Message, frozen=True):
    """Why a case wants a second look. ``kind``: see ``domain.case_risk``; ``detail``: its ground, "" for none."""

    kind: str
    detail: str = ""


class HoldMark(Message, frozen=True):
    """保留: it lies until a day. ``reason``: a code; ``by``: whose decision that was."""

    until: date
    reason: str
    note: str
    by: str
    since: datetime


class SetAside(Message, frozen=True):
    """What somebody had entered and what was not taken when two persons' entries were put together.

    ``path``: the field, or "group[row].field" with the row from 0.
    """

    path: str
    value: Scalar
    name: str
    at: datetime


class FieldMark(Message, frozen=True):
    """Who wrote a field last, and when; ``path`` as in ``SetAside``."""

    path: str
    name: str
    at: datetime
