"""控え: every act at this terminal, before its result is shown, in an encrypted Merkle log with a key of its own."""

from collections.abc import Callable
from itertools import islice

from sqlalchemy import Connection

from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.time_band import TimeBand
from app.durable.audit import audit
from app.durable.cells import Cells
from app.durable.leaves import nodes_of, read_head
from app.durable.logbook import KeptRecord, LogBook
from app.durable.pen import Pen
from app.errors import LedgerError
from app.services.ports.memory import Outgoing
from app.services.ports.seat import Seat
from app.store.heard import last_heard
from app.store.outbox import Slot
from app.store.tables import KEYS, LEAVES
from app.store.terminal import Terminal
from app.store.uptime import MachineUptime
from app.trust.checkpoint import origin_of, sign_checkpoint
from app.trust.merkle import load_tree
from app.wire.desk import JournalRecord


def log_name(terminal: str) -> str:
    """How a terminal's log is called."""
    return f"terminal.{terminal}"


class TerminalJournal:
    """The journal of one terminal. Usable from several threads; one write is one durable commit."""

    def __init__(self, terminal: Terminal, seat: Seat, slot: Slot, clock: Clock) -> None:
        cells = Cells(KEYS, terminal.journal_key, clock)
        log = log_name(seat.terminal)
        self._terminal = terminal
        self.municipality = seat.municipality
        self._uptime = MachineUptime(clock)
        self._pen = Pen(log, LEAVES, cells, terminal.signing, clock, self._band)
        self._slot = slot
        self.book = LogBook(log, LEAVES, cells)
        self._written: Callable[[], None] = _nothing

    def when_written(self, then: Callable[[], None]) -> None:
        """Have ``then`` called after each write, on the writing thread; it only wakes somebody."""
        self._written = then

    def write(self, act: Act, *outgoing: Outgoing) -> None:
        """See ``Journal``. Errors: LedgerError when the act belongs to another municipality."""
        if act.municipality != self.municipality:
            raise LedgerError(kind="other_municipality", place=act.kind)

        def keep(connection: Connection) -> None:
            self._pen.write(connection, act)
            for item in outgoing:
                self._slot.lay_down(connection, item, act.trace, act.at)

        self._terminal.database.write(keep)
        self._written()

    @property
    def size(self) -> int:
        """How many acts it holds."""
        return self._terminal.database.read(
            lambda connection: read_head(connection, LEAVES, self.municipality).tree.size
        )

    def gained(self, first: int, limit: int) -> tuple[tuple[JournalRecord, ...], bytes]:
        """At most ``limit`` records from ``first`` on, and a signed checkpoint over all to the last of them."""

        def read(connection: Connection) -> tuple[tuple[JournalRecord, ...], bytes]:
            records = tuple(
                self._travelling(connection, kept)
                for kept in islice(self.book.kept(connection, self.municipality, first), limit)
            )
            tree = load_tree(first + len(records), nodes_of(connection, LEAVES, self.municipality))
            origin = origin_of(self.book.log, self.municipality)
            return records, sign_checkpoint(origin, tree, self._terminal.signing)

        return self._terminal.database.read(read)

    def acts_of_visit(self, visit_id: str) -> tuple[Act, ...]:
        """What was done here in one visit, in order."""
        return self._terminal.database.read(
            lambda connection: self.book.acts_of_visit(connection, self.municipality, visit_id)
        )

    def faults(self) -> tuple[LedgerError, ...]:
        """Every place where the journal is not as it was written."""
        key = self._terminal.signing.public
        return self._terminal.database.read(
            lambda connection: tuple(audit(connection, self.book, self.municipality, key))
        )

    def _band(self, connection: Connection) -> TimeBand:
        reading = self._uptime.reading()
        return TimeBand(reading.at, reading.boot, int(reading.since_boot_s * 1000), last_heard(connection))

    def _travelling(self, connection: Connection, kept: KeptRecord) -> JournalRecord:
        salt, record = self.book.opened(connection, self.municipality, kept)
        return JournalRecord(index=kept.position, record=record, salt=salt)


def _nothing() -> None:
    return
