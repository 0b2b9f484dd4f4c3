"""情報連携記録: writes acts into the ledger and finds them again by day and by whom they are about."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from app.backend.addressee.ports import LinkageQuery, Linked
from app.backend.addressee.store.tables import linkage_table
from app.backend.addressee.store.tools import Tools
from app.domain.act import Act
from app.durable.logbook import KeptRecord, LogBook
from app.durable.pen import Pen


class LinkageRows:
    """Within one transaction."""

    def __init__(self, tools: Tools, pen: Pen, logbook: LogBook) -> None:
        self._tools = tools
        self._pen = pen
        self._logbook = logbook

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        receipts = self._pen.write_all(self._tools.connection, acts)
        rows = [
            {
                "municipality": act.municipality,
                "place": receipt.index,
                "at": act.at,
                "kind": act.kind,
                "subject": self._subject(act.municipality, act.about) if act.about else None,
            }
            for act, receipt in zip(acts, receipts, strict=True)
        ]
        if rows:
            self._tools.connection.execute(insert(linkage_table), rows)
        return tuple(receipt.to_bytes().decode() for receipt in receipts)

    def find(self, query: LinkageQuery) -> tuple[Linked, ...]:
        columns, leaf = linkage_table.c, self._logbook.tables.leaf
        where = [
            columns.municipality == query.municipality,
            columns.at >= query.since,
            columns.at < query.until,
            leaf.c.sealed.is_not(None),
        ]
        if query.subject:
            where.append(columns.subject == self._subject(query.municipality, query.subject))
        mine = (leaf.c.municipality == columns.municipality) & (leaf.c.position == columns.place)
        rows = self._tools.connection.execute(
            select(leaf).join(linkage_table, mine).where(*where).order_by(columns.at, columns.place).limit(query.limit)
        )
        kept = [KeptRecord(row.position, row.entry, row.sealed, row.kind, row.visit, row.at) for row in rows]
        read = self._logbook.act
        return tuple(Linked(one.position, read(self._tools.connection, query.municipality, one)) for one in kept)

    def _subject(self, municipality: str, about: str) -> bytes:
        return self._tools.token(municipality, "subject", about)
