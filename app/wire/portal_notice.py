"""Messages about notices to residents on their portal: from counter or business system to the relay, and on."""

from datetime import date, datetime

from app.wire.desk import PersonMark
from app.wire.message import Message


class SendNotice(Message, frozen=True):
    """お知らせを送る to one person. ``choices``: answers to choose from (at most 10), until ``answer_by``."""

    notice_id: str
    procedure: str
    subject: PersonMark
    title: str
    body: str
    choices: tuple[str, ...] = ()
    answer_by: date | None = None


class NoticeTaken(Message, frozen=True):
    """It is kept and goes on by itself. ``expected_at``: when it can be sent at the earliest."""

    notice_id: str
    accepted_at: datetime
    expected_at: datetime | None
    proof: str


class AskNoticeStates(Message, frozen=True):
    """Ask how notices stand: those named (at most 64), or without a name the newest of ``procedure``."""

    procedure: str
    notice_ids: tuple[str, ...] = ()


class NoticeState(Message, frozen=True):
    """``state``: waiting, no_code, sent, opened, answered, cancelling, cancelled or unregistered.

    ``reason``: the code of what delays it. ``answer``: what the resident chose.
    """

    notice_id: str
    subject: PersonMark
    title: str
    state: str
    reason: str
    accepted_at: datetime
    next_at: datetime | None
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""


class NoticeStates(Message, frozen=True):
    """The newest first."""

    notices: tuple[NoticeState, ...]


class CancelNotice(Message, frozen=True):
    """お知らせを取り消す. ``reason``: mistaken, settled or other."""

    notice_id: str
    reason: str


class NoticeCancelled(Message, frozen=True):
    """``state``: cancelled where nothing had been sent, else cancelling. ``proof``: receipt."""

    state: str
    proof: str


class PassedNotice(Message, frozen=True):
    """``want``: send, state or cancel. ``sealed``: for the portal alone; empty where it was sent before."""

    addressee_number: str
    notice_id: str
    want: str
    sealed: bytes


class PassNotices(Message, frozen=True):
    """relay → intermediary."""

    municipality: str
    notices: tuple[PassedNotice, ...]


class PassedState(Message, frozen=True):
    """As ``PortalState``, or ``no_code``, or ``waiting`` with the reason why it could not go further."""

    notice_id: str
    state: str
    reason: str = ""
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    sealed: bytes = b""


class PassedStates(Message, frozen=True):
    """One for each notice, in order."""

    municipality: str
    states: tuple[PassedState, ...]
