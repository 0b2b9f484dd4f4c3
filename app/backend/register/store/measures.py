"""Keeps measures with whom they cover, releases with their end, and in which systems a measure is set."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from app.backend.register.service.changing import Measure, Release, SystemBlock
from app.backend.register.store.change_tables import (
    block_table,
    measure_person_table,
    measure_table,
    release_table,
)
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.wire.message import decode, encode

_MOST_RELEASES = 200
OPEN = frozenset({"provisional", "active"})


class StoredMeasures:
    """See ``MeasureRows``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def put(self, measure: Measure) -> None:
        key = {"municipality": measure.municipality, "measure_id": measure.measure_id}
        cell = _cell(measure.municipality, measure.measure_id, measure.version)
        sealed = self._cells.seal(self._connection, cell, encode(measure))
        values = {"version": measure.version, "is_open": measure.state in OPEN, "sealed": sealed}
        columns, of = measure_table.c, measure_person_table.c
        if not insert_if_absent(self._connection, measure_table, key | values):
            mine = (columns.municipality == key["municipality"], columns.measure_id == key["measure_id"])
            self._connection.execute(update(measure_table).where(*mine).values(**values))
        mine = (of.municipality == key["municipality"], of.measure_id == key["measure_id"])
        self._connection.execute(delete(measure_person_table).where(*mine))
        rows = [key | {"business_number": number} for number in measure.members]
        if rows:
            self._connection.execute(insert(measure_person_table), rows)

    def one(self, municipality: str, measure_id: str) -> Measure | None:
        columns = measure_table.c
        row = self._connection.execute(
            select(measure_table)
            .where(columns.municipality == municipality, columns.measure_id == measure_id)
            .with_for_update()
        ).one_or_none()
        return None if row is None else self._opened([row])[0]

    def of_person(self, municipality: str, business_number: str) -> tuple[Measure, ...]:
        columns, of = measure_table.c, measure_person_table.c
        rows = self._connection.execute(
            select(measure_table)
            .join(
                measure_person_table, (of.municipality == columns.municipality) & (of.measure_id == columns.measure_id)
            )
            .where(
                columns.municipality == municipality, columns.is_open.is_(True), of.business_number == business_number
            )
            .order_by(columns.measure_id)
        )
        return self._opened(rows)

    def listed(self, municipality: str) -> tuple[Measure, ...]:
        columns = measure_table.c
        rows = self._connection.execute(
            select(measure_table)
            .where(columns.municipality == municipality, columns.is_open.is_(True))
            .order_by(columns.measure_id)
        )
        return self._opened(rows)

    def release(self, release: Release) -> None:
        key = {"municipality": release.municipality, "release_id": release.release_id}
        sealed = self._cells.seal(self._connection, _release_cell(**key), encode(release))
        row = key | {"business_number": release.business_number, "until": release.until, "sealed": sealed}
        insert_if_absent(self._connection, release_table, row)

    def one_release(self, municipality: str, release_id: str) -> Release | None:
        columns = release_table.c
        row = self._connection.execute(
            select(columns.until, columns.sealed)
            .where(columns.municipality == municipality, columns.release_id == release_id)
            .with_for_update()
        ).one_or_none()
        if row is None:
            return None
        cell = _release_cell(municipality, release_id)
        kept = decode(self._cells.open(self._connection, cell, row.sealed), Release)
        return replace(kept, until=min(kept.until, row.until))

    def grant_release(self, release: Release) -> None:
        columns = release_table.c
        cell = _release_cell(release.municipality, release.release_id)
        sealed = self._cells.seal(self._connection, cell, encode(release))
        mine = (columns.municipality == release.municipality, columns.release_id == release.release_id)
        self._connection.execute(update(release_table).where(*mine).values(until=release.until, sealed=sealed))

    def releases(self, municipality: str, business_number: str, at: datetime) -> tuple[Release, ...]:
        columns = release_table.c
        query = select(columns.release_id, columns.sealed).where(columns.municipality == municipality)
        if business_number:
            query = query.where(columns.business_number == business_number)
        rows = self._connection.execute(
            query.where(columns.until > at).order_by(columns.until, columns.release_id).limit(_MOST_RELEASES)
        )
        found = (
            decode(self._cells.open(self._connection, _release_cell(municipality, row.release_id), row.sealed), Release)
            for row in rows
        )
        return tuple(one for one in found if one.granted_at <= at)

    def end_release(self, municipality: str, release_id: str, at: datetime) -> bool:
        columns = release_table.c
        mine = (columns.municipality == municipality, columns.release_id == release_id, columns.until > at)
        ended = update(release_table).where(*mine).values(until=at).returning(columns.release_id)
        return self._connection.execute(ended).first() is not None

    def block(self, municipality: str, measure_id: str, block: SystemBlock) -> None:
        columns = block_table.c
        key = {"municipality": municipality, "measure_id": measure_id, "system": block.system}
        values = {"state": block.state, "marked_by": block.by, "marked_at": block.at}
        if not insert_if_absent(self._connection, block_table, key | values):
            mine = (columns[name] == value for name, value in key.items())
            self._connection.execute(update(block_table).where(*mine).values(**values))

    def blocks(self, municipality: str, measure_id: str) -> tuple[SystemBlock, ...]:
        columns = block_table.c
        rows = self._connection.execute(
            select(columns.system, columns.state, columns.marked_by, columns.marked_at)
            .where(columns.municipality == municipality, columns.measure_id == measure_id)
            .order_by(columns.system)
        )
        return tuple(SystemBlock(row.system, row.state, row.marked_by, row.marked_at) for row in rows)

    def _opened(self, rows: Iterable[Row[tuple[object, ...]]]) -> tuple[Measure, ...]:
        return tuple(
            decode(
                self._cells.open(self._connection, _cell(row.municipality, row.measure_id, row.version), row.sealed),
                Measure,
            )
            for row in rows
        )


def _cell(municipality: str, measure_id: str, version: int) -> Cell:
    return Cell(municipality, measure_table.name, "sealed", measure_id, version)


def _release_cell(municipality: str, release_id: str) -> Cell:
    return Cell(municipality, release_table.name, "sealed", release_id, 1)
