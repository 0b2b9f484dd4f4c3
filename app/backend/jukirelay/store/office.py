"""Keeps stops and extra runs, the systems that open lines, and their open lines."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.backend.jukirelay.ports import ConnectedSystem, KeptSpan
from app.backend.jukirelay.store.tables import session_table, span_table, system_table
from app.backend.jukirelay.store.tools import Tools, keyed


class StoredOffice:
    """See ``OfficeRows``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def spans(self, municipality: str) -> tuple[KeptSpan, ...]:
        rows = self._connection.execute(select(span_table).where(span_table.c.municipality == municipality))
        found = (self._span(row) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.since, one.span_id)))

    def span(self, municipality: str, span_id: str) -> KeptSpan | None:
        mine = keyed(span_table, {"municipality": municipality, "span_id": span_id})
        row = self._connection.execute(select(span_table).where(mine).with_for_update()).one_or_none()
        return None if row is None else self._span(row)

    def put_span(self, span: KeptSpan) -> None:
        sealed = self._tools.seal(span_table, span.municipality, span.span_id, span.version, span)
        key = {"municipality": span.municipality, "span_id": span.span_id}
        self._tools.put(span_table, key, {"version": span.version, "sealed": sealed})

    def systems(self, municipality: str) -> tuple[ConnectedSystem, ...]:
        rows = self._connection.execute(select(system_table).where(system_table.c.municipality == municipality))
        return tuple(sorted((self._system(row) for row in rows), key=lambda one: one.system))

    def system(self, municipality: str, system: str) -> ConnectedSystem | None:
        mine = keyed(system_table, {"municipality": municipality, "system": system})
        row = self._connection.execute(select(system_table).where(mine).with_for_update()).one_or_none()
        return None if row is None else self._system(row)

    def put_system(self, system: ConnectedSystem) -> None:
        sealed = self._tools.seal(system_table, system.municipality, system.system, system.version, system)
        key = {"municipality": system.municipality, "system": system.system}
        self._tools.put(system_table, key, {"version": system.version, "sealed": sealed})

    def open_session(self, municipality: str, digest: bytes, system: str, until: datetime) -> None:
        key = {"municipality": municipality, "digest": digest}
        self._tools.put(session_table, key, {"system": system, "until": until})

    def session(self, municipality: str, digest: bytes, now: datetime) -> str:
        mine = keyed(session_table, {"municipality": municipality, "digest": digest})
        found = self._connection.execute(select(session_table.c.system).where(mine, session_table.c.until > now))
        return found.scalar() or ""

    def end_sessions(self, municipality: str, system: str) -> None:
        mine = keyed(session_table, {"municipality": municipality, "system": system})
        self._connection.execute(delete(session_table).where(mine))

    def _span(self, row: Any) -> KeptSpan:  # noqa: ANN401 -- a row of any columns
        return self._tools.open(span_table, (row.municipality, row.span_id, row.version), row.sealed, KeptSpan)

    def _system(self, row: Any) -> ConnectedSystem:  # noqa: ANN401 -- a row of any columns
        place = (row.municipality, row.system, row.version)
        return self._tools.open(system_table, place, row.sealed, ConnectedSystem)
