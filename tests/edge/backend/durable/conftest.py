"""A fresh store with the tables every slice has, for tests of what keeps things."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from app.durable.engine import Database, open_database
from app.durable.outbox import outbox_table
from app.durable.tables import SliceTables
from tests.support.stores import StoreAddresses

METADATA = MetaData()
TABLES = SliceTables(METADATA)
OUTBOX = outbox_table(METADATA)
NOTE = Table("note", METADATA, Column("name", String(16), primary_key=True), Column("amount", Integer, nullable=False))


@pytest.fixture
def database(store_addresses: StoreAddresses) -> Iterator[Database]:
    opened = open_database(store_addresses("kept"))
    opened.write(METADATA.create_all)
    yield opened
    opened.close()
