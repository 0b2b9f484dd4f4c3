"""The ledger slice's tables: witnessed checkpoints, alarms, stamps, and what counterparts have shown and seen."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

from app.durable.columns import Instant
from app.durable.tables import SliceTables

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.ledger.migrations"

witnessed_table = Table(
    "witnessed",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("after", BigInteger, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("municipality", "log", "after", name="uq_witnessed_after"),
)
alarm_table = Table(
    "ledger_alarm",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Column("found_by", String(64), nullable=False, server_default=""),
)

stamp_table = Table(
    "stamp",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", LargeBinary, nullable=False),
    Column("token", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
shown_table = Table(
    "shown_log",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("counterpart", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Own logs, as a counterpart cosigned them last."""
foreign_table = Table(
    "foreign_log",
    METADATA,
    Column("witness", String(6), primary_key=True),
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Logs of counterparts, as they were seen here last. ``key``: the log's, kept from the first time on."""
guardians_table = Table(
    "foreign_guardians",
    METADATA,
    Column("witness", String(6), primary_key=True),
    Column("municipality", String(6), primary_key=True),
    Column("lists", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Who the guardians of counterparts are, by the signed lists that were met first and followed since."""
alarm_note_table = Table(
    "alarm_note",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("staff_id", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""Who took note of an alarm, one after the other; sealed: name and words."""
