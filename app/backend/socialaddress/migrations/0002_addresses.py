"""addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("party", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("ends_on", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "entry_id"),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_party", ["municipality", "party", "made_at"], unique=False)

    op.create_table(
        "mark",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "name"),
    )
    op.create_table(
        "merge_pair",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("merge_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("target", sa.LargeBinary(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "merge_id"),
    )
    with op.batch_alter_table("merge_pair", schema=None) as batch_op:
        batch_op.create_index("ix_merge_pair_state", ["municipality", "state", "changed_at"], unique=False)

    op.create_table(
        "need",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("party", sa.LargeBinary(length=16), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "system", "party"),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index("ix_need_party", ["municipality", "party"], unique=False)

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
        "party",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("party", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "party"),
    )
    op.create_table(
        "party_state",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("party", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "party", "version"),
    )
    op.create_table(
        "party_term",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("term", sa.LargeBinary(length=16), nullable=False),
        sa.Column("party", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "term", "party"),
    )
    with op.batch_alter_table("party_term", schema=None) as batch_op:
        batch_op.create_index("ix_party_term_party", ["municipality", "party"], unique=False)

    op.create_table(
        "tax_state",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("person_year", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "person_year", "version"),
    )
    op.create_table(
        "transfer",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "system", "sequence"),
    )


def downgrade() -> None:
    op.drop_table("transfer")
    op.drop_table("tax_state")
    with op.batch_alter_table("party_term", schema=None) as batch_op:
        batch_op.drop_index("ix_party_term_party")

    op.drop_table("party_term")
    op.drop_table("party_state")
    op.drop_table("party")
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
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index("ix_need_party")

    op.drop_table("need")
    with op.batch_alter_table("merge_pair", schema=None) as batch_op:
        batch_op.drop_index("ix_merge_pair_state")

    op.drop_table("merge_pair")
    op.drop_table("mark")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_party")

    op.drop_table("entry")
