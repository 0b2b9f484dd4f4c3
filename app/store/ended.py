"""How the last session here ended, until somebody signs in again: the window may have begun anew since."""

from app.errors import SessionEnded
from app.store.memos import read_message, write_message
from app.store.terminal import Terminal
from app.wire.message import Message

_ENDED = "session_ended"


class _Ended(Message, frozen=True):
    data: dict[str, str | int]


class EndedBook:
    """Remembers a ``SessionEnded`` across the window's restart; it names colleagues and terminals only."""

    def __init__(self, terminal: Terminal) -> None:
        self._database = terminal.database

    def told(self) -> SessionEnded | None:
        """What is to be said on the sign-in screen."""
        kept = self._database.read(lambda connection: read_message(connection, _ENDED, _Ended))
        return None if kept is None else SessionEnded(**kept.data)

    def tell(self, error: SessionEnded | None) -> None:
        """Say this at the next start; None: nothing any more."""
        kept = None if error is None else _Ended(data=dict(error.data))
        self._database.write(lambda connection: write_message(connection, _ENDED, kept))
