"""codes that are given up or made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_code",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("person", sa.LargeBinary(length=16), nullable=False),
        sa.Column("correction_id", sa.String(length=64), nullable=False),
        sa.Column("code_token", sa.LargeBinary(length=16), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "person", "correction_id"),
    )
    with op.batch_alter_table("past_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_code_code_token"), ["code_token"], unique=False)

    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code_version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("former_token", sa.LargeBinary(length=16), nullable=True))
        batch_op.create_index(
            "ix_code_former",
            ["municipality", "former_token"],
            unique=False,
            sqlite_where=sa.text("former_token IS NOT NULL"),
            postgresql_where=sa.text("former_token IS NOT NULL"),
        )
        batch_op.create_index("ix_code_version", ["municipality", "code_version"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.drop_index("ix_code_version")
        batch_op.drop_index(
            "ix_code_former",
            sqlite_where=sa.text("former_token IS NOT NULL"),
            postgresql_where=sa.text("former_token IS NOT NULL"),
        )
        batch_op.drop_column("former_token")
        batch_op.drop_column("code_version")

    with op.batch_alter_table("past_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_code_code_token"))

    op.drop_table("past_code")
