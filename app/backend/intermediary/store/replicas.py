"""副本 as rows: one person's information of one year under keyed tokens, sealed, many rows in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import delete, select

from app.backend.intermediary.ports import ReplicaKey, ReplicaRow, Value
from app.backend.intermediary.store.tables import replica_table
from app.backend.intermediary.store.tools import Tools
from app.durable.among import among
from app.durable.cells import Cell
from app.durable.columns import instant, written
from app.durable.many import insert_many
from app.durable.swift import any_of, fetched
from app.trust.tokens import ExactTokens
from app.wire.message import decode, encode

_NAMES = ("municipality", "person", "information", "tax_year", "version", "content", "changed_at", "file_id")
Shelf = tuple[str, str, int]
"""Municipality, information, year: rows that are looked for and written together."""


class Content(msgspec.Struct, frozen=True):
    """What is sealed of a row."""

    addressee_number: str
    information: str
    kind: str
    items: dict[str, Value]
    no_auto_answer: bool = False
    non_disclosure: bool = False


class _Read(NamedTuple):
    """A row as it is kept, in the order of ``_NAMES``."""

    municipality: str
    person: bytes
    information: bytes
    tax_year: int
    version: int
    content: bytes
    changed_at: datetime
    file_id: str | None


@dataclass(frozen=True, slots=True)
class _There:
    """A row that is there already."""

    version: int
    content: Content


class ReplicaRows:
    """See ``ReplicaUnit``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def many(self, municipality: str, keys: Sequence[ReplicaKey]) -> dict[ReplicaKey, ReplicaRow]:
        """The rows that are there."""
        tools = self._tools
        tokens = tools.tokens(municipality, "addressee").of_all(number.encode() for number, _, _ in keys)
        kinds = {name: tools.information(municipality, name) for name in {name for _, name, _ in keys}}
        wanted = {(person, kinds[key[1]], key[2]): key for person, key in zip(tokens, keys, strict=True)}
        rows = self._found(municipality, list(dict.fromkeys(tokens)))
        mine = [row for row in rows if (row.person, row.information, row.tax_year) in wanted]
        return {wanted[row.person, row.information, row.tax_year]: one for row, one in self._opened(mine)}

    def of(self, municipality: str, addressee_number: str) -> tuple[ReplicaRow, ...]:
        mine = self._found(municipality, [self._tools.person(municipality, addressee_number)])
        found = [one for _, one in self._opened(mine)]
        return tuple(sorted(found, key=lambda one: (one.information, -one.tax_year)))

    def put(self, rows: Sequence[ReplicaRow], at: datetime) -> int:
        shelves = sorted(rows, key=_shelf)
        return sum(
            self.put_shelf(shelf, [_content(row) for row in some], at) for shelf, some in groupby(shelves, _shelf)
        )

    def put_shelf(self, shelf: Shelf, rows: Sequence[Content], at: datetime, file_id: str = "") -> int:
        """Register rows of one kind and year in one go, the last of those of one person; how many changed."""
        municipality, information, _ = shelf
        tools = self._tools
        tokens = ExactTokens(tools.index_key, municipality, "addressee")
        newest = dict(zip(tokens.of_all([row.addressee_number.encode() for row in rows]), rows, strict=True))
        token = tools.information(municipality, information)
        there = self._there(shelf, token, list(newest))
        fresh: list[tuple[bytes, int, Content]] = []
        for person in sorted(newest):
            content, before = newest[person], there.get(person)
            if before is None or before.content != content:
                fresh.append((person, 1 if before is None else before.version + 1, content))
        self._remove(shelf, token, [person for person, version, _ in fresh if version > 1])
        self._insert(shelf, token, fresh, at, file_id)
        return len(fresh)

    def delete(self, municipality: str, keys: Sequence[ReplicaKey]) -> int:
        count = 0
        for number, information, year in keys:
            token = self._tools.information(municipality, information)
            count += self._remove((municipality, information, year), token, [self._tools.person(municipality, number)])
        return count

    def delete_file(self, municipality: str, file_id: str, limit: int) -> int:
        """Rows that came last with this file; see ``ReplicaUnit``."""
        return self._delete_some(municipality, replica_table.c.file_id == file_id, limit)

    def delete_before(self, municipality: str, information: str, tax_year: int, limit: int) -> int:
        columns = replica_table.c
        token = self._tools.information(municipality, information)
        return self._delete_some(municipality, (columns.information == token) & (columns.tax_year < tax_year), limit)

    def _delete_some(self, municipality: str, which: Any, limit: int) -> int:  # noqa: ANN401 -- a condition
        columns, connection = replica_table.c, self._tools.connection
        query = select(columns.person, columns.information, columns.tax_year)
        rows = connection.execute(query.where(columns.municipality == municipality, which).limit(limit)).all()
        groups: dict[tuple[bytes, int], list[bytes]] = {}
        for row in rows:
            groups.setdefault((row.information, row.tax_year), []).append(row.person)
        for (information, year), persons in groups.items():
            self._remove((municipality, "", year), information, persons)
        return len(rows)

    def _found(self, municipality: str, persons: Sequence[bytes]) -> list[_Read]:
        connection = self._tools.connection
        marks, asked = any_of(connection, persons)
        words = f"SELECT {', '.join(_NAMES)} FROM replica WHERE municipality = ? AND person {marks}"  # noqa: S608 -- own columns
        rows = fetched(connection, words, [municipality, *asked])
        return [_Read._make((*row[:-2], instant(row[-2]), row[-1])) for row in rows]

    def _opened(self, rows: Sequence[_Read]) -> list[tuple[_Read, ReplicaRow]]:
        cells = [(_cell(row.municipality, (row.person, row.information, row.tax_year), row.version)) for row in rows]
        boxes = [(cell, row.content) for cell, row in zip(cells, rows, strict=True)]
        plain = self._tools.cells.open_all(self._tools.connection, boxes)
        return [(row, _row(row, decode(content, Content))) for row, content in zip(rows, plain, strict=True)]

    def _there(self, shelf: Shelf, token: bytes, persons: Sequence[bytes]) -> Mapping[bytes, _There]:
        municipality, _, year = shelf
        columns, tools = replica_table.c, self._tools
        here = (columns.municipality == municipality, columns.information == token, columns.tax_year == year)
        mine = among(tools.connection, columns.person, persons)
        query = select(columns.person, columns.version, columns.content).where(*here, mine)
        rows = tools.connection.execute(query).all()
        if not rows:
            return {}
        boxes = [(_cell(municipality, (row.person, token, year), row.version), row.content) for row in rows]
        plain = tools.cells.open_all(tools.connection, boxes)
        found = zip(rows, plain, strict=True)
        return {row.person: _There(row.version, decode(content, Content)) for row, content in found}

    def _insert(
        self, shelf: Shelf, token: bytes, fresh: Sequence[tuple[bytes, int, Content]], at: datetime, file_id: str
    ) -> None:
        if not fresh:
            return
        municipality, _, year = shelf
        instant = written(at)
        behind = f"/{token.hex()}/{year}"
        values = [
            (Cell(municipality, "replica", "content", person.hex() + behind, version), encode(content))
            for person, version, content in fresh
        ]
        boxes = self._tools.cells.seal_all(self._tools.connection, values)
        came = file_id or None
        rows = [
            (municipality, person, token, year, version, box, instant, came)
            for (person, version, _), box in zip(fresh, boxes, strict=True)
        ]
        insert_many(self._tools.connection, replica_table, _NAMES, rows)

    def _remove(self, shelf: Shelf, token: bytes, persons: Sequence[bytes]) -> int:
        if not persons:
            return 0
        municipality, _, year = shelf
        columns, connection = replica_table.c, self._tools.connection
        here = (columns.municipality == municipality, columns.information == token, columns.tax_year == year)
        removal = delete(replica_table).where(*here, among(connection, columns.person, persons))
        return connection.execute(removal, execution_options={"preserve_rowcount": True}).rowcount


def _content(row: ReplicaRow) -> Content:
    return Content(row.addressee_number, row.information, row.kind, row.items, row.no_auto_answer, row.non_disclosure)


def _shelf(row: ReplicaRow) -> Shelf:
    return row.municipality, row.information, row.tax_year


def _row(row: _Read, content: Content) -> ReplicaRow:
    return ReplicaRow(
        municipality=row.municipality,
        addressee_number=content.addressee_number,
        information=content.information,
        tax_year=row.tax_year,
        kind=content.kind,
        items=content.items,
        no_auto_answer=content.no_auto_answer,
        non_disclosure=content.non_disclosure,
        version=row.version,
        file_id=row.file_id or "",
        changed_at=row.changed_at,
    )


def _cell(municipality: str, place: tuple[bytes, bytes, int], version: int) -> Cell:
    row = f"{place[0].hex()}/{place[1].hex()}/{place[2]}"
    return Cell(municipality, "replica", "content", row, version)
