"""保存期間: what is past its time is deleted once on each business day, and the deletion is recorded."""

import logging
from datetime import date, datetime, time

from app.backend.socialaddress.ports import SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import ACCOUNT, CONTACT, DELIVERY
from app.domain.act import Act
from app.domain.clock import TOKYO, Clock, business_date
from app.domain.social_rules import KeptFor, SocialRules
from app.errors import AppError

log = logging.getLogger(__name__)
_LEAP = (2, 29)


class Clearing:
    """Deletes what has been kept for long enough."""

    def __init__(self, book: SocialBook, rules: SocialRules, clock: Clock) -> None:
        self._book = book
        self._rules = rules
        self._clock = clock
        self._done: date | None = None

    def turn(self) -> None:
        """Clear if a day has begun since."""
        today = business_date(self._clock.now())
        if self._done == today:
            return
        try:
            for municipality in self._book.municipalities():
                self.clear(municipality, today)
        except AppError as error:
            log.warning("what is past its time could not be deleted", extra={"code": error.code})
            return
        self._done = today

    def clear(self, municipality: str, today: date) -> None:
        """Delete what was past its time at the beginning of ``today``."""

        def work(unit: SocialUnit) -> None:
            found = {kind: unit.entries.clear(municipality, kind, self._before(kind, today)) for kind in _ENTRIES}
            found["tax"] = unit.taxes.clear(municipality, _begin(self._before("tax", today)))
            found["transfer"] = unit.transfers.clear(municipality, _begin(self._before("transfer", today)))
            gone = tuple(sorted((kind, count) for kind, count in found.items() if count))
            if gone:
                at = self._clock.now()
                unit.record([Act("social.cleared", at, municipality, "slice:socialaddress", "", "clearing", what=gone)])

        self._book.write(work)

    def _before(self, kind: str, today: date) -> date:
        return cutoff(self._rules.kept[kind], today)


_ENTRIES = (ACCOUNT, CONTACT, DELIVERY)


def cutoff(kept: KeptFor, today: date) -> date:
    """What ended before this day is past its time on ``today``."""
    day = 28 if (today.month, today.day) == _LEAP else today.day
    return today.replace(year=today.year - kept.years, day=day)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, TOKYO)
