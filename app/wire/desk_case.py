"""Messages of a long case: its steps, the periods of the office, papers that are missing, and what falls due."""

from datetime import date, datetime

from app.wire.message import Message


class TrackMark(Message, frozen=True):
    """A step of a case. ``standing``: ahead, due, open, done or skipped; ``may``: begin, finish, skip.

    ``why_not``: why it can't be taken now though it is due or open. ``by``: who took it, or has it; ``version`` 0: not
    begun.
    """

    step: str
    standing: str
    owner: str
    by: str
    since: date | None
    due_on: date | None
    done_on: date | None
    outcome: str
    note: str
    version: int
    may: tuple[str, ...] = ()
    why_not: str = ""


class BeginStage(Message, frozen=True):
    """A step of a long case begins today. ``owner``: a colleague's staff id, "" for oneself."""

    application_id: str
    step: str
    owner: str = ""


class FinishStage(Message, frozen=True):
    """A step ends with ``outcome``, or is left out ("skipped") for the reason in ``note``. ``version`` 0: not begun."""

    application_id: str
    step: str
    version: int
    outcome: str
    done_on: date
    note: str = ""


class ClockMark(Message, frozen=True):
    """A period that the office has to keep. ``delay``: the law asks for a notice when it is not kept.

    ``delay_limit``: the last day that a notice of delay may name, None where the law names none.
    """

    clock: str
    started_on: date
    due_on: date
    delayed_to: date | None
    delayed_name: str
    reason: str
    version: int
    delay: bool
    delay_limit: date | None = None


class TellDelay(Message, frozen=True):
    """延期の通知: it will be decided by ``until``, for this ``reason``, which stands on the notice."""

    application_id: str
    clock: str
    version: int
    until: date
    reason: str


class PaperMark(Message, frozen=True):
    """A paper of a case. ``state``: present, missing, promised or not_needed; ``label`` where the office named it."""

    paper: str
    label: str
    state: str
    promised_on: date | None
    by: str
    version: int


class MarkPaper(Message, frozen=True):
    """Keep how it is with a paper. ``label``: of one that the procedure does not have; ``version`` 0: never marked."""

    application_id: str
    paper: str
    version: int
    state: str
    promised_on: date | None = None
    label: str = ""


class RequestMark(Message, frozen=True):
    """補正の求め. ``state``: open, answered, passed or withdrawn."""

    position: int
    sent_on: date
    due_on: date
    reminded_on: date | None
    state: str
    closed_at: datetime | None
    by: str
    papers: tuple[str, ...]
    note: str
    version: int


class RequestPapers(Message, frozen=True):
    """Ask for papers by letter until ``due_on``."""

    application_id: str
    papers: tuple[str, ...]
    due_on: date
    note: str = ""


class TendRequest(Message, frozen=True):
    """``outcome``: reminded, answered (the papers of ``present`` came) or withdrawn."""

    application_id: str
    position: int
    version: int
    outcome: str
    present: tuple[str, ...] = ()


class AskBoard(Message, frozen=True):
    """What falls due in the sections of who asks. ``owner``: of one person only, "*" for everybody."""

    owner: str = "*"


class DueRow(Message, frozen=True):
    """One thing that falls due. ``kind``: clock, step or papers; ``what``: which one.

    ``delay``: the law asks for a notice when it is not kept.
    """

    application_id: str
    number: str
    procedure: str
    kind: str
    what: str
    due_on: date
    owner: str
    owner_name: str
    delay: bool = False
    delayed: bool = False


class DueDay(Message, frozen=True):
    """How much falls due on one day."""

    day: date
    clocks: int
    steps: int
    papers: int


class Board(Message, frozen=True):
    """What falls due within four weeks, and what is overdue, the soonest first. ``today``: as the office counts."""

    today: date
    rows: tuple[DueRow, ...]
    days: tuple[DueDay, ...]
