"""staff_keys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "challenge",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("challenge_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("staff_digest", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "challenge_id"),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "one_time_pass",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("issued_by", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "staff_id"),
    )
    op.create_table(
        "staff_key",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("attested", sa.LargeBinary(), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("registered_at", sa.BigInteger(), nullable=False),
        sa.Column("registered_by", sa.String(length=32), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "key_id"),
    )
    with op.batch_alter_table("staff_key", schema=None) as batch_op:
        batch_op.create_index("ix_staff_key_person", ["municipality", "staff_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("staff_key", schema=None) as batch_op:
        batch_op.drop_index("ix_staff_key_person")

    op.drop_table("staff_key")
    op.drop_table("one_time_pass")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_expires_at"))

    op.drop_table("challenge")
