"""The addressee slice's book: opens units of work on its store."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from sqlalchemy import Connection, select, update

from app.backend.addressee.ports import AddresseeUnit, LinedUnit
from app.backend.addressee.store.corrections import CorrectionRows
from app.backend.addressee.store.linkage import LinkageRows
from app.backend.addressee.store.people import PeopleRows
from app.backend.addressee.store.systems import SystemRows
from app.backend.addressee.store.tables import OUTBOX, line_table
from app.backend.addressee.store.tools import Tools
from app.domain.act import Act
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.logbook import LogBook
from app.durable.outbox import Outbox
from app.durable.pen import Pen

T = TypeVar("T")


class AddresseeStore:
    """The addressee slice's book. ``records``: what writes its ledger, and what reads it."""

    def __init__(
        self, database: Database, cells: Cells, records: tuple[Pen, LogBook], index_key: Secret, spread: Random
    ) -> None:
        self._database = database
        self._cells = cells
        self._records = records
        self._index_key = index_key
        self._outbox = Outbox(OUTBOX, spread)

    def write(self, work: Callable[[AddresseeUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def write_line(self, work: Callable[[LinedUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[AddresseeUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> "_Unit":
        return _Unit(Tools(connection, self._cells, self._index_key), self._records, self._outbox)


class _Unit(PeopleRows):
    """See ``AddresseeUnit``."""

    def __init__(self, tools: Tools, records: tuple[Pen, LogBook], outbox: Outbox) -> None:
        super().__init__(tools)
        self.systems = SystemRows(tools)
        self.corrections = CorrectionRows(tools, outbox)
        self.linkage = LinkageRows(tools, *records)

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        return self.linkage.record(acts)

    def up_to(self, municipality: str) -> int:
        insert_if_absent(self._connection, line_table, {"municipality": municipality, "up_to": 0})
        mine = line_table.c.municipality == municipality
        return int(self._connection.execute(select(line_table.c.up_to).where(mine).with_for_update()).scalar_one())

    def reached(self, municipality: str, up_to: int) -> None:
        mine = line_table.c.municipality == municipality
        self._connection.execute(update(line_table).where(mine).values(up_to=up_to))
