"""Time and chance as ports: instants are UTC, business dates are Asia/Tokyo."""

import secrets
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

TOKYO = timezone(timedelta(hours=9), "Asia/Tokyo")
"""Japan has no summer time since 1952 (昭和27年法律第84号, published): a fixed offset needs no time zone files."""


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """The instant, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back; for locks and leases."""
        ...


class Random(Protocol):
    """Where unguessable bytes come from."""

    def token(self, size: int) -> bytes: ...


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class SystemRandom:
    """The operating system's random source."""

    def token(self, size: int) -> bytes:
        return secrets.token_bytes(size)


def business_date(instant: datetime) -> date:
    """The day it is in the office at ``instant``."""
    return instant.astimezone(TOKYO).date()


def new_id(clock: Clock, random: Random) -> str:
    """A sortable identifier, 32 hex digits: 48 bits of milliseconds, then 80 random bits."""
    milliseconds = int(clock.now().timestamp() * 1000)
    return milliseconds.to_bytes(6, "big").hex() + random.token(10).hex()
