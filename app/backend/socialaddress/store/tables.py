"""The tables of socialaddress: sealed contents, found by keyed tokens within the municipality."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table

from app.durable.columns import Instant
from app.durable.outbox import outbox_table
from app.durable.tables import SliceTables

METADATA = MetaData()
TABLES = SliceTables(METADATA)
OUTBOX = outbox_table(METADATA)
HISTORY = "app.backend.socialaddress.migrations"


def _municipality() -> Column[str]:
    return Column("municipality", String(6), primary_key=True)


tax_table = Table(
    "tax_year",
    METADATA,
    _municipality(),
    Column("person_year", LargeBinary(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
tax_state_table = Table(
    "tax_state",
    METADATA,
    _municipality(),
    Column("person_year", LargeBinary(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
party_table = Table(
    "party",
    METADATA,
    _municipality(),
    Column("party", LargeBinary(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
party_state_table = Table(
    "party_state",
    METADATA,
    _municipality(),
    Column("party", LargeBinary(16), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
term_table = Table(
    "party_term",
    METADATA,
    _municipality(),
    Column("term", LargeBinary(16), primary_key=True),
    Column("party", LargeBinary(16), primary_key=True),
)
Index("ix_party_term_party", term_table.c.municipality, term_table.c.party)
entry_table = Table(
    "entry",
    METADATA,
    _municipality(),
    Column("entry_id", String(64), primary_key=True),
    Column("party", LargeBinary(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("ends_on", String(10), nullable=False),
    Column("made_at", Instant, nullable=False),
)
Index("ix_entry_party", entry_table.c.municipality, entry_table.c.party, entry_table.c.made_at)
merge_table = Table(
    "merge_pair",
    METADATA,
    _municipality(),
    Column("merge_id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("target", LargeBinary(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
Index("ix_merge_pair_state", merge_table.c.municipality, merge_table.c.state, merge_table.c.changed_at)
need_table = Table(
    "need",
    METADATA,
    _municipality(),
    Column("system", String(40), primary_key=True),
    Column("party", LargeBinary(16), primary_key=True),
    Column("from_year", Integer, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
Index("ix_need_party", need_table.c.municipality, need_table.c.party)
transfer_table = Table(
    "transfer",
    METADATA,
    _municipality(),
    Column("system", String(40), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
)
mark_table = Table(
    "mark",
    METADATA,
    _municipality(),
    Column("name", String(64), primary_key=True),
    Column("position", BigInteger, nullable=False),
)
