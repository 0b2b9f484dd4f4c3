"""Marks: how far a line has come and which number comes next, by name."""

from sqlalchemy import Connection, select, update

from app.backend.socialaddress.store.tables import mark_table
from app.durable.absent import insert_if_absent


class MarkRows:
    """See ``Marks``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, municipality: str, name: str) -> int:
        columns = mark_table.c
        here = (columns.municipality == municipality, columns.name == name)
        return int(self._connection.execute(select(columns.position).where(*here)).scalar_one_or_none() or 0)

    def held(self, municipality: str, name: str) -> int:
        insert_if_absent(self._connection, mark_table, {"municipality": municipality, "name": name, "position": 0})
        columns = mark_table.c
        here = (columns.municipality == municipality, columns.name == name)
        return int(self._connection.execute(select(columns.position).where(*here).with_for_update()).scalar_one())

    def move(self, municipality: str, name: str, to: int) -> None:
        self.held(municipality, name)
        columns = mark_table.c
        here = (columns.municipality == municipality, columns.name == name)
        self._connection.execute(update(mark_table).where(*here).values(position=to))

    def next(self, municipality: str, name: str) -> int:
        """One more than before; nobody else gets it."""
        position = self.held(municipality, name) + 1
        self.move(municipality, name, position)
        return position
