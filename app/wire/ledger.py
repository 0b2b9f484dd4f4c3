"""Messages about the ledgers: which checkpoints were witnessed, whether a receipt holds, how a log has grown."""

from datetime import datetime

from app.wire.message import Message


class AskWitnessed(Message, frozen=True):
    """Ask for the newest witnessed checkpoint of every log of the municipality, and for what did not hold."""


class WitnessedLog(Message, frozen=True):
    """``note``: the checkpoint with the signatures of log and witnesses, C2SP text.

    ``stamped_at``: the time of its newest time stamp, over ``stamped_size`` leaves; None before the first.
    """

    log: str
    size: int
    note: str
    at: datetime
    stamped_size: int = 0
    stamped_at: datetime | None = None


class AlarmRow(Message, frozen=True):
    """A log that did not hold what it had said before. ``kind``: stable code.

    ``log``: a slice, or ``<municipality>/<slice>`` for a counterpart's; ``found_by``: who told it, "" for the witness.
    """

    log: str
    kind: str
    size: int
    at: datetime
    found_by: str = ""


class WitnessedLogs(Message, frozen=True):
    """What the witness knows of one municipality's logs."""

    logs: tuple[WitnessedLog, ...]
    alarms: tuple[AlarmRow, ...]


class AskReceipt(Message, frozen=True):
    """Ask whether a receipt holds. ``receipt``: C2SP tlog-proof text."""

    receipt: str


class ReceiptVerdict(Message, frozen=True):
    """``verdict``: verified, failed or not_checked, with ``reason``; ``log``, ``index``, ``size`` once verified.

    ``is_witnessed``: the log at that size is known to lead to the witness's newest checkpoint.
    """

    verdict: str
    reason: str
    log: str
    index: int
    size: int
    is_witnessed: bool


class AskGrowth(Message, frozen=True):
    """Ask for the proof that a log of size ``first`` only grew to the newest witnessed one."""

    log: str
    first: int


class Growth(Message, frozen=True):
    """The consistency proof, and the witnessed checkpoint it leads to."""

    proof: tuple[bytes, ...]
    note: str


class AskAudit(Message, frozen=True):
    """Ask that a whole log be checked: every row, every record, and that it leads to what was witnessed."""

    log: str


class FaultRow(Message, frozen=True):
    """``kind``: stable code; ``place``: the log and where in it."""

    kind: str
    place: str


class Audited(Message, frozen=True):
    """Everything of a log that is not as it was written; ``size``: of the newest witnessed checkpoint, 0 before it."""

    log: str
    size: int
    faults: tuple[FaultRow, ...]


class SeenLog(Message, frozen=True):
    """How large a log was when a terminal saw it last."""

    log: str
    size: int


class SaidOtherwise(Message, frozen=True):
    """A terminal's alarm: a log does not hold what it had said. ``kind``: stable code; ``note``: what it says."""

    log: str
    kind: str
    size: int
    note: str


class MeetLogs(Message, frozen=True):
    """A terminal as witness: what it saw, the checkpoints that it has cosigned since, and what did not hold."""

    seen: tuple[SeenLog, ...] = ()
    cosigned: tuple[str, ...] = ()
    alarms: tuple[SaidOtherwise, ...] = ()


class OfferedLog(Message, frozen=True):
    """A log's newest witnessed checkpoint, the proof from what the terminal saw, and what the log declares restored.

    ``key``: the log's public key, which a terminal keeps from the first time on.
    """

    log: str
    key: bytes
    note: str
    consistency: tuple[bytes, ...]
    restored: tuple[str, ...] = ()


class OfferedLogs(Message, frozen=True):
    """Every log of the municipality, for a terminal to hold against what it remembers.

    ``guardians``: the signed lists of who may declare a restore, oldest first.
    """

    logs: tuple[OfferedLog, ...]
    guardians: tuple[str, ...] = ()
