"""The tables of the communication server: people, what they are found by, records, and what goes out."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, MetaData, String, Table

from app.durable.columns import Instant
from app.durable.outbox import outbox_table
from app.durable.tables import SliceTables

METADATA = MetaData()
TABLES = SliceTables(METADATA)
OUTBOX = outbox_table(METADATA)
HISTORY = "app.backend.jukinet.migrations"

person_table = Table(
    "person",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person", LargeBinary(16), primary_key=True),
    Column("number", LargeBinary(16)),
    Column("sequence", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
Index("ix_person_number", person_table.c.municipality, person_table.c.number)

term_table = Table(
    "term",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("token", BigInteger, primary_key=True, autoincrement=False),
    Column("person", LargeBinary(16), primary_key=True),
)
Index("ix_term_person", term_table.c.municipality, term_table.c.person)

record_table = Table(
    "record",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("record_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("due", Date),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
_record = record_table.c
Index("ix_record_state", _record.municipality, _record.kind, _record.state, _record.created_at, _record.record_id)
Index("ix_record_due", _record.kind, _record.due)
