"""search terms by other rules: readings by threes, past addresses by their lots; everybody's are made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text("UPDATE person SET term_rules = 0"))


def downgrade() -> None:
    op.execute(sa.text("UPDATE person SET term_rules = 0"))
