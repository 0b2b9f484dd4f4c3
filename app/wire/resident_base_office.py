"""Messages of who looks after distribution: use applications, receiving systems, linkage records, what was not told."""

from datetime import date, datetime

from app.wire.message import Message


class UseApplication(Message, frozen=True):
    """住民基本台帳ファイル利用申請: one system asks for items of residents' records for a period, both days included.

    ``items``: by the names of ``ResidentItems``; ``with_before``: changes also say what was. The caller makes
    ``application_id`` (at most 64 characters).
    """

    application_id: str
    system: str
    purpose: str
    items: tuple[str, ...]
    since: date
    until: date
    with_before: bool = False


class DecideUse(Message, frozen=True):
    """Another person decides on an application as it was seen. ``reason``: needed to refuse."""

    application_id: str
    version: int
    approve: bool
    reason: str = ""


class EndUse(Message, frozen=True):
    """Take back an application that waits, or end an approved one before its last day, with a reason."""

    application_id: str
    version: int
    reason: str


class ApplicationRow(Message, frozen=True):
    """An application. ``state``: waiting, approved, refused, withdrawn or ended."""

    application_id: str
    system: str
    title: str
    purpose: str
    items: tuple[str, ...]
    since: date
    until: date
    with_before: bool
    state: str
    entered_by: str
    entered_at: datetime
    version: int
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


class AskApplications(Message, frozen=True):
    """Ask for applications; ``system`` "": of all systems."""

    system: str = ""


class Applications(Message, frozen=True):
    """Applications, newest first."""

    rows: tuple[ApplicationRow, ...]


class AskSystems(Message, frozen=True):
    """Ask how receiving systems stand."""


class SystemRow(Message, frozen=True):
    """A receiving system. ``state``: none (nothing is approved today), open, suspended or stopped.

    ``last``: the last sequence meant for it; ``told``: up to where it was sent them; ``taken``: up to where it says to
    have them; ``cause``: what delays or stopped it;
    ``items``: what it may be told today, ``allowed``: what it may apply for; ``pushed``: whether changes are brought to
    it, or it fetches them.
    """

    system: str
    title: str
    state: str
    last: int
    taken: int
    attempts: int
    cause: str
    items: tuple[str, ...]
    allowed: tuple[str, ...]
    pushed: bool
    next_at: datetime | None = None
    until: date | None = None
    told: int = 0


class Systems(Message, frozen=True):
    """All receiving systems, in the order of the list."""

    rows: tuple[SystemRow, ...]


class TurnSystem(Message, frozen=True):
    """``act``: suspend (nothing leaves, all is kept for it), resume, again (try at once what stopped), or resend.

    ``first``: the sequence from which a resend begins; what the system has already it passes over.
    """

    system: str
    act: str
    reason: str
    first: int = 0


class AskLinkage(Message, frozen=True):
    """情報連携記録: what was passed on about a person, or to a system; the newest ``Linkage`` can hold.

    ``before``: only records before this place in the ledger, to go on further back; 0 for the newest. ``since`` and
    ``until``: only of these business days, both included.
    """

    reason: str
    subject: str = ""
    system: str = ""
    before: int = 0
    since: date | None = None
    until: date | None = None


class LinkageRow(Message, frozen=True):
    """One event of one person and one system, with the items passed on. ``index``: its place in the slice's ledger.

    ``event``: sent, sent_again, fetched or read; ``sequence``: what the system counts, 0 where it read a record.
    """

    index: int
    at: datetime
    event: str
    subject: str
    system: str
    items: tuple[str, ...]
    sequence: int
    register_sequence: int
    application_id: str


class Linkage(Message, frozen=True):
    """Linkage records, newest first; ``more``: that there are older ones."""

    rows: tuple[LinkageRow, ...]
    more: bool = False


class AskUntold(Message, frozen=True):
    """Ask for changes that the register could not tell residentbase."""


class Untold(Message, frozen=True):
    """One change that waits for somebody. ``position``: its place in the register's line."""

    position: int
    subject: str
    laid_at: datetime
    attempts: int
    reason: str


class UntoldChanges(Message, frozen=True):
    """All of them, oldest first."""

    rows: tuple[Untold, ...]


class TellAgain(Message, frozen=True):
    """Try one of these again."""

    position: int
