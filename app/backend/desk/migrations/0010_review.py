"""what is held, who decides for whom, what counters tell of themselves, counts of visits without persons."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_count",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "month", "kind", "answer"),
    )
    op.create_table(
        "counter_told",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "terminal"),
    )
    op.create_table(
        "deputy",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("deputy_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("approved_by <> proposed_by", name="ck_deputy_second_person"),
        sa.CheckConstraint("approved_by <> staff_id", name="ck_deputy_not_oneself"),
        sa.CheckConstraint("proposed_by <> staff_id", name="ck_deputy_not_by_oneself"),
        sa.PrimaryKeyConstraint("municipality", "deputy_id"),
    )
    op.create_table(
        "visit_measure",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "day", "procedure", "step", "unit", "value"),
    )
    op.create_table(
        "application_hold",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "application_id"],
            ["application.municipality", "application.application_id"],
            name="fk_hold_application",
        ),
        sa.PrimaryKeyConstraint("municipality", "application_id"),
    )


def downgrade() -> None:
    op.drop_table("application_hold")
    op.drop_table("visit_measure")
    op.drop_table("deputy")
    op.drop_table("counter_told")
    op.drop_table("alert_count")
