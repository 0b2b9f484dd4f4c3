"""what residents were given of their own information."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_provision",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.LargeBinary(length=16), nullable=False),
        sa.Column("provided_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "request_id"),
    )
    with op.batch_alter_table("own_provision", schema=None) as batch_op:
        batch_op.create_index("ix_own_provision_person", ["municipality", "person", "provided_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("own_provision", schema=None) as batch_op:
        batch_op.drop_index("ix_own_provision_person")

    op.drop_table("own_provision")
