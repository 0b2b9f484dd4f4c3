"""Keeps what was: changes of persons and households, removed records, and the line of changes others are told."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, insert, select

from app.backend.register.service.changing import HouseholdPast, Past, Removed
from app.backend.register.store.change_tables import household_past_table, past_table, removed_table, told_table
from app.backend.register.store.serials import take
from app.durable.cells import Cell, Cells
from app.wire.message import decode, encode

T = TypeVar("T")


class StoredPast:
    """See ``PastRows``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def add(self, municipality: str, business_number: str, past: Past) -> None:
        self._append(past_table, (municipality, business_number), past)

    def of_person(self, municipality: str, business_number: str) -> tuple[Past, ...]:
        return self._all(past_table, (municipality, business_number), Past)

    def add_household(self, municipality: str, household_number: str, past: HouseholdPast) -> None:
        self._append(household_past_table, (municipality, household_number), past)

    def of_household(self, municipality: str, household_number: str) -> tuple[HouseholdPast, ...]:
        return self._all(household_past_table, (municipality, household_number), HouseholdPast)

    def add_removed(self, municipality: str, business_number: str, removed: Removed) -> None:
        self._append(removed_table, (municipality, business_number), removed)

    def removed(self, municipality: str, business_number: str) -> tuple[Removed, ...]:
        return self._all(removed_table, (municipality, business_number), Removed)

    def tell(self, municipality: str, entry_id: str, business_numbers: Sequence[str]) -> int:
        first = take(self._connection, municipality, "told", len(business_numbers))
        rows = [
            {"municipality": municipality, "position": position, "entry_id": entry_id, "business_number": number}
            for position, number in enumerate(business_numbers, first)
        ]
        if rows:
            self._connection.execute(insert(told_table), rows)
        return first

    def told(self, municipality: str, after: int, limit: int) -> tuple[tuple[int, str, str], ...]:
        columns = told_table.c
        rows = self._connection.execute(
            select(columns.position, columns.entry_id, columns.business_number)
            .where(columns.municipality == municipality, columns.position > after)
            .order_by(columns.position)
            .limit(limit)
        )
        return tuple((row.position, row.entry_id, row.business_number) for row in rows)

    def _append(self, table: Table, owner: tuple[str, str], kept: object) -> None:
        municipality, number = owner
        of = table.c
        known = select(func.coalesce(func.max(of.position), -1)).where(of[0] == municipality, of[1] == number)
        position = self._connection.execute(known).scalar_one() + 1
        (row,) = past_rows(self._connection, self._cells, table, [(owner, position, kept)])
        self._connection.execute(insert(table).values(**row))

    def _all(self, table: Table, owner: tuple[str, str], kind: type[T]) -> tuple[T, ...]:
        of = table.c
        rows = self._connection.execute(
            select(of.position, of.sealed).where(of[0] == owner[0], of[1] == owner[1]).order_by(of.position)
        )
        return tuple(
            decode(self._cells.open(self._connection, _cell(table, owner, row.position), row.sealed), kind)
            for row in rows
        )


def past_rows(
    connection: Connection, cells: Cells, table: Table, kept: Sequence[tuple[tuple[str, str], int, object]]
) -> list[dict[str, Any]]:
    """The rows of what happened in one municipality: to whom (municipality, number), at which position, what."""
    if not kept:
        return []
    place = str(table.c[1].name)
    boxes = cells.seal_all(connection, [(_cell(table, owner, at), encode(one)) for owner, at, one in kept])
    return [
        {"municipality": owner[0], place: owner[1], "position": at, "sealed": box}
        for (owner, at, _), box in zip(kept, boxes, strict=True)
    ]


def _cell(table: Table, owner: tuple[str, str], position: int) -> Cell:
    return Cell(owner[0], table.name, f"sealed.{position}", owner[1], 1)
