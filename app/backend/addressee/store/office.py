"""What is kept of business systems, of searches that found nobody and of corrections; and what must still be told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, select

from app.backend.addressee.ports import BusinessSystem, Correction, Told
from app.backend.addressee.store.tables import correction_table, miss_table, session_table, system_table
from app.backend.addressee.store.tools import Tools, keyed
from app.durable.outbox import Outbox, OutboxItem
from app.wire.corrections import CorrectPersons

_CODE = 6
_KIND = "correction"


class OfficeRows:
    """Within one transaction."""

    def __init__(self, tools: Tools, outbox: Outbox) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._outbox = outbox

    def systems(self, municipality: str = "") -> tuple[BusinessSystem, ...]:
        query = select(system_table)
        if municipality:
            query = query.where(system_table.c.municipality == municipality)
        found = (self._system(row) for row in self._connection.execute(query))
        return tuple(sorted(found, key=lambda one: (one.municipality, one.system)))

    def system(self, municipality: str, system: str) -> BusinessSystem | None:
        mine = keyed(system_table, {"municipality": municipality, "system": system})
        row = self._connection.execute(select(system_table).where(mine).with_for_update()).one_or_none()
        return None if row is None else self._system(row)

    def put_system(self, one: BusinessSystem) -> None:
        sealed = self._tools.seal((one.municipality, system_table.name), one.system, one.version, one)
        key = {"municipality": one.municipality, "system": one.system}
        self._tools.put(system_table, key, {"version": one.version, "sealed": sealed})

    def open_session(self, municipality: str, digest: bytes, system: str, until: datetime) -> None:
        key = {"municipality": municipality, "digest": digest}
        self._tools.put(session_table, key, {"system": system, "until": until})

    def session(self, municipality: str, digest: bytes, now: datetime) -> str:
        mine = keyed(session_table, {"municipality": municipality, "digest": digest})
        found = self._connection.execute(select(session_table.c.system).where(mine, session_table.c.until > now))
        return found.scalar() or ""

    def end_sessions(self, municipality: str, system: str, now: datetime) -> None:
        columns = session_table.c
        mine = keyed(session_table, {"municipality": municipality, "system": system})
        past = (columns.municipality == municipality) & (columns.until <= now)
        self._connection.execute(delete(session_table).where(mine | past))

    def misses(self, municipality: str, who: str, now: datetime, span: timedelta) -> tuple[datetime, int]:
        mine = keyed(miss_table, {"municipality": municipality, "who": who})
        row = self._connection.execute(select(miss_table).where(mine).with_for_update()).one_or_none()
        return (now, 0) if row is None or row.since + span <= now else (row.since, row.count)

    def put_misses(self, municipality: str, who: str, since: datetime, count: int) -> None:
        self._tools.put(miss_table, {"municipality": municipality, "who": who}, {"since": since, "count": count})

    def correction(self, municipality: str, correction_id: str) -> Correction | None:
        mine = keyed(correction_table, {"municipality": municipality, "correction_id": correction_id})
        row = self._connection.execute(select(correction_table).where(mine).with_for_update()).one_or_none()
        return None if row is None else self._correction(row)

    def corrections(self, municipality: str, states: Sequence[str], limit: int) -> tuple[Correction, ...]:
        columns = correction_table.c
        rows = self._connection.execute(
            select(correction_table)
            .where(columns.municipality == municipality, columns.state.in_(states))
            .order_by(columns.correction_id)
            .limit(limit)
        )
        return tuple(self._correction(row) for row in rows)

    def put_correction(self, one: Correction) -> None:
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

    def _system(self, row: Row[Any]) -> BusinessSystem:
        return self._tools.open(
            (row.municipality, system_table.name), row.system, row.version, row.sealed, BusinessSystem
        )

    def _correction(self, row: Row[Any]) -> Correction:
        place = (row.municipality, correction_table.name)
        return self._tools.open(place, row.correction_id, row.version, row.sealed, Correction)
