"""bulk files and their rows, announced stops, papers taken, runs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("batch_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("laid_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "batch_id"),
    )
    op.create_table(
        "bulk_row",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("batch_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "batch_id", "number"),
    )
    op.create_table(
        "paper",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("enquiry_id", sa.String(length=64), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("enquiry", sa.String(length=64), nullable=False),
        sa.Column("noted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "enquiry_id", "paper"),
    )
    op.create_table(
        "run",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("run_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "run_id"),
    )
    op.create_table(
        "stop",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("stop_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "stop_id"),
    )


def downgrade() -> None:
    op.drop_table("stop")
    op.drop_table("run")
    op.drop_table("paper")
    op.drop_table("bulk_row")
    op.drop_table("bulk")
