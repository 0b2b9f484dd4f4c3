"""session."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("counter_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("session_s", sa.Integer(), server_default="36000", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("counter_rules", schema=None) as batch_op:
        batch_op.drop_column("session_s")
