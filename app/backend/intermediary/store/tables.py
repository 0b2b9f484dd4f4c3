"""The intermediary's tables: persons under keyed tokens of 統合宛名番号; what was asked and answered is sealed."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

from app.durable.columns import Instant
from app.durable.tables import SliceTables

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.intermediary.migrations"

code_table = Table(
    "code",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person", LargeBinary(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("addressee_number", LargeBinary, nullable=False),
    Column("process_number", String(32), nullable=False),
    Column("code_token", LargeBinary(16)),
    Column("code", LargeBinary),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("municipality", "code_token", name="uq_code_token"),
)
enquiry_table = Table(
    "enquiry",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("enquiry_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("process_number", String(32), nullable=False),
    Column("provider", String(6), nullable=False),
    Column("request_digest", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("done_at", Instant),
    UniqueConstraint("municipality", "process_number", name="uq_enquiry_process_number"),
)
provision_table = Table(
    "provision",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("process_number", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("permit_id", String(32), nullable=False),
    Column("requester", String(6), nullable=False),
    Column("request_digest", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("provided_at", Instant, nullable=False),
    UniqueConstraint("municipality", "permit_id", name="uq_provision_permit"),
)
replica_table = Table(
    "replica",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person", LargeBinary(16), primary_key=True),
    Column("information", LargeBinary(16), primary_key=True),
    Column("tax_year", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
