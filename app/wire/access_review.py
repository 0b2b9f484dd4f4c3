"""Messages of the access review: the queue of findings, one finding with its surroundings, an outcome, an extract."""

from datetime import date, datetime

from app.wire.message import Message


class AskReview(Message, frozen=True):
    """Ask for what stands out. ``settled``: what was settled already instead."""

    settled: bool = False


class ReasonRow(Message, frozen=True):
    """One fact (``access_rules.Fact``), its points, and what it counted."""

    fact: str
    points: int
    count: int


class FindingRow(Message, frozen=True):
    """Accesses of one member of staff. ``person``: 宛名番号, "" where several; ``accesses``: how many.

    ``outcome``: "" while nobody has looked; else justified, to_be_asked or misuse_reported. ``version`` of it.
    """

    finding_id: str
    staff_id: str
    staff_name: str
    person: str
    score: int
    reasons: tuple[ReasonRow, ...]
    accesses: int
    first_at: datetime
    last_at: datetime
    outcome: str = ""
    note: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    version: int = 0


class DayCount(Message, frozen=True):
    """Accesses of one day: explained by a matter, by a typed reason, by nothing."""

    day: date
    by_matter: int
    by_reason: int
    unexplained: int


class ReviewQueue(Message, frozen=True):
    """What stands out, the gravest first. ``own``: findings about who asks, which others look at.

    ``why``: accesses by what explains them; ``days``: the last weeks for a chart; ``rules``: version of the rules.
    """

    rows: tuple[FindingRow, ...]
    own: int
    total: int
    explained: int
    by_reason: int
    why: dict[str, int]
    days: tuple[DayCount, ...]
    rules: int
    looked_back_days: int


class AskFinding(Message, frozen=True):
    """Ask for one finding with what that person did around it."""

    finding_id: str


class LookRow(Message, frozen=True):
    """One access. ``why``: what explains it (``access_explain.Why``); ``is_part``: it belongs to the finding."""

    at: datetime
    way: str
    terminal: str
    person: str
    found: int
    visit: str
    procedure: str
    reason: str
    why: str
    near: tuple[str, ...]
    is_part: bool


class FindingView(Message, frozen=True):
    """A finding; ``looks``: its accesses and those around them, oldest first; ``is_cut``: there were more."""

    row: FindingRow
    looks: tuple[LookRow, ...]
    is_cut: bool


class SettleFinding(Message, frozen=True):
    """What a supervisor found. ``outcome``: justified, to_be_asked, misuse_reported; ``note``: what it rests on."""

    finding_id: str
    version: int
    outcome: str
    note: str


class FindingSettled(Message, frozen=True):
    """It is kept. ``proof``: the receipt of its record."""

    finding_id: str
    version: int
    proof: str


class ProposeExtract(Message, frozen=True):
    """開示請求: prepare an extract of who accessed one person's data. ``reason``: number of the request."""

    person: str
    since: date
    until: date
    reason: str


class ExtractProposed(Message, frozen=True):
    """It waits for a second person."""

    extract_id: str


class ApproveExtract(Message, frozen=True):
    """The second person's word; only then is anything told."""

    extract_id: str


class ExtractRow(Message, frozen=True):
    """One access as it may be told. ``withheld``: codes of the 不開示 rules by which something is left out of it."""

    at: datetime
    way: str
    procedure: str
    reason: str
    withheld: tuple[str, ...]


class AccessExtract(Message, frozen=True):
    """The extract, oldest first. ``left_out``: rows that are not told at all, by the code of the rule."""

    extract_id: str
    person: str
    rows: tuple[ExtractRow, ...]
    left_out: dict[str, int]
    proof: str
