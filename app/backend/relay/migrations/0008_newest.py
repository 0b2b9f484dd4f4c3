"""the enquiries of a procedure, the newest first."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_enquiry_newest", "enquiry", ["municipality", "procedure", "accepted_at"])


def downgrade() -> None:
    op.drop_index("ix_enquiry_newest", "enquiry")
