"""The socialaddress slice's book: units of work on one connection each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random
from typing import TypeVar

from sqlalchemy import Connection, select, union

from app.backend.socialaddress.ports import SocialUnit
from app.backend.socialaddress.ports.records import PersonYear, TaxRow
from app.backend.socialaddress.store.entries import EntryRows
from app.backend.socialaddress.store.marks import MarkRows
from app.backend.socialaddress.store.merges import MergeRows
from app.backend.socialaddress.store.outgoing import OutgoingRows
from app.backend.socialaddress.store.parties import PartyRows
from app.backend.socialaddress.store.sealed import Tools
from app.backend.socialaddress.store.tables import OUTBOX, mark_table, tax_table
from app.backend.socialaddress.store.taxes import TaxRows
from app.backend.socialaddress.store.transfers import TransferRows
from app.domain.act import Act
from app.domain.call import Call
from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.outbox import Outbox
from app.durable.pen import Pen
from app.wire.message import Message

A = TypeVar("A", bound=Message)
T = TypeVar("T")


class SocialAddressStore:
    """The socialaddress slice's book. ``spread``: for the waits between tries, not for secrets."""

    def __init__(
        self, database: Database, cells: Cells, answers: Answers, pen: Pen, index_key: Secret, spread: Random
    ) -> None:
        self._database = database
        self._cells = cells
        self._answers = answers
        self._pen = pen
        self._index_key = index_key
        self._outbox = Outbox(OUTBOX, spread)

    def write(self, work: "Callable[[_Unit], T]") -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: "Callable[[_Unit], T]") -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def municipalities(self) -> tuple[str, ...]:
        """Those of which anything is kept."""
        known = union(select(mark_table.c.municipality), select(tax_table.c.municipality))
        return self._database.read(lambda connection: tuple(sorted(connection.execute(known).scalars())))

    def _unit(self, connection: Connection) -> "_Unit":
        tools = Tools(connection, self._cells, self._answers, self._pen, self._index_key)
        return _Unit(tools, self._outbox)


class _Unit:
    def __init__(self, tools: Tools, outbox: Outbox) -> None:
        self._tools = tools
        self.marks = MarkRows(tools.connection)
        self.parties = PartyRows(tools, self.marks)
        self.entries = EntryRows(tools)
        self.taxes = TaxRows(tools)
        self.merges = MergeRows(tools)
        self.transfers = TransferRows(tools, self.marks)
        self.outgoing = OutgoingRows(tools, outbox)

    def rows(self, municipality: str, wanted: Sequence[PersonYear]) -> dict[PersonYear, TaxRow]:
        return self.taxes.rows(municipality, wanted)

    def put(self, rows: Sequence[TaxRow], at: datetime) -> None:
        self.taxes.put(rows, at)

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        if not acts:
            return ()
        return tuple(receipt.to_bytes().decode() for receipt in self._tools.pen.write_all(self._tools.connection, acts))

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._tools.answers.once(self._tools.connection, call, message, gives, work)


def _fits(unit: _Unit) -> SocialUnit:
    return unit


__all__ = ["SocialAddressStore"]
