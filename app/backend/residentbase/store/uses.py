"""Keeps use applications. They tell of systems and staff, not of residents, and lie unsealed."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.backend.residentbase.ports import Use
from app.backend.residentbase.store.tables import use_table
from app.wire.message import decode, encode


class StoredUses:
    """See ``UseRows``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, use: Use) -> None:
        columns = use_table.c
        row: dict[str, Any] = {"version": use.version, "entered_at": use.entered_at, "content": encode(use)}
        if use.version == 1:
            key = {"municipality": use.municipality, "application_id": use.application_id}
            self._connection.execute(insert(use_table).values(**key, **row))
            return
        here = (columns.municipality == use.municipality, columns.application_id == use.application_id)
        self._connection.execute(update(use_table).where(*here).values(**row))

    def one(self, municipality: str, application_id: str) -> Use | None:
        columns = use_table.c
        here = (columns.municipality == municipality, columns.application_id == application_id)
        row = self._connection.execute(select(use_table).where(*here).with_for_update()).one_or_none()
        return None if row is None else _use(row)

    def all(self, municipality: str) -> tuple[Use, ...]:
        columns = use_table.c
        query = select(use_table).where(columns.municipality == municipality)
        rows = self._connection.execute(query.order_by(columns.entered_at.desc(), columns.application_id))
        return tuple(_use(row) for row in rows)

    def places(self) -> tuple[str, ...]:
        column = use_table.c.municipality
        return tuple(self._connection.execute(select(column).distinct().order_by(column)).scalars())


def _use(row: Row[Any]) -> Use:
    return decode(row.content, Use)
