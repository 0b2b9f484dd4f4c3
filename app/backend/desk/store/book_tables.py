"""Tables of the reception book: whose a case is, hand-overs, steps of long cases, periods, papers that are missing."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, Index, Integer, LargeBinary, String, Table

from app.backend.desk.store.tables import METADATA
from app.durable.columns import Instant


def _of_an_application(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["municipality", "application_id"],
        ["application.municipality", "application.application_id"],
        name=f"fk_{name}_application",
    )


holding_table = Table(
    "holding",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("section", String(64), nullable=False),
    Column("owner", String(32), nullable=False),
    Column("owner_name", String(128), nullable=False),
    Column("since", Instant, nullable=False),
    Column("channel", String(16), nullable=False),
    _of_an_application("holding"),
)
"""担当: who has a case, and how it reached the office. A case without a row is nobody's and came in a visit."""
Index("ix_holding_owner", holding_table.c.municipality, holding_table.c.owner)

handover_table = Table(
    "handover",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("handover_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("application_id", String(64), nullable=False),
    Column("from_section", String(64), nullable=False),
    Column("to_section", String(64), nullable=False),
    Column("given_by", String(32), nullable=False),
    Column("given_name", String(128), nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("taken_by", String(32), nullable=False),
    Column("taken_name", String(128), nullable=False),
    Column("taken_at", Instant),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("handover"),
    CheckConstraint("taken_by <> given_by", name="ck_handover_other_person"),
)
"""引継ぎ: that nobody accepts what they handed over themselves is a constraint."""
Index("ix_handover_application", handover_table.c.municipality, handover_table.c.application_id)
Index(
    "uq_handover_waits",
    handover_table.c.municipality,
    handover_table.c.application_id,
    unique=True,
    sqlite_where=handover_table.c.state == "waiting",
    postgresql_where=handover_table.c.state == "waiting",
)
Index("ix_handover_to", handover_table.c.municipality, handover_table.c.to_section, handover_table.c.given_at)
Index("ix_handover_from", handover_table.c.municipality, handover_table.c.from_section, handover_table.c.given_at)

stage_table = Table(
    "case_stage",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("step", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("owner", String(32), nullable=False),
    Column("owner_name", String(128), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("due_on", Date),
    Column("done_on", Date),
    Column("done_by", String(32), nullable=False),
    Column("done_name", String(128), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("stage"),
)
"""A step of a long case; what came of it says something about the person and is sealed."""
Index("ix_stage_due", stage_table.c.municipality, stage_table.c.done_on, stage_table.c.due_on)

clock_table = Table(
    "case_clock",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("clock", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("delayed_to", Date),
    Column("delayed_name", String(128), nullable=False),
    Column("delayed_at", Instant),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("clock"),
)
"""A period that the office has to keep; the reason of a delay is sealed."""
Index("ix_clock_due", clock_table.c.municipality, clock_table.c.due_on)

paper_table = Table(
    "case_paper",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("paper", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("promised_on", Date),
    Column("changed_name", String(128), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("paper"),
)
"""A paper of a case; ``sealed``: what it is where the procedure has no such paper."""

request_table = Table(
    "paper_request",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("application_id", String(64), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("reminded_on", Date),
    Column("state", String(16), nullable=False),
    Column("closed_at", Instant),
    Column("by_name", String(128), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _of_an_application("request"),
)
"""補正の求め: a letter that asks for papers until a day."""
Index("ix_request_due", request_table.c.state, request_table.c.due_on)
