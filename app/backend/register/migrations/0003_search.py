"""search terms in place of pairs; what each member of staff searched for lately."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "term",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("token", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "token", "person"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recent_search",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "staff_id"),
    )
    # column by column: a table that others refer to can't be made anew
    op.drop_index("ix_person_birth", "person")
    op.drop_column("person", "birth_token")
    op.add_column("person", sa.Column("term_rules", sa.Integer(), server_default="0", nullable=False))
    op.add_column("person", sa.Column("terms", sa.LargeBinary(), nullable=True))
    op.create_index(
        "ix_person_unfound",
        "person",
        ["municipality", "business_number"],
        unique=False,
        sqlite_where=sa.text("term_rules = 0"),
        postgresql_where=sa.text("term_rules = 0"),
    )
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_index("ix_pair_person")
    op.drop_table("pair")


def downgrade() -> None:
    op.create_table(
        "pair",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("field", sa.String(length=8), nullable=False),
        sa.Column("token", sa.LargeBinary(length=8), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "field", "token", "business_number"),
    )
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.create_index("ix_pair_person", ["municipality", "business_number"], unique=False)
    op.drop_index("ix_person_unfound", "person")
    op.drop_column("person", "terms")
    op.drop_column("person", "term_rules")
    op.add_column("person", sa.Column("birth_token", sa.LargeBinary(16), server_default=sa.text("''"), nullable=False))
    op.create_index("ix_person_birth", "person", ["municipality", "birth_token"], unique=False)
    op.drop_table("recent_search")
    op.drop_table("term")
