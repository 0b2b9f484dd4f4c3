"""Tables of certificates' copies and of seals: what tells something of a person, or of who asked, is sealed."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, text

from app.backend.register.store.tables import METADATA
from app.durable.columns import Instant

copy_table = Table(
    "certificate_copy",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("number", String(80), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("office", String(32), nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("visit_id", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""``day``: the calendar's ordinal; ``place``: in the order in which copies were made."""
Index("ix_copy_day", copy_table.c.municipality, copy_table.c.office, copy_table.c.day, copy_table.c.place)
Index("ix_copy_visit", copy_table.c.municipality, copy_table.c.visit_id)

copy_person_table = Table(
    "copy_person",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("business_number", String(15), primary_key=True),
    Column("number", String(80), primary_key=True),
)
copy_serial_table = Table(
    "copy_serial",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("office", String(32), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("next", Integer, nullable=False),
)

fee_table = Table(
    "fee_noted",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("terminal", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("number", String(80), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("yen", Integer, nullable=False),
    Column("exemption", String(64), nullable=False),
)
"""What was taken at each terminal, and what corrections add or take away: kept for good, and of nobody."""
Index("ix_fee_noted_terminal", fee_table.c.municipality, fee_table.c.terminal, fee_table.c.at)

seal_table = Table(
    "seal",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("seal_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("business_number", String(15), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("card", String(16)),
    Column("place", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""``is_open``: registered or asked for; ``card``: of a registered one, NULL once it is cancelled."""
Index(
    "ix_seal_open",
    seal_table.c.municipality,
    seal_table.c.business_number,
    unique=True,
    sqlite_where=text("is_open = 1"),
    postgresql_where=text("is_open"),
)
Index("ix_seal_person", seal_table.c.municipality, seal_table.c.business_number, seal_table.c.place)
Index("ix_seal_card", seal_table.c.municipality, seal_table.c.card, unique=True)
