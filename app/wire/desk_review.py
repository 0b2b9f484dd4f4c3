"""Messages of review beside the steps: holding a case, several at once, and who decides for whom."""

from datetime import date, datetime

from app.wire.message import Message


class HoldCase(Message, frozen=True):
    """保留: let it lie until a day (included). ``reason``: a code of the short list; ``note``: words besides."""

    application_id: str
    version: int
    until: date
    reason: str
    note: str = ""


class LetGo(Message, frozen=True):
    """It need not lie any longer."""

    application_id: str


class BatchItem(Message, frozen=True):
    """One application as it was seen. ``step``: what was due of it, reception_check or decision."""

    application_id: str
    version: int
    step: str


class PassBatch(Message, frozen=True):
    """Pass or approve several at once: each what is due of it, and each is checked anew."""

    items: tuple[BatchItem, ...]


class BatchOutcome(Message, frozen=True):
    """What became of one. ``state``: its new one, "" where it stayed; ``why``: the code of why it stayed."""

    application_id: str
    number: str
    state: str = ""
    version: int = 0
    why: str = ""


class BatchDone(Message, frozen=True):
    """What became of each, in the order asked."""

    outcomes: tuple[BatchOutcome, ...]


class AskDelegation(Message, frozen=True):
    """Ask who may decide what, and who decides for whom."""


class LevelRow(Message, frozen=True):
    """A level of deciding, from below."""

    id: str
    title: str
    act: str


class RuleRow(Message, frozen=True):
    """A row of the table: of which procedures and outcomes (none: all), from which sum a month, who decides."""

    procedures: tuple[str, ...]
    outcomes: tuple[str, ...]
    from_yen: int
    level: str


class DeputyRow(Message, frozen=True):
    """代決 of a period. ``state``: proposed, in_force, over, ended. Names are those last seen, else the staff id.

    ``is_mine``: whoever asks proposed it or is the deputy: somebody else approves.
    """

    deputy_id: str
    version: int
    level: str
    department: str
    staff_id: str
    name: str
    since: date
    until: date
    state: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str = ""
    ended_by: str = ""
    is_mine: bool = False


class DelegationShown(Message, frozen=True):
    """The office's table and its deputies, the newest first. ``most_days``: how long one may be deputy at once."""

    levels: tuple[LevelRow, ...]
    rules: tuple[RuleRow, ...]
    deputies: tuple[DeputyRow, ...]
    batch: int
    most_days: int


class ProposeDeputy(Message, frozen=True):
    """Let somebody of one's own department decide what ``level`` decides, ``since`` to ``until`` (included)."""

    deputy_id: str
    level: str
    staff_id: str
    since: date
    until: date


class ApproveDeputy(Message, frozen=True):
    """Another person agrees."""

    deputy_id: str
    version: int


class EndDeputy(Message, frozen=True):
    """It holds no longer, from now on."""

    deputy_id: str
    version: int
