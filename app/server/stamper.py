"""The way to a time-stamping authority (RFC 3161 over HTTP): what comes back is proved before it is kept."""

from datetime import datetime

from app.errors import BadSettings
from app.link.status_line import TIME_STAMP, StatusLine
from app.settings import StamperPlace
from app.trust.stamp import ask_stamp, open_stamp

WITHIN_S = 10.0
"""How long a stamp may take. Assumed."""


class HttpStamper:
    """See ``Stamper``."""

    def __init__(self, place: StamperPlace, line: StatusLine) -> None:
        self._url = place.url
        self._line = line
        try:
            self._roots = place.authority.read_bytes()
        except OSError as error:
            raise BadSettings(name="stamper.authority") from error

    def stamp(self, note: bytes) -> tuple[bytes, datetime]:
        """A proved stamp and its time. Errors: Unreachable; LedgerError for one that proves nothing."""
        asked = ask_stamp(note)
        token = self._line.ask(self._url, asked.body, WITHIN_S, TIME_STAMP)
        return token, open_stamp(token, note, self._roots, asked.nonce)
