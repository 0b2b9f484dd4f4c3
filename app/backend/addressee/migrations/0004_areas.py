"""links of many systems, areas of systems, corrections, linkage records."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area_session",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("system", sa.String(length=16), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "digest"),
    )
    op.create_table(
        "business_system",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("system", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "system"),
    )
    op.create_table(
        "correction",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("correction_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "correction_id"),
    )
    op.create_table(
        "linkage",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=16), nullable=True),
        sa.PrimaryKeyConstraint("municipality", "place"),
    )
    with op.batch_alter_table("linkage", schema=None) as batch_op:
        batch_op.create_index("ix_linkage_at", ["municipality", "at"], unique=False)
        batch_op.create_index("ix_linkage_subject", ["municipality", "subject", "at"], unique=False)

    op.create_table(
        "miss",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "who"),
    )
    op.create_table(
        "outbox",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("item_id"),
        postgresql_with={"fillfactor": 50},
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_order",
            ["subject", "sequence"],
            unique=False,
            postgresql_where=sa.text("state = 'waiting'"),
            sqlite_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_outbox_waiting",
            ["sequence"],
            unique=False,
            postgresql_where=sa.text("state = 'waiting'"),
            sqlite_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "past_link",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business", sa.LargeBinary(length=16), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "business", "position"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("successor", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("successor")

    op.drop_table("past_link")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            postgresql_where=sa.text("state = 'waiting'"),
            sqlite_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_outbox_order", postgresql_where=sa.text("state = 'waiting'"), sqlite_where=sa.text("state = 'waiting'")
        )

    op.drop_table("outbox")
    op.drop_table("miss")
    with op.batch_alter_table("linkage", schema=None) as batch_op:
        batch_op.drop_index("ix_linkage_subject")
        batch_op.drop_index("ix_linkage_at")

    op.drop_table("linkage")
    op.drop_table("correction")
    op.drop_table("business_system")
    op.drop_table("area_session")
