"""The outbox of what goes to the network, in order per person, and how many went in which minute."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import and_, delete, func, or_, select, update

from app.backend.jukirelay.ports import WAITING, Claimed, Outgoing
from app.backend.jukirelay.store.tables import OUTBOX, outgoing_table, pace_table
from app.backend.jukirelay.store.tools import Tools
from app.durable.absent import insert_if_absent
from app.durable.outbox import Outbox, OutboxItem
from app.errors import AppError

_MINUTES_KEPT = 60


class Queue:
    """The outbox of one store. ``spread``: for the waits between tries, not for secrets."""

    def __init__(self, spread: Random) -> None:
        self.outbox = Outbox(OUTBOX, spread)


class StoredQueue:
    """See ``QueueRows``."""

    def __init__(self, tools: Tools, queue: Queue) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._outbox = queue.outbox

    def put(self, one: Outgoing, person: str) -> None:
        """Lay it down behind what waits of the same person."""
        body = f"{one.municipality}/{one.item_id}".encode()
        name = self._name((one.municipality, one.item_id))
        self._outbox.put(self._connection, name, person, one.kind, body, one.made_at)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[Claimed, ...]:
        items = self._outbox.claim(self._connection, now, lease, limit)
        named = [(item, item.body.decode().partition("/")) for item in items]
        columns = outgoing_table.c
        if not named:
            return ()
        which = [and_(columns.municipality == first, columns.item_id == last) for _, (first, _, last) in named]
        rows = {(row.municipality, row.item_id): row for row in self._connection.execute(
            select(outgoing_table).where(or_(*which))
        )}  # fmt: skip
        found = []
        for item, (municipality, _, item_id) in named:
            row = rows.get((municipality, item_id))
            try:
                if row is None:
                    found.append(Claimed(item, municipality, item_id, None, "row_missing"))
                    continue
                place = (municipality, item_id, row.version)
                one = self._tools.open(outgoing_table, place, row.sealed, Outgoing)
                found.append(Claimed(item, municipality, item_id, one))
            except AppError as error:
                found.append(Claimed(item, municipality, item_id, None, error.code))
        return tuple(found)

    def done(self, items: Sequence[OutboxItem]) -> None:
        if items:
            self._outbox.done(self._connection, *(item.item_id for item in items))

    def later(self, item: OutboxItem, now: datetime, cause: str) -> None:
        self._outbox.later(self._connection, item, now, cause)

    def postpone(self, item: OutboxItem, next_at: datetime, cause: str) -> None:
        self._outbox.postpone(self._connection, item, next_at, cause)

    def dead(self, item_id: tuple[str, str], cause: str) -> None:
        self._outbox.dead(self._connection, self._name(item_id), cause)

    def revive(self, item_id: tuple[str, str], now: datetime) -> bool:
        return self._outbox.revive(self._connection, self._name(item_id), now)

    def close(self, item_id: tuple[str, str]) -> bool:
        return self._outbox.close_dead(self._connection, self._name(item_id))

    def hurry(self, now: datetime, after: datetime | None = None) -> None:
        self._outbox.hurry(self._connection, now, after)

    def ahead(self, item_id: tuple[str, str]) -> int:
        columns = OUTBOX.c
        place = select(columns.sequence).where(columns.item_id == self._name(item_id)).scalar_subquery()
        before = (columns.state == WAITING, columns.sequence < place)
        return int(self._connection.execute(select(func.count()).select_from(OUTBOX).where(*before)).scalar_one())

    def delay(self, item_id: tuple[str, str]) -> tuple[datetime, str] | None:
        columns = OUTBOX.c
        row = self._connection.execute(
            select(columns.next_at, columns.cause).where(
                columns.item_id == self._name(item_id), columns.state == WAITING
            )
        ).one_or_none()
        return None if row is None else (row.next_at, row.cause)

    def _name(self, item_id: tuple[str, str]) -> str:
        return self._tools.token(item_id[0], "item", item_id[1]).hex()


class StoredPace:
    """See ``PaceRows``."""

    def __init__(self, tools: Tools) -> None:
        self._connection = tools.connection

    def sent_in(self, minute: int) -> int:
        return int(
            self._connection.execute(select(pace_table.c.sent).where(pace_table.c.minute == minute)).scalar() or 0
        )

    def count(self, minute: int, sent: int) -> None:
        columns = pace_table.c
        if not insert_if_absent(self._connection, pace_table, {"minute": minute, "sent": sent}):
            self._connection.execute(
                update(pace_table).where(columns.minute == minute).values(sent=columns.sent + sent)
            )
        self._connection.execute(delete(pace_table).where(columns.minute < minute - _MINUTES_KEPT))
