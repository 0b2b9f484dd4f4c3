"""What the register is still to enter of decided applications: sealed until it is settled there, asked by lease."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update

from app.backend.desk.ports.filings import KeptFiling
from app.backend.desk.store.sealed import Sealed
from app.backend.desk.store.tables import filing_table
from app.durable.absent import insert_if_absent
from app.errors import Conflict
from app.wire.desk_filing import QUEUED, DeskFiling

_ROW = ("municipality", "application_id", "version", "state", "cause", "entry_id", "changed_at", "attempts")
_LONGEST, _SAID = 200, 2
"""``_SAID``: as which version the words of a refusal are sealed; the content before it is version 1."""
_CODE = re.compile(r"[a-z_.]*")


class Filings(Sealed):
    """The part of a unit that keeps filings. The content is sealed once, as of version 1."""

    def queue_filing(self, municipality: str, filing: DeskFiling, at: datetime) -> None:
        name = filing.application_id
        row = {"municipality": municipality, "application_id": name, "version": 1, "state": QUEUED, "cause": ""}
        sealed = self._seal(filing_table, municipality, name, 1, filing)
        more = {"entry_id": "", "changed_at": at, "attempts": 0, "next_at": at, "is_open": True, "sealed": sealed}
        insert_if_absent(self._connection, filing_table, row | more)

    def filing(self, municipality: str, application_id: str) -> KeptFiling | None:
        columns = filing_table.c
        mine = (columns.municipality == municipality, columns.application_id == application_id)
        row = self._connection.execute(select(filing_table).where(*mine)).one_or_none()
        if row is None or row.is_open or not row.sealed:
            return None if row is None else _kept(row)
        said = self._open(filing_table, (row.municipality, row.application_id, _SAID), row.sealed, str)
        return replace(_kept(row), cause=said)

    def due_filings(self, now: datetime, lease: timedelta, limit: int) -> tuple[KeptFiling, ...]:
        columns = filing_table.c
        due = select(filing_table).where(columns.is_open, columns.next_at <= now)
        rows = self._connection.execute(
            due.order_by(columns.next_at, columns.application_id).limit(limit).with_for_update(skip_locked=True)
        ).all()
        mine = [row for row in rows if row.municipality == rows[0].municipality]
        for row in mine:
            here = (columns.municipality == row.municipality, columns.application_id == row.application_id)
            taken = update(filing_table).where(*here).values(next_at=now + lease)
            self._connection.execute(taken)
        return tuple(_kept(row, self._filed(row)) for row in mine)

    def put_filing(self, kept: KeptFiling, next_at: datetime | None) -> None:
        columns = filing_table.c
        values: dict[str, Any] = {name: getattr(kept, name) for name in _ROW[2:]}
        values |= {"is_open": False, "sealed": b""} if next_at is None else {"next_at": next_at}
        if not _CODE.fullmatch(kept.cause):
            name = kept.application_id
            said = self._seal(filing_table, kept.municipality, name, _SAID, kept.cause[:_LONGEST])
            values |= {"cause": "", **({"sealed": said} if next_at is None else {})}
        changed = self._connection.execute(
            update(filing_table)
            .where(
                columns.municipality == kept.municipality,
                columns.application_id == kept.application_id,
                columns.version == kept.version - 1,
            )
            .values(**values)
        )
        if changed.rowcount != 1:
            raise Conflict(version=kept.version)

    def _filed(self, row: Row[Any]) -> DeskFiling:
        return self._open(filing_table, (row.municipality, row.application_id, 1), row.sealed, DeskFiling)


def _kept(row: Row[Any], filing: DeskFiling | None = None) -> KeptFiling:
    return KeptFiling(**{name: getattr(row, name) for name in _ROW}, filing=filing)
