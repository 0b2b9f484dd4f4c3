"""The addressee slice's tables: numbers are sealed and found by keyed tokens only, each within its municipality."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

from app.durable.columns import Instant
from app.durable.outbox import outbox_table
from app.durable.tables import SliceTables

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.addressee.migrations"
OUTBOX = outbox_table(METADATA)

person_table = Table(
    "person",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person", LargeBinary(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("addressee_number", LargeBinary, nullable=False),
    Column("my_number_token", LargeBinary(16)),
    Column("my_number", LargeBinary),
    Column("code_state", String(16), nullable=False),
    Column("process_number", String(32), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("successor", LargeBinary),
    UniqueConstraint("municipality", "my_number_token", name="uq_person_my_number"),
)
link_table = Table(
    "business_link",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("business", LargeBinary(16), primary_key=True),
    Column("person", LargeBinary(16), nullable=False, index=True),
    Column("business_number", LargeBinary, nullable=False),
    Column("linked_at", Instant, nullable=False),
    Column("source", String(16), nullable=False, server_default=""),
)
past_table = Table(
    "past_link",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("business", LargeBinary(16), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("ended_at", Instant, nullable=False),
)
"""Links as they were before a correction, counted from 1 for each number."""
serial_table = Table(
    "serial",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("last", BigInteger, nullable=False),
)
line_table = Table(
    "resident_line",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("up_to", BigInteger, nullable=False),
)
"""How far the changes of residents are taken."""
system_table = Table(
    "business_system",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("system", String(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
session_table = Table(
    "area_session",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("system", String(16), nullable=False),
    Column("until", Instant, nullable=False),
)
miss_table = Table(
    "miss",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("who", String(64), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("times", Integer, nullable=False),
)
"""Searches for a number that found nobody, of one searcher in one span of time."""
correction_table = Table(
    "correction",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("correction_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
linkage_table = Table(
    "linkage",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("subject", LargeBinary(16)),
)
"""Where in the ledger a linkage record stands; one that was deleted lawfully is found here no more."""
Index("ix_linkage_at", linkage_table.c.municipality, linkage_table.c.at)
Index("ix_linkage_subject", linkage_table.c.municipality, linkage_table.c.subject, linkage_table.c.at)
