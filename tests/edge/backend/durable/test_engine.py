"""Stores behave the same on both engines: whole or not at all, one view while reading, nothing in clear."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, update

from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.address import SqlcipherFile
from app.durable.engine import Database, open_database
from app.durable.migrate import VERSION_TABLE, migrate
from app.errors import NewerStore, Refused, WrongKey
from tests.edge.backend.durable.conftest import NOTE
from tests.support.stores import StoreAddresses


def amounts(connection: Connection) -> dict[str, int]:
    return {row.name: row.amount for row in connection.execute(select(NOTE))}


def put(database: Database, name: str, amount: int) -> None:
    database.write(lambda connection: connection.execute(insert(NOTE).values(name=name, amount=amount)))


def test_a_refusal_in_the_middle_leaves_nothing(database: Database) -> None:
    def work(connection: Connection) -> None:
        connection.execute(insert(NOTE).values(name="a", amount=1))
        raise Refused("no")

    with pytest.raises(Refused):
        database.write(work)
    assert database.read(amounts) == {}


def test_who_reads_sees_one_view_while_somebody_writes(database: Database) -> None:
    put(database, "a", 1)

    def look(connection: Connection) -> list[dict[str, int]]:
        seen = [amounts(connection)]
        database.write(lambda other: other.execute(update(NOTE).values(amount=2)))
        return [*seen, amounts(connection)]

    assert database.read(look) == [{"a": 1}, {"a": 1}]
    assert database.read(amounts) == {"a": 2}


def test_a_row_is_inserted_once(database: Database) -> None:
    row = {"name": "a", "amount": 1}
    assert database.write(lambda connection: insert_if_absent(connection, NOTE, row))
    assert not database.write(lambda connection: insert_if_absent(connection, NOTE, {**row, "amount": 2}))
    assert database.read(amounts) == {"a": 1}


def test_a_store_of_a_newer_program_is_not_touched(store_addresses: StoreAddresses) -> None:
    from app.backend.staff import store

    database = open_database(store_addresses("newer"))
    try:
        migrate(database, store.HISTORY, store.METADATA)
        database.write(
            lambda connection: connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
        )
        with pytest.raises(NewerStore):
            migrate(database, store.HISTORY, store.METADATA)
    finally:
        database.close()


def test_an_encrypted_file_opens_with_its_own_key_only(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    key = Secret(bytes(range(32)))
    database = open_database(SqlcipherFile(path, key))
    database.write(NOTE.create)
    put(database, "marked-name", 1)
    database.close()
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert b"marked-name" not in content
        assert not content.startswith(b"SQLite format 3")
        assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(WrongKey):
        open_database(SqlcipherFile(path, Secret(bytes(32))))
