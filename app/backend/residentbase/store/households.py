"""Keeps which households' information is to be renewed in the replica, until the relay has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.durable.outbox import Outbox, OutboxItem

_KIND = "household"


class StoredHouseholds:
    """See ``HouseholdRows``. Numbers only; what is forwarded is read when it goes out."""

    def __init__(self, connection: Connection, outbox: Outbox) -> None:
        self._connection = connection
        self._outbox = outbox

    def changed(self, municipality: str, households: Mapping[str, int], at: datetime) -> None:
        for number, position in households.items():
            subject = f"{municipality}/{number}"
            self._outbox.put(self._connection, f"{subject}/{position}", subject, _KIND, b"", at)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[OutboxItem, ...]:
        return self._outbox.claim(self._connection, now, lease, limit)

    def done(self, items: Sequence[OutboxItem]) -> None:
        if items:
            self._outbox.done(self._connection, *(one.item_id for one in items))

    def later(self, items: Sequence[OutboxItem], now: datetime, cause: str) -> None:
        for one in items:
            self._outbox.later(self._connection, one, now, cause)
