"""The outbox is searched by what waits: indexes of closed items stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.drop_index("ix_outbox_subject", "outbox")
    op.drop_index("ix_outbox_due", "outbox")
    op.create_index(
        "ix_outbox_waiting", "outbox", ["sequence"], unique=False, postgresql_where=WAITING, sqlite_where=WAITING
    )
    op.create_index(
        "ix_outbox_order",
        "outbox",
        ["subject", "sequence"],
        unique=False,
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_order", "outbox")
    op.drop_index("ix_outbox_waiting", "outbox")
    op.create_index("ix_outbox_due", "outbox", ["state", "next_at"], unique=False)
    op.create_index("ix_outbox_subject", "outbox", ["subject", "state", "sequence"], unique=False)
