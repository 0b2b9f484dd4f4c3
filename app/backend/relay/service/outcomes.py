"""What a turn brought for one enquiry: an end, a wait, or a stumble that is counted and in the end left."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.backend.relay.ports import HELD, OUT_OF_HOURS, STOPPED, WAITING, Enquiry
from app.durable.outbox import OutboxItem
from app.errors import (
    AppError,
    DiskFault,
    DiskFull,
    NotUnderstood,
    ServerDisk,
    ServerFault,
    StoreBusy,
    TooManyTries,
    Unreachable,
)
from app.wire.desk import Scalar

OUTAGE = (Unreachable, StoreBusy, DiskFull, DiskFault, ServerDisk, TooManyTries)
"""What time alone mends, of whatever length; no enquiry is given up for it."""
STUMBLES = 8
"""Tries after which an enquiry that a neighbour alone can't do with is left for somebody: some 5 minutes. Assumed."""
FAULTS = 100
"""Likewise while the neighbour itself is at fault: about a day. Assumed."""
_WAITS = frozenset({"", "no_route", "expired_permit", HELD, OUT_OF_HOURS, *(error.code for error in OUTAGE)})
"""What an intermediary holds an enquiry back for that is no fault of it."""
_CODE = re.compile(r"[a-z0-9_.]{1,64}")


@dataclass(frozen=True, slots=True)
class Load:
    """One claimed enquiry."""

    item: OutboxItem
    enquiry: Enquiry


@dataclass(frozen=True, slots=True)
class Result:
    """What a turn brought. Open states are tried at ``next_at``, or after the outbox's own wait when that is None.

    ``faults``: tries in a row that it stumbled, with this one. ``is_fault``: this one was; ``is_outage``: nobody was
    reached.
    """

    load: Load
    state: str
    reason: str = ""
    next_at: datetime | None = None
    kind: str = ""
    items: Mapping[str, Scalar] | None = None
    answered_at: datetime | None = None
    process_number: str = ""
    faults: int = 0
    is_fault: bool = False
    is_outage: bool = False


def limit_of(cause: str) -> int:
    """How many stumbles in a row for ``cause`` are the last."""
    return FAULTS if cause == ServerFault.code else STUMBLES


def code_of(error: Exception) -> str:
    """The code that an error is kept and told with; of what nobody foresaw that of a fault."""
    return told_code(str(error.data.get("reason", error.code))) if isinstance(error, AppError) else ServerFault.code


def told_code(said: str) -> str:
    """A code that somebody else said: what is none is kept nowhere."""
    return said if not said or _CODE.fullmatch(said) else NotUnderstood.code


def failed(load: Load, error: Exception) -> Result:
    """The enquiry after a try that ended with ``error``."""
    if isinstance(error, OUTAGE):
        return Result(load, WAITING, error.code, faults=load.enquiry.faults, is_outage=True)
    return stumbled(load, code_of(error))


def stumbled(load: Load, cause: str, process_number: str = "") -> Result:
    """It was tried and could not be done with: once more, or the last time."""
    faults = load.enquiry.faults + 1
    state = STOPPED if faults >= limit_of(cause) else WAITING
    return Result(load, state, cause, process_number=process_number, faults=faults, is_fault=True)


def held_back(load: Load, said: str, process_number: str) -> Result:
    """The intermediary could not bring it further now."""
    cause = told_code(said)
    if cause in _WAITS:
        return Result(load, WAITING, cause, process_number=process_number)
    return stumbled(load, cause, process_number)


def stopped(load: Load, cause: str, process_number: str) -> Result:
    """It was answered, and with something that no other try makes better: somebody has to look at it."""
    return Result(load, STOPPED, cause, process_number=process_number, faults=load.enquiry.faults)
