"""The intermediary's tables: persons under keyed tokens of 統合宛名番号; what was asked and answered is sealed."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

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
    Column("code_version", Integer, nullable=False, server_default="1"),
    Column("former_token", LargeBinary(16)),
    UniqueConstraint("municipality", "code_token", name="uq_code_token"),
)
"""``code_version``: of the core's key; ``former_token``: of the code before, while a rotation lasts."""
Index("ix_code_version", code_table.c.municipality, code_table.c.code_version)
Index(
    "ix_code_former",
    code_table.c.municipality,
    code_table.c.former_token,
    sqlite_where=code_table.c.former_token.is_not(None),
    postgresql_where=code_table.c.former_token.is_not(None),
)
past_code_table = Table(
    "past_code",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person", LargeBinary(16), primary_key=True),
    Column("correction_id", String(64), primary_key=True),
    Column("code_token", LargeBinary(16), index=True),
    Column("content", LargeBinary, nullable=False),
    Column("retired_at", Instant, nullable=False),
)
"""Codes that were given up because their person had been linked wrongly."""
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
    Column("person", LargeBinary(16)),
    UniqueConstraint("municipality", "process_number", name="uq_enquiry_process_number"),
    Index("ix_enquiry_person", "municipality", "person"),
    Index("ix_enquiry_asked", "municipality", "asked_at"),
)
"""``person``: None in rows from before it was kept."""
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
    Column("person", LargeBinary(16)),
    Column("file_id", String(64)),
    UniqueConstraint("municipality", "permit_id", name="uq_provision_permit"),
    Index("ix_provision_person", "municipality", "person"),
    Index("ix_provision_made", "municipality", "provided_at"),
    Index("ix_provision_file", "municipality", "file_id"),
)
"""``file_id``: of the replica file that the answer came from."""
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
    Column("file_id", String(64)),
    Index("ix_replica_file", "municipality", "file_id"),
)
"""``file_id``: the file that it came with last; None: registered one by one."""
flag_table = Table(
    "flag",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("flag_id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("person", LargeBinary(16), nullable=False),
    Column("is_set", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_flag_person", "municipality", "person"),
)
"""``person`` empty: a mark on a kind of information, whoever it is about."""
case_table = Table(
    "release_case",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("process_number", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("requester", String(6), nullable=False),
    Column("request_digest", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
    Index("ix_release_case_owner", "municipality", "owner", "state", "due_at"),
    Index("ix_release_case_due", "state", "due_at"),
)
note_table = Table(
    "error_note",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("note_id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("process_number", String(32), nullable=False),
    Column("owner", String(32), nullable=False),
    Column("receiver", String(6), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("cause", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("received_at", Instant),
    Column("acknowledged_at", Instant),
    Index("ix_error_note_process", "municipality", "process_number"),
    Index("ix_error_note_due", "state", "next_at"),
)
"""過誤情報 that this city tells others: one for each provision that turned out wrong."""
received_note_table = Table(
    "received_note",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("note_id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("process_number", String(32), nullable=False),
    Column("provider", String(6), nullable=False),
    Column("task", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("acknowledged_at", Instant),
    Index("ix_received_note_process", "municipality", "process_number"),
)
"""過誤情報 that others told this city, each about an enquiry of its own."""
mark_table = Table(
    "record_mark",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("mark_id", String(32), primary_key=True),
    Column("process_number", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_record_mark_process", "municipality", "process_number"),
)
"""What was added to a record later; the record itself stays as it was."""
file_table = Table(
    "replica_file",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("file_id", String(64), primary_key=True),
    Column("digest", LargeBinary(32), nullable=False),
    Column("information", String(64), nullable=False),
    Column("tax_year", Integer, nullable=False),
    Column("columns", String(1000), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("next_part", Integer, nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("municipality", "digest", name="uq_replica_file_digest"),
)
"""``digest``: SHA-256 chained over the parts in order; ``chain``: of those that came. No person stands here."""
rejected_table = Table(
    "replica_rejected",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("file_id", String(64), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("reason", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Rows of a file that were not registered, as they stood in it, sealed. ``line``: from 1."""
