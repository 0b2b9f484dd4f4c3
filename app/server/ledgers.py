"""The ledgers of all slices on this machine, opened to be read and exported."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.backend.register.store import tables as register_tables
from app.backend.staff import store as staff_store
from app.domain.clock import Clock, Random
from app.durable.tables import SliceTables
from app.server.keys import Keys
from app.server.parts import Parts, SliceLedger
from app.settings import ServerSettings

TABLES: Mapping[str, SliceTables] = {
    "register": register_tables.TABLES,
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
