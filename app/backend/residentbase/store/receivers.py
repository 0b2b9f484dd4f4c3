"""Keeps how far each system is, and which changes are meant for it under which of its sequences."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, or_, select, update

from app.backend.residentbase.ports import OPEN, Allotment, Grant, Receiver
from app.backend.residentbase.store.tables import allotment_table, receiver_table
from app.durable.absent import insert_if_absent
from app.wire.message import decode, encode

_SIZE = 8
"""Bytes of a position as it is packed."""


class StoredReceivers:
    """See ``ReceiverRows``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, municipality: str, system: str, now: datetime) -> None:
        start = {"last": 0, "recorded": 0, "taken": 0, "state": OPEN, "attempts": 0, "cause": ""}
        row = {"municipality": municipality, "system": system, "next_at": now, "lease_until": now} | start
        if not insert_if_absent(self._connection, receiver_table, row):
            here = _mine(municipality, system)
            self._connection.execute(update(receiver_table).where(*here).values(next_at=now, cause=""))

    def all(self, municipality: str) -> tuple[Receiver, ...]:
        columns = receiver_table.c
        query = select(receiver_table).where(columns.municipality == municipality).order_by(columns.system)
        return tuple(_receiver(row) for row in self._connection.execute(query))

    def hold(self, municipality: str, system: str) -> Receiver | None:
        query = select(receiver_table).where(*_mine(municipality, system)).with_for_update()
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _receiver(row)

    def due(self, system: str, now: datetime, lease: timedelta) -> Receiver | None:
        columns = receiver_table.c
        # a lease or wait that ends later than any taken now was set by a clock that has been set back since
        is_free = or_(columns.lease_until <= now, columns.lease_until > now + lease)
        query = select(receiver_table).where(
            columns.system == system,
            columns.state == OPEN,
            columns.taken < columns.last,
            columns.next_at <= now,
            is_free,
        )
        found = query.order_by(columns.next_at).limit(1).with_for_update(skip_locked=True)
        row = self._connection.execute(found).one_or_none()
        return None if row is None else _receiver(row)

    def put(self, receiver: Receiver, *, lease_until: datetime | None = None) -> None:
        values = {
            "last": receiver.last,
            "recorded": receiver.recorded,
            "taken": receiver.taken,
            "state": receiver.state,
            "attempts": receiver.attempts,
            "next_at": receiver.next_at,
            "lease_until": lease_until or receiver.next_at,
            "cause": receiver.cause,
        }
        here = _mine(receiver.municipality, receiver.system)
        self._connection.execute(update(receiver_table).where(*here).values(**values))

    def allot(self, municipality: str, allotments: Mapping[str, tuple[Sequence[int], Grant]], now: datetime) -> None:
        for system in sorted(allotments):  # in one order, so that nobody waits for somebody who waits for him
            positions, grant = allotments[system]
            self.open_once(municipality, system, now)
            columns = receiver_table.c
            moved = (
                update(receiver_table).where(*_mine(municipality, system)).values(last=columns.last + len(positions))
            )
            last = int(self._connection.execute(moved.returning(columns.last)).scalar_one())
            row = {
                "municipality": municipality,
                "system": system,
                "last": last,
                "first": last - len(positions) + 1,
                "positions": _packed(positions),
                "granted": encode(grant),
            }
            self._connection.execute(insert(allotment_table).values(**row))

    def open_once(self, municipality: str, system: str, now: datetime) -> None:
        """A row for a system that has none yet."""
        if self._connection.execute(select(receiver_table.c.last).where(*_mine(municipality, system))).first() is None:
            self.open(municipality, system, now)

    def allotted(self, municipality: str, system: str, first: int, last: int) -> tuple[Allotment, ...]:
        columns = allotment_table.c
        query = select(allotment_table).where(
            columns.municipality == municipality,
            columns.system == system,
            columns.last >= first,
            columns.first <= last,
        )
        return tuple(_allotment(row) for row in self._connection.execute(query.order_by(columns.last)))

    def oldest_untaken(self, municipality: str) -> int | None:
        oldest: list[int] = []
        for one in self.all(municipality):
            if one.taken < one.last:
                waiting = self.allotted(municipality, one.system, one.taken + 1, one.taken + 1)
                oldest += [part.positions[one.taken + 1 - part.first] for part in waiting]
        return min(oldest, default=None)


def _mine(municipality: str, system: str) -> tuple[ColumnElement[bool], ...]:
    columns = receiver_table.c
    return columns.municipality == municipality, columns.system == system


def _receiver(row: Row[Any]) -> Receiver:
    names = ("municipality", "system", "last", "recorded", "taken", "state", "attempts", "next_at", "cause")
    return Receiver(**{name: getattr(row, name) for name in names})


def _allotment(row: Row[Any]) -> Allotment:
    return Allotment(row.system, row.first, _unpacked(row.positions), decode(row.granted, Grant))


def _packed(positions: Sequence[int]) -> bytes:
    return b"".join(one.to_bytes(_SIZE, "big") for one in positions)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(packed[at : at + _SIZE], "big") for at in range(0, len(packed), _SIZE))
