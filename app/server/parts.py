"""What every slice is handed: its own database, cells, answers and ledger pen, under its own keys."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.clock import Clock
from app.domain.secret import Secret
from app.durable.address import PostgresSchema, SqlcipherFile, StoreAddress
from app.durable.answers import Answers
from app.durable.cells import Cells, has_keys
from app.durable.engine import Database, open_database
from app.durable.leaves import has_leaves
from app.durable.logbook import LogBook
from app.durable.migrate import migrate
from app.durable.pen import Pen
from app.durable.tables import SliceTables
from app.server.keys import Keys
from app.settings import ServerSettings
from app.trust.sign import SigningKey


@dataclass(frozen=True, slots=True)
class SliceParts:
    """One slice's own things. Nothing in here is shared with another slice."""

    database: Database
    cells: Cells
    answers: Answers
    pen: Pen
    book: LogBook
    index_key: Secret
    signing: SigningKey


@dataclass(frozen=True, slots=True)
class SliceLedger:
    """One slice's ledger, to be read. ``signing``: the key of its logs."""

    database: Database
    book: LogBook
    signing: SigningKey


class Parts:
    """Opens the stores of slices and closes them together."""

    def __init__(self, settings: ServerSettings, keys: Keys, clock: Clock) -> None:
        self._settings = settings
        self._keys = keys
        self._clock = clock
        self._open: list[Callable[[], None]] = []

    def slice(self, name: str, tables: SliceTables, history: str) -> SliceParts:
        """Open slice ``name`` and bring its store to the newest schema."""
        database = open_database(self.address(name))
        self._open.append(database.close)
        migrate(database, history, tables.metadata)
        signing = self._keys.signing(name)
        cells = Cells(tables.keys, self._keys.cells(name), self._clock)
        return SliceParts(
            database=database,
            cells=cells,
            answers=Answers(tables.answers, cells),
            pen=Pen(name, tables.leaves, cells, signing, self._clock),
            book=LogBook(name, tables.leaves, cells),
            index_key=self._keys.index(name),
            signing=signing,
        )

    def ledger(self, name: str, tables: SliceTables) -> SliceLedger | None:
        """The ledger of slice ``name`` as it stands, nothing migrated or made; None where there is none yet."""
        address = self.address(name)
        if isinstance(address, SqlcipherFile) and not address.path.exists():
            return None
        database = open_database(address)
        self._open.append(database.close)
        if not database.read(lambda connection: has_leaves(connection, tables.leaves)):
            return None
        book = LogBook(name, tables.leaves, Cells(tables.keys, self._keys.cells(name), self._clock))
        return SliceLedger(database, book, self._keys.signing(name))

    def cells(self, name: str, tables: SliceTables) -> tuple[Database, Cells] | None:
        """Store and cells of slice ``name`` as they stand, nothing migrated or made; None where there is none yet."""
        address = self.address(name)
        if isinstance(address, SqlcipherFile) and not address.path.exists():
            return None
        database = open_database(address)
        self._open.append(database.close)
        if not database.read(lambda connection: has_keys(connection, tables.keys)):
            return None
        return database, Cells(tables.keys, self._keys.cells(name), self._clock)

    def also_close(self, close: Callable[[], None]) -> None:
        """Have ``close`` called with the stores, before those that were opened earlier."""
        self._open.append(close)

    def close(self) -> None:
        """Close everything, last opened first."""
        while self._open:
            self._open.pop()()

    def address(self, name: str) -> StoreAddress:
        """Where slice ``name`` keeps its store."""
        if self._settings.database == "sqlcipher":
            return SqlcipherFile(self._settings.folder / f"{name}.db", self._keys.store(name))
        return PostgresSchema(self._settings.database, f"{self._settings.schema_prefix}{name}")
