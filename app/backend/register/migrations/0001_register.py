"""register."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "key"),
    )
    op.create_table(
        "data_key",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=6), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "table_name", "month"),
    )
    op.create_table(
        "household",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("household_number", sa.String(length=15), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "household_number"),
    )
    op.create_table(
        "leaf",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("visit", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "position"),
    )
    with op.batch_alter_table("leaf", schema=None) as batch_op:
        batch_op.create_index("ix_leaf_visit", ["municipality", "visit", "position"], unique=False)

    op.create_table(
        "leaf_checkpoint",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "size"),
    )
    op.create_table(
        "leaf_head",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("checkpoint", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality"),
    )
    op.create_table(
        "leaf_node",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "level", "position"),
    )
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

    op.create_table(
        "person",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_number", sa.String(length=15), nullable=False),
        sa.Column("is_resident", sa.Boolean(), nullable=False),
        sa.Column("birth_token", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number_token", sa.LargeBinary(length=16), nullable=True),
        sa.Column("number", sa.LargeBinary(), nullable=True),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "household_number"],
            ["household.municipality", "household.household_number"],
            name="fk_person_household",
        ),
        sa.PrimaryKeyConstraint("municipality", "business_number"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_birth", ["municipality", "birth_token"], unique=False)
        batch_op.create_index("ix_person_household", ["municipality", "household_number"], unique=False)
        batch_op.create_index("ix_person_number", ["municipality", "number_token"], unique=True)

    op.create_table(
        "address",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "business_number"],
            ["person.municipality", "person.business_number"],
            name="fk_address_person",
        ),
        sa.PrimaryKeyConstraint("municipality", "business_number", "position"),
    )
    op.create_table(
        "first_january",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "business_number"],
            ["person.municipality", "person.business_number"],
            name="fk_first_january_person",
        ),
        sa.PrimaryKeyConstraint("municipality", "business_number", "position"),
    )
    op.create_table(
        "restraint",
        sa.Column("municipality", sa.String(length=6), nullable=False),
        sa.Column("business_number", sa.String(length=15), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality", "business_number"],
            ["person.municipality", "person.business_number"],
            name="fk_restraint_person",
        ),
        sa.PrimaryKeyConstraint("municipality", "business_number", "position"),
    )


def downgrade() -> None:
    op.drop_table("restraint")
    op.drop_table("first_january")
    op.drop_table("address")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_number")
        batch_op.drop_index("ix_person_household")
        batch_op.drop_index("ix_person_birth")

    op.drop_table("person")
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_index("ix_pair_person")

    op.drop_table("pair")
    op.drop_table("leaf_node")
    op.drop_table("leaf_head")
    op.drop_table("leaf_checkpoint")
    with op.batch_alter_table("leaf", schema=None) as batch_op:
        batch_op.drop_index("ix_leaf_visit")

    op.drop_table("leaf")
    op.drop_table("household")
    op.drop_table("data_key")
    op.drop_table("answer")
