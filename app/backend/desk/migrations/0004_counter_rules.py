"""counter_rules."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counter_rules",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lock_after_s", sa.Integer(), nullable=False),
        sa.Column("sign_out_after_s", sa.Integer(), nullable=False),
        sa.Column("lease_s", sa.Integer(), nullable=False),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.Column("staff_readers", sa.JSON(), nullable=False),
        sa.Column("older_copy_rule", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("approved_by <> proposed_by", name="ck_counter_rules_second_administrator"),
        sa.PrimaryKeyConstraint("municipality", "version"),
    )


def downgrade() -> None:
    op.drop_table("counter_rules")
