"""The authority's lists as a source: kept with their times, fetched anew before they end, never used after it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.backend.revocation.ports import KeptList, RevocationBook, StatusService
from app.domain.clock import Clock
from app.domain.verdict import NotChecked
from app.errors import Unreachable
from app.trust.certificate_anchors import CertificateAnchor
from app.trust.revocation import NoStatus, Questioned, Status
from app.trust.revocation_list import NOT_COVERED, RevocationList, read_list

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
"""How often a list is looked for that may have come early. Assumed."""
LEAD = timedelta(minutes=30)
"""How long before the end of a list its successor is looked for: a switch-over takes 5 to 10 minutes, published."""
WAITING_S, ALONE_S = 3.0, 120.0
"""How long a list may take while somebody waits at a counter, and by the worker. Assumed."""
RETRY_S = 20.0
"""How long a place that gave nothing is left alone. Assumed."""
TURN_S = 15.0
"""How often the worker looks whether something is due."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A list that was proven, and when it was fetched."""

    list: RevocationList
    fetched_at: datetime


class Lists:
    """The lists at ``places`` of all ``anchors``; whose a list is shows when its signature is tried."""

    name = "crl"

    def __init__(
        self,
        book: RevocationBook,
        service: StatusService,
        places: Sequence[str],
        anchors: Sequence[CertificateAnchor],
        clock: Clock,
    ) -> None:
        self._book = book
        self._service = service
        self._places = tuple(places)
        self._anchors = tuple(anchors)
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self._tried: dict[str, float] = {}
        self._why: dict[str, NotChecked] = {}

    def status(self, questioned: Questioned) -> Status | NoStatus:
        """What the newest list says that the certificate would stand on; missing ones are fetched, then it is told.

        Time: blocks, about ``WAITING_S`` at most, and only where no list can be used.
        """
        if not self._current(questioned):
            ends = self._clock.monotonic() + WAITING_S
            for place in self._due():
                left = ends - self._clock.monotonic()
                if left > 0:
                    self._fetch(place, left)
        covering = sorted(self._covering(questioned), key=lambda one: one.made_at)
        if covering:
            return covering[-1].status(questioned, self._clock.now())
        return NoStatus(next(iter(self._why.values()), NOT_COVERED))

    def turn(self) -> bool:
        """Fetch what is due; the worker's turn. There is never more to do at once."""
        for place in self._due():
            self._fetch(place, ALONE_S)
        return False

    def _covering(self, questioned: Questioned) -> Iterator[RevocationList]:
        held = (self._known(place) for place in self._places)
        return (one.list for one in held if one is not None and one.list.covers(questioned))

    def _current(self, questioned: Questioned) -> bool:
        now = self._clock.now()
        return any(one.is_current(now) for one in self._covering(questioned))

    def _due(self) -> list[str]:
        """Places whose list is missing, near its end or was not looked for in a while, and not tried just now."""
        now, moment = self._clock.now(), self._clock.monotonic()
        rested = [place for place in self._places if moment - self._tried.get(place, float("-inf")) >= RETRY_S]
        return [place for place in rested if _is_due(self._known(place), now)]

    def _known(self, place: str) -> _Held | None:
        """The list in memory, else as the store kept it, proven again."""
        if place not in self._held:
            kept = self._book.read(lambda unit: unit.kept(place))
            found = None if kept is None else read_list(kept.body, self._anchors, self._clock.now())
            if kept is None or not isinstance(found, RevocationList):
                return None
            self._held[place] = _Held(found, kept.fetched_at)
        return self._held[place]

    def _fetch(self, place: str, within_s: float) -> None:
        self._tried[place] = self._clock.monotonic()
        try:
            body = self._service.fetch(place, within_s)
        except Unreachable:
            self._why[place] = NotChecked("revocation_unreachable")
            return
        now = self._clock.now()
        found = read_list(body, self._anchors, now)
        before = self._known(place)
        if isinstance(found, RevocationList) and before is not None and _is_older(found, before.list):
            found = NotChecked("revocation_list_older")
        if not isinstance(found, RevocationList):
            self._why[place] = found
            log.warning("a list was not taken", extra={"place": place, "why": found.reason})
            return
        self._why.pop(place, None)
        self._held[place] = _Held(found, now)
        self._book.write(lambda unit: unit.keep(KeptList(place, found.made_at, found.until, now, body)))
        log.info("a list was taken", extra={"place": place, "number": found.number, "until": found.until.isoformat()})


def _is_older(found: RevocationList, before: RevocationList) -> bool:
    """An earlier list of the same key may have been put in the place of a later one."""
    return found.issuer == before.issuer and found.number < before.number


def _is_due(held: _Held | None, now: datetime) -> bool:
    if held is None:
        return True
    life = held.list.until - held.list.made_at
    return now >= held.list.until - min(LEAD, life / 3) or now >= held.fetched_at + EVERY
