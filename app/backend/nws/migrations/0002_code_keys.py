"""versions of code keys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "code_key",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "version"),
    )
    with op.batch_alter_table("person_code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key_version", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_index("ix_person_code_version", ["municipality", "key_version"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("person_code", schema=None) as batch_op:
        batch_op.drop_index("ix_person_code_version")
        batch_op.drop_column("key_version")

    op.drop_table("code_key")
