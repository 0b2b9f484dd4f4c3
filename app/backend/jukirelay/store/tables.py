"""The boundary's tables: whatever tells something of a person is sealed; persons are found by keyed tokens only."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, literal_column

from app.durable.columns import Instant
from app.durable.outbox import DEAD, outbox_table
from app.durable.tables import SliceTables
from app.trust.tokens import EXACT_SIZE

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.jukirelay.migrations"
OUTBOX = outbox_table(METADATA)
_DEAD = OUTBOX.c.state == literal_column(f"'{DEAD}'")
Index("ix_outbox_dead", OUTBOX.c.sequence, postgresql_where=_DEAD, sqlite_where=_DEAD)

line_table = Table(
    "line",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("changes", BigInteger, nullable=False),
    Column("restraints", BigInteger, nullable=False),
    Column("ends_changes", BigInteger, nullable=False),
    Column("ends_restraints", BigInteger, nullable=False),
    Column("loaded", LargeBinary, nullable=False),
    Column("is_loaded", Boolean, nullable=False),
    Column("heard_at", Instant),
)
replica_table = Table(
    "replica",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person", LargeBinary(EXACT_SIZE), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("code", LargeBinary(EXACT_SIZE)),
    Column("household", LargeBinary(EXACT_SIZE)),
    Column("sealed", LargeBinary, nullable=False),
    Column("as_of", Instant, nullable=False),
)
Index("ix_replica_code", replica_table.c.municipality, replica_table.c.code)
Index("ix_replica_household", replica_table.c.municipality, replica_table.c.household)

held_table = Table(
    "held",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person", LargeBinary(EXACT_SIZE), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
coming_table = Table(
    "coming",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("code", LargeBinary(EXACT_SIZE), primary_key=True),
    Column("data_id", String(64), primary_key=True),
    Column("erase_on", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""``erase_on``: the day as the calendar's ordinal."""

outgoing_table = Table(
    "outgoing",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("item_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("person", LargeBinary(EXACT_SIZE), nullable=False),
    Column("entry_id", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("look_at", Instant),
    Column("sealed", LargeBinary, nullable=False),
)
Index("ix_outgoing_person", outgoing_table.c.municipality, outgoing_table.c.person, outgoing_table.c.made_at)
Index("ix_outgoing_entry", outgoing_table.c.municipality, outgoing_table.c.entry_id)
Index("ix_outgoing_state", outgoing_table.c.municipality, outgoing_table.c.state, outgoing_table.c.made_at)

number_table = Table(
    "person_number",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("code", LargeBinary(EXACT_SIZE), primary_key=True),
    Column("last", Integer, nullable=False),
)
"""How many changes of a person the network has taken."""

pace_table = Table(
    "pace",
    METADATA,
    Column("minute", BigInteger, primary_key=True, autoincrement=False),
    Column("sent", Integer, nullable=False),
)
arrival_table = Table(
    "arrival",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("arrival_id", String(96), primary_key=True),
    Column("arrived_at", Instant, nullable=False),
    Column("erase_on", Integer),
    Column("sealed", LargeBinary, nullable=False),
)
span_table = Table(
    "span",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("span_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
system_table = Table(
    "connected_system",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("system", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
session_table = Table(
    "line_session",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("system", String(32), nullable=False),
    Column("until", Instant, nullable=False),
)
linkage_table = Table(
    "linkage",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("person", LargeBinary(EXACT_SIZE)),
)
"""Where in the ledger a linkage record stands; a record that was deleted lawfully is found here no more."""
Index("ix_linkage_at", linkage_table.c.municipality, linkage_table.c.at)
Index("ix_linkage_person", linkage_table.c.municipality, linkage_table.c.person, linkage_table.c.at)
