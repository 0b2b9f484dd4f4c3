"""takeover."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "take_key",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("box", sa.LargeBinary(length=32), nullable=False),
        sa.Column("offered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "staff_id", "terminal"),
    )
    op.create_table(
        "takeover",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("draft_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=32), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "draft_id", "position"),
    )
    with op.batch_alter_table("takeover", schema=None) as batch_op:
        batch_op.create_index("ix_takeover_author", ["municipality", "author", "taken_at"], unique=False)

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("procedure", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("department", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("terminal", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("for_takers", sa.LargeBinary(), nullable=True))
        batch_op.create_index("ix_draft_department", ["municipality", "department", "saved_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_department")
        batch_op.drop_column("for_takers")
        batch_op.drop_column("terminal")
        batch_op.drop_column("department")
        batch_op.drop_column("procedure")

    with op.batch_alter_table("takeover", schema=None) as batch_op:
        batch_op.drop_index("ix_takeover_author")

    op.drop_table("takeover")
    op.drop_table("take_key")
