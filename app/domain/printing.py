"""Printers, what is ordered of them, and how an order stands: values as the queue tells them, never assumed."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.clock import Random

MOST_COPIES = 50
"""Copies in one order; more is a slip of the finger at a counter. Assumed."""
_SUFFIXES = ("-error", "-warning")
_REPORT = "-report"
_STOPPING = frozenset(
    {
        "media-empty", "media-needed", "media-jam", "toner-empty", "marker-supply-empty", "developer-empty",
        "door-open", "cover-open", "interlock-open", "input-tray-missing", "output-area-full", "output-tray-missing",
        "marker-waste-full", "fuser-over-temp", "offline", "connecting-to-device", "timed-out", "shutdown", "paused",
        "stopped", "spool-area-full",
    }
)  # fmt: skip


class PrinterState(StrEnum):
    """What a printer does now."""

    IDLE = "idle"
    BUSY = "busy"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Tray:
    """給紙口: where sheets are taken from. ``name`` is the queue's own, ``label`` is what people read."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Printer:
    """One queue. ``reasons``: keywords of RFC 8011 without their levels; ``is_file``: it gives a file, no sheet."""

    name: str
    place: str
    state: PrinterState
    accepts: bool
    reasons: tuple[str, ...] = ()
    trays: tuple[Tray, ...] = ()
    is_file: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether a sheet would come out now, as far as the queue knows."""
        return self.accepts and self.state is not PrinterState.STOPPED and not stopping(self.reasons)


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is wanted of a printer. ``tray`` "": the printer's own choice; ``title`` says nothing about anybody."""

    printer: str
    title: str
    tray: str = ""
    copies: int = 1


@dataclass(frozen=True, slots=True)
class PrintJob:
    """An order that a queue has taken. ``job`` is the queue's own number for it."""

    printer: str
    job: str


class JobState(StrEnum):
    """How an order stands. The last four are ends; ``LOST``: the queue knows nothing of it, nobody can say."""

    WAITING = "waiting"
    PRINTING = "printing"
    HELD = "held"
    PRINTED = "printed"
    CANCELLED = "cancelled"
    ABORTED = "aborted"
    LOST = "lost"


ENDS = frozenset({JobState.PRINTED, JobState.CANCELLED, JobState.ABORTED, JobState.LOST})


@dataclass(frozen=True, slots=True)
class JobStatus:
    """``causes``: why it does not go on, keywords as of ``Printer.reasons``; () where nothing is in the way."""

    state: JobState
    causes: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDS


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """Where somebody printed a kind of paper last."""

    printer: str
    tray: str = ""
    copies: int = 1


def job_title(random: Random) -> str:
    """A name for a job that says nothing: whoever reads a queue learns that something is printed, not what."""
    return f"m-{random.token(6).hex()}"


def plain_reasons(keywords: tuple[str, ...]) -> tuple[str, ...]:
    """Keywords (RFC 8011, printer-state-reasons) without their levels; mere reports and "none" are left out."""
    found = dict.fromkeys(_plain(one) for one in keywords if one != "none" and not one.endswith(_REPORT))
    return tuple(found)


def stopping(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``reasons`` for which no sheet comes out until somebody does something."""
    return tuple(one for one in reasons if one in _STOPPING)


def _plain(keyword: str) -> str:
    for suffix in _SUFFIXES:
        keyword = keyword.removesuffix(suffix)
    return keyword
