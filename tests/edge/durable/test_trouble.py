"""Stores under trouble: writers that stand in each other's way, a database that goes away, pumps left alone."""

import contextlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert, select, text, update

from app.domain.secret import Secret
from app.durable.address import PostgresSchema, SqlcipherFile, StoreAddress
from app.durable.engine import Database, open_database
from app.durable.swift import glance
from app.durable.worker import BATCH_LIMIT, Pump, Worker
from app.errors import StoreBusy, WrongKey

METADATA = MetaData()
NOTE = Table("note", METADATA, Column("name", String(8), primary_key=True), Column("amount", Integer, nullable=False))


@pytest.fixture
def database(store_address: StoreAddress) -> Iterator[Database]:
    opened = open_database(store_address)
    opened.write(METADATA.create_all)
    opened.write(lambda connection: connection.execute(insert(NOTE), [{"name": n, "amount": 0} for n in "ab"]))
    yield opened
    opened.close()


def add(connection: Connection, name: str) -> None:
    connection.execute(update(NOTE).where(NOTE.c.name == name).values(amount=NOTE.c.amount + 1))


def amounts(database: Database) -> dict[str, int]:
    return database.read(lambda connection: {row.name: row.amount for row in connection.execute(select(NOTE))})


def test_writers_that_lock_each_other_out_are_tried_again_and_both_are_there(database: Database) -> None:
    meeting = Barrier(2)

    def both(order: str) -> int:
        tries = 0

        def work(connection: Connection) -> None:
            nonlocal tries
            tries += 1
            add(connection, order[0])
            if database.engine.dialect.name == "postgresql" and not meeting.broken:
                with contextlib.suppress(BrokenBarrierError):
                    meeting.wait(30)
                meeting.abort()
            add(connection, order[1])

        database.write(work)
        return tries

    with ThreadPoolExecutor(2) as pool:
        tries = sum(pool.map(both, ("ab", "ba")))
    assert amounts(database) == {"a": 2, "b": 2}
    assert tries == (3 if database.engine.dialect.name == "postgresql" else 2)


def test_many_writers_lose_nothing(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: database.write(lambda connection: add(connection, "a")), range(80)))
    assert amounts(database)["a"] == 80


def test_a_server_that_ends_a_connection_leaves_nothing_and_is_asked_again(postgres_store: Database) -> None:
    def work(connection: Connection) -> None:
        add(connection, "a")
        other = postgres_store.engine.raw_connection()
        own = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        other.cursor().execute("SELECT pg_terminate_backend(%s)", (own,))
        other.close()
        add(connection, "a")

    with pytest.raises(StoreBusy):
        postgres_store.write(work)
    postgres_store.write(lambda connection: add(connection, "a"))
    assert amounts(postgres_store)["a"] == 1


def test_a_glance_over_a_connection_that_was_lost_is_asked_again(postgres_store: Database) -> None:
    lost, other = postgres_store.engine.raw_connection(), postgres_store.engine.raw_connection()
    cursor = lost.cursor()
    cursor.execute("SELECT pg_backend_pid()")
    ended = cursor.fetchone()
    lost.close()
    other.cursor().execute("SELECT pg_terminate_backend(%s, 20000)", ended)
    assert glance(postgres_store, "SELECT amount FROM note WHERE name = ?", ("a",)) == (0,)
    assert glance(postgres_store, "SELECT amount FROM note WHERE name = ?", ("z",)) is None
    other.close()


def test_a_transaction_after_a_glance_is_a_whole_one(database: Database) -> None:
    def half(connection: Connection) -> None:
        add(connection, "a")
        raise StoreBusy

    for _ in range(2):
        assert glance(database, "SELECT amount FROM note WHERE name = ?", ("a",)) == (0,)
        with pytest.raises(StoreBusy):
            database.write(half)
    assert amounts(database) == {"a": 0, "b": 0}


@pytest.fixture
def postgres_store(request: pytest.FixtureRequest, postgres_database: str) -> Iterator[Database]:
    opened = open_database(PostgresSchema(request.getfixturevalue("postgres").address(postgres_database), "trouble"))
    opened.write(METADATA.create_all)
    opened.write(lambda connection: connection.execute(insert(NOTE), [{"name": "a", "amount": 0}]))
    yield opened
    opened.close()


def test_a_list_is_never_longer_than_the_limit() -> None:
    hold, sizes = Event(), []

    def handle(messages: Sequence[int]) -> list[int]:
        hold.wait(5)
        sizes.append(len(messages))
        return list(messages)

    worker: Worker[int, int] = Worker("test", handle)
    futures = [worker.submit(number) for number in range(3 * BATCH_LIMIT)]
    hold.set()
    assert [future.result(5) for future in futures] == list(range(3 * BATCH_LIMIT))
    worker.close()
    assert max(sizes) == BATCH_LIMIT == 64


@pytest.mark.parametrize(("woken", "idle_s"), [(True, 60.0), (False, 0.01)], ids=["woken", "left alone"])
def test_a_pump_turns_when_it_is_woken_and_also_when_nobody_wakes_it(*, woken: bool, idle_s: float) -> None:
    turns: list[int] = []
    first, second = Event(), Event()

    def turn() -> bool:
        turns.append(1)
        (first if len(turns) == 1 else second).set()
        return False

    pump = Pump("test", turn, idle_s)
    pump.start()
    assert first.wait(5)
    if woken:
        pump.wake()
    assert second.wait(5)
    assert pump.close()


def test_a_pump_goes_on_as_long_as_it_finds_work() -> None:
    left, empty = [1] * 50, Event()

    def turn() -> bool:
        if not left:
            empty.set()
            return False
        left.pop()
        return True

    pump = Pump("test", turn, 60.0)
    pump.start()
    assert empty.wait(5)
    assert pump.close()


def test_the_log_tells_whether_key_or_file_changed_when_a_store_opens_no_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    address = SqlcipherFile(tmp_path / "store.db", Secret(bytes(range(32))))
    opened = open_database(address)
    opened.write(METADATA.create_all)
    opened.close()
    address.path.write_bytes(b"\0" * address.path.stat().st_size)
    with pytest.raises(WrongKey):
        amounts(opened)
    address.key.wipe()
    with pytest.raises(WrongKey):
        amounts(opened)
    told = [vars(record) for record in caplog.records if record.name == "app.durable.engine"]
    assert [(one["same_key"], one["same_salt"], one["same_file"]) for one in told] == [
        (True, False, True),
        (False, False, True),
    ]
