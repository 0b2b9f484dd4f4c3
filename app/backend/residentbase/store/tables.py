"""Tables of residentbase: records and changes are sealed; numbers, sequences and uses are not."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from app.durable.columns import Instant
from app.durable.outbox import outbox_table
from app.durable.tables import SliceTables

METADATA = MetaData()
TABLES = SliceTables(METADATA)
OUTBOX = outbox_table(METADATA)
"""Households whose replica is to be renewed."""
HISTORY = "app.backend.residentbase.migrations"

resident_table = Table(
    "resident",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("subject", String(15), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("as_of", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
change_table = Table(
    "change",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("register_sequence", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("sealed", LargeBinary),
)
Index("ix_change_register", change_table.c.municipality, change_table.c.register_sequence, unique=True)

line_table = Table(
    "line",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("next", BigInteger, nullable=False),
)
use_table = Table(
    "use_application",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
receiver_table = Table(
    "receiver",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("system", String(32), primary_key=True),
    Column("last", BigInteger, nullable=False),
    Column("recorded", BigInteger, nullable=False),
    Column("taken", BigInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("lease_until", Instant, nullable=False),
    Column("cause", String(64), nullable=False),
)
allotment_table = Table(
    "allotment",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("system", String(32), primary_key=True),
    Column("last", BigInteger, primary_key=True, autoincrement=False),
    Column("first", BigInteger, nullable=False),
    Column("positions", LargeBinary, nullable=False),
    Column("granted", LargeBinary, nullable=False),
)
"""What is meant for a system: ``positions`` as 8 bytes each, ``granted`` as it was granted then."""

linkage_table = Table(
    "linkage",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("subject", String(15), nullable=False),
    Column("system", String(32), nullable=False),
)
"""Where in the ledger the linkage records stand."""
Index("ix_linkage_subject", linkage_table.c.municipality, linkage_table.c.subject, linkage_table.c.position)
Index("ix_linkage_system", linkage_table.c.municipality, linkage_table.c.system, linkage_table.c.position)
