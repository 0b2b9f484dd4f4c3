"""Keeps what waits for the register, until it has it or its time is over."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select

from app.backend.jukirelay.store.tables import arrival_table
from app.backend.jukirelay.store.tools import Tools
from app.durable.absent import insert_if_absent
from app.durable.among import among
from app.wire.jukirelay import Arrival


class StoredArrivals:
    """See ``ArrivalRows``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def add(self, municipality: str, arrival: Arrival, at: datetime, erase_on: date | None) -> bool:
        row = {
            "municipality": municipality,
            "arrival_id": arrival.arrival_id,
            "arrived_at": at,
            "erase_on": None if erase_on is None else erase_on.toordinal(),
            "sealed": self._tools.seal(arrival_table, municipality, arrival.arrival_id, 1, arrival),
        }
        return insert_if_absent(self._connection, arrival_table, row)

    def oldest(self, municipality: str, limit: int) -> tuple[Arrival, ...]:
        columns = arrival_table.c
        rows = self._connection.execute(
            select(arrival_table)
            .where(columns.municipality == municipality)
            .order_by(columns.arrived_at, columns.arrival_id)
            .limit(limit)
        )
        return tuple(
            self._tools.open(arrival_table, (municipality, row.arrival_id, 1), row.sealed, Arrival) for row in rows
        )

    def count(self, municipality: str) -> int:
        query = select(func.count()).select_from(arrival_table).where(arrival_table.c.municipality == municipality)
        return int(self._connection.execute(query).scalar_one())

    def done(self, municipality: str, arrival_ids: Sequence[str]) -> int:
        columns = arrival_table.c
        mine = (columns.municipality == municipality, among(self._connection, columns.arrival_id, arrival_ids))
        gone = delete(arrival_table).where(*mine).returning(columns.arrival_id)
        return len(self._connection.execute(gone).all()) if arrival_ids else 0

    def overdue(self, municipality: str, day: date) -> tuple[str, ...]:
        columns = arrival_table.c
        over = (columns.municipality == municipality, columns.erase_on <= day.toordinal())
        return tuple(self._connection.execute(select(columns.arrival_id).where(*over)).scalars())
