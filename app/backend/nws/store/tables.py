"""The core's tables. Codes are kept as keyed tokens, subjects sealed; no 個人番号."""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table

from app.durable.columns import Instant
from app.durable.tables import SliceTables

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.nws.migrations"

code_table = Table(
    "person_code",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("code", LargeBinary(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("key_version", Integer, nullable=False, server_default="1"),
)
Index("ix_person_code_version", code_table.c.municipality, code_table.c.key_version)
code_key_table = Table(
    "code_key",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False),
    Column("ended_at", Instant),
)
"""Versions of the key that an institution's codes are made with; the keys themselves stand in no table."""
pending_table = Table(
    "pending_code",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("process_number", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
)
permit_table = Table(
    "permit",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("process_number", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("request_digest", LargeBinary, nullable=False),
    Column("provider", String(6), nullable=False),
    Column("letter", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

resident_table = Table(
    "resident",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("business", LargeBinary(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("resident_code", LargeBinary, nullable=False),
)
"""The stand-in's side of the resident network; in service the 住基ネット itself."""
master_table = Table(
    "master",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False),
    Column("letter", LargeBinary, nullable=False),
    Column("until", Instant, nullable=False),
    Column("issued_at", Instant, nullable=False),
)
"""配信マスター情報 as it was issued; it tells of no person."""
