"""The ledgers of all slices on this machine, opened to be read and exported."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from app.backend.addressee import store as addressee_store
from app.backend.desk.store import tables as desk_tables
from app.backend.intermediary.store import tables as intermediary_tables
from app.backend.jukinet import store as jukinet_store
from app.backend.jukirelay import store as jukirelay_store
from app.backend.ledger import store as ledger_store
from app.backend.ledger.service import Alarms, Counters, LedgerService, Stamping, TerminalKeys
from app.backend.nws import store as nws_store
from app.backend.register.store import tables as register_tables
from app.backend.relay import store as relay_store
from app.backend.residentbase import store as residentbase_store
from app.backend.review import store as review_store
from app.backend.revocation import store as revocation_store
from app.backend.socialaddress import store as socialaddress_store
from app.backend.staff import store as staff_store
from app.domain.clock import Clock, Random
from app.durable.audit import audit
from app.durable.engine import Database
from app.durable.logbook import LogBook, restorations
from app.durable.tables import SliceTables
from app.link.status_line import StatusLine
from app.server.guardians import guardian_lists
from app.server.keys import Keys
from app.server.parts import Parts, SliceLedger, SliceParts
from app.server.stamper import HttpStamper
from app.settings import ServerSettings
from app.trust.checkpoint import Checkpoint
from app.trust.sign import SigningKey, VerifyKey

TABLES: Mapping[str, SliceTables] = {
    "addressee": addressee_store.TABLES,
    "desk": desk_tables.TABLES,
    "intermediary": intermediary_tables.TABLES,
    "jukinet": jukinet_store.TABLES,
    "jukirelay": jukirelay_store.TABLES,
    "ledger": ledger_store.TABLES,
    "nws": nws_store.TABLES,
    "register": register_tables.TABLES,
    "relay": relay_store.TABLES,
    "residentbase": residentbase_store.TABLES,
    "review": review_store.TABLES,
    "revocation": revocation_store.TABLES,
    "socialaddress": socialaddress_store.TABLES,
    "staff": staff_store.TABLES,
}
"""Slice → its tables; every slice that has a store stands here."""


@contextmanager
def open_ledgers(settings: ServerSettings, clock: Clock, random: Random) -> Iterator[tuple[SliceLedger, ...]]:
    """The ledgers of the slices this installation serves and that have been written to; closed at the end.

    Nothing is migrated or made. Errors: WrongKey, StoreBusy.
    """
    parts = Parts(settings, Keys(settings.folder / "keys", random), clock)
    names = sorted(settings.slices or TABLES)
    try:
        found = [parts.ledger(name, TABLES[name]) for name in names if name in TABLES]
        yield tuple(ledger for ledger in found if ledger is not None)
    finally:
        parts.close()


class OwnsLedger(Protocol):
    """What the witness needs of a slice in this process: ``SliceParts`` or ``SliceLedger``."""

    @property
    def database(self) -> Database: ...
    @property
    def book(self) -> LogBook: ...
    @property
    def signing(self) -> SigningKey: ...


@dataclass(frozen=True, slots=True)
class LedgerSlice:
    """The parts of the ledger slice. ``stamping`` None: no stamper is named."""

    service: LedgerService
    counters: Counters
    stamping: Stamping | None
    book: ledger_store.LedgerStore
    logs: Sequence["LocalLogs"]
    own: SliceParts
    alarms: Alarms


def ledger_service(
    parts: Parts, slices: Sequence[OwnsLedger], keys: TerminalKeys, settings: ServerSettings, clock: Clock
) -> LedgerSlice:
    """The ledger slice on its own store, as witness of ``slices``; its ``collect`` is to be called again and again.

    ``keys``: the journal keys of terminals, which witness too.
    """
    own = parts.slice("ledger", ledger_store.TABLES, ledger_store.HISTORY)
    logs = [LocalLogs(each) for each in (*slices, own)]
    book = ledger_store.LedgerStore(own.database)
    lists = partial(guardian_lists, settings)
    service = LedgerService(book, logs, own.signing, clock, lists)
    alarms = Alarms(ledger_store.AlarmStore(own.database, own.cells, own.answers, own.pen), tuple(settings.witnessing))
    counters = Counters(book, logs, keys, clock, lists)
    if settings.stamper is None:
        return LedgerSlice(service, counters, None, book, logs, own, alarms)
    line = StatusLine(clock)
    parts.also_close(line.close)
    return LedgerSlice(
        service, counters, Stamping(book, HttpStamper(settings.stamper, line), clock), book, logs, own, alarms
    )


class LocalLogs:
    """The logs of a slice in this process, as the witness looks at them."""

    def __init__(self, ledger: OwnsLedger) -> None:
        self._ledger = ledger

    @property
    def log(self) -> str:
        return self._ledger.book.log

    @property
    def key(self) -> VerifyKey:
        return self._ledger.signing.public

    def municipalities(self) -> tuple[str, ...]:
        return self._ledger.database.read(self._ledger.book.municipalities)

    def checkpoint(self, municipality: str) -> bytes:
        return self._ledger.database.read(lambda c: self._ledger.book.checkpoint(c, municipality))

    def consistency(self, municipality: str, first: int, second: int) -> tuple[bytes, ...]:
        return self._ledger.database.read(lambda c: self._ledger.book.consistency(c, municipality, first, second))

    def restorations(self, municipality: str) -> tuple[bytes, ...]:
        return self._ledger.database.read(lambda c: restorations(c, self._ledger.book, municipality))

    def faults(self, municipality: str, seen: Checkpoint | None) -> tuple[tuple[str, str], ...]:
        found = self._ledger.database.read(lambda c: list(audit(c, self._ledger.book, municipality, self.key, seen)))
        return tuple((str(fault.data["kind"]), str(fault.data["place"])) for fault in found)

    def keep(self, municipality: str, size: int, cosigned: bytes, at: datetime) -> None:
        self._ledger.database.write(lambda c: self._ledger.book.keep_checkpoint(c, municipality, size, (cosigned, at)))
