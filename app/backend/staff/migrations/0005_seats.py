"""seats."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_password",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "staff_id", "position"),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waits", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("locked_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("ended_why", sa.String(length=16), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ended_by", sa.String(length=32), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ended_from", sa.String(length=40), server_default="", nullable=False))

    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("must_change", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.drop_column("must_change")

    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("ended_from")
        batch_op.drop_column("ended_by")
        batch_op.drop_column("ended_why")
        batch_op.drop_column("locked_at")
        batch_op.drop_column("waits")

    op.drop_table("former_password")
