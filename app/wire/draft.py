"""A draft: what a clerk has entered so far, as this PC keeps it and as its sealed copy travels."""

from datetime import datetime
from typing import Any, Self

from msgspec import field
from msgspec.structs import replace

from app.wire.desk import Evidence, Fact, RolesMark
from app.wire.message import Message


class Draft(Message, frozen=True):
    """下書き: one application being entered. ``cursor``: the field the clerk stood in.

    ``application_id`` is "" until it is handed in; ``version`` as in ``HandIn``: 0 for a first hand-in, else the
    version of the returned application. ``sources``: field → where its value came from (card, register …).
    """

    draft_id: str
    visit_id: str
    procedure: str
    procedure_version: int
    saved_at: datetime
    roles: RolesMark | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    confirmed_findings: tuple[str, ...] = ()
    cursor: str = ""
    application_id: str = ""
    version: int = 0

    def changed(self, **values: Any) -> Self:  # noqa: ANN401 -- the fields' own types
        """The draft with some fields changed."""
        return replace(self, **values)
