"""Tables of provisional entries, history, plans and measures: what tells something of a person is sealed."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, literal_column

from app.backend.register.store.tables import METADATA
from app.durable.columns import Instant
from app.durable.outbox import DEAD, outbox_table
from app.trust.tokens import EXACT_SIZE

entry_table = Table(
    "entry",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("entry_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
Index("ix_entry_waiting", entry_table.c.municipality, entry_table.c.is_waiting, entry_table.c.entered_at)

entry_person_table = Table(
    "entry_person",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("entry_id", String(64), primary_key=True),
    Column("business_number", String(15), primary_key=True),
    Column("base", Integer, nullable=False),
)
Index("ix_entry_person", entry_person_table.c.municipality, entry_person_table.c.business_number)


def _only_added_to(name: str, owner: str) -> Table:
    """A table of what happened to a person or household, in order."""
    return Table(
        name,
        METADATA,
        Column("municipality", String(6), primary_key=True),
        Column(owner, String(15), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("sealed", LargeBinary, nullable=False),
    )


past_table = _only_added_to("past", "business_number")
household_past_table = _only_added_to("household_past", "household_number")
removed_table = _only_added_to("removed_record", "business_number")

told_table = Table(
    "told",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("entry_id", String(64), nullable=False),
    Column("business_number", String(15), nullable=False),
)
OUTBOX = outbox_table(METADATA)
"""What of the line residentbase has not been told yet."""
_DEAD = OUTBOX.c.state == literal_column(f"'{DEAD}'")
Index("ix_outbox_dead", OUTBOX.c.sequence, postgresql_where=_DEAD, sqlite_where=_DEAD)

serial_table = Table(
    "serial",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("next", BigInteger, nullable=False),
)
plan_table = Table(
    "plan",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("business_number", String(15), primary_key=True),
    Column("token", LargeBinary(EXACT_SIZE), nullable=False),
    Column("entry_id", String(64), nullable=False),
)
Index("ix_plan_token", plan_table.c.municipality, plan_table.c.token)

announcement_table = Table(
    "announcement",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("announcement_id", String(64), primary_key=True),
    Column("erase_on", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""``erase_on``: the day as the calendar's ordinal."""

measure_table = Table(
    "measure",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("measure_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
measure_person_table = Table(
    "measure_person",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("measure_id", String(64), primary_key=True),
    Column("business_number", String(15), primary_key=True),
)
Index("ix_measure_person", measure_person_table.c.municipality, measure_person_table.c.business_number)

release_table = Table(
    "temporary_release",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("release_id", String(64), primary_key=True),
    Column("business_number", String(15), nullable=False),
    Column("until", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
Index("ix_release_person", release_table.c.municipality, release_table.c.business_number, release_table.c.until)

block_table = Table(
    "system_block",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("measure_id", String(64), primary_key=True),
    Column("system", String(32), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("marked_by", String(32), nullable=False),
    Column("marked_at", Instant, nullable=False),
)
