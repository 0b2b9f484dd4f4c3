"""Sealed columns: bound to their place, under one key for each municipality, table and month."""

import os

import pytest
from sqlalchemy import select

from app.domain.secret import Secret
from app.durable.cells import Cell, Cells
from app.durable.engine import Database
from app.errors import Refused, WrongKey
from tests.edge.backend.durable.conftest import TABLES
from tests.support.slices import KITA, MINAMI, MovedClock

CELL = Cell(KITA, "person", "name", "100", 3)
MASTER = Secret(os.urandom(32))


def cells(clock: MovedClock, master: Secret = MASTER) -> Cells:
    return Cells(TABLES.keys, master, clock)


def sealed(database: Database, clock: MovedClock, cell: Cell = CELL) -> bytes:
    return database.write(lambda connection: cells(clock).seal(connection, cell, "髙橋".encode()))


def opened(database: Database, clock: MovedClock, cell: Cell, box: bytes, master: Secret = MASTER) -> str:
    return database.read(lambda connection: cells(clock, master).open(connection, cell, box)).decode()


@pytest.mark.parametrize(
    "elsewhere",
    [{"municipality": MINAMI}, {"table": "address"}, {"column": "kana"}, {"row": "101"}, {"version": 2}],
)
def test_a_value_opens_in_its_own_place_only(
    database: Database, clock: MovedClock, elsewhere: dict[str, str | int]
) -> None:
    box = sealed(database, clock)
    other = CELL._replace(**elsewhere)
    sealed(database, clock, other)
    assert opened(database, clock, CELL, box) == "髙橋"
    with pytest.raises(WrongKey):
        opened(database, clock, other, box)


def test_each_month_has_a_key_of_its_own_and_old_values_still_open(database: Database, clock: MovedClock) -> None:
    november = sealed(database, clock)
    clock.move(days=12)
    december = sealed(database, clock)
    keys = database.read(lambda connection: connection.execute(select(TABLES.keys.c.month)).scalars().all())
    assert sorted(keys) == ["202611", "202612"]
    assert opened(database, clock, CELL, november) == opened(database, clock, CELL, december) == "髙橋"


def test_a_new_master_key_opens_everything_and_the_old_one_nothing(database: Database, clock: MovedClock) -> None:
    box = sealed(database, clock)
    fresh = Secret(os.urandom(32))
    assert database.write(lambda connection: cells(clock).rewrap(connection, fresh, 2)) == 1
    assert opened(database, clock, CELL, box, fresh) == "髙橋"
    with pytest.raises(WrongKey):
        opened(database, clock, CELL, box)


def test_a_key_that_was_rolled_back_is_not_used_again(database: Database, clock: MovedClock) -> None:
    own = cells(clock)

    def fail(connection) -> None:
        own.seal(connection, CELL, b"x")
        raise Refused("no")

    with pytest.raises(Refused):
        database.write(fail)
    box = database.write(lambda connection: own.seal(connection, CELL, "髙橋".encode()))
    assert opened(database, clock, CELL, box) == "髙橋"
