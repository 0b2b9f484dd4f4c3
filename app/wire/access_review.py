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


class AskExtracts(Message, frozen=True):
    """Ask for the extracts of the municipality, so that a second person finds what waits for them."""


class ExtractLine(Message, frozen=True):
    """An extract. ``request``: number of the request; ``is_own``: who asks has proposed it; others approve it."""

    extract_id: str
    person: str
    since: date
    until: date
    request: str
    proposed_by: str
    proposed_at: datetime
    is_own: bool
    approved_by: str = ""
    approved_at: datetime | None = None


class ExtractList(Message, frozen=True):
    """Those that wait first, then the newest."""

    rows: tuple[ExtractLine, ...]


class ApproveExtract(Message, frozen=True):
    """The second person's word; only then is anything told."""

    extract_id: str


class AskExtractFile(Message, frozen=True):
    """Ask for the file of an approved extract once more."""

    extract_id: str


class ExtractFile(Message, frozen=True):
    """The file as it was approved."""

    file: str


class ExtractRow(Message, frozen=True):
    """One access as it may be told. ``withheld``: the fields that are left out; ``log``: where its record stands."""

    at: datetime
    way: str
    procedure: str
    reason: str
    withheld: tuple[str, ...]
    log: str = ""


class GroundRow(Message, frozen=True):
    """A legal ground of not telling; ``fields``: what is withheld on it in every row."""

    ground: str
    law: str
    text: str
    fields: tuple[str, ...]


class AccessExtract(Message, frozen=True):
    """The extract, oldest first. ``left_out``: rows that are not told at all, by ground.

    ``file``: the whole as it is handed over, signed, each row with the receipt of its record.
    """

    extract_id: str
    person: str
    rows: tuple[ExtractRow, ...]
    left_out: dict[str, int]
    proof: str
    grounds: tuple[GroundRow, ...] = ()
    file: str = ""
