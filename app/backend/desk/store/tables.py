"""The desk's tables: personal content is sealed; that nobody reviews their own hand-in is a constraint."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from app.durable.columns import Instant
from app.durable.tables import SliceTables
from app.trust.merkle import HASH_SIZE
from app.trust.record import ENTRY_SIZE

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.desk.migrations"

visit_table = Table(
    "visit",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("visit_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("ticket", String(16), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", String(32), nullable=False),
    Column("closed_at", Instant),
)
draft_table = Table(
    "draft",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("draft_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("visit_id", String(64), nullable=False),
    Column("staff_id", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("procedure", String(64), nullable=False, server_default=""),
    Column("department", String(64), nullable=False, server_default=""),
    Column("terminal", String(40), nullable=False, server_default=""),
    Column("for_takers", LargeBinary),
    Index("ix_draft_department", "municipality", "department", "saved_at"),
)
take_key_table = Table(
    "take_key",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("department", String(64), nullable=False),
    Column("box", LargeBinary(32), nullable=False),
    Column("offered_at", Instant, nullable=False),
)
takeover_table = Table(
    "takeover",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("draft_id", String(64), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("procedure", String(64), nullable=False),
    Column("author", String(32), nullable=False),
    Column("taken_by", String(32), nullable=False),
    Column("terminal", String(40), nullable=False),
    Column("taken_at", Instant, nullable=False),
    Index("ix_takeover_author", "municipality", "author", "taken_at"),
)
colleague_table = Table(
    "colleague",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(128), nullable=False),
)
counter_table = Table(
    "receipt_counter",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
application_table = Table(
    "application",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("visit_id", String(64), nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("procedure_version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("number", String(16), nullable=False),
    Column("receipt_date", Date, nullable=False),
    Column("reached_at", Instant, nullable=False),
    Column("waiting_since", Instant, nullable=False),
    Column("author", String(32), nullable=False),
    Column("checker", String(32)),
    Column("decider", String(32)),
    Column("content", LargeBinary, nullable=False),
    Column("content_version", Integer, nullable=False),
    UniqueConstraint("municipality", "number", name="uq_application_number"),
    CheckConstraint("checker <> author", name="ck_application_checker"),
    CheckConstraint("decider <> author", name="ck_application_decider"),
)
Index(
    "ix_application_waiting",
    application_table.c.municipality,
    application_table.c.state,
    application_table.c.waiting_since,
)


def _of_an_application(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["municipality", "application_id"],
        ["application.municipality", "application.application_id"],
        name=f"fk_{name}_application",
    )


step_table = Table(
    "application_step",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("step", String(32), nullable=False),
    Column("act", String(16), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("staff_id", String(32), nullable=False),
    Column("name", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("step"),
)
answer_table = Table(
    "application_answer",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("enquiry_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("answer"),
)
notice_table = Table(
    "notice",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("number", String(16), nullable=False),
    Column("receipt_date", Date, nullable=False),
    Column("queued_at", Instant, nullable=False),
    Column("posted_at", Instant),
    Column("posted_by", String(128), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("notice"),
)
Index("ix_notice_waiting", notice_table.c.municipality, notice_table.c.posted_at, notice_table.c.queued_at)
filing_table = Table(
    "filing",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("cause", String(200), nullable=False),
    Column("entry_id", String(64), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("filing"),
)
Index(
    "ix_filing_open",
    filing_table.c.next_at,
    sqlite_where=filing_table.c.is_open,
    postgresql_where=filing_table.c.is_open,
)
journal_table = Table(
    "journal",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("public_key", LargeBinary(HASH_SIZE), nullable=False),
    Column("checkpoint", String(1024), nullable=False),
    Column("base", BigInteger, nullable=False, server_default="0"),
    Column("begun_at", Instant),
)
closed_journal_table = Table(
    "journal_closed",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("base", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("public_key", LargeBinary(HASH_SIZE), nullable=False),
    Column("checkpoint", String(1024), nullable=False),
    Column("closed_at", Instant, nullable=False),
)
record_table = Table(
    "journal_record",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("terminal", String(40), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("visit_id", String(64), nullable=False),
    Column("entry", LargeBinary(ENTRY_SIZE), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
Index("ix_journal_record_visit", record_table.c.municipality, record_table.c.visit_id)
rules_table = Table(
    "counter_rules",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("lock_after_s", Integer, nullable=False),
    Column("sign_out_after_s", Integer, nullable=False),
    Column("lease_s", Integer, nullable=False),
    Column("password_after_s", Integer, nullable=False, server_default="14400"),
    Column("session_s", Integer, nullable=False, server_default="36000"),
    Column("second_factor", Boolean, nullable=False),
    Column("staff_readers", JSON, nullable=False),
    Column("older_copy_rule", Boolean, nullable=False),
    Column("proposed_by", String(32), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("approved_by", String(32), nullable=False),
    Column("approved_at", Instant),
    CheckConstraint("approved_by <> proposed_by", name="ck_counter_rules_second_administrator"),
)
"""窓口の設定, each version for good; that a second administrator approves is a constraint."""
