"""Keeps what residentbase is still to be told: an outbox in which each change lies sealed, in order per person."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from sqlalchemy import Connection, select

from app.backend.register.ports import Resident
from app.backend.register.service.telling import TellingUnit, Told, Waiting
from app.backend.register.store.change_tables import OUTBOX, serial_table
from app.backend.register.store.reading import Reader
from app.backend.register.store.staff import StaffPeople
from app.backend.register.store.tables import TABLES, person_table
from app.domain.act import Act
from app.domain.call import Call
from app.domain.secret import Secret
from app.durable.among import among
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.engine import Database
from app.durable.outbox import Outbox, OutboxItem
from app.durable.pen import Pen
from app.errors import AppError
from app.wire.message import Message, decode, encode
from app.wire.resident_base import AskRegister, RegisterChange

T = TypeVar("T")
A = TypeVar("A", bound=Message)
_KIND = "change"


class StoredLine:
    """See ``LineRows``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def lay(self, municipality: str, changes: Sequence[RegisterChange], at: datetime) -> None:
        if not changes:
            return
        named = [(_item(municipality, one.position), one) for one in changes]
        boxes = self._cells.seal_all(
            self._connection, [(_cell(municipality, name), encode(one)) for name, one in named]
        )
        outbox = Outbox(OUTBOX, Random())  # noqa: S311 -- spreads waits, hides nothing
        for (name, one), box in zip(named, boxes, strict=True):
            outbox.put(self._connection, name, f"{municipality}/{one.subject}", _KIND, box, at)


class TellingStore:
    """See ``TellingBook``. ``spread``: for the waits between tries."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, index_key: Secret, spread: Random) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._key = index_key
        self._outbox = Outbox(OUTBOX, spread)

    def write(self, work: Callable[[TellingUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[TellingUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> TellingUnit:
        reader = Reader(connection, self._cells, StaffPeople(connection, self._cells, self._key))
        return _Unit(connection, self._cells, self._pen, reader, self._outbox)


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, pen: Pen, reader: Reader, outbox: Outbox) -> None:
        self._connection = connection
        self._cells = cells
        self._pen = pen
        self._reader = reader
        self._outbox = outbox
        self._answers = Answers(TABLES.answers, cells)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Waiting]:
        return [self._opened(item) for item in self._outbox.claim(self._connection, now, lease, limit, together=True)]

    def settle(self, told: Sequence[Told], now: datetime) -> None:
        if done := [one.waiting.item.item_id for one in told if not one.reason]:
            self._outbox.done(self._connection, *done)
        for one in told:
            if one.is_final:
                self._outbox.dead(self._connection, one.waiting.item.item_id, one.reason)
            elif one.reason:
                self._outbox.later(self._connection, one.waiting.item, now, one.reason)

    def untold(self, municipality: str) -> tuple[Waiting, ...]:
        dead = self._outbox.open_items(self._connection, dead_only=True)
        return tuple(Waiting(one, municipality, None) for one in dead if one.item_id.startswith(f"{municipality}/"))

    def again(self, municipality: str, position: int, now: datetime) -> bool:
        return self._outbox.revive(self._connection, _item(municipality, position), now)

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._connection, call, message, gives, work)

    def record(self, acts: Sequence[Act]) -> None:
        self._pen.note_all(self._connection, acts)

    def place(self, municipality: str) -> int:
        columns = serial_table.c
        mine = (columns.municipality == municipality, columns.kind == "told")
        return (self._connection.execute(select(columns.next).where(*mine)).scalar_one_or_none() or 1) - 1

    def standing(self, asked: AskRegister, limit: int) -> tuple[Resident, ...]:
        columns = person_table.c
        query = select(columns.business_number).where(columns.municipality == asked.municipality)
        if asked.household:
            query = query.where(columns.household_number == asked.household)
        elif asked.subjects:
            query = query.where(among(self._connection, columns.business_number, asked.subjects))
        else:
            query = query.where(columns.business_number > asked.after)
        names = self._connection.execute(query.order_by(columns.business_number).limit(limit)).scalars().all()
        return self._whole(asked.municipality, names)

    def _whole(self, municipality: str, names: Sequence[str]) -> tuple[Resident, ...]:
        """Records with each 個人番号 opened."""
        columns = person_table.c
        mine = (columns.municipality == municipality, among(self._connection, columns.business_number, names))
        rows = self._connection.execute(select(person_table).where(*mine, columns.number.is_not(None))).all()
        numbers = {row.business_number: self._reader.number(row) for row in rows}
        found = (one.resident for one in self._reader.persons(municipality, names))
        return tuple(replace(one, my_number=numbers.get(one.business_number)) for one in found)

    def _opened(self, item: OutboxItem) -> Waiting:
        municipality = item.item_id.partition("/")[0]
        try:
            plain = self._cells.open(self._connection, _cell(municipality, item.item_id), item.body)
            return Waiting(item, municipality, decode(plain, RegisterChange))
        except AppError:
            return Waiting(item, municipality, None)


def _item(municipality: str, position: int) -> str:
    return f"{municipality}/{position}"


def _cell(municipality: str, item_id: str) -> Cell:
    return Cell(municipality, OUTBOX.name, "body", item_id, 1)
