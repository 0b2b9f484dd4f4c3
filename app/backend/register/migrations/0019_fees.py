"""What certificates and seals cost at each terminal."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fee_noted",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("yen", sa.Integer(), nullable=False),
        sa.Column("exemption", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "place"),
    )
    with op.batch_alter_table("fee_noted", schema=None) as batch_op:
        batch_op.create_index("ix_fee_noted_terminal", ["municipality", "terminal", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("fee_noted", schema=None) as batch_op:
        batch_op.drop_index("ix_fee_noted_terminal")

    op.drop_table("fee_noted")
