"""how far changes of residents are taken."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resident_line",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("up_to", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality"),
    )


def downgrade() -> None:
    op.drop_table("resident_line")
