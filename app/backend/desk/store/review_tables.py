"""Tables beside a case: what is held, who decides for whom, what counters tell of themselves, counts of visits."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, Integer, LargeBinary, String, Table

from app.backend.desk.store.tables import METADATA
from app.durable.columns import Instant

hold_table = Table(
    "application_hold",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("staff_id", String(32), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Date, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["municipality", "application_id"],
        ["application.municipality", "application.application_id"],
        name="fk_hold_application",
    ),
)
"""保留: at most one for each application; it goes with the next step."""
deputy_table = Table(
    "deputy",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("deputy_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("level", String(32), nullable=False),
    Column("department", String(64), nullable=False),
    Column("staff_id", String(32), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("proposed_by", String(32), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("approved_by", String(32), nullable=False),
    Column("approved_at", Instant),
    Column("ended_by", String(32), nullable=False),
    Column("ended_at", Instant),
    CheckConstraint("approved_by <> proposed_by", name="ck_deputy_second_person"),
    CheckConstraint("approved_by <> staff_id", name="ck_deputy_not_oneself"),
    CheckConstraint("proposed_by <> staff_id", name="ck_deputy_not_by_oneself"),
)
"""代決: kept for good; that another person approves, and nobody makes a deputy of themselves, are constraints."""
told_table = Table(
    "counter_told",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("staff_id", String(32), nullable=False),
    Column("department", String(64), nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("said", LargeBinary, nullable=False),
)
"""What each counter said of itself last; nothing of a resident is in it."""
measure_table = Table(
    "visit_measure",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("procedure", String(64), primary_key=True),
    Column("step", String(32), primary_key=True),
    Column("unit", String(16), primary_key=True),
    Column("value", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
"""How often a step of a visit took ``value`` seconds or keys on a day; whose visits these were stands nowhere."""
alert_table = Table(
    "alert_count",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("answer", String(16), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How often an alert of a kind was answered so in a month, by its first day."""
