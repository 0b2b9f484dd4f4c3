"""password_after."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("counter_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_after_s", sa.Integer(), server_default="14400", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("counter_rules", schema=None) as batch_op:
        batch_op.drop_column("password_after_s")
