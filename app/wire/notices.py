"""届出受理通知: what is printed and posted because a notifier was not confirmed, and that it was posted."""

from datetime import date, datetime

from app.wire.message import Message


class AskNotices(Message, frozen=True):
    """Ask which notices wait for the post; ``posted``: those that were posted today instead."""

    posted: bool = False


class Notice(Message, frozen=True):
    """One notice with all that is printed on it. ``address``: that before the change, "" where none is known.

    ``from_register``: the address is the register's, not what the notifier stated. ``posted_at`` None: it waits.
    """

    application_id: str
    procedure: str
    number: str
    receipt_date: date
    name: str
    address: str
    from_register: bool
    queued_at: datetime
    version: int
    posted_at: datetime | None = None
    posted_by: str = ""


class Notices(Message, frozen=True):
    """What was asked for, oldest first."""

    entries: tuple[Notice, ...]


class PostNotice(Message, frozen=True):
    """A notice was printed and given to the post. ``version``: as it was listed."""

    application_id: str
    version: int


class NoticePosted(Message, frozen=True):
    """It is kept by whom and when. ``proof``: the ledger's receipt as text."""

    application_id: str
    version: int
    proof: str = ""
