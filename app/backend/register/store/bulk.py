"""Enters a whole city into an empty register: the rows that the store itself would write, many in one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, select

from app.backend.register.ports import Resident
from app.backend.register.service.changing import HouseholdPast, Past, Removed
from app.backend.register.store.change_tables import household_past_table, past_table, removed_table
from app.backend.register.store.history import past_rows
from app.backend.register.store.rows import DETAILS, Entry, RowMaker
from app.backend.register.store.search import Index, person_of
from app.backend.register.store.serials import FILLED, take
from app.backend.register.store.spill import shelved
from app.backend.register.store.tables import METADATA, household_table, person_table, term_table
from app.domain.act import Act
from app.domain.secret import Secret
from app.durable.address import StoreAddress
from app.durable.cells import Cell, Cells
from app.durable.engine import Database
from app.durable.filling import Filling, fill
from app.durable.pen import Pen
from app.errors import Refused
from app.trust.tokens import TermTokens

_HISTORY = (past_table, removed_table, household_past_table)
_FILLED = (household_table, person_table, *DETAILS, *_HISTORY, term_table)
TermsOf = Callable[[Resident], Iterable[str]]
Rows = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]
"""A table's name, columns, and the values of its rows."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A resident to be entered, with what happened to them before, oldest first.

    ``household``: what happened to their household, told with one of its members.
    """

    resident: Resident
    past: tuple[Past, ...] = ()
    removed: tuple[Removed, ...] = ()
    household: tuple[HouseholdPast, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """All rows of some residents, ready to be handed from one process to another. ``terms``: by shelf."""

    rows: tuple[Rows, ...]
    terms: tuple[bytes, ...]


class BulkMaker:
    """Makes rows; any number of processes do so beside each other. ``terms``: what a resident is found by."""

    def __init__(self, database: Database, cells: Cells, index_key: Secret, terms: TermsOf) -> None:
        self._database, self._terms = database, terms
        self._key, self._tokens = index_key, dict[str, TermTokens]()
        self._cells, self._maker = cells, RowMaker(cells, Index(index_key))

    def made(self, newcomers: Sequence[Newcomer]) -> Made:
        """The rows of people of one municipality, all of them new."""
        return self._database.read(lambda connection: self._made(connection, newcomers))

    def _made(self, connection: Connection, newcomers: Sequence[Newcomer]) -> Made:
        residents = [one.resident for one in newcomers]
        found = [tuple(self._terms(one)) for one in residents]
        index = self._tokens_of(residents[0].municipality)
        index.learn(chain.from_iterable(found))
        entries = [Entry(one, sorted(set(index.of(terms))), 1) for one, terms in zip(residents, found, strict=True)]
        homes = {one.household_number: self._maker.household(one) for one in residents}
        tables = [
            (household_table, list(homes.values())),
            *self._maker.rows(connection, entries).items(),
            *((table, past_rows(connection, self._cells, table, kept)) for table, kept in _happened(newcomers).items()),
        ]
        rows = [
            (str(table.name), tuple(some[0]), [tuple(row.values()) for row in some]) for table, some in tables if some
        ]
        return Made(
            tuple(rows), tuple(shelved((person_of(entry.resident.business_number), entry.tokens) for entry in entries))
        )

    def _tokens_of(self, municipality: str) -> TermTokens:
        found = self._tokens.get(municipality)
        if found is None:
            found = self._tokens[municipality] = TermTokens(self._key, municipality)
        return found


class BulkStore:
    """Writes what was made. One process does so, while nobody else works in the register."""

    def __init__(self, database: Database, address: StoreAddress, cells: Cells, pen: Pen) -> None:
        self._database, self._address, self._cells, self._pen = database, address, cells, pen

    def begin(self, act: Act) -> None:
        """Record the load's beginning and make its keys. Errors: Refused ``register_not_empty``."""

        def begin(connection: Connection) -> None:
            here = select(person_table.c.business_number).where(person_table.c.municipality == act.municipality)
            if connection.execute(here.limit(1)).first() is not None:
                raise Refused("register_not_empty")
            for table in (person_table, *DETAILS, *_HISTORY):
                self._cells.seal(connection, Cell(act.municipality, table.name, "", "", 1), b"")
            self._pen.write(connection, act)

        self._database.write(begin)

    def load(self, work: Callable[["BulkLoad"], Act]) -> None:
        """Run ``work`` and record the act that it ends with. All of it stays, or nothing does."""

        def filled(filling: Filling) -> None:
            act = work(BulkLoad(filling))
            take(filling.connection, act.municipality, FILLED, 1)
            self._pen.write(filling.connection, act)

        fill(self._database, self._address, _FILLED, filled)


class BulkLoad:
    """A load under way."""

    def __init__(self, filling: Filling) -> None:
        self._filling = filling

    def put(self, made: Made) -> None:
        """Enter persons; they are not found before their terms are in."""
        for name, columns, rows in made.rows:
            self._filling.put(METADATA.tables[name], columns, rows)

    def put_terms(self, municipality: str, shelves: Iterable[bytes]) -> int:
        """Enter the sorted shelves of a spill in their order; how many rows they have."""
        return sum(self._filling.put_pairs(term_table, municipality, shelf) for shelf in shelves)


def _happened(newcomers: Sequence[Newcomer]) -> dict[Table, list[tuple[tuple[str, str], int, object]]]:
    """What is kept of the time before: by table, with owner and position."""
    found: dict[Table, list[tuple[tuple[str, str], int, object]]] = {table: [] for table in _HISTORY}
    told: Counter[tuple[str, tuple[str, str]]] = Counter()
    for one in newcomers:
        who = one.resident.municipality, one.resident.business_number
        home = one.resident.municipality, one.resident.household_number
        for table, owner, kept in zip(_HISTORY, (who, who, home), (one.past, one.removed, one.household), strict=True):
            if not kept:
                continue
            place = str(table.name), owner
            found[table] += [(owner, position, past) for position, past in enumerate(kept, told[place])]
            told[place] += len(kept)
    return found
