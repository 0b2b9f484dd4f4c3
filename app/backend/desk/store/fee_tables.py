"""Tables of the till: fees taken at a counter with their receipt numbers, and its daily closings."""

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from app.backend.desk.store.tables import METADATA
from app.durable.columns import Instant

till_table = Table(
    "till",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("closed_through", Instant),
)
"""One row for each window: who writes about its money holds it until their transaction ends."""

fee_serial_table = Table(
    "fee_serial",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

fee_table = Table(
    "fee",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("fee_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("terminal", String(40), nullable=False),
    Column("number", String(16), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("yen", Integer, nullable=False),
    Column("exemption", String(64), nullable=False),
    Column("about", String(64), nullable=False),
    Column("corrects", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("taken_by", String(32), nullable=False),
    Column("taken_name", String(128), nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("void_asked_by", String(32), nullable=False),
    Column("void_asked_name", String(128), nullable=False),
    Column("void_by", String(32), nullable=False),
    Column("void_name", String(128), nullable=False),
    Column("void_at", Instant),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("municipality", "number", name="uq_fee_number"),
    CheckConstraint("void_by = '' OR void_by <> void_asked_by", name="ck_fee_void_second_person"),
    CheckConstraint("corrects <> '' OR yen >= 0", name="ck_fee_negative_corrects"),
)
"""手数料; that a second person voids, and that only a correcting entry takes away, are constraints."""
Index("ix_fee_till", fee_table.c.municipality, fee_table.c.terminal, fee_table.c.taken_at)

closing_table = Table(
    "fee_closing",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("since", Instant),
    Column("through", Instant, nullable=False),
    Column("total", Integer, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("signed_by", String(32), nullable=False),
    Column("signed_name", String(128), nullable=False),
    Column("signed_at", Instant, nullable=False),
    Column("second", String(32), nullable=False),
    Column("second_name", String(128), nullable=False),
    Column("second_at", Instant),
    Column("sealed", LargeBinary, nullable=False),
    CheckConstraint("second <> signed_by", name="ck_fee_closing_second_person"),
)
"""日締め: what a window took since the one before; it holds once a second person has signed."""
