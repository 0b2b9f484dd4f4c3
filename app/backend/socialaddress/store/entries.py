"""Entries: rows of parties for one business each, never changed; what ended is deleted when its time is over."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, select, update

from app.backend.socialaddress.ports.records import CONTENTS, Contact, Entry
from app.backend.socialaddress.store.sealed import Place, Tools
from app.backend.socialaddress.store.tables import entry_table
from app.domain.clock import business_date
from app.durable.absent import insert_if_absent
from app.durable.among import among
from app.errors import Conflict
from app.wire.message import decode, encode


class EntryRows:
    """See ``Entries``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def one(self, municipality: str, entry_id: str) -> Entry | None:
        columns = entry_table.c
        row = self._connection.execute(
            select(entry_table).where(columns.municipality == municipality, columns.entry_id == entry_id)
        ).one_or_none()
        return None if row is None else self._opened(row)

    def of(self, municipality: str, numbers: Sequence[str], purpose: str) -> tuple[Entry, ...]:
        tokens = [self._tools.party(municipality, number) for number in numbers]
        columns = entry_table.c
        rows = self._connection.execute(
            select(entry_table)
            .where(
                columns.municipality == municipality,
                among(self._connection, columns.party, tokens),
                columns.purpose == purpose,
            )
            .order_by(columns.made_at, columns.entry_id)
        ).all()
        return tuple(self._opened(row) for row in rows)

    def add(self, entry: Entry) -> None:
        made = {
            "municipality": entry.municipality,
            "entry_id": entry.entry_id,
            "party": self._tools.party(entry.municipality, entry.social_number),
            "kind": entry.kind,
            "purpose": entry.purpose,
            "content": self._tools.seal(entry.municipality, _place(entry.entry_id), _kept(entry)),
            "ends_on": _ends_on(entry),
            "made_at": entry.at,
        }
        if not insert_if_absent(self._connection, entry_table, made):
            raise Conflict(version=1)

    def ends(self, municipality: str, entry_id: str, on: date) -> None:
        columns = entry_table.c
        here = (columns.municipality == municipality, columns.entry_id == entry_id)
        self._connection.execute(update(entry_table).where(*here).values(ends_on=on.isoformat()))

    def clear(self, municipality: str, kind: str, before: date) -> int:
        columns = entry_table.c
        over = (columns.ends_on != "", columns.ends_on < before.isoformat())
        gone = delete(entry_table).where(columns.municipality == municipality, columns.kind == kind, *over)
        return self._connection.execute(gone, execution_options={"preserve_rowcount": True}).rowcount

    def _opened(self, row: Row[Any]) -> Entry:
        kept = self._tools.open(row.municipality, _place(row.entry_id), row.content, dict[str, Any])
        content = decode(encode(kept.pop("content")), CONTENTS[row.kind])
        return Entry(
            municipality=row.municipality,
            entry_id=row.entry_id,
            kind=row.kind,
            purpose=row.purpose,
            content=content,
            at=row.made_at,
            **kept,
        )


def _place(entry_id: str) -> Place:
    return ("entry", entry_id, 1)


def _kept(entry: Entry) -> dict[str, object]:
    return {
        "social_number": entry.social_number,
        "replaces": entry.replaces,
        "by": entry.by,
        "content": entry.content,
    }


def _ends_on(entry: Entry) -> str:
    """A contact is over with its day; everything else with its last day, "" while that is open."""
    if isinstance(entry.content, Contact):
        return business_date(entry.content.spoke_at).isoformat()
    return entry.content.until.isoformat() if entry.content.until else ""
