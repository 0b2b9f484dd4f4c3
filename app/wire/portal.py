"""Letters between an intermediary and the residents' portal: notices with their states, own information asked for."""

from datetime import date, datetime

from app.wire.desk import Scalar
from app.wire.message import Message


class NoticeContent(Message, frozen=True):
    """お知らせ as the resident reads it. ``choices``: answers to choose from, until ``answer_by``; none: to be read.

    ``reply_key``: the relay's public key, to which the answer is sealed.
    """

    title: str
    body: str
    choices: tuple[str, ...]
    answer_by: date | None
    reply_key: bytes


class PortalNotice(Message, frozen=True):
    """``code``: the person's code at the sender. ``sealed``: a ``NoticeContent`` that only the portal can open."""

    notice_id: str
    code: bytes
    sealed: bytes


class PortalNotices(Message, frozen=True):
    """intermediary → portal. The same notice again is the same notice."""

    municipality: str
    notices: tuple[PortalNotice, ...]


class AskPortalStates(Message, frozen=True):
    """intermediary → portal. ``cancelled``: these are withdrawn besides, unless they were answered."""

    municipality: str
    notice_ids: tuple[str, ...]
    cancelled: tuple[str, ...] = ()


class PortalState(Message, frozen=True):
    """``state``: unknown, sent, opened, answered, cancelled or unregistered (the person has no account there).

    ``sealed``: a ``NoticeAnswer`` for the relay alone.
    """

    notice_id: str
    state: str
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    sealed: bytes = b""


class PortalStates(Message, frozen=True):
    """portal → intermediary: one for each notice, in order."""

    municipality: str
    states: tuple[PortalState, ...]


class NoticeAnswer(Message, frozen=True):
    """What the resident chose."""

    choice: str


class AskOwnRequests(Message, frozen=True):
    """intermediary → portal: what residents asked of their own information here. Fetched, never pushed."""

    municipality: str


class OwnRequest(Message, frozen=True):
    """自己情報の求め. ``reply_key``: the portal's key for this request; ``code``: the person's code here."""

    request_id: str
    code: bytes
    information: str
    tax_year: int
    asked_at: datetime
    reply_key: bytes


class OwnRequests(Message, frozen=True):
    """portal → intermediary, at most 64, the oldest first."""

    municipality: str
    requests: tuple[OwnRequest, ...]


class OwnContent(Message, frozen=True):
    """``kind``: value, no_data or withheld (不開示)."""

    kind: str
    items: dict[str, Scalar]


class OwnAnswer(Message, frozen=True):
    """``sealed``: an ``OwnContent`` for who asked."""

    request_id: str
    sealed: bytes


class OwnAnswers(Message, frozen=True):
    """intermediary → portal."""

    municipality: str
    answers: tuple[OwnAnswer, ...]


class PortalTaken(Message, frozen=True):
    """portal → intermediary: it has them durably."""

    municipality: str
    count: int
