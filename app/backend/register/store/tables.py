"""The register's tables: whatever tells something of a person is sealed; what finds a person is keyed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from app.durable.tables import SliceTables
from app.trust.tokens import EXACT_SIZE

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.register.migrations"
NO_TERMS = 0
"""``person.term_rules`` of who has no search terms by the present rules yet; their terms are made at the next start."""
TERM_RULES = 2
"""The rules that terms are made by now; a change of folding gets the next number, and a migration sets 0."""

household_table = Table(
    "household",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("household_number", String(15), primary_key=True),
    Column("version", Integer, nullable=False),
)
person_table = Table(
    "person",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("business_number", String(15), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_number", String(15), nullable=False),
    Column("is_resident", Boolean, nullable=False),
    Column("number_token", LargeBinary(EXACT_SIZE)),
    Column("number", LargeBinary),
    Column("identity", LargeBinary, nullable=False),
    Column("term_rules", Integer, nullable=False, server_default=str(NO_TERMS)),
    Column("terms", LargeBinary),
    ForeignKeyConstraint(
        ["municipality", "household_number"],
        ["household.municipality", "household.household_number"],
        name="fk_person_household",
    ),
)
Index("ix_person_household", person_table.c.municipality, person_table.c.household_number)
Index("ix_person_number", person_table.c.municipality, person_table.c.number_token, unique=True)

Index(
    "ix_person_unfound",
    person_table.c.municipality,
    person_table.c.business_number,
    sqlite_where=person_table.c.term_rules == NO_TERMS,
    postgresql_where=person_table.c.term_rules == NO_TERMS,
)

term_table = Table(
    "term",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("token", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Who has which search term. ``person``: the 宛名番号 after a 1, so that no leading zero is lost."""

recent_search_table = Table(
    "recent_search",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)


def _of_a_person(name: str) -> Table:
    """A table of what a person has several of, each sealed."""
    return Table(
        name,
        METADATA,
        Column("municipality", String(6), primary_key=True),
        Column("business_number", String(15), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("sealed", LargeBinary, nullable=False),
        ForeignKeyConstraint(
            ["municipality", "business_number"],
            ["person.municipality", "person.business_number"],
            name=f"fk_{name}_person",
        ),
    )


address_table = _of_a_person("address")
first_january_table = _of_a_person("first_january")
restraint_table = _of_a_person("restraint")

staff_person_table = Table(
    "staff_person",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("token", LargeBinary(EXACT_SIZE), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
Index("ix_staff_person_token", staff_person_table.c.municipality, staff_person_table.c.token)
