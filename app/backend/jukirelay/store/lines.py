"""Keeps how far the register's lines have come."""

from sqlalchemy import Row, select

from app.backend.jukirelay.ports import Line
from app.backend.jukirelay.store.tables import line_table
from app.backend.jukirelay.store.tools import Tools
from app.durable.absent import insert_if_absent

_PLAIN = ("changes", "restraints", "ends_changes", "ends_restraints", "is_loaded", "heard_at", "version")


class StoredLines:
    """See ``LineRows``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def held(self, municipality: str) -> Line:
        first = Line(municipality=municipality)
        key = {"municipality": municipality}
        insert_if_absent(self._tools.connection, line_table, key | self._values(first))
        query = select(line_table).where(line_table.c.municipality == municipality).with_for_update()
        return self._opened(self._tools.connection.execute(query).one())

    def seen(self, municipality: str) -> Line:
        query = select(line_table).where(line_table.c.municipality == municipality)
        row = self._tools.connection.execute(query).one_or_none()
        return Line(municipality=municipality) if row is None else self._opened(row)

    def put(self, line: Line) -> None:
        self._tools.put(line_table, {"municipality": line.municipality}, self._values(line))

    def _values(self, line: Line) -> dict[str, object]:
        sealed = self._tools.seal(line_table, line.municipality, "", line.version, line.loaded)
        return {name: getattr(line, name) for name in _PLAIN} | {"loaded": sealed}

    def _opened(self, row: Row[tuple[object, ...]]) -> Line:
        loaded = self._tools.open(line_table, (row.municipality, "", row.version), row.loaded, str)
        return Line(municipality=row.municipality, loaded=loaded, **{name: getattr(row, name) for name in _PLAIN})
