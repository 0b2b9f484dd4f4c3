"""provisional entries, history, plans, measures."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("announcement_id", sa.String(length=64), nullable=False),
        sa.Column("erase_on", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "announcement_id"),
    )
    op.create_table(
        "entry",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "entry_id"),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_waiting", ["municipality", "is_waiting", "entered_at"], unique=False)

    op.create_table(
        "entry_person",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "entry_id", "business_number"),
    )
    with op.batch_alter_table("entry_person", schema=None) as batch_op:
        batch_op.create_index("ix_entry_person", ["municipality", "business_number"], unique=False)

    op.create_table(
        "household_past",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("household_number", sa.String(length=15), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "household_number", "position"),
    )
    op.create_table(
        "measure",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("measure_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "measure_id"),
    )
    op.create_table(
        "measure_person",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("measure_id", sa.String(length=64), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "measure_id", "business_number"),
    )
    with op.batch_alter_table("measure_person", schema=None) as batch_op:
        batch_op.create_index("ix_measure_person", ["municipality", "business_number"], unique=False)

    op.create_table(
        "past",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "business_number", "position"),
    )
    op.create_table(
        "plan",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("token", sa.LargeBinary(length=16), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "business_number"),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index("ix_plan_token", ["municipality", "token"], unique=False)

    op.create_table(
        "temporary_release",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("release_id", sa.String(length=64), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "release_id"),
    )
    with op.batch_alter_table("temporary_release", schema=None) as batch_op:
        batch_op.create_index("ix_release_person", ["municipality", "business_number", "until"], unique=False)

    op.create_table(
        "removed_record",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "business_number", "position"),
    )
    op.create_table(
        "serial",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "kind"),
    )
    op.create_table(
        "system_block",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("measure_id", sa.String(length=64), nullable=False),
        sa.Column("system", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("marked_by", sa.String(length=32), nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "measure_id", "system"),
    )
    op.create_table(
        "told",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "position"),
    )


def downgrade() -> None:
    op.drop_table("told")
    op.drop_table("system_block")
    op.drop_table("serial")
    op.drop_table("removed_record")
    with op.batch_alter_table("temporary_release", schema=None) as batch_op:
        batch_op.drop_index("ix_release_person")

    op.drop_table("temporary_release")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_token")

    op.drop_table("plan")
    op.drop_table("past")
    with op.batch_alter_table("measure_person", schema=None) as batch_op:
        batch_op.drop_index("ix_measure_person")

    op.drop_table("measure_person")
    op.drop_table("measure")
    op.drop_table("household_past")
    with op.batch_alter_table("entry_person", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_person")

    op.drop_table("entry_person")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_waiting")

    op.drop_table("entry")
    op.drop_table("announcement")
