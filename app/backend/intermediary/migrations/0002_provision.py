"""what is held back and marked, replica files, additions to records, error notes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "error_note",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("note_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("process_number", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("receiver", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "note_id"),
    )
    with op.batch_alter_table("error_note", schema=None) as batch_op:
        batch_op.create_index("ix_error_note_due", ["state", "next_at"], unique=False)
        batch_op.create_index("ix_error_note_process", ["municipality", "process_number"], unique=False)

    op.create_table(
        "flag",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("flag_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("person", sa.LargeBinary(length=16), nullable=False),
        sa.Column("is_set", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "flag_id"),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index("ix_flag_person", ["municipality", "person"], unique=False)

    op.create_table(
        "received_note",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("note_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("process_number", sa.String(length=32), nullable=False),
        sa.Column("provider", sa.String(length=6), nullable=False),
        sa.Column("task", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "note_id"),
    )
    with op.batch_alter_table("received_note", schema=None) as batch_op:
        batch_op.create_index("ix_received_note_process", ["municipality", "process_number"], unique=False)
    _second()


def _second() -> None:
    op.create_table(
        "record_mark",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("mark_id", sa.String(length=32), nullable=False),
        sa.Column("process_number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "mark_id"),
    )
    with op.batch_alter_table("record_mark", schema=None) as batch_op:
        batch_op.create_index("ix_record_mark_process", ["municipality", "process_number"], unique=False)

    op.create_table(
        "release_case",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("process_number", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("requester", sa.String(length=6), nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "process_number"),
    )
    with op.batch_alter_table("release_case", schema=None) as batch_op:
        batch_op.create_index("ix_release_case_due", ["state", "due_at"], unique=False)
        batch_op.create_index("ix_release_case_owner", ["municipality", "owner", "state", "due_at"], unique=False)

    op.create_table(
        "replica_file",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("information", sa.String(length=64), nullable=False),
        sa.Column("tax_year", sa.Integer(), nullable=False),
        sa.Column("columns", sa.String(length=1000), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("next_part", sa.Integer(), nullable=False),
        sa.Column("chain", sa.LargeBinary(length=32), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "file_id"),
        sa.UniqueConstraint("municipality", "digest", name="uq_replica_file_digest"),
    )
    op.create_table(
        "replica_rejected",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("file_id", sa.String(length=64), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "file_id", "line"),
    )
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person", sa.LargeBinary(length=16), nullable=True))
        batch_op.create_index("ix_enquiry_asked", ["municipality", "asked_at"], unique=False)
        batch_op.create_index("ix_enquiry_person", ["municipality", "person"], unique=False)

    with op.batch_alter_table("provision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person", sa.LargeBinary(length=16), nullable=True))
        batch_op.add_column(sa.Column("file_id", sa.String(length=64), nullable=True))
        batch_op.create_index("ix_provision_file", ["municipality", "file_id"], unique=False)
        batch_op.create_index("ix_provision_made", ["municipality", "provided_at"], unique=False)
        batch_op.create_index("ix_provision_person", ["municipality", "person"], unique=False)

    with op.batch_alter_table("replica", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.String(length=64), nullable=True))
        batch_op.create_index("ix_replica_file", ["municipality", "file_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("replica", schema=None) as batch_op:
        batch_op.drop_index("ix_replica_file")
        batch_op.drop_column("file_id")

    with op.batch_alter_table("provision", schema=None) as batch_op:
        batch_op.drop_index("ix_provision_person")
        batch_op.drop_index("ix_provision_made")
        batch_op.drop_index("ix_provision_file")
        batch_op.drop_column("file_id")
        batch_op.drop_column("person")

    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.drop_index("ix_enquiry_person")
        batch_op.drop_index("ix_enquiry_asked")
        batch_op.drop_column("person")

    op.drop_table("replica_rejected")
    op.drop_table("replica_file")
    _first()


def _first() -> None:
    with op.batch_alter_table("release_case", schema=None) as batch_op:
        batch_op.drop_index("ix_release_case_owner")
        batch_op.drop_index("ix_release_case_due")

    op.drop_table("release_case")
    with op.batch_alter_table("record_mark", schema=None) as batch_op:
        batch_op.drop_index("ix_record_mark_process")

    op.drop_table("record_mark")
    with op.batch_alter_table("received_note", schema=None) as batch_op:
        batch_op.drop_index("ix_received_note_process")

    op.drop_table("received_note")
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_index("ix_flag_person")

    op.drop_table("flag")
    with op.batch_alter_table("error_note", schema=None) as batch_op:
        batch_op.drop_index("ix_error_note_process")
        batch_op.drop_index("ix_error_note_due")

    op.drop_table("error_note")
