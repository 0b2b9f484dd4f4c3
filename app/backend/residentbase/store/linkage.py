"""Writes linkage records into the slice's ledger, and finds them there by person and by system."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from app.backend.residentbase.ports import Asked, Linked
from app.backend.residentbase.store.tables import TABLES, linkage_table
from app.domain.act import Act
from app.durable.among import among
from app.durable.logbook import KeptRecord, LogBook
from app.durable.many import insert_many
from app.durable.pen import Pen

_NAMES = ("municipality", "position", "subject", "system")


class StoredLinkage:
    """See ``LinkageRows``."""

    def __init__(self, connection: Connection, pen: Pen, book: LogBook) -> None:
        self._connection = connection
        self._pen = pen
        self._book = book

    def add(self, acts: Sequence[tuple[str, Act]]) -> None:
        if not acts:
            return
        receipts = self._pen.write_all(self._connection, [act for _, act in acts])
        rows = [
            (act.municipality, receipt.index, act.about, system)
            for (system, act), receipt in zip(acts, receipts, strict=True)
        ]
        insert_many(self._connection, linkage_table, _NAMES, rows)

    def record(self, acts: Sequence[Act]) -> None:
        """Other acts of the slice."""
        if acts:
            self._pen.write_all(self._connection, acts)

    def find(self, municipality: str, asked: Asked, limit: int) -> tuple[Linked, ...]:
        columns, leaf = linkage_table.c, TABLES.leaves.leaf.c
        query = select(columns.position).where(columns.municipality == municipality)
        if asked.subject:
            query = query.where(columns.subject == asked.subject)
        if asked.system:
            query = query.where(columns.system == asked.system)
        if asked.before:
            query = query.where(columns.position < asked.before)
        if asked.since or asked.until:
            here = (leaf.municipality == columns.municipality, leaf.position == columns.position)
            query = query.where(*here)
            query = query.where(leaf.at >= asked.since) if asked.since else query
            query = query.where(leaf.at < asked.until) if asked.until else query
        places = self._connection.execute(query.order_by(columns.position.desc()).limit(limit)).scalars().all()
        acts = self._acts(municipality, places)
        return tuple(Linked(place, acts[place]) for place in places if place in acts)

    def _acts(self, municipality: str, places: Sequence[int]) -> dict[int, Act]:
        """The records at these places, as far as they are not lawfully deleted."""
        leaf = TABLES.leaves.leaf
        mine = (leaf.c.municipality == municipality, among(self._connection, leaf.c.position, places))
        rows = self._connection.execute(select(leaf).where(*mine, leaf.c.sealed.is_not(None))).all()
        kept = [KeptRecord(row.position, row.entry, row.sealed, row.kind, row.visit, row.at) for row in rows]
        return {one.position: self._book.act(self._connection, municipality, one) for one in kept}

    def clear(self, municipality: str) -> int:
        columns, leaf = linkage_table.c, TABLES.leaves.leaf.c
        gone = select(leaf.position).where(leaf.municipality == municipality, leaf.sealed.is_(None))
        mine = (columns.municipality == municipality, columns.position.in_(gone))
        done = self._connection.execute(
            delete(linkage_table).where(*mine), execution_options={"preserve_rowcount": True}
        )
        return done.rowcount
