"""The same key gives the same answer: what was answered to each write, kept in the transaction of the write."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Column, Connection, LargeBinary, MetaData, String, Table, select, update

from app.domain.call import Call
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.durable.columns import Instant
from app.errors import Conflict
from app.wire.message import Message, decode, encode

A = TypeVar("A", bound=Message)


def answer_table(metadata: MetaData) -> Table:
    """The slice's table of answers by key."""
    return Table(
        "answer",
        metadata,
        Column("municipality", String(6), primary_key=True),
        Column("key", String(64), primary_key=True),
        Column("digest", LargeBinary, nullable=False),
        Column("answer", LargeBinary, nullable=False),
        Column("at", Instant, nullable=False),
    )


class Answers:
    """Remembers answers by the caller's key."""

    def __init__(self, table: Table, cells: Cells) -> None:
        self._table = table
        self._cells = cells

    def once(self, connection: Connection, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        """``work()`` the first time ``call.key`` comes, its kept answer every later time.

        The key is laid down first: the same key at the same time waits for the end of the other one's transaction.
        Errors: Conflict when the key comes again with another message or from another member of staff.
        """
        digest = hashlib.sha256(f"{call.actor.staff_id}\n".encode() + encode(message)).digest()
        asked, cell = (Cell(call.municipality, self._table.name, name, call.key, 1) for name in ("digest", "answer"))
        columns = self._table.c
        mine = (columns.municipality == call.municipality, columns.key == call.key)
        # sealed: of a message with little chance in it, a bare digest would tell whoever guesses that he is right
        kept = self._cells.seal(connection, asked, digest)
        row = {"municipality": call.municipality, "key": call.key, "digest": kept, "answer": b"", "at": call.at}
        if insert_if_absent(connection, self._table, row):
            answer = work()
            sealed = self._cells.seal(connection, cell, encode(answer))
            connection.execute(update(self._table).where(*mine).values(answer=sealed))
            return answer
        known = connection.execute(select(columns.digest, columns.answer).where(*mine)).one()
        if self._cells.open(connection, asked, known.digest) != digest:
            raise Conflict(version=0)
        return decode(self._cells.open(connection, cell, known.answer), gives)
