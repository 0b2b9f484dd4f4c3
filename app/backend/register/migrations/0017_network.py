"""what the boundary to the resident network is to be told, and what it told of cards."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "network_change",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "position"),
    )
    op.create_table(
        "network_held",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "position"),
    )
    op.create_table(
        "network_card",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "business_number"),
    )


def downgrade() -> None:
    op.drop_table("network_card")
    op.drop_table("network_held")
    op.drop_table("network_change")
