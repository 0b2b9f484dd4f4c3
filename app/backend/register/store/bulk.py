"""Enters a whole city into an empty register: the rows that the store itself would write, many in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.backend.register.ports import Resident
from app.backend.register.store.rows import DETAILS, Entry, RowMaker
from app.backend.register.store.search import COLUMNS, Index, TermRow
from app.backend.register.store.spill import rows_of, shelved
from app.backend.register.store.tables import METADATA, household_table, person_table, term_table
from app.domain.act import Act
from app.domain.secret import Secret
from app.durable.cells import Cell, Cells
from app.durable.engine import Database
from app.durable.many import insert_many
from app.durable.pen import Pen
from app.errors import Refused

_MEMORY_KIB = 262_144
"""Pages that SQLCipher may keep open meanwhile: the index by number is written in any order. Assumed enough for 2 M."""

TermsOf = Callable[[Resident], Iterable[str]]
Rows = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]
"""A table's name, columns, and the values of its rows."""


@dataclass(frozen=True, slots=True)
class Made:
    """All rows of some residents, ready to be handed from one process to another. ``terms``: by shelf."""

    rows: tuple[Rows, ...]
    terms: tuple[bytes, ...]


class BulkMaker:
    """Makes rows; any number of processes do so beside each other. ``terms``: what a resident is found by."""

    def __init__(self, database: Database, cells: Cells, index_key: Secret, terms: TermsOf) -> None:
        self._database, self._terms = database, terms
        self._index = Index(index_key)
        self._maker = RowMaker(cells, self._index)

    def made(self, residents: Sequence[Resident]) -> Made:
        """The rows of residents of one municipality, all of them new."""
        return self._database.read(lambda connection: self._made(connection, residents))

    def _made(self, connection: Connection, residents: Sequence[Resident]) -> Made:
        index = self._index
        entries = [Entry(one, index.tokens(one.municipality, self._terms(one)), 1) for one in residents]
        homes = {one.household_number: self._maker.household(one) for one in residents}
        tables = [(household_table, list(homes.values())), *self._maker.rows(connection, entries).items()]
        terms: list[TermRow] = []
        for entry in entries:
            terms += index.rows(entry.resident.municipality, entry.resident.business_number, entry.tokens)
        rows = [
            (str(table.name), tuple(some[0]), [tuple(row.values()) for row in some]) for table, some in tables if some
        ]
        return Made(tuple(rows), tuple(shelved(terms)))


class BulkStore:
    """Writes what was made. One process does so, while nobody else works in the register."""

    def __init__(self, database: Database, cells: Cells, pen: Pen) -> None:
        self._database, self._cells, self._pen = database, cells, pen

    def begin(self, act: Act) -> None:
        """Record the load's beginning and make its keys. Errors: Refused ``register_not_empty``."""

        def begin(connection: Connection) -> None:
            here = select(person_table.c.business_number).where(person_table.c.municipality == act.municipality)
            if connection.execute(here.limit(1)).first() is not None:
                raise Refused("register_not_empty")
            for table in (person_table, *DETAILS):
                self._cells.seal(connection, Cell(act.municipality, table.name, "", "", 1), b"")
            self._pen.write(connection, act)

        self._database.write(begin)

    def put(self, portions: Sequence[Made]) -> None:
        """Enter persons, in one transaction; they are found by number and household only until their terms are in."""

        def put(connection: Connection) -> None:
            _prepare(connection)
            for made in portions:
                for name, columns, rows in made.rows:
                    insert_many(connection, METADATA.tables[name], columns, rows)

        self._database.write(put)

    def put_terms(self, municipality: str, shelves: Iterable[bytes]) -> int:
        """Enter the sorted shelves of a spill in their order, one transaction each; how many rows they have."""
        return sum(self._put_shelf(municipality, shelf) for shelf in shelves if shelf)

    def finish(self, act: Act) -> None:
        """Record that the load is whole."""
        self._database.write(lambda connection: self._pen.write(connection, act))

    def _put_shelf(self, municipality: str, shelf: bytes) -> int:
        rows = rows_of(shelf, municipality)

        def put(connection: Connection) -> None:
            _prepare(connection)
            insert_many(connection, term_table, COLUMNS, rows)

        self._database.write(put)
        return len(rows)


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_MEMORY_KIB}")
