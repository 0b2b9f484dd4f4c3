"""A slice on a real store of its own: what the backend's wiring would hand it, opened for a test."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import pytest
from sqlalchemy import delete

from app.domain.call import Call
from app.domain.rights import Actor, Right
from app.domain.secret import Secret
from app.durable.address import PostgresSchema, SqlcipherFile, StoreAddress
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.engine import Database, open_database
from app.durable.logbook import LogBook
from app.durable.migrate import migrate
from app.durable.pen import Pen
from app.trust.sign import SigningKey
from tests.support.stores import sqlcipher_addresses

KITA, MINAMI = "011002", "131016"
"""Two municipalities that share 宛名番号 and names, so that a missing filter shows."""

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""A Friday, ten o'clock in Tokyo."""

_numbers = count(1)
_PATTERNS = TemporaryDirectory(prefix="patterns-")


class MovedClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(frozen=True)
class OpenSlice:
    """What one slice is handed. ``clock`` is the one its cells and ledger look at."""

    database: Database
    cells: Cells
    answers: Answers
    pen: Pen
    logbook: LogBook
    index_key: Secret
    signing: SigningKey
    clock: MovedClock


SliceOpener = Callable[[str, ModuleType], OpenSlice]
"""From a slice's name and its ``store`` module to the slice, migrated to the newest schema."""


def open_slice(name: str, store: ModuleType, address: StoreAddress, clock: MovedClock) -> OpenSlice:
    """Open (and make) the store at ``address`` for slice ``name`` under fresh keys."""
    if isinstance(address, SqlcipherFile) and not address.path.exists():
        _lay_down(store, address)
    database = open_database(address)
    migrate(database, store.HISTORY, store.METADATA)
    return with_keys(name, store, database, clock)


def _lay_down(store: ModuleType, address: SqlcipherFile) -> None:
    """An empty file of the newest schema under the address's own key: a copy takes a tenth of making its tables."""
    pattern = _pattern(store)
    address.path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(pattern.path, address.path)
    database = open_database(SqlcipherFile(address.path, pattern.key))
    with address.key.lent() as key, database.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA rekey = \"x'{bytes(key).hex()}'\"")
    database.close()


@cache
def _pattern(store: ModuleType) -> SqlcipherFile:
    """Made by this test process once, with every migration."""
    pattern = SqlcipherFile(Path(_PATTERNS.name) / f"{store.HISTORY}.db", Secret(os.urandom(32)))
    database = open_database(pattern)
    migrate(database, store.HISTORY, store.METADATA)
    database.close()
    return pattern


def with_keys(name: str, store: ModuleType, database: Database, clock: MovedClock) -> OpenSlice:
    """Slice ``name`` on an open store of the newest schema, under fresh keys."""
    signing, tables = SigningKey.generate(), store.TABLES
    cells = Cells(tables.keys, Secret(os.urandom(32)), clock)
    return OpenSlice(
        database=database,
        cells=cells,
        answers=Answers(tables.answers, cells),
        pen=Pen(name, tables.leaves, cells, signing, clock),
        logbook=LogBook(name, tables.leaves, cells),
        index_key=Secret(os.urandom(32)),
        signing=signing,
        clock=clock,
    )


def acts(of: OpenSlice, municipality: str) -> list[tuple[str, dict[str, object]]]:
    """Kind and details of every act in the slice's ledger of ``municipality``, in order."""

    def read(connection) -> list[tuple[str, dict[str, object]]]:
        kept = of.logbook.kept(connection, municipality)
        found = [of.logbook.act(connection, municipality, one) for one in kept]
        return [(act.kind, {**act.detail(), "about": act.about, "staff": act.staff_id}) for act in found]

    return of.database.read(read)


def person(staff_id: str, *rights: Right | str, municipality: str = KITA, terminal: str = "") -> Actor:
    """Somebody of the staff; a right given as text covers every procedure."""
    given = tuple(Right(right) if isinstance(right, str) else right for right in rights)
    return Actor(municipality, staff_id, f"職員{staff_id}", "", terminal or f"T-{staff_id}", given)


def call(actor: Actor, at: datetime = MORNING, key: str = "") -> Call:
    """A request of ``actor``; each has a trace number of its own and, unless one is given, a key of its own."""
    number = next(_numbers)
    return Call(actor, f"trace-{number}", key or f"key-{number}", at)


@pytest.fixture
def clock() -> MovedClock:
    """The clock of this test's slices."""
    return MovedClock()


class EmptiedSchemas:
    """Schemas of one PostgreSQL database that were emptied after a test: making the same tables anew costs more."""

    def __init__(self, url: str) -> None:
        self._url, self._numbers = url, count(1)
        self._free: dict[str, list[Database]] = {}

    def take(self, name: str, store: ModuleType) -> Database:
        """An empty store of the newest schema, as ``migrate`` leaves it."""
        if free := self._free.get(store.HISTORY):
            return free.pop()
        database = open_database(PostgresSchema(self._url, f"p{next(self._numbers)}_{name}"))
        migrate(database, store.HISTORY, store.METADATA)
        return database

    def give_back(self, store: ModuleType, database: Database) -> None:
        """No row stays."""
        tables = reversed(store.METADATA.sorted_tables)
        database.write(lambda connection: [connection.execute(delete(table)) for table in tables])
        database.close()
        self._free.setdefault(store.HISTORY, []).append(database)


@pytest.fixture(scope="session")
def emptied_schemas(shared_database: str) -> EmptiedSchemas:
    """The schemas of this test process that tests use one after the other."""
    return EmptiedSchemas(shared_database)


@pytest.fixture
def slice_opener(
    store_engine: str, request: pytest.FixtureRequest, tmp_path: Path, clock: MovedClock
) -> Iterator[SliceOpener]:
    """Opens slices on the engine of this run and closes them after the test."""
    opened: list[tuple[ModuleType, OpenSlice]] = []
    schemas = request.getfixturevalue("emptied_schemas") if store_engine == "postgresql" else None
    files = sqlcipher_addresses(tmp_path / "stores")

    def open_one(name: str, store: ModuleType) -> OpenSlice:
        if schemas is None:
            made = open_slice(name, store, files(name), clock)
        else:
            made = with_keys(name, store, schemas.take(name, store), clock)
        opened.append((store, made))
        return made

    yield open_one
    for store, one in opened:
        if schemas is None:
            one.database.close()
        else:
            schemas.give_back(store, one.database)
