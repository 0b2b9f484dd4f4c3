"""The drafts and answers in an open work.db, each sealed once more under the file's own key."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.engine import Database
from app.errors import NotAllowed, WorkClosed, WrongKey
from app.services.ports.memory import Arrived, DraftMark
from app.store.tables import draft as draft_table
from app.store.tables import result as result_table
from app.trust.seal import derive, open_sealed, seal
from app.wire.desk import Receipt
from app.wire.draft import Draft
from app.wire.message import decode, encode

T = TypeVar("T")


class _RowKey:
    """The key of the rows, until it is forgotten; forgetting may come from another thread in the middle of a save."""

    def __init__(self, key: Secret) -> None:
        self._key = derive(key, "work rows")
        self.is_forgotten = False

    def forget(self) -> None:
        self.is_forgotten = True
        self._key.wipe()

    def seal(self, plain: bytes, place: tuple[str, ...]) -> bytes:
        return self._using(lambda key: seal(key, plain, place))

    def open(self, box: bytes, place: tuple[str, ...]) -> bytes:
        return self._using(lambda key: open_sealed(key, box, place))

    def _using(self, work: Callable[[Secret], bytes]) -> bytes:
        """Copy first, look second: a half-wiped key would seal what nobody can open again. Errors: WorkClosed."""
        with self._key.lent() as raw:
            copy = Secret(raw)
        try:
            if self.is_forgotten:
                raise WorkClosed
            return work(copy)
        finally:
            copy.wipe()


class DraftBook:
    """What one file holds."""

    def __init__(self, database: Database, key: Secret) -> None:
        self._database = database
        self._key = _RowKey(key)

    def forget(self) -> None:
        """Wipe the key; what is called later raises WorkClosed."""
        self._key.forget()

    def _read(self, work: Callable[[Connection], T]) -> T:
        return self._while_open(lambda: self._database.read(work))

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self._while_open(lambda: self._database.write(work))

    def _while_open(self, work: Callable[[], T]) -> T:
        """A file whose key was wiped in the middle does not open again: that is the lock, no damage."""
        try:
            return work()
        except WrongKey as error:
            if self._key.is_forgotten:
                raise WorkClosed from error
            raise

    def save(self, draft: Draft) -> None:
        """Keep this state, durably."""
        content = encode(draft)

        def keep(connection: Connection) -> None:
            columns = draft_table.c
            here = columns.draft_id == draft.draft_id
            version = (connection.execute(select(columns.version).where(here)).scalar_one_or_none() or 0) + 1
            sealed = self._key.seal(content, _draft_place(draft.draft_id, version))
            values = {"version": version, "saved_at": draft.saved_at, "sealed": sealed}
            if version > 1:
                connection.execute(update(draft_table).where(here).values(**values))
            else:
                connection.execute(insert(draft_table).values(draft_id=draft.draft_id, item_id="", **values))

        self._write(keep)

    def draft(self, draft_id: str) -> Draft:
        """Errors: NotAllowed when there is none."""
        query = select(draft_table).where(draft_table.c.draft_id == draft_id)
        row = self._read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            raise NotAllowed
        return self._opened(row.draft_id, row.version, row.sealed)

    def marks(self) -> tuple[DraftMark, ...]:
        """All drafts, latest first."""
        query = select(draft_table).order_by(draft_table.c.saved_at.desc(), draft_table.c.draft_id)
        rows = self._read(lambda connection: connection.execute(query).all())
        found = [(self._opened(row.draft_id, row.version, row.sealed), row.item_id) for row in rows]
        return tuple(
            DraftMark(draft.draft_id, draft.visit_id, draft.procedure, draft.saved_at, item_id or "")
            for draft, item_id in found
        )

    def mark(self, draft_id: str, item_id: str) -> None:
        """Note the hand-in the draft went out with; "" takes the note back."""
        changed = update(draft_table).where(draft_table.c.draft_id == draft_id).values(item_id=item_id)
        self._write(lambda connection: connection.execute(changed))

    def drop(self, draft_id: str) -> str:
        """Delete a draft; the hand-in it went out with, "" if none."""

        def delete_one(connection: Connection) -> str:
            here = draft_table.c.draft_id == draft_id
            item_id = connection.execute(select(draft_table.c.item_id).where(here)).scalar_one_or_none()
            connection.execute(delete(draft_table).where(here))
            return item_id or ""

        return self._write(delete_one)

    def answered(self, found: Arrived) -> None:
        """Keep an answer and drop the draft it answers, in one transaction."""
        sealed = self._key.seal(encode(found.receipt), _result_place(found.item_id))

        def keep(connection: Connection) -> None:
            connection.execute(delete(result_table).where(result_table.c.item_id == found.item_id))
            insert_if_absent(connection, result_table, {"item_id": found.item_id, "at": found.at, "sealed": sealed})
            connection.execute(delete(draft_table).where(draft_table.c.item_id == found.item_id))

        self._write(keep)

    def answers(self) -> tuple[Arrived, ...]:
        """The answers kept, oldest first."""
        query = select(result_table).order_by(result_table.c.at, result_table.c.item_id)
        rows = self._read(lambda connection: connection.execute(query).all())
        return tuple(
            Arrived(row.item_id, row.at, decode(self._key.open(row.sealed, _result_place(row.item_id)), Receipt))
            for row in rows
        )

    def _opened(self, draft_id: str, version: int, sealed: bytes) -> Draft:
        return decode(self._key.open(sealed, _draft_place(draft_id, version)), Draft)


def _draft_place(draft_id: str, version: int) -> tuple[str, ...]:
    return ("draft", draft_id, str(version))


def _result_place(item_id: str) -> tuple[str, ...]:
    return ("result", item_id)
