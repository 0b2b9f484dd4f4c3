"""Pairs of parties that are or may be one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from app.backend.socialaddress.ports.records import DONE, UNDOING, Merge
from app.backend.socialaddress.store.sealed import Tools
from app.backend.socialaddress.store.tables import merge_table
from app.errors import Conflict


class MergeRows:
    """See ``Merges``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def one(self, municipality: str, merge_id: str) -> Merge | None:
        columns = merge_table.c
        row = self._connection.execute(
            select(merge_table).where(columns.municipality == municipality, columns.merge_id == merge_id)
        ).one_or_none()
        if row is None:
            return None
        return self._tools.open(municipality, ("merge_pair", merge_id, row.version), row.content, Merge)

    def of_pair(self, municipality: str, party: str, into: str) -> tuple[str, Merge | None]:
        merge_id = self._tools.token(municipality, "pair", f"{party}/{into}").hex()
        return merge_id, self.one(municipality, merge_id)

    def in_states(self, municipality: str, states: Sequence[str], limit: int) -> tuple[Merge, ...]:
        columns = merge_table.c
        rows = self._connection.execute(
            select(merge_table)
            .where(columns.municipality == municipality, columns.state.in_(states))
            .order_by(columns.changed_at, columns.merge_id)
            .limit(limit)
        ).all()
        return tuple(self._tools.open_rows(((row, ("merge_pair", row.merge_id, row.version)) for row in rows), Merge))

    def put(self, merge: Merge, at: datetime) -> None:
        columns = merge_table.c
        values = {
            "version": merge.version,
            "state": merge.state,
            "target": self._tools.party(merge.municipality, merge.into),
            "content": self._tools.seal(merge.municipality, ("merge_pair", merge.merge_id, merge.version), merge),
            "changed_at": at,
        }
        if merge.version == 1:
            key = {"municipality": merge.municipality, "merge_id": merge.merge_id}
            self._connection.execute(insert(merge_table).values(**key, **values))
            return
        here = (columns.municipality == merge.municipality, columns.merge_id == merge.merge_id)
        changed = self._connection.execute(
            update(merge_table).where(*here, columns.version == merge.version - 1).values(**values)
        )
        if changed.rowcount != 1:
            raise Conflict(version=merge.version)

    def into(self, municipality: str, number: str) -> tuple[str, ...]:
        columns = merge_table.c
        rows = self._connection.execute(
            select(merge_table).where(
                columns.municipality == municipality,
                columns.target == self._tools.party(municipality, number),
                columns.state.in_((DONE, UNDOING)),
            )
        ).all()
        opened = self._tools.open_rows(((row, ("merge_pair", row.merge_id, row.version)) for row in rows), Merge)
        return tuple(sorted(one.party for one in opened))
