"""numbered copies of certificates, and registered seals."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_copy",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "number"),
    )
    op.create_index("ix_copy_day", "certificate_copy", ["municipality", "office", "day", "place"], unique=False)
    op.create_index("ix_copy_visit", "certificate_copy", ["municipality", "visit_id"], unique=False)
    op.create_table(
        "copy_person",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "business_number", "number"),
    )
    op.create_table(
        "copy_serial",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "office", "day"),
    )
    op.create_table(
        "seal",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("seal_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("card", sa.String(length=16), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "seal_id"),
    )
    op.create_index(
        "ix_seal_open",
        "seal",
        ["municipality", "business_number"],
        unique=True,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index("ix_seal_person", "seal", ["municipality", "business_number", "place"], unique=False)
    op.create_index("ix_seal_card", "seal", ["municipality", "card"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_seal_card", "seal")
    op.drop_index("ix_seal_person", "seal")
    op.drop_index("ix_seal_open", "seal")
    op.drop_table("seal")
    op.drop_table("copy_serial")
    op.drop_table("copy_person")
    op.drop_index("ix_copy_visit", "certificate_copy")
    op.drop_index("ix_copy_day", "certificate_copy")
    op.drop_table("certificate_copy")
