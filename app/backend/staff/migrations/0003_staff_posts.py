"""staff_posts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("change_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("base", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "change_id"),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_proposed", ["municipality", "proposed_at"], unique=False)

    op.create_table(
        "department",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "name"),
    )
    op.create_table(
        "department_right",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("item_class", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "department", "position"),
    )
    op.create_table(
        "department_section",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "department", "section"),
    )
    op.create_table(
        "given_up_certificate",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("certificate", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "terminal", "certificate"),
    )
    op.create_table(
        "post",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "staff_id", "position"),
    )
    with op.batch_alter_table("terminal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("certificate", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("display_checked_by", sa.String(length=32), server_default="", nullable=False))
    _place_everybody()


def _place_everybody() -> None:
    """Everybody keeps their department as a post without bounds, and it the section of its own name."""
    op.execute(
        "INSERT INTO post (municipality, staff_id, position, department)"
        " SELECT municipality, staff_id, 0, department FROM staff_member"
    )
    op.execute("INSERT INTO department (municipality, name) SELECT DISTINCT municipality, department FROM staff_member")
    op.execute(
        "INSERT INTO department_section (municipality, department, section)"
        " SELECT DISTINCT municipality, department, department FROM staff_member"
    )


def downgrade() -> None:
    with op.batch_alter_table("terminal", schema=None) as batch_op:
        batch_op.drop_column("display_checked_by")
        batch_op.drop_column("certificate")

    op.drop_table("post")
    op.drop_table("given_up_certificate")
    op.drop_table("department_section")
    op.drop_table("department_right")
    op.drop_table("department")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_proposed")

    op.drop_table("change")
