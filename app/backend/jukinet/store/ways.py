"""What waits to go out to the network: references to records, in order per person."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from app.backend.jukinet.ports import Kept, Kind, Outgoing, Records
from app.backend.jukinet.store.tables import OUTBOX
from app.durable.outbox import DONE, Outbox, OutboxItem
from app.errors import AppError


class WayStore:
    """See ``Ways``. An item's body says where its record is; nothing of a person stands in it."""

    def __init__(self, connection: Connection, outbox: Outbox, records: Records) -> None:
        self._connection = connection
        self._outbox = outbox
        self._records = records

    def send(self, kept: Kept, subject: str, at: datetime) -> None:
        body = f"{kept.municipality}/{kept.kind.value}/{kept.record_id}".encode()
        self._outbox.put(self._connection, _item_id(kept), subject, kept.kind.value, body, at)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[Outgoing, ...]:
        return tuple(self._outgoing(item) for item in self._outbox.claim(self._connection, now, lease, limit))

    def done(self, items: Sequence[OutboxItem]) -> None:
        if items:
            self._outbox.done(self._connection, *(item.item_id for item in items))

    def later(self, item: OutboxItem, now: datetime, cause: str) -> None:
        self._outbox.later(self._connection, item, now, cause)

    def postpone(self, item: OutboxItem, next_at: datetime, cause: str) -> None:
        self._outbox.postpone(self._connection, item, next_at, cause)

    def dead(self, item: OutboxItem, cause: str) -> None:
        self._outbox.dead(self._connection, item.item_id, cause)

    def state(self, kept: Kept) -> OutboxItem | None:
        columns = OUTBOX.c
        query = select(OUTBOX).where(columns.item_id == _item_id(kept), columns.state != DONE)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        fields = ("item_id", "subject", "kind", "body", "created_at", "state", "attempts", "next_at", "cause")
        return OutboxItem(**{name: getattr(row, name) for name in fields})

    def open_items(self, municipality: str) -> tuple[tuple[OutboxItem, str], ...]:
        found = [(item, _place(item)) for item in self._outbox.open_items(self._connection)]
        return tuple((item, place[2]) for item, place in found if place[0] == municipality)

    def _outgoing(self, item: OutboxItem) -> Outgoing:
        municipality, kind, record_id = _place(item)
        try:
            return Outgoing(item, municipality, self._records.one(municipality, Kind(kind), record_id))
        except (AppError, ValueError):
            return Outgoing(item, municipality, None)


def _place(item: OutboxItem) -> tuple[str, str, str]:
    municipality, _, rest = item.body.decode(errors="replace").partition("/")
    kind, _, record_id = rest.partition("/")
    return municipality, kind, record_id


def _item_id(kept: Kept) -> str:
    """Of one length, whatever the record is called; two municipalities may call theirs the same."""
    return hashlib.sha256(f"{kept.municipality}/{kept.kind.value}/{kept.record_id}".encode()).hexdigest()
