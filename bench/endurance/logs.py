"""Logs as somebody attacks them: a slice's with its witness beside it, a terminal's with the desk at the other end."""

import copy
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData

from app.backend.ledger.service import REVIEW, LedgerService
from app.backend.ledger.store import HISTORY, METADATA, LedgerStore
from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import Secret, secret
from app.durable.address import PostgresSchema, SqlcipherFile, StoreAddress
from app.durable.cells import Cells
from app.durable.engine import Database, open_database
from app.durable.logbook import LogBook
from app.durable.migrate import migrate
from app.durable.pen import Pen
from app.durable.tables import SliceTables
from app.errors import AppError, LedgerError, Unreachable
from app.server.ledgers import LocalLogs
from app.server.parts import SliceLedger
from app.services.ports.seat import Seat, Session
from app.store.journal import TerminalJournal
from app.store.memos import write_message
from app.store.outbox import DESK_KEY, Slot, make_outbox
from app.store.sync import JournalSync
from app.store.tables import TERMINAL, TERMINAL_HISTORY
from app.store.terminal import Terminal
from app.trust.guardians import guardian_of, signing_of
from app.trust.guardianship import next_roster, sign_roster
from app.trust.seal import BoxKey, new_key
from app.trust.sign import SigningKey
from app.wire.ledger import AskAudit, AskWitnessed
from app.wire.parcel import ParcelKey
from tests.fakes.office import FakeDesk, Line
from tests.support.slices import MovedClock
from tests.support.stores import StoreAddresses

HERE = "011002"
REVIEWER = Actor(HERE, "R-1", "点検 花子", "監査", "T-9", (Right(REVIEW),))
RANDOM = SystemRandom()


class BackendLog:
    """One slice's log on a store of its own; the witness keeps what it saw in another store."""

    is_watched = False
    """Each look begins anew: nothing is kept in memory from one to the next."""

    def __init__(self, addresses: StoreAddresses, name: str) -> None:
        self.addresses, self.name = addresses, name
        self.clock = MovedClock()
        self.master, self.signing = new_key(), SigningKey.generate()
        self._witness_key, self._numbers = SigningKey.generate(), count()
        held = {name: BoxKey.generate() for name in ("A-1", "A-2", "A-3")}
        roster = next_roster(
            [guardian_of(name, key) for name, key in held.items()], (), datetime(2020, 1, 1, tzinfo=UTC)
        )
        self.lists = (sign_roster(roster, [("office", self.signing)]).decode(),)
        self.signers = [(name, signing_of(held[name])) for name in ("A-1", "A-2")]
        metadata = MetaData()
        self.tables = SliceTables(metadata)
        self.database = open_database(addresses(f"{name}_slice"))
        self.database.write(metadata.create_all)
        self.witness: Database = open_database(addresses(f"{name}_ledger"))
        migrate(self.witness, HISTORY, METADATA)
        self._wire()

    def _wire(self) -> None:
        self.cells = Cells(self.tables.keys, self.master, self.clock)
        self.pen = Pen("relay", self.tables.leaves, self.cells, self.signing, self.clock)
        self.book = LogBook("relay", self.tables.leaves, self.cells)
        logs = LocalLogs(SliceLedger(self.database, self.book, self.signing))
        self.service = LedgerService(
            LedgerStore(self.witness), [logs], self._witness_key, self.clock, lambda: self.lists
        )

    def reopen(self) -> None:
        """As after a restart of the process."""
        self.database.close()
        self.database = open_database(self.addresses(f"{self.name}_slice"))
        self._wire()

    def write(self, number: int) -> None:
        """So many acts, in one transaction. Errors: LedgerError when the log can't go on as it is."""
        acts = [self.act("visit.step") for _ in range(number)]
        self.database.write(lambda connection: self.pen.write_all(connection, acts))

    def act(self, kind: str, visit: str = "V-1", **what: str | int) -> Act:
        """An act of this log."""
        trace = f"trace-{next(self._numbers)}"
        return Act(kind, self.clock.now(), HERE, "S-1", "T-1", trace, visit, what=tuple(sorted(what.items())))

    def client_call(self) -> str:
        """One call of the supervisor's client: the kind of the first fault or alarm, "" for none."""
        call = Call(REVIEWER, "trace", f"key-{next(self._numbers)}", self.clock.now())
        try:
            audited = self.service.audit(call, AskAudit(log="relay"))
        except AppError as error:
            return error.code
        if audited.faults:
            return audited.faults[0].kind
        self.service.collect()
        alarms = [one.kind for one in self.service.witnessed(call, AskWitnessed()).alarms]
        return next((kind for kind in alarms if kind not in {"restored", "lost_by_restore"}), "")

    def access(self) -> dict[str, str]:
        """What the mutator gets: the rows."""
        return _access(self.addresses(f"{self.name}_slice"))

    def remember(self) -> None:
        """The slice keeps no memory outside its rows."""

    def recall(self) -> None:
        """The mutation was found and undone: its alarm is dealt with."""
        self.witness.write(lambda c: c.exec_driver_sql("DELETE FROM ledger_alarm"))

    def close(self) -> None:
        """Close the stores."""
        self.database.close()
        self.witness.close()


class TerminalLog:
    """A terminal's journal; the desk remembers what came."""

    is_watched = True
    """From one look to the next the program remembers what it saw."""

    def __init__(self, folder: Path) -> None:
        self.clock, self._numbers = MovedClock(), count()
        self._address = SqlcipherFile(folder / "terminal.db", new_key())
        self._seat = Seat(HERE, "kita-1", "1")
        self._line = Line()
        self._desk = FakeDesk(self._line, HERE, self.clock)
        database = open_database(self._address)
        migrate(database, TERMINAL_HISTORY, TERMINAL)
        key = ParcelKey(box=self._desk.box.public, log=self._desk.signing.public.raw)
        database.write(lambda connection: write_message(connection, DESK_KEY, key))
        self._folder, self._signing, self._journal_key = folder, SigningKey.generate(), new_key()
        self._wire(database)
        self._kept: Any = None

    def _wire(self, database: Database) -> None:
        key = Secret(self._journal_key.reveal())
        self._terminal = Terminal(self._folder, database, key, self._signing)
        self.journal = TerminalJournal(self._terminal, self._seat, Slot(make_outbox(), HERE), self.clock)
        self._sync = self._new_sync()

    def reopen(self) -> None:
        """As after a restart of the program."""
        self._terminal.close()
        self._wire(open_database(self._address))

    def _new_sync(self) -> JournalSync:
        return JournalSync(self._terminal, self.journal, self._desk, self.clock, RANDOM)

    def write(self, number: int) -> None:
        """So many acts, one after the other."""
        for _ in range(number):
            try:
                self.journal.write(self._act())
            except LedgerError:  # it can't be written to any more: told at the next synchronisation
                return

    def cut_off(self, hours: int, acts: int) -> None:
        """So long the office can't be reached, and is asked in vain after each act."""
        self._line.is_down = True
        for _ in range(acts):
            self.clock.move(hours=hours / acts)
            self.write(1)
            with suppress(Unreachable):
                self._sync.turn(self._session())
        self._line.is_down = False

    def client_call(self) -> str:
        """The clerk does something, and the journal is synchronised."""
        if self._kept is not None:
            self.write(1)
        try:
            self._sync.turn(self._session())
        except LedgerError as error:
            return str(error.data["kind"])
        return ""

    def access(self) -> dict[str, str]:
        """What the mutator gets: the rows."""
        return _access(self._address)

    def remember(self) -> None:
        """How the desk stands with an intact journal, to be put back after a mutation."""
        desk = self._desk
        self._kept = copy.deepcopy((desk.journal, desk.log, desk._nodes, desk.last_entry))  # noqa: SLF001
        self._marks = self._terminal.database.read(_marks)

    def recall(self) -> None:
        """Desk and marks as they stood with the intact journal; half the time the program was started anew."""
        desk = self._desk
        desk.journal, desk.log, desk._nodes, desk.last_entry = copy.deepcopy(self._kept)  # noqa: SLF001
        self._terminal.database.write(lambda c: _put_marks(c, self._marks))
        self._kept = None
        if next(self._numbers) % 2:
            self._sync = self._new_sync()

    def close(self) -> None:
        """Close the store."""
        self._terminal.close()

    def _act(self) -> Act:
        now = self.clock.now()
        return Act("visit.step", now, HERE, "c001", "kita-1", f"trace-{next(self._numbers)}", "v1")

    def _session(self) -> Session:
        actor = replace(REVIEWER, terminal="kita-1")
        now = datetime.now(UTC)
        return Session(actor, "見本市", "中央区役所", secret("token"), now, now + timedelta(hours=1), "not_asked")


def _marks(connection: Connection) -> list[Any]:
    rows = connection.exec_driver_sql("SELECT name, version, content FROM memo").all()
    seen = connection.exec_driver_sql("SELECT origin, size, note, at FROM seen_checkpoint").all()
    return [rows, seen]


def _put_marks(connection: Connection, marks: list[Any]) -> None:
    connection.exec_driver_sql("DELETE FROM memo")
    connection.exec_driver_sql("DELETE FROM seen_checkpoint")
    for row in marks[0]:
        connection.exec_driver_sql("INSERT INTO memo VALUES (?, ?, ?)", tuple(row))
    for row in marks[1]:
        connection.exec_driver_sql("INSERT INTO seen_checkpoint VALUES (?, ?, ?, ?)", tuple(row))


def _access(address: StoreAddress) -> dict[str, str]:
    if isinstance(address, SqlcipherFile):
        return {"engine": "sqlcipher", "path": str(address.path), "key": address.key.reveal().hex()}
    assert isinstance(address, PostgresSchema)
    return {"engine": "postgresql", "url": address.url, "schema": address.schema}
