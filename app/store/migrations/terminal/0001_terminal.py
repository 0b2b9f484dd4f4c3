"""terminal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrived",
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    with op.batch_alter_table("arrived", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrived_file"), ["file"], unique=False)

    op.create_table(
        "data_key",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=6), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "table_name", "month"),
    )
    op.create_table(
        "leaf",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("visit", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "position"),
    )
    with op.batch_alter_table("leaf", schema=None) as batch_op:
        batch_op.create_index("ix_leaf_visit", ["municipality", "visit", "position"], unique=False)

    op.create_table(
        "leaf_checkpoint",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "size"),
    )
    op.create_table(
        "leaf_head",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("checkpoint", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality"),
    )
    op.create_table(
        "leaf_node",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "level", "position"),
    )
    op.create_table(
        "memo",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "outbox",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("item_id"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_due", ["state", "next_at"], unique=False)
        batch_op.create_index("ix_outbox_subject", ["subject", "state", "sequence"], unique=False)

    op.create_table(
        "outgoing",
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=32), nullable=False),
        sa.Column("trace", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    op.create_table(
        "seen_checkpoint",
        sa.Column("origin", sa.String(length=128), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("origin"),
    )
    op.create_table(
        "work_file",
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("aside_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("file"),
    )
    with op.batch_alter_table("work_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_file_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "work_slot",
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("memory_kib", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("lanes", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file", "holder"),
    )


def downgrade() -> None:
    op.drop_table("work_slot")
    with op.batch_alter_table("work_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_file_staff_id"))

    op.drop_table("work_file")
    op.drop_table("seen_checkpoint")
    op.drop_table("outgoing")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_subject")
        batch_op.drop_index("ix_outbox_due")

    op.drop_table("outbox")
    op.drop_table("memo")
    op.drop_table("leaf_node")
    op.drop_table("leaf_head")
    op.drop_table("leaf_checkpoint")
    with op.batch_alter_table("leaf", schema=None) as batch_op:
        batch_op.drop_index("ix_leaf_visit")

    op.drop_table("leaf")
    op.drop_table("data_key")
    with op.batch_alter_table("arrived", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrived_file"))

    op.drop_table("arrived")
