"""What staff are told of the exchange's keys: versions and ends out of the plan, and the master information's."""

from collections.abc import Callable
from datetime import datetime

from app.domain.clock import Clock
from app.server.exchange_keys import ExchangeKeys
from app.server.signing_keys import ROTATED, Term
from app.wire.relay_office import KeyRow

Master = Callable[[], tuple[int, datetime | None]]
"""Version and end of the master information in use; version 0 for none."""
_OVER, _PLANNED, _SIGNING = "over", "planned", "signing"


class KeyStateReader:
    """Reads the plan anew each time: a rotation counts while the program runs."""

    def __init__(self, keys: ExchangeKeys, master: Master, clock: Clock) -> None:
        self._keys = keys
        self._master = master
        self._clock = clock

    def of(self, municipality: str) -> tuple[KeyRow, ...]:
        """The keys of a municipality, by sender, the newest version first."""
        now = self._clock.now()
        names = [name for name in self._keys.signing if name.partition("@")[0] in ROTATED]
        mine = sorted(name for name in names if name.partition("@")[2] in {"", municipality})
        rows = [_row(name, term, now) for name in mine for term in reversed(self._keys.plan.of(name))]
        version, until = self._master()
        if version:
            state = _OVER if until is not None and until <= now else _SIGNING
            rows.append(_told("master", Term(version, None, until), state, now))
        return tuple(rows)


def _row(name: str, term: Term, now: datetime) -> KeyRow:
    if term.until is not None and term.until <= now:
        state = _OVER
    else:
        state = _PLANNED if term.since is not None and term.since > now else _SIGNING
    return _told(name.partition("@")[0], term, state, now)


def _told(sender: str, term: Term, state: str, now: datetime) -> KeyRow:
    left = None if term.until is None else max(0, (term.until - now).days)
    return KeyRow(sender=sender, version=term.version, state=state, since=term.since, until=term.until, days_left=left)
