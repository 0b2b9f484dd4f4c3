"""Who took note of alarms: for good, sealed, and recorded in the ledger slice's own log."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, select

from app.backend.ledger.ports import Alarm, AlarmNote, AlarmUnit
from app.backend.ledger.store.counterparts import Unit
from app.backend.ledger.store.tables import alarm_note_table
from app.domain.act import Act
from app.domain.call import Call
from app.durable.absent import insert_if_absent
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.engine import Database
from app.durable.pen import Pen
from app.wire.message import Message, decode, encode

T = TypeVar("T")
A = TypeVar("A", bound=Message)


class AlarmStore:
    """The ledger slice's book for supervisors."""

    def __init__(self, database: Database, cells: Cells, answers: Answers, pen: Pen) -> None:
        self._database = database
        self._parts = (cells, answers, pen)

    def write(self, work: Callable[[AlarmUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, *self._parts)))


class _Unit(Unit):
    def __init__(self, connection: Connection, cells: Cells, answers: Answers, pen: Pen) -> None:
        super().__init__(connection)
        self._cells, self._answers, self._pen = cells, answers, pen

    def notes(self, alarm: Alarm) -> tuple[AlarmNote, ...]:
        columns = alarm_note_table.c
        mine = (columns.municipality == alarm.municipality, columns.log == alarm.log, columns.kind == alarm.kind)
        query = select(alarm_note_table).where(*mine, columns.size == alarm.size).order_by(columns.number)
        return tuple(
            decode(self._cells.open(self.connection, _cell(alarm, row.number), row.sealed), AlarmNote)
            for row in self.connection.execute(query).all()
        )

    def add_note(self, alarm: Alarm, number: int, note: AlarmNote) -> bool:
        row = {
            "municipality": alarm.municipality,
            "log": alarm.log,
            "kind": alarm.kind,
            "size": alarm.size,
            "number": number,
            "staff_id": note.staff_id,
            "at": note.at,
            "sealed": self._cells.seal(self.connection, _cell(alarm, number), encode(note)),
        }
        return insert_if_absent(self.connection, alarm_note_table, row)

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self.connection, call, message, gives, work)

    def record(self, act: Act) -> str:
        return self._pen.write(self.connection, act).to_bytes().decode()


def _cell(alarm: Alarm, number: int) -> Cell:
    place = f"{alarm.log}/{alarm.kind}/{alarm.size}"
    return Cell(alarm.municipality, alarm_note_table.name, "sealed", place, number)
