"""Has the newest witnessed checkpoint of each log stamped every hour; without a stamper everything else goes on."""

import logging
from datetime import datetime, timedelta
from functools import partial

from app.backend.ledger.ports import LedgerBook, LedgerUnit, Stamp, Stamper, Witnessed
from app.domain.clock import Clock
from app.errors import AppError

log = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
"""How old a stamp may be before the log's next checkpoint is stamped. Source: decided; X-Road stamps after 60 s."""
IDLE_S = 60.0


class Stamping:
    """Stamps all logs that the witness knows. ``failing_since``: when the stamper first failed, None while it works."""

    def __init__(self, book: LedgerBook, stamper: Stamper, clock: Clock) -> None:
        self._book = book
        self._stamper = stamper
        self._clock = clock
        self._failing_since: datetime | None = None

    @property
    def failing_since(self) -> datetime | None:
        """Since when no stamp could be had."""
        return self._failing_since

    def turn(self) -> bool:
        """Stamp what is due; a failure is told and tried again at the next turn. Never more to do at once."""
        for municipality, name in self._book.read(lambda unit: unit.places()):
            newest = self._book.read(partial(_newest, municipality, name))
            last = self._book.read(partial(_last, municipality, name))
            if newest is not None and self._is_due(newest, last) and not self._stamped(newest):
                return False
        return False

    def _is_due(self, newest: Witnessed, last: Stamp | None) -> bool:
        """A log that has not grown needs no other stamp; a clock that was set back must not stop stamping."""
        if last is None:
            return True
        is_same = last.note.partition(b"\n\n")[0] == newest.note.partition(b"\n\n")[0]
        return not is_same and not timedelta() <= self._clock.now() - last.at < HOUR

    def _stamped(self, newest: Witnessed) -> bool:
        try:
            token, at = self._stamper.stamp(newest.note)
        except AppError as error:
            self._failing_since = self._failing_since or self._clock.now()
            log.warning("no time stamp could be had", extra={"slice": newest.log, "code": error.code})
            return False
        stamp = Stamp(newest.municipality, newest.log, newest.size, newest.note, token, at)
        self._book.write(lambda unit: unit.add_stamp(stamp))
        self._failing_since = None
        return True


def _newest(municipality: str, name: str, unit: LedgerUnit) -> Witnessed | None:
    return unit.newest(municipality, name)


def _last(municipality: str, name: str, unit: LedgerUnit) -> Stamp | None:
    return unit.stamp(municipality, name)
