"""Opens stores on SQLCipher and PostgreSQL so that the same code runs on both."""

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from app.domain.secret import Secret
from app.durable.address import PostgresSchema, SqlcipherFile, StoreAddress
from app.durable.evidence import Evidence
from app.durable.files import disk_error, make_folder
from app.durable.straight import ran
from app.durable.worker import Turn
from app.errors import AppError, DiskFault, DiskFull, StoreBusy, WrongKey

log = logging.getLogger(__name__)

T = TypeVar("T")
_TRIES = 8
_PATIENCE_S = 10.0
_CACHE_KIB = 32_768
"""Opened pages that a connection keeps at most: the inner pages of a search index of two million residents; with the
library's 8 MiB a search takes a third more processor time (measured)."""
_RETRY_STATES = {"40001", "40P01"}
_MODE = "madoguchi_begin"
_READ, _WRITE = "DEFERRED", "IMMEDIATE"
_UNREADABLE = "file is not a database"
_NO_ROOM, _NO_ROOM_STATE = ("database or disk is full", "No space left"), "53100"
_BROKEN = (
    ("readonly database", "read_only"),
    ("unable to open database file", "unreadable"),
    ("disk I/O error", "unreadable"),
)
_BROKEN_STATES = {"25006": "read_only", "58030": "unreadable"}
"""What SQLite says, and PostgreSQL's states, when a disk is broken or read-only. Source: manuals (published)."""
_POOLED: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 8, "pool_use_lifo": True, "hide_parameters": True}
"""``hide_parameters``: the text of an error shows no value that was to be written or looked for. ``pool_use_lifo``: the
connection used last is taken next, for it has the opened pages; in turn, each would open them anew."""


class Database:
    """One open store. Work is handed in as functions of a connection, so that it can be tried again."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        views = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._begun = {
            _READ: engine.execution_options(**{_MODE: _READ}, **views),
            _WRITE: engine.execution_options(**{_MODE: _WRITE}),
        }
        self._turn = Turn(_PATIENCE_S) if engine.dialect.name == "sqlite" else nullcontext()
        """SQLite has one writer at a time, and who waits for it sleeps longer and longer: ours wait in line instead."""

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in one durable transaction; on a serialisation failure run it again from the start.

        Errors: AppErrors of ``work`` pass (and roll back); StoreBusy, DiskFull, DiskFault, WrongKey of the store.
        """
        for attempt in range(_TRIES):
            try:
                with self._turn:
                    return self._once(work, _WRITE)
            except DBAPIError as error:
                if attempt + 1 == _TRIES or getattr(error.orig, "sqlstate", None) not in _RETRY_STATES:
                    raise _translated(error) from error
            time.sleep(0.002 * 2**attempt)
        raise StoreBusy

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` on one consistent view."""
        try:
            return self._once(work, _READ)
        except DBAPIError as error:
            raise _translated(error) from error

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def _once(self, work: Callable[[Connection], T], mode: str) -> T:
        with self._begun[mode].connect() as connection, connection.begin():
            return work(connection)


def open_database(address: StoreAddress) -> Database:
    """Open (and make, if there is none) the store at ``address``. Errors: WrongKey, StoreBusy, DiskFull, DiskFault."""
    database = Database(_sqlcipher_engine(address) if isinstance(address, SqlcipherFile) else _postgres_engine(address))
    try:
        database.read(lambda connection: connection.execute(text("SELECT 1")))
    except AppError:
        database.close()
        raise
    return database


def _sqlcipher_engine(address: SqlcipherFile) -> Engine:
    _make_room(address)
    evidence = Evidence(address)

    def connect() -> Any:  # noqa: ANN401 -- the driver has no types
        _make_file(address)
        connection = sqlcipher.connect(
            str(address.path), check_same_thread=False, timeout=_PATIENCE_S, isolation_level=None
        )
        try:
            _prepare(connection, address.key)
        except BaseException as error:
            if _UNREADABLE in str(error):
                log.exception("an encrypted store can't be read", extra=evidence.fields(connection))
            connection.close()
            raise
        evidence.opened(connection)
        return connection

    engine = create_engine("sqlite://", creator=connect, module=sqlcipher, **_POOLED)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get(_MODE, _READ)
        ran(connection, f"BEGIN {mode}")

    return engine


def _make_room(address: SqlcipherFile) -> None:
    try:
        make_folder(address.path.parent)
    except OSError as error:
        raise disk_error(error) from error


def _make_file(address: SqlcipherFile) -> None:
    """A file that its owner alone may read; one that is there stays as it is."""
    try:
        if not address.path.exists():
            address.path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise disk_error(error) from error


def _prepare(connection: Any, key: Secret) -> None:  # noqa: ANN401 -- the driver has no types
    with key.lent() as raw:
        _give_key(connection, raw)
    cursor = connection.cursor()
    cursor.execute("PRAGMA cipher_log_level = NONE")
    # FULL: a WAL commit is on the disk when it is acknowledged; NORMAL loses the last commits in a power cut
    for line in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {line}")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    cursor.execute("SELECT count(*) FROM sqlite_master")
    cursor.close()


def _give_key(connection: Any, raw: bytearray) -> None:  # noqa: ANN401 -- the driver has no types
    """Hand over a raw key as SQLCipher writes one. Not by ``PRAGMA key``: its text would stay among freed strings."""
    digits = bytes.maketrans(bytes(range(16)), b"0123456789abcdef")
    written = bytearray(b"x'" + bytes(2 * len(raw)) + b"'")
    for at, byte in enumerate(raw):
        written[2 + 2 * at], written[3 + 2 * at] = digits[byte >> 4], digits[byte & 15]
    try:
        connection.set_key(written)
    finally:
        written[:] = bytes(len(written))


def _postgres_engine(address: PostgresSchema) -> Engine:
    import psycopg  # noqa: PLC0415 -- 10 MB that a counter never needs

    password = address.password

    def connect() -> psycopg.Connection[Any]:
        # nothing here is worth compiling: a search is over sooner than a plan is compiled
        options = f"-csearch_path={address.schema} -cjit=off"
        if password is None:
            return psycopg.connect(address.url, options=options)
        return psycopg.connect(address.url, options=options, password=password.text())

    engine = create_engine("postgresql+psycopg://", creator=connect, **_POOLED)
    with engine.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{address.schema}"'))
    return engine


def _translated(error: DBAPIError) -> Exception:
    """The AppError for a store's own trouble; what is our bug stays as it is."""
    message = str(error.orig)
    if _UNREADABLE in message or "file is encrypted" in message:
        return WrongKey()
    state = getattr(error.orig, "sqlstate", None)
    if state == _NO_ROOM_STATE or any(said in message for said in _NO_ROOM):
        return DiskFull()
    broken = _BROKEN_STATES.get(str(state)) or next((what for said, what in _BROKEN if said in message), "")
    if broken:
        return DiskFault(what=broken)
    if "database is locked" in message or error.connection_invalidated:
        return StoreBusy()
    return StoreBusy() if _is_out_of_service(error.orig) else error


def _is_out_of_service(error: BaseException | None) -> bool:
    """Whether PostgreSQL says that it can't serve now."""
    if isinstance(error, sqlcipher.Error):
        return False
    import psycopg  # noqa: PLC0415 -- it was imported where such a store was opened

    return isinstance(error, psycopg.OperationalError)
