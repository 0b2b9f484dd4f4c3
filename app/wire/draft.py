"""A draft: what a clerk has entered so far, as this PC keeps it and as its sealed copy travels."""

from datetime import date, datetime
from typing import Any, Self

from msgspec import field
from msgspec.structs import replace

from app.wire.desk import Evidence, Fact, RolesMark, Step
from app.wire.desk_marks import SetAside
from app.wire.message import Message
from app.wire.signature import SignatureMark


class Returned(Message, frozen=True):
    """差戻し: what a returned application keeps, and ``step``: who returned it and why."""

    number: str
    receipt_date: date
    step: Step


class PlanMark(Message, frozen=True):
    """What the visit was to do besides, as an interview made it: events named, answers (dates as ISO 8601), the list.

    ``items``: need, its standing, and whether the clerk added it.
    """

    events: tuple[str, ...]
    answers: dict[str, str | bool]
    items: tuple[tuple[str, str, bool], ...]


class Draft(Message, frozen=True):
    """下書き: one application being entered. ``cursor``: the field the clerk stood in.

    ``application_id`` is "" until it is handed in; ``version`` as in ``HandIn``: 0 for a first hand-in, else the
    version of the returned application. ``sources``: field → where its value came from (card, register …).
    ``unread``: place → what was typed there and can't be read as a value yet, such as half a telephone number.
    ``returned``: the application comes again; None for a first hand-in. ``author``: staff id of who began it, where
    somebody else took it over; "" else. ``signature``: as in ``HandIn``; it holds as long as nothing that was shown
    has changed. ``plan``: the list of the visit it belongs to, None without an interview.
    ``base``: of a returned application its facts when the draft was begun; ``set_aside``: as in ``HandIn``.
    """

    draft_id: str
    visit_id: str
    procedure: str
    procedure_version: int
    saved_at: datetime
    roles: RolesMark | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    confirmed_findings: tuple[str, ...] = ()
    cursor: str = ""
    application_id: str = ""
    version: int = 0
    returned: Returned | None = None
    author: str = ""
    signature: SignatureMark | None = None
    plan: PlanMark | None = None
    base: dict[str, Fact] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()

    def day(self, today: date) -> date:
        """The day on which its rules are asked: the receipt date, before that ``today``."""
        return today if self.returned is None else self.returned.receipt_date

    def changed(self, **values: Any) -> Self:  # noqa: ANN401 -- the fields' own types
        """The draft with some fields changed."""
        return replace(self, **values)
