"""Power cuts at the backend on SQLCipher: hand-ins received, schemas brought forward, wrapping keys rotated."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

from sqlalchemy import Connection, text

from app.backend.desk import store as desk_store
from app.backend.desk.service import DeskService, Neighbours, desk_service
from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import SystemClock, SystemRandom
from app.durable.address import SqlcipherFile
from app.durable.audit import audit
from app.durable.cells import Cell, Cells
from app.durable.engine import Database, open_database
from app.durable.logbook import LogBook
from app.durable.migrate import migrate
from app.durable.pen import Pen
from app.server.keys import Keys
from app.server.ledgers import TABLES
from app.server.parts import Parts, SliceParts
from app.server.rotate import rotate
from app.settings import ServerSettings, TlsPlace
from app.wire.desk import Receipt
from app.wire.message import encode
from tests.edge.backend.desk.conftest import AUTHOR, PROCEDURE, KeptAnswers, Registered, hand_in
from tests.support.documents import RULES
from tests.support.migrations import revisions, tables_of, version_of
from tests.support.powercut.record import Marks
from tests.support.powercut.scenario import Given, last, words
from tests.support.slices import KITA, MORNING

CLAIMS, ROTATIONS = 3, 2
_CLOCK, _RANDOM = SystemClock(), SystemRandom()
SLICES = tuple(sorted(TABLES))


def settings(folder: Path) -> ServerSettings:
    """A backend below ``folder``, which serves the desk."""
    nowhere = TlsPlace(folder, folder, folder)
    return ServerSettings(
        folder=folder / "backend",
        host="",
        port=0,
        tls=nowhere,
        database="sqlcipher",
        schema_prefix="",
        slices=("desk",),
        municipalities=(KITA,),
        peers={},
        institutions={},
        is_training=True,
    )


@contextmanager
def parts_of(folder: Path) -> Iterator[tuple[Parts, Keys]]:
    """The backend's stores and keys, as the program opens them."""
    of = settings(folder)
    keys = Keys(of.folder / "keys", _RANDOM)
    parts = Parts(of, keys, _CLOCK)
    try:
        yield parts, keys
    finally:
        parts.close()


def verify(own: SliceParts) -> None:
    """The slice's ledger is as it was written."""

    def faults(connection: Connection) -> list[object]:
        return [
            fault
            for each in own.book.municipalities(connection)
            for fault in audit(connection, own.book, each, own.signing.public)
        ]

    assert own.database.read(faults) == []


class Received:
    """The desk gives receipts. After the cut each stands; sent again, none is given twice and no number is left out."""

    def given(self) -> Given:
        return {}

    def record(self, folder: Path, given: Given, marks: Marks) -> None:
        with parts_of(folder) as (parts, _):
            desk = _desk(parts.slice("desk", desk_store.TABLES, desk_store.HISTORY))
            for number in range(CLAIMS):
                marks.say(f"received {_told(_receive(desk, number))}")

    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None:
        with parts_of(folder) as (parts, _):
            own = parts.slice("desk", desk_store.TABLES, desk_store.HISTORY)
            verify(own)
            desk = _desk(own)
            again = [_receive(desk, number) for number in range(CLAIMS)]
            acknowledged = words(said, "received")
            told = [_told(receipt) for receipt in again]
            assert told[: len(acknowledged)] == acknowledged, "another receipt than the one that was given"
            counted = [int(receipt.number[-6:]) for receipt in again]
            assert counted == list(range(1, CLAIMS + 1)), counted
            verify(own)


class Migrated:
    """Every slice's store goes forward step by step, acts and sealed rows in it; after the cut they go on.

    One slice after the other: those that a cut finds closed for long are looked at by turns.
    """

    def given(self) -> Given:
        return {}

    def record(self, folder: Path, given: Given, marks: Marks) -> None:
        keys = Keys(folder / "keys", _RANDOM)
        for name in SLICES:
            store, signing = _store(name), keys.signing(name)
            database = open_database(SqlcipherFile(folder / f"{name}.db", keys.store(name)))
            pen = Pen(name, store.TABLES.leaves, _cells(store, keys, name), signing, _CLOCK)
            for step, revision in enumerate(revisions(database, store.HISTORY, store.METADATA)):
                migrate(database, store.HISTORY, store.METADATA, to=revision)
                marks.say(f"{name} {int(revision)}")
                database.write(lambda c, step=step, pen=pen: pen.write(c, _act(step)))
                marks.say(f"{name}-act {step}")
                _seal(database, store, keys, name, step)
                marks.say(f"{name}-row {step}")
            database.close()

    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None:
        keys = Keys(folder / "keys", _RANDOM)
        for name in _looked_at(folder, said):
            database = open_database(SqlcipherFile(folder / f"{name}.db", keys.store(name)))
            try:
                self._judge_one(database, _store(name), keys, (name, said))
            finally:
                database.close()

    @staticmethod
    def _judge_one(database: Database, store: ModuleType, keys: Keys, told: tuple[str, tuple[str, ...]]) -> None:
        name, said = told
        assert database.read(version_of) >= last(said, name), "a finished migration is undone"
        migrate(database, store.HISTORY, store.METADATA)
        assert tables_of(database) - {"of_the_test"} == set(store.METADATA.tables)
        book = LogBook(name, store.TABLES.leaves, _cells(store, keys, name))
        assert database.read(lambda c: list(audit(c, book, KITA, keys.signing(name).public))) == []
        assert database.read(lambda c: sum(1 for _ in book.kept(c, KITA))) > last(said, f"{name}-act"), "an act is lost"
        for step in range(last(said, f"{name}-row") + 1):
            _open(database, store, keys, name, step)


class Rotated:
    """The wrapping key is rotated again and again; after a cut all that was sealed opens, and it is finished."""

    def given(self) -> Given:
        return {}

    def record(self, folder: Path, given: Given, marks: Marks) -> None:
        for turn in range(ROTATIONS):
            with parts_of(folder) as (parts, keys):
                own = parts.slice("desk", desk_store.TABLES, desk_store.HISTORY)
                _seal(own.database, desk_store, keys, "desk", turn)
                marks.say(f"sealed {turn}")
                own.database.write(lambda c, own=own, turn=turn: own.pen.write(c, _act(turn)))
                marks.say(f"act {turn}")
            marks.say(f"version {rotate(settings(folder), _CLOCK, _RANDOM).version}")

    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None:
        self._opens(folder, said)
        version = rotate(settings(folder), _CLOCK, _RANDOM).version
        assert version >= last(said, "version"), "a finished rotation is undone"
        self._opens(folder, said)

    @staticmethod
    def _opens(folder: Path, said: tuple[str, ...]) -> None:
        with parts_of(folder) as (parts, keys):
            own = parts.slice("desk", desk_store.TABLES, desk_store.HISTORY)
            verify(own)
            assert own.database.read(lambda c: sum(1 for _ in own.book.kept(c, KITA))) > last(said, "act")
            for turn in range(last(said, "sealed") + 1):
                _open(own.database, desk_store, keys, "desk", turn)


def _desk(own: SliceParts) -> DeskService:
    book = desk_store.DeskStore(own.database, own.cells, own.answers, own.pen, own.book)
    return desk_service(book, {PROCEDURE.id: PROCEDURE}, RULES, Neighbours(KeptAnswers(), Registered()))


def _receive(desk: DeskService, number: int) -> Receipt:
    asked = Call(AUTHOR, f"trace-{number}", f"key-{number}", MORNING)
    return desk.reception.hand_in(asked, hand_in(f"a{number}"))


def _told(receipt: Receipt) -> str:
    """Number, and a digest of the whole answer with its proof."""
    return f"{receipt.number} {hashlib.sha256(encode(receipt)).hexdigest()}"


def _act(number: int) -> Act:
    return Act("visit.opened", _CLOCK.now(), KITA, "c001", "T-01", f"t{number}", visit=f"v{number}")


def _looked_at(folder: Path, said: tuple[str, ...]) -> tuple[str, ...]:
    """The slice that was being brought forward, its neighbours, and one of the others; none that nothing is left of."""
    begun = {text.split()[0] for text in said} & set(SLICES)
    at = max((SLICES.index(name) for name in begun), default=0)
    names = dict.fromkeys((*SLICES[max(at - 1, 0) : at + 2], SLICES[len(said) % (at + 1)]))
    return tuple(name for name in names if name in begun or (folder / f"{name}.db").exists())


def _store(name: str) -> ModuleType:
    return import_module(f"app.backend.{name}.store")


def _cells(store: ModuleType, keys: Keys, name: str) -> Cells:
    return Cells(store.TABLES.keys, keys.cells(name), _CLOCK)


def _seal(database: Database, store: ModuleType, keys: Keys, name: str, step: int) -> None:
    """A sealed value in a row of its own; the table is the test's."""

    def put(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE IF NOT EXISTS of_the_test (step INTEGER PRIMARY KEY, sealed BLOB)"))
        sealed = _cells(store, keys, name).seal(connection, _cell(step), _value(step))
        connection.execute(text("INSERT INTO of_the_test VALUES (:step, :sealed)"), {"step": step, "sealed": sealed})

    database.write(put)


def _open(database: Database, store: ModuleType, keys: Keys, name: str, step: int) -> None:
    def look(connection: Connection) -> bytes:
        found = connection.execute(text("SELECT sealed FROM of_the_test WHERE step = :step"), {"step": step})
        return _cells(store, keys, name).open(connection, _cell(step), found.scalar_one())

    assert database.read(look) == _value(step)


def _cell(step: int) -> Cell:
    return Cell(KITA, f"table-{step}", "name", str(step), 1)


def _value(step: int) -> bytes:
    return f"髙橋　花子 {step}".encode()
