"""Who may declare a restore: the guardians as this PC met them first, followed as they hand on to each other."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.store.memos import read_message, write_message
from app.trust.guardianship import Roster, agreed, read_rosters
from app.wire.message import Message

_GUARDIANS = "guardians"


class _Known(Message, frozen=True):
    """``lists``: signed, oldest first."""

    lists: tuple[str, ...] = ()


def known_guardians(connection: Connection) -> tuple[Roster, ...]:
    """The lists that this PC remembers."""
    return read_rosters([one.encode() for one in _kept(connection)])


def follow_guardians(connection: Connection, offered: Sequence[str]) -> tuple[Roster, ...]:
    """The same after what the office shows. Errors: LedgerError when that does not follow what is remembered."""
    known = _kept(connection)
    lists = agreed(known, offered)
    if lists != known:
        write_message(connection, _GUARDIANS, _Known(lists=lists))
    return read_rosters([one.encode() for one in lists])


def _kept(connection: Connection) -> tuple[str, ...]:
    return (read_message(connection, _GUARDIANS, _Known) or _Known()).lists
