"""Versions of the master information, as they were issued."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from app.backend.nws.ports import KeptMaster
from app.backend.nws.store.tables import master_table
from app.wire.letter import Letter
from app.wire.message import decode, encode


class MasterRows:
    """Within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self, municipality: str) -> KeptMaster | None:
        columns = master_table.c
        row = self._connection.execute(
            select(master_table)
            .where(columns.municipality == municipality)
            .order_by(columns.version.desc())
            .limit(1)
            .with_for_update()
        ).one_or_none()
        if row is None:
            return None
        return KeptMaster(row.version, row.digest, decode(row.letter, Letter), row.until)

    def put(self, municipality: str, kept: KeptMaster, at: datetime) -> None:
        values = {
            "municipality": municipality,
            "version": kept.version,
            "digest": kept.digest,
            "letter": encode(kept.letter),
            "until": kept.until,
            "issued_at": at,
        }
        self._connection.execute(insert(master_table).values(**values))
