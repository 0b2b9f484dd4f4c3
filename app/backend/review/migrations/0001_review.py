"""review."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "key"),
    )
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
        "access_page",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("end", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "log", "first"),
    )
    op.create_table(
        "access_outcome",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("finding_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("reviewer", sa.String(length=32), nullable=False),
        sa.Column("reviewer_name", sa.String(length=128), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("reviewer <> staff_id", name="ck_access_outcome_own"),
        sa.PrimaryKeyConstraint("municipality", "finding_id", "version"),
    )
    op.create_table(
        "access_extract",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("extract_id", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("approved_by <> proposed_by", name="ck_access_extract_second_person"),
        sa.PrimaryKeyConstraint("municipality", "extract_id"),
    )


def downgrade() -> None:
    op.drop_table("access_extract")
    op.drop_table("access_outcome")
    op.drop_table("access_page")
    op.drop_table("leaf_node")
    op.drop_table("leaf_head")
    op.drop_table("leaf_checkpoint")
    with op.batch_alter_table("leaf", schema=None) as batch_op:
        batch_op.drop_index("ix_leaf_visit")

    op.drop_table("leaf")
    op.drop_table("data_key")
    op.drop_table("answer")
