"""Messages of 受付簿: which applications a section has, whose they are, where they go, and those received by post."""

from datetime import date, datetime

from app.wire.desk import Evidence, Fact, RolesMark
from app.wire.desk_case import ClockMark, PaperMark, RequestMark, TrackMark
from app.wire.message import Message

ANYBODY, NOBODY = "*", ""
"""Owners to search for, besides a staff id."""


class AskBook(Message, frozen=True):
    """Which page of the book. ``states``: empty for those under way; ``owner`` ``ANYBODY``, ``NOBODY`` or a staff id.

    ``number``: the end of a receipt number, as people say it; with it any state is found. Days are of receipt, both
    included.
    """

    states: tuple[str, ...] = ()
    owner: str = ANYBODY
    procedure: str = ""
    since: date | None = None
    until: date | None = None
    number: str = ""


class BookRow(Message, frozen=True):
    """One application. ``applicant`` is "" for who may not read it; ``resident_state``: as the applicant is told.

    ``channel``: visit, post, phone or office. ``due_on``: the last day of the office's own period, ``clock`` which one;
    ``papers_until``: until when missing papers are waited for. ``step``: what it waits for now, "" once it has ended.
    ``version``: of who has it, 0 while nobody ever had it.
    """

    application_id: str
    number: str
    procedure: str
    state: str
    resident_state: str
    receipt_date: date
    applicant: str
    channel: str
    section: str
    owner: str
    owner_name: str
    owner_since: datetime | None
    step: str
    clock: str
    due_on: date | None
    papers_until: date | None
    version: int


class HandoverMark(Message, frozen=True):
    """引継ぎ. ``state``: waiting, accepted, declined or withdrawn; ``may``: accept, decline or withdraw."""

    handover_id: str
    application_id: str
    number: str
    procedure: str
    from_section: str
    to_section: str
    given_name: str
    given_at: datetime
    state: str
    note: str
    answer: str
    taken_name: str
    taken_at: datetime | None
    version: int
    may: tuple[str, ...] = ()


class Colleague(Message, frozen=True):
    """Somebody of the own section, to be made the owner of a case."""

    staff_id: str
    name: str


class BookPage(Message, frozen=True):
    """What was found, the latest receipt first. ``more``: there are others that a narrower search would find."""

    rows: tuple[BookRow, ...]
    handovers: tuple[HandoverMark, ...]
    colleagues: tuple[Colleague, ...]
    more: bool


class AskCase(Message, frozen=True):
    """Ask how one case stands."""

    application_id: str


class CaseCard(Message, frozen=True):
    """One case: whose it is, its steps, periods, papers, hand-overs. ``sections``: where it can be handed over to.

    ``may``: take, assign, hand_over, papers. ``applicant_number``: 宛名番号, "" for who may not read it.
    """

    row: BookRow
    visit_id: str
    track: tuple[TrackMark, ...]
    clocks: tuple[ClockMark, ...]
    papers: tuple[PaperMark, ...]
    requests: tuple[RequestMark, ...]
    handovers: tuple[HandoverMark, ...]
    colleagues: tuple[Colleague, ...]
    sections: tuple[str, ...]
    may: tuple[str, ...]
    applicant_number: str = ""


class GiveCase(Message, frozen=True):
    """Make somebody the owner: oneself, or a colleague; "" for nobody. ``version``: of who has it now."""

    application_id: str
    owner: str
    version: int


class HandOver(Message, frozen=True):
    """Hand a case over to another section. The counter makes ``handover_id``."""

    handover_id: str
    application_id: str
    to_section: str
    note: str


class AnswerHandover(Message, frozen=True):
    """``outcome``: accepted or declined by somebody there (declined with its reason), withdrawn by who gave it."""

    handover_id: str
    version: int
    outcome: str
    note: str = ""


class CaseDone(Message, frozen=True):
    """Something about a case was kept. ``version``: of what was changed."""

    application_id: str
    version: int
    proof: str = ""


class ReceiveOutside(Message, frozen=True):
    """来庁以外の受付: an application that came by post, by telephone or was begun by the office.

    ``arrived_on``: the day it really reached the office, which is its receipt date. ``papers``: those that came along.
    What is known of the form stands in ``facts``; its author enters the rest.
    """

    application_id: str
    procedure: str
    channel: str
    arrived_on: date
    roles: RolesMark
    facts: dict[str, Fact]
    evidence: tuple[Evidence, ...] = ()
    papers: tuple[str, ...] = ()
    note: str = ""
