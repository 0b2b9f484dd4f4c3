"""Corrections, and what the intermediary must still be told of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from app.backend.addressee.ports import Correction, Told
from app.backend.addressee.store.tables import correction_table
from app.backend.addressee.store.tools import Tools, keyed
from app.durable.outbox import Outbox, OutboxItem
from app.wire.corrections import CorrectPersons

_CODE = 6
_KIND = "correction"


class CorrectionRows:
    """Within one transaction."""

    def __init__(self, tools: Tools, outbox: Outbox) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._outbox = outbox

    def one(self, municipality: str, correction_id: str) -> Correction | None:
        mine = keyed(correction_table, {"municipality": municipality, "correction_id": correction_id})
        row = self._connection.execute(select(correction_table).where(mine).with_for_update()).one_or_none()
        return None if row is None else self._correction(row)

    def listed(self, municipality: str, states: Sequence[str], limit: int) -> tuple[Correction, ...]:
        columns = correction_table.c
        rows = self._connection.execute(
            select(correction_table)
            .where(columns.municipality == municipality, columns.state.in_(states))
            .order_by(columns.correction_id)
            .limit(limit)
        )
        return tuple(self._correction(row) for row in rows)

    def put(self, one: Correction) -> None:
        sealed = self._tools.seal((one.municipality, correction_table.name), one.correction_id, one.version, one)
        key = {"municipality": one.municipality, "correction_id": one.correction_id}
        self._tools.put(correction_table, key, {"version": one.version, "state": one.state, "sealed": sealed})

    def tell(self, item_id: str, message: CorrectPersons, at: datetime) -> None:
        place = message.municipality
        box = self._tools.seal((place, "outbox"), item_id, 1, message)
        self._outbox.put(self._connection, item_id, place, _KIND, place.encode() + box, at)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[Told, ...]:
        return tuple(self._told(item) for item in self._outbox.claim(self._connection, now, lease, limit))

    def done(self, item_ids: Sequence[str]) -> None:
        self._outbox.done(self._connection, *item_ids)

    def later(self, item: OutboxItem, now: datetime, cause: str) -> None:
        self._outbox.later(self._connection, item, now, cause)

    def _told(self, item: OutboxItem) -> Told:
        place = item.body[:_CODE].decode()
        return Told(item, self._tools.open((place, "outbox"), item.item_id, 1, item.body[_CODE:], CorrectPersons))

    def _correction(self, row: Row[Any]) -> Correction:
        place = (row.municipality, correction_table.name)
        return self._tools.open(place, row.correction_id, row.version, row.sealed, Correction)
