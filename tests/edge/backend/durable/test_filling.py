"""Filling a store with a great many rows: all stay or none, on both engines; what was there before stays too."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Connection, ForeignKeyConstraint, Index, Integer, MetaData, String, Table, insert, select
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from app.durable.address import SqlcipherFile, StoreAddress
from app.durable.engine import Database, open_database
from app.durable.filling import Filling, fill
from app.errors import Refused, StoreBusy

METADATA = MetaData()
HOME = Table(
    "home", METADATA, Column("place", String(6), primary_key=True), Column("number", Integer, primary_key=True)
)
DWELLER = Table(
    "dweller",
    METADATA,
    Column("place", String(6), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("home", Integer, nullable=False),
    Column("token", Integer),
    ForeignKeyConstraint(["place", "home"], ["home.place", "home.number"], name="fk_dweller_home"),
)
Index("ix_dweller_token", DWELLER.c.place, DWELLER.c.token, unique=True)
Index("ix_dweller_home", DWELLER.c.place, DWELLER.c.home)
TABLES = (HOME, DWELLER)
COLUMNS = ("place", "number", "home", "token")
MANY = 200


@pytest.fixture
def database(store_address: StoreAddress) -> Iterator[Database]:
    made = open_database(store_address)
    made.write(METADATA.create_all)
    yield made
    made.close()


def dwellers(place: str, home: int = 1) -> list[tuple[str, int, int, int]]:
    return [(place, number, home, 1000 - number) for number in range(MANY)]


def enter(place: str, home: int = 1):
    """Work that enters a home and its dwellers."""

    def work(filling: Filling) -> str:
        filling.put(HOME, ("place", "number"), [(place, 1)])
        filling.put(DWELLER, COLUMNS, dwellers(place, home))
        return "done"

    return work


def kept(database: Database, place: str) -> list[tuple[str, int, int, int]]:
    query = select(DWELLER).where(DWELLER.c.place == place).order_by(DWELLER.c.number)
    return [tuple(row) for row in database.read(lambda connection: connection.execute(query).all())]


def indexes(connection: Connection) -> list[str]:
    """All indexes and keys there are, as the engine tells them."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(sql("SELECT name || coalesce(sql, '') FROM sqlite_master WHERE type = 'index'"))
    else:
        found = connection.execute(
            sql(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() UNION ALL"
                " SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE connamespace = current_schema()::regnamespace"
            )
        )
    return sorted(found.scalars())


def test_all_rows_are_there_with_the_keys_and_indexes_as_before(
    database: Database, store_address: StoreAddress
) -> None:
    before = database.read(indexes)
    assert fill(database, store_address, TABLES, enter("a")) == "done"
    assert kept(database, "a") == dwellers("a")
    assert database.read(indexes) == before
    with pytest.raises(IntegrityError):
        database.write(lambda connection: connection.execute(insert(DWELLER).values(dwellers("a")[0])))


def test_what_was_there_before_stays(database: Database, store_address: StoreAddress) -> None:
    for place in ("a", "b"):
        fill(database, store_address, TABLES, enter(place))
    assert (kept(database, "a"), kept(database, "b")) == (dwellers("a"), dwellers("b"))


def test_a_load_that_is_cut_off_leaves_the_store_as_it_was(database: Database, store_address: StoreAddress) -> None:
    fill(database, store_address, TABLES, enter("a"))
    before = database.read(indexes)

    def cut_off(filling: Filling) -> None:
        enter("b")(filling)
        raise Refused("no")

    with pytest.raises(Refused):
        fill(database, store_address, TABLES, cut_off)
    assert (kept(database, "a"), kept(database, "b")) == (dwellers("a"), [])
    assert database.read(indexes) == before
    if isinstance(store_address, SqlcipherFile):
        assert not list(store_address.path.parent.glob("*.filling*"))
    fill(database, store_address, TABLES, enter("b"))
    assert kept(database, "b") == dwellers("b")


@pytest.mark.parametrize("wrong", ["home", "token"])
def test_rows_that_break_a_key_are_not_kept(database: Database, store_address: StoreAddress, wrong: str) -> None:
    def work(filling: Filling) -> None:
        enter("a", 2 if wrong == "home" else 1)(filling)
        filling.put(DWELLER, COLUMNS, [("a", MANY + 1, 1, 1000), ("a", MANY + 2, 1, 1)])

    with pytest.raises(IntegrityError):
        fill(database, store_address, TABLES, work)
    assert kept(database, "a") == []


@pytest.mark.parametrize("store_engine", ["sqlcipher"])
def test_a_store_that_another_process_writes_to_is_not_filled(database: Database, store_address: StoreAddress) -> None:
    other = open_database(store_address)
    try:
        other.write(lambda connection: connection.execute(insert(HOME).values(place="b", number=1)))
        with pytest.raises(StoreBusy):
            fill(database, store_address, TABLES, enter("a"))
    finally:
        other.close()
    assert kept(database, "a") == []


@pytest.mark.parametrize("store_engine", ["sqlcipher"])
def test_a_store_left_by_a_process_that_was_killed_while_it_filled_is_whole(
    database: Database, store_address: StoreAddress
) -> None:
    """The copy that was left is not used and is in nobody's way."""
    assert isinstance(store_address, SqlcipherFile)
    fill(database, store_address, TABLES, enter("a"))
    database.close()
    words = [sys.executable, "-m", "tests.edge.backend.durable.filling_child", str(store_address.path)]
    child = subprocess.run(words, input=store_address.key.reveal(), capture_output=True, check=False, timeout=60)
    assert child.returncode == 9, child.stderr
    assert store_address.path.with_name(store_address.path.name + ".filling").exists()
    assert (kept(database, "a"), kept(database, "b")) == (dwellers("a"), [])
    fill(database, store_address, TABLES, enter("b"))
    assert kept(database, "b") == dwellers("b")
    assert not list(store_address.path.parent.glob("*.filling*"))
