"""The last instant that the backend has signed for this PC, whatever the PC's own clock says."""

from datetime import datetime

from sqlalchemy import Connection

from app.store.memos import read_message, write_message
from app.wire.message import Message

_HEARD = "heard"


class _Heard(Message, frozen=True):
    at: datetime


def last_heard(connection: Connection) -> datetime | None:
    """The latest instant (UTC) that came signed by the backend; None before the first."""
    found = read_message(connection, _HEARD, _Heard)
    return None if found is None else found.at


def hear(connection: Connection, at: datetime | None) -> None:
    """Keep an instant whose signature was proved; an earlier one than is known changes nothing."""
    known = last_heard(connection)
    if at is not None and (known is None or at > known):
        write_message(connection, _HEARD, _Heard(at=at))
