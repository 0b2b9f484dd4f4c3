"""Numbers of persons as rows: each of one system, found by a keyed token; and how they were linked before."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from app.backend.addressee.ports import Link, PastLink, Person
from app.backend.addressee.store.tables import link_table, past_table
from app.backend.addressee.store.tools import Tools
from app.durable.cells import Cell

_SHARED = frozenset({"", "socialaddress"})
"""Sources whose numbers are of one series: none is given twice. Every other system numbers by itself."""


class LinkRows:
    """Within one transaction."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._cells = tools.cells

    def business(self, municipality: str, number: str, source: str) -> bytes:
        """What stands for a number of a system."""
        return self._tools.token(municipality, "business" if source in _SHARED else f"business/{source}", number)

    def unlink(self, municipality: str, business_number: str, source: str) -> bool:
        columns = link_table.c
        token = self.business(municipality, business_number, source)
        here = (columns.municipality == municipality, columns.business == token, columns.source == source)
        gone = self._connection.execute(delete(link_table).where(*here), execution_options={"preserve_rowcount": True})
        return gone.rowcount == 1

    def link(self, person: Person, business_number: str, at: datetime, source: str = "") -> None:
        if source:
            self.unlink(person.municipality, business_number, source)
        business = self.business(person.municipality, business_number, source)
        cell = Cell(person.municipality, "business_link", "business_number", business.hex(), 1)
        row = {
            "municipality": person.municipality,
            "business": business,
            "person": self._tools.token(person.municipality, "addressee", person.addressee_number),
            "business_number": self._cells.seal(self._connection, cell, business_number.encode()),
            "linked_at": at,
            "source": source,
        }
        self._connection.execute(insert(link_table).values(**row))

    def of(self, person: Person) -> tuple[Link, ...]:
        columns = link_table.c
        token = self._tools.token(person.municipality, "addressee", person.addressee_number)
        rows = self._connection.execute(
            select(link_table)
            .where(columns.municipality == person.municipality, columns.person == token)
            .order_by(columns.source, columns.linked_at, columns.business)
        )
        return tuple(self._link(row) for row in rows)

    def move(self, link: Link, of: Person, to: Person | None, past: PastLink) -> None:
        place, business = of.municipality, self.business(of.municipality, link.business_number, link.source)
        self.unlink(place, link.business_number, link.source)
        columns = past_table.c
        mine = (columns.municipality == place, columns.business == business)
        position = int(self._connection.execute(select(func.count()).select_from(past_table).where(*mine)).scalar_one())
        row = f"{business.hex()}/{position + 1}"
        values = {
            "municipality": place,
            "business": business,
            "position": position + 1,
            "sealed": self._tools.seal((place, "past_link"), row, 1, past),
            "ended_at": past.ended_at,
        }
        self._connection.execute(insert(past_table).values(**values))
        if to is not None:
            self.link(to, link.business_number, past.ended_at, link.source)

    def past(self, municipality: str, business_number: str, source: str = "") -> tuple[PastLink, ...]:
        columns, business = past_table.c, self.business(municipality, business_number, source)
        mine = (columns.municipality == municipality, columns.business == business)
        rows = self._connection.execute(select(past_table).where(*mine).order_by(columns.position)).all()
        return tuple(
            self._tools.open((municipality, "past_link"), f"{business.hex()}/{row.position}", 1, row.sealed, PastLink)
            for row in rows
        )

    def present(self, municipality: str, business_number: str, source: str = "") -> Link | None:
        columns = link_table.c
        mine = (
            columns.municipality == municipality,
            columns.business == self.business(municipality, business_number, source),
        )
        row = self._connection.execute(select(link_table).where(*mine)).one_or_none()
        return None if row is None else self._link(row)

    def _link(self, row: Row[Any]) -> Link:
        cell = Cell(row.municipality, "business_link", "business_number", row.business.hex(), 1)
        number = self._cells.open(self._connection, cell, row.business_number).decode()
        return Link(number, row.source, row.linked_at)
