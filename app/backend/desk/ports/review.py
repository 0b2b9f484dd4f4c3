"""What review needs kept beside the cases: holds, deputies, what counters tell, counts without persons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.call import Call


@dataclass(frozen=True, slots=True)
class Hold:
    """保留: an application lies until a day. ``reason``: a code; ``note``: words besides."""

    municipality: str
    application_id: str
    staff_id: str
    since: datetime
    until: date
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Deputy:
    """代決: ``staff_id`` decides what ``level`` decides in ``department``, both days included, once somebody approved.

    ``version`` counts its changes; ``ended_by``: who ended it early, "" while nobody has.
    """

    municipality: str
    deputy_id: str
    version: int
    level: str
    department: str
    staff_id: str
    since: date
    until: date
    proposed_by: str
    proposed_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None
    ended_by: str = ""
    ended_at: datetime | None = None

    def holds(self, day: date) -> bool:
        """Whether it lets decide on ``day``."""
        return bool(self.approved_by) and not self.ended_by and self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class ToldCounter:
    """What a counter said of itself last. ``said``: a message without anything of a resident."""

    municipality: str
    terminal: str
    staff_id: str
    department: str
    told_at: datetime
    said: bytes


@dataclass(frozen=True, slots=True)
class Measured:
    """``count`` times a step took ``value`` seconds or keys (``unit``) on ``day``."""

    day: date
    procedure: str
    step: str
    unit: str
    value: int
    count: int


@dataclass(frozen=True, slots=True)
class AlertCount:
    """``count`` times an alert of ``kind`` was answered so in ``month`` (its first day)."""

    month: date
    kind: str
    answer: str
    count: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of one case: what it was, when it was taken, and the reason code it was returned with."""

    procedure: str
    case: int
    step: str
    outcome: str
    at: datetime
    reason: str


class HoldUnit(Protocol):
    """What is held."""

    def hold(self, hold: Hold) -> None:
        """Keep it in place of an earlier one."""
        ...

    def let_go(self, municipality: str, application_id: str) -> bool:
        """Whether it was held."""
        ...

    def holds(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, Hold]: ...


class DeputyUnit(Protocol):
    """Who decides for whom."""

    def deputies(self, municipality: str) -> tuple[Deputy, ...]:
        """All that were ever proposed, the newest first."""
        ...

    def deputies_of(self, municipality: str, staff_id: str, day: date) -> tuple[Deputy, ...]:
        """What lets this person decide on ``day``."""
        ...

    def add_deputy(self, deputy: Deputy) -> bool:
        """False when there is one with that identifier."""
        ...

    def change_deputy(self, deputy: Deputy) -> None:
        """Keep who approved or ended it (one version up). Errors: Conflict when somebody was first."""
        ...


class CountUnit(Protocol):
    """What is counted without persons, and what counters tell."""

    def count_step(self, municipality: str, measured: Measured) -> None:
        """Add to what was counted."""
        ...

    def measured(self, municipality: str, since: date, until: date) -> tuple[Measured, ...]: ...
    def count_alert(self, municipality: str, count: AlertCount) -> None:
        """Add to what was counted."""
        ...

    def alert_counts(self, municipality: str, since: date, until: date) -> tuple[AlertCount, ...]: ...
    def tell(self, told: ToldCounter) -> None:
        """Keep it in place of what the counter said before."""
        ...

    def told(self, municipality: str, department: str) -> tuple[ToldCounter, ...]: ...
    def passages(self, municipality: str, procedures: Sequence[str], since: datetime, until: datetime) -> list[Passage]:
        """The steps of all cases that reached the office between; ``case`` only tells them apart."""
        ...


class ReviewUnit(HoldUnit, DeputyUnit, CountUnit, Protocol):
    """All of it."""


class Protections(Protocol):
    """Who is under a restraint just now: the register knows."""

    def protected(self, call: Call, business_numbers: Collection[str]) -> frozenset[str]:
        """Those of them who are; asking is no look at anybody, and tells nothing of why."""
        ...
