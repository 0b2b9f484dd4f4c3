"""Terminals' journals as the desk has taken them over: the tree's edge, every entry, every record sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from app.backend.desk.ports import KeptAct, TerminalJournal
from app.backend.desk.store.sealed import Sealed
from app.backend.desk.store.tables import closed_journal_table, journal_table, record_table
from app.durable.absent import insert_if_absent
from app.errors import Conflict
from app.trust.merkle import HASH_SIZE, Tree


@dataclass(frozen=True, slots=True)
class _Opened:
    """Salt and canonical record, sealed together."""

    salt: bytes
    record: bytes


class Journals(Sealed):
    """The part of a unit that keeps terminals' journals."""

    def journal(self, municipality: str, terminal: str) -> TerminalJournal | None:
        columns = journal_table.c
        row = self._connection.execute(
            select(journal_table).where(columns.municipality == municipality, columns.terminal == terminal)
        ).one_or_none()
        if row is None:
            return None
        edge = tuple(row.edge[start : start + HASH_SIZE] for start in range(0, len(row.edge), HASH_SIZE))
        return TerminalJournal(
            municipality,
            terminal,
            Tree(row.size, edge),
            row.public_key,
            row.checkpoint,
            row.version,
            row.base,
            row.begun_at,
        )

    def entries(self, journal: TerminalJournal, first: int, count: int) -> tuple[bytes, ...]:
        columns, place = record_table.c, journal.base + first
        query = (
            select(columns.entry)
            .where(
                columns.municipality == journal.municipality,
                columns.terminal == journal.terminal,
                columns.position >= place,
                columns.position < place + count,
            )
            .order_by(columns.position)
        )
        return tuple(self._connection.execute(query).scalars())

    def keep_journal(self, journal: TerminalJournal, acts: Sequence[KeptAct]) -> None:
        self._move_end(journal)
        key = {"municipality": journal.municipality, "terminal": journal.terminal}
        rows = [
            {
                **key,
                "position": journal.base + act.position,
                "visit_id": act.visit,
                "entry": act.entry,
                "sealed": self._seal(
                    record_table,
                    journal.municipality,
                    f"{journal.terminal}/{journal.base + act.position}",
                    1,
                    _Opened(act.salt, act.record),
                ),
            }
            for act in acts
        ]
        if rows:
            self._connection.execute(insert(record_table), rows)

    def close_journal(self, journal: TerminalJournal, at: datetime) -> None:
        ended = self._ending(journal)
        self._connection.execute(insert(closed_journal_table).values(**ended, version=journal.version, closed_at=at))
        base = journal.base + journal.tree.size
        self._move_end(replace(journal, tree=Tree(), public_key=b"", checkpoint="", base=base, begun_at=None))

    def closed_keys(self, municipality: str, terminal: str) -> tuple[bytes, ...]:
        columns = closed_journal_table.c
        query = select(columns.public_key).where(columns.municipality == municipality, columns.terminal == terminal)
        return tuple(self._connection.execute(query).scalars())

    def terminal_records(self, municipality: str, visit_id: str) -> tuple[bytes, ...]:
        columns = record_table.c
        rows = self._connection.execute(
            select(record_table)
            .where(columns.municipality == municipality, columns.visit_id == visit_id)
            .order_by(columns.terminal, columns.position)
        )
        return tuple(
            self._open(record_table, (municipality, f"{row.terminal}/{row.position}", 1), row.sealed, _Opened).record
            for row in rows
        )

    @staticmethod
    def _ending(journal: TerminalJournal) -> dict[str, Any]:
        """A journal's end as a row."""
        return {
            "municipality": journal.municipality,
            "terminal": journal.terminal,
            "base": journal.base,
            "size": journal.tree.size,
            "edge": b"".join(journal.tree.edge),
            "public_key": journal.public_key,
            "checkpoint": journal.checkpoint,
        }

    def _move_end(self, journal: TerminalJournal) -> None:
        columns = journal_table.c
        values = self._ending(journal) | {"version": journal.version + 1, "begun_at": journal.begun_at}
        if journal.version == 0:
            moved = insert_if_absent(self._connection, journal_table, values)
        else:
            mine = [columns[name] == values[name] for name in ("municipality", "terminal")]
            moving = update(journal_table).where(*mine, columns.version == journal.version).values(**values)
            moved = self._connection.execute(moving).rowcount == 1
        if not moved:
            raise Conflict(version=journal.version)
