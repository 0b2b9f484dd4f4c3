"""Answers that arrive for a clerk, sealed in terminal.db so that only his open work reads them."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from app.domain.secret import Secret, taken
from app.durable.absent import insert_if_absent
from app.durable.engine import Database
from app.errors import WrongKey
from app.services.ports.memory import Arrived
from app.store.tables import arrived as arrived_table
from app.store.tables import own, work_file
from app.store.work_slots import WorkFile
from app.trust.seal import BoxKey, open_box, open_sealed, seal, seal_to
from app.wire.desk import Receipt
from app.wire.message import decode, encode

_BOX = "box"


class Results:
    """Answers in terminal.db on their way into somebody's work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fetch(self, file: WorkFile, box: BoxKey) -> tuple[Arrived, ...]:
        """What has arrived for this file, oldest first."""
        columns = arrived_table.c
        query = select(arrived_table).where(columns.file == file.file).order_by(columns.at, columns.item_id)
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return tuple(
            Arrived(row.item_id, row.at, decode(open_box(box, row.sealed, _place(row.item_id)), Receipt))
            for row in rows
        )

    def forget(self, item_id: str) -> None:
        """It is where it belongs."""
        gone = delete(arrived_table).where(arrived_table.c.item_id == item_id)
        self._database.write(lambda connection: connection.execute(gone))


def lay_down(connection: Connection, item_id: str, author: str, receipt: Receipt, at: datetime) -> None:
    """Keep an answer for ``author``, sealed; within the transaction that closes the item."""
    columns = work_file.c
    row = connection.execute(
        select(columns.file, columns.box).where(columns.staff_id == author, columns.aside_at.is_(None))
    ).one_or_none()
    if row is not None:
        sealed = seal_to(row.box, encode(receipt), _place(item_id))
        values = {"item_id": item_id, "file": row.file, "sealed": sealed, "at": at}
        insert_if_absent(connection, arrived_table, values)


def make_box(connection: Connection, key: Secret, box: BoxKey) -> None:
    """Keep the private half in a new work.db."""
    with box.to_bytes().lent() as private:
        connection.execute(insert(own).values(name=_BOX, content=seal(key, private, ("own", _BOX))))


def read_box(connection: Connection, key: Secret) -> BoxKey:
    """The private half. Errors: WrongKey when the file has none."""
    content = connection.execute(select(own.c.content).where(own.c.name == _BOX)).scalar_one_or_none()
    if content is None:
        raise WrongKey(what="work_box")
    return BoxKey.from_bytes(taken(open_sealed(key, content, ("own", _BOX))))


def _place(item_id: str) -> tuple[str, ...]:
    return ("arrived", item_id)
