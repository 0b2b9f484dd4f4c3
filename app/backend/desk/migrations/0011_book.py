"""The reception book, long cases with their periods, missing papers, and the till."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fee",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("fee_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("yen", sa.Integer(), nullable=False),
        sa.Column("exemption", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("corrects", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=False),
        sa.Column("taken_name", sa.String(length=128), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("void_asked_by", sa.String(length=32), nullable=False),
        sa.Column("void_asked_name", sa.String(length=128), nullable=False),
        sa.Column("void_by", sa.String(length=32), nullable=False),
        sa.Column("void_name", sa.String(length=128), nullable=False),
        sa.Column("void_at", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("corrects <> '' OR yen >= 0", name="ck_fee_negative_corrects"),
        sa.CheckConstraint("void_by = '' OR void_by <> void_asked_by", name="ck_fee_void_second_person"),
        sa.PrimaryKeyConstraint("municipality", "fee_id"),
        sa.UniqueConstraint("municipality", "number", name="uq_fee_number"),
    )
    with op.batch_alter_table("fee", schema=None) as batch_op:
        batch_op.create_index("ix_fee_till", ["municipality", "terminal", "taken_at"], unique=False)

    op.create_table(
        "fee_closing",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(length=32), nullable=False),
        sa.Column("signed_name", sa.String(length=128), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.Column("second", sa.String(length=32), nullable=False),
        sa.Column("second_name", sa.String(length=128), nullable=False),
        sa.Column("second_at", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("second <> signed_by", name="ck_fee_closing_second_person"),
        sa.PrimaryKeyConstraint("municipality", "terminal", "position"),
    )
    op.create_table(
        "fee_serial",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "year"),
    )
    op.create_table(
        "till",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_through", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "terminal"),
    )
    op.create_table(
        "case_clock",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("clock", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("delayed_to", sa.Date(), nullable=True),
        sa.Column("delayed_name", sa.String(length=128), nullable=False),
        sa.Column("delayed_at", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "application_id"],
            ["application.municipality", "application.application_id"],
            name="fk_clock_application",
        ),
        sa.PrimaryKeyConstraint("municipality", "application_id", "clock"),
    )
    with op.batch_alter_table("case_clock", schema=None) as batch_op:
        batch_op.create_index("ix_clock_due", ["municipality", "due_on"], unique=False)

    op.create_table(
        "case_paper",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("changed_name", sa.String(length=128), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "application_id"],
            ["application.municipality", "application.application_id"],
            name="fk_paper_application",
        ),
        sa.PrimaryKeyConstraint("municipality", "application_id", "paper"),
    )
    op.create_table(
        "case_stage",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("owner_name", sa.String(length=128), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(length=32), nullable=False),
        sa.Column("done_name", sa.String(length=128), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "application_id"],
            ["application.municipality", "application.application_id"],
            name="fk_stage_application",
        ),
        sa.PrimaryKeyConstraint("municipality", "application_id", "step"),
    )
    with op.batch_alter_table("case_stage", schema=None) as batch_op:
        batch_op.create_index("ix_stage_due", ["municipality", "done_on", "due_on"], unique=False)

    op.create_table(
        "handover",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("handover_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("from_section", sa.String(length=64), nullable=False),
        sa.Column("to_section", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.String(length=32), nullable=False),
        sa.Column("given_name", sa.String(length=128), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=False),
        sa.Column("taken_name", sa.String(length=128), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("taken_by <> given_by", name="ck_handover_other_person"),
        sa.ForeignKeyConstraint(
            ["municipality", "application_id"],
            ["application.municipality", "application.application_id"],
            name="fk_handover_application",
        ),
        sa.PrimaryKeyConstraint("municipality", "handover_id"),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_application", ["municipality", "application_id"], unique=False)
        batch_op.create_index("ix_handover_from", ["municipality", "from_section", "given_at"], unique=False)
        batch_op.create_index("ix_handover_to", ["municipality", "to_section", "given_at"], unique=False)
        batch_op.create_index(
            "uq_handover_waits",
            ["municipality", "application_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "holding",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("owner_name", sa.String(length=128), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "application_id"],
            ["application.municipality", "application.application_id"],
            name="fk_holding_application",
        ),
        sa.PrimaryKeyConstraint("municipality", "application_id"),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index("ix_holding_owner", ["municipality", "owner"], unique=False)

    op.create_table(
        "paper_request",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("application_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("by_name", sa.String(length=128), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "application_id"],
            ["application.municipality", "application.application_id"],
            name="fk_request_application",
        ),
        sa.PrimaryKeyConstraint("municipality", "application_id", "position"),
    )
    with op.batch_alter_table("paper_request", schema=None) as batch_op:
        batch_op.create_index("ix_request_due", ["state", "due_on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("paper_request", schema=None) as batch_op:
        batch_op.drop_index("ix_request_due")

    op.drop_table("paper_request")
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.drop_index("ix_holding_owner")

    op.drop_table("holding")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_handover_waits",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_handover_to")
        batch_op.drop_index("ix_handover_from")
        batch_op.drop_index("ix_handover_application")

    op.drop_table("handover")
    with op.batch_alter_table("case_stage", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_due")

    op.drop_table("case_stage")
    op.drop_table("case_paper")
    with op.batch_alter_table("case_clock", schema=None) as batch_op:
        batch_op.drop_index("ix_clock_due")

    op.drop_table("case_clock")
    op.drop_table("till")
    op.drop_table("fee_serial")
    op.drop_table("fee_closing")
    with op.batch_alter_table("fee", schema=None) as batch_op:
        batch_op.drop_index("ix_fee_till")

    op.drop_table("fee")
