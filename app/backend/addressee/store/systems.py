"""What is kept of business systems and of searches that found nobody."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, select

from app.backend.addressee.ports import BusinessSystem
from app.backend.addressee.store.tables import miss_table, session_table, system_table
from app.backend.addressee.store.tools import Tools, keyed


class SystemRows:
    """Within one transaction."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def all(self, municipality: str = "") -> tuple[BusinessSystem, ...]:
        query = select(system_table)
        if municipality:
            query = query.where(system_table.c.municipality == municipality)
        found = (self._system(row) for row in self._connection.execute(query))
        return tuple(sorted(found, key=lambda one: (one.municipality, one.system)))

    def one(self, municipality: str, system: str) -> BusinessSystem | None:
        mine = keyed(system_table, {"municipality": municipality, "system": system})
        row = self._connection.execute(select(system_table).where(mine).with_for_update()).one_or_none()
        return None if row is None else self._system(row)

    def put(self, one: BusinessSystem) -> None:
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
        return (now, 0) if row is None or row.since + span <= now else (row.since, row.times)

    def put_misses(self, municipality: str, who: str, since: datetime, count: int) -> None:
        self._tools.put(miss_table, {"municipality": municipality, "who": who}, {"since": since, "times": count})

    def _system(self, row: Row[Any]) -> BusinessSystem:
        return self._tools.open(
            (row.municipality, system_table.name), row.system, row.version, row.sealed, BusinessSystem
        )
