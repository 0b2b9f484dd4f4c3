"""Numbers that are given out once: 宛名番号, 世帯番号, places in the line of changes."""

from sqlalchemy import Column, Connection, Table, func, select, update

from app.backend.register.store.change_tables import serial_table
from app.backend.register.store.tables import household_table, person_table
from app.domain.number import business_number
from app.durable.absent import insert_if_absent

_LENGTH = 15
FILLED = "filled"
"""The kind that counts how often a register was filled past its line of changes."""


def take(connection: Connection, municipality: str, kind: str, count: int, first: int = 1) -> int:
    """The first of ``count`` numbers that nobody else gets; a rolled back transaction gives them back.

    ``first``: where it begins if none was given out yet.
    """
    columns = serial_table.c
    insert_if_absent(connection, serial_table, {"municipality": municipality, "kind": kind, "next": first})
    mine = (columns.municipality == municipality, columns.kind == kind)
    taken = update(serial_table).where(*mine).values(next=columns.next + count).returning(columns.next)
    return int(connection.execute(taken).scalar_one()) - count


def next_person(connection: Connection, municipality: str) -> str:
    """A 宛名番号 that nobody has had."""
    return _next(connection, municipality, person_table, person_table.c.business_number)


def next_household(connection: Connection, municipality: str) -> str:
    """A 世帯番号 that no household has had."""
    return _next(connection, municipality, household_table, household_table.c.household_number)


def _next(connection: Connection, municipality: str, table: Table, column: Column[str]) -> str:
    place = table.c.municipality == municipality
    highest = select(func.max(column)).where(place, func.length(column) == _LENGTH)
    while True:
        last = connection.execute(highest).scalar_one_or_none() if _is_first(connection, municipality, table) else None
        number = business_number(take(connection, municipality, table.name, 1, int((last or "0")[:-1] or 0) + 1))
        if number is None:
            continue  # the serial has no check digit and must be skipped
        if connection.execute(select(column).where(place, column == number)).first() is None:
            return number


def _is_first(connection: Connection, municipality: str, table: Table) -> bool:
    """Whether none was given out yet: only then must the numbers of a load be looked through."""
    columns = serial_table.c
    known = select(columns.next).where(columns.municipality == municipality, columns.kind == table.name)
    return connection.execute(known).first() is None
