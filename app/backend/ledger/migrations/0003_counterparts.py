"""Counterpart institutions as witnesses; who found what does not hold."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "foreign_guardians",
        sa.Column("witness", sa.String(length=6), nullable=False),
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("lists", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("witness", "municipality"),
    )
    op.create_table(
        "foreign_log",
        sa.Column("witness", sa.String(length=6), nullable=False),
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("witness", "municipality", "log"),
    )
    op.create_table(
        "shown_log",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("counterpart", sa.String(length=6), nullable=False),
        sa.Column("log", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "counterpart", "log"),
    )
    with op.batch_alter_table("ledger_alarm", schema=None) as batch_op:
        batch_op.add_column(sa.Column("found_by", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("ledger_alarm", schema=None) as batch_op:
        batch_op.drop_column("found_by")

    op.drop_table("shown_log")
    op.drop_table("foreign_log")
    op.drop_table("foreign_guardians")
