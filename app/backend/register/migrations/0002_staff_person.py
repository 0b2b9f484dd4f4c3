"""staff in the register."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_person",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "staff_id"),
    )
    with op.batch_alter_table("staff_person", schema=None) as batch_op:
        batch_op.create_index("ix_staff_person_token", ["municipality", "token"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("staff_person", schema=None) as batch_op:
        batch_op.drop_index("ix_staff_person_token")

    op.drop_table("staff_person")
