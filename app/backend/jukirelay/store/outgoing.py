"""Keeps what goes to the network, and the number of each person's changes."""

from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, delete, func, select, update

from app.backend.jukirelay.ports import CLOSED, DONE, STOPPED, TAKEN, WAITING, Outgoing
from app.backend.jukirelay.store.queue import StoredQueue
from app.backend.jukirelay.store.tables import number_table, outgoing_table
from app.backend.jukirelay.store.tools import Tools, keyed
from app.durable.absent import insert_if_absent
from app.errors import Conflict


class StoredOutgoing:
    """See ``OutgoingRows``."""

    def __init__(self, tools: Tools, queue: StoredQueue) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._queue = queue

    def add(self, one: Outgoing) -> bool:
        key = {"municipality": one.municipality, "item_id": one.item_id}
        person = self._tools.token(one.municipality, "person", one.subject)
        first = {"person": person, "entry_id": one.entry_id, "made_at": one.made_at, "look_at": None}
        if not insert_if_absent(self._connection, outgoing_table, key | first | self._values(one)):
            return False
        self._queue.put(one, person.hex())
        if one.state == STOPPED:
            self._queue.dead((one.municipality, one.item_id), one.cause)
        return True

    def one(self, municipality: str, item_id: str) -> Outgoing | None:
        key = {"municipality": municipality, "item_id": item_id}
        row = self._connection.execute(
            select(outgoing_table).where(keyed(outgoing_table, key)).with_for_update()
        ).one_or_none()
        return None if row is None else self._opened(row)

    def put(self, one: Outgoing, look_at: datetime | None = None) -> None:
        columns = outgoing_table.c
        mine = keyed(outgoing_table, {"municipality": one.municipality, "item_id": one.item_id})
        values = self._values(one) | {"look_at": look_at}
        changed = update(outgoing_table).where(mine, columns.version == one.version - 1).values(**values)
        if self._connection.execute(changed, execution_options={"preserve_rowcount": True}).rowcount != 1:
            raise Conflict(version=0)

    def of(self, municipality: str, subject: str, entry_id: str, limit: int) -> tuple[Outgoing, ...]:
        columns = outgoing_table.c
        where: list[ColumnElement[bool]] = []
        if subject:
            where.append(columns.person == self._tools.token(municipality, "person", subject))
        if entry_id:
            where.append(columns.entry_id == entry_id)
        order = (columns.made_at.desc(), columns.item_id.desc())
        return self._all(self._mine(municipality).where(*where).order_by(*order).limit(limit))

    def due_looks(self, municipality: str, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        columns = outgoing_table.c
        due = self._mine(municipality).where(columns.state == TAKEN, columns.look_at <= now)
        return self._all(due.order_by(columns.made_at).limit(limit))

    def halted(self, municipality: str) -> tuple[Outgoing, ...]:
        columns = outgoing_table.c
        return self._all(self._mine(municipality).where(columns.state == STOPPED).order_by(columns.made_at))

    def forget(self, before: datetime) -> int:
        columns = outgoing_table.c
        over = (columns.state.in_((DONE, CLOSED)), columns.changed_at < before)
        return len(self._connection.execute(delete(outgoing_table).where(*over).returning(columns.item_id)).all())

    def waiting(self, municipality: str) -> int:
        columns = outgoing_table.c
        mine = (columns.municipality == municipality, columns.state == WAITING)
        return int(self._connection.execute(select(func.count()).select_from(outgoing_table).where(*mine)).scalar_one())

    def oldest(self, municipality: str) -> datetime | None:
        columns = outgoing_table.c
        mine = (columns.municipality == municipality, columns.state == WAITING)
        found: datetime | None = self._connection.execute(select(func.min(columns.made_at)).where(*mine)).scalar()
        return found

    def next_number(self, municipality: str, code: str) -> int:
        key = {"municipality": municipality, "code": self._tools.token(municipality, "code", code)}
        last = self._connection.execute(select(number_table.c.last).where(keyed(number_table, key))).scalar()
        return (last or 0) + 1

    def numbered(self, municipality: str, code: str, last: int) -> None:
        key = {"municipality": municipality, "code": self._tools.token(municipality, "code", code)}
        self._tools.put(number_table, key, {"last": last})

    def _mine(self, municipality: str) -> Select[tuple[object, ...]]:
        return select(outgoing_table).where(outgoing_table.c.municipality == municipality)

    def _values(self, one: Outgoing) -> dict[str, object]:
        sealed = self._tools.seal(outgoing_table, one.municipality, one.item_id, one.version, one)
        return {
            "version": one.version,
            "state": one.state,
            "changed_at": one.changed_at or one.made_at,
            "sealed": sealed,
        }

    def _all(self, query: Select[tuple[object, ...]]) -> tuple[Outgoing, ...]:
        return tuple(map(self._opened, self._connection.execute(query).all()))

    def _opened(self, row: Row[tuple[object, ...]]) -> Outgoing:
        place = (row.municipality, row.item_id, row.version)
        return self._tools.open(outgoing_table, place, row.sealed, Outgoing)
