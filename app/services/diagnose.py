"""端末の診断: each part of this PC and of the office is looked at; what is wrong has a name, nothing is of a person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.clock import Clock
from app.domain.expiry import ENDED, LAST, days_left
from app.domain.printing import Printer
from app.errors import AppError
from app.services.check_readers import ReadersChecked
from app.services.ports.memory import OutgoingState, Standing
from app.services.ports.office_state import OfficeState
from app.services.ports.seat import Press
from app.wire.health import HealthPart

LOW, FEW = 2_000_000_000, 300_000_000
"""Free bytes below which the disk is told as a warning, and below which work can't be kept for long. Assumed."""
APART, FAR_APART = 10.0, 120.0
"""Seconds between this PC's clock and the office's that are told, and that spoil signatures and sessions. Assumed."""
OLD_S = 1800.0
"""From which age on what waits to be sent is told as a warning. Assumed."""


class State(StrEnum):
    """How a part stands."""

    WELL = "well"
    WARNED = "warned"
    UNWELL = "unwell"
    UNKNOWN = "unknown"
    """It could not be looked at, because another part is unwell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One part. ``cause``: a named cause or an error's code, "" when well; ``figures``: counts, days, seconds."""

    part: str
    state: State = State.WELL
    cause: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


Probe = Callable[[], Sequence[Finding]]


class Diagnose:
    """The use case: one look at each of ``probes``, by name, in their order. A look blocks; run it on a lane."""

    def __init__(self, probes: Mapping[str, Probe]) -> None:
        self._probes = dict(probes)

    @property
    def parts(self) -> tuple[str, ...]:
        """What is looked at."""
        return tuple(self._probes)

    def look(self, part: str) -> tuple[Finding, ...]:
        """What was found; an error is what is wrong with the part, never an error of the diagnosis."""
        try:
            return tuple(self._probes[part]())
        except AppError as error:
            return (Finding(part, State.UNWELL, error.code),)


def exported(findings: Sequence[Finding], at: datetime, version: str) -> str:
    """What a help desk gets: parts, states, causes and figures. Nothing of anybody can be in it."""
    head = [f"madoguchi diagnosis {version}", at.isoformat(timespec="seconds")]
    lines = [
        "\t".join((
            one.part,
            one.state.value,
            one.cause or "-",
            *(f"{k}={v:g}" for k, v in sorted(one.figures.items())),
        ))
        for one in findings
    ]
    return "\n".join((*head, *lines, ""))


def readers(checked: ReadersChecked) -> tuple[Finding, ...]:
    """The card service and its readers; what lies on them is not looked at."""
    count = {"readers": float(len(checked.readers))}
    if not checked.service_runs:
        return (Finding("readers", State.UNWELL, "card_service_down", count),)
    if not checked.readers:
        return (Finding("readers", State.UNWELL, "no_reader", count),)
    return (Finding("readers", figures=count),)


def printers(found: Sequence[Printer]) -> tuple[Finding, ...]:
    """The queues of this PC."""
    figures = {"printers": float(len(found)), "ready": float(sum(one.is_ready for one in found))}
    if not found:
        return (Finding("printers", State.UNWELL, "no_printer", figures),)
    if not figures["ready"]:
        return (Finding("printers", State.UNWELL, "printer_stopped", figures),)
    stopped = len(found) > figures["ready"]
    return (
        Finding("printers", State.WARNED if stopped else State.WELL, "printer_stopped" if stopped else "", figures),
    )


def disk(free: int) -> tuple[Finding, ...]:
    """Room for what this PC keeps."""
    figures = {"free_mb": float(free // 1_000_000)}
    if free < FEW:
        return (Finding("disk", State.UNWELL, "disk_full", figures),)
    if free < LOW:
        return (Finding("disk", State.WARNED, "disk_low", figures),)
    return (Finding("disk", figures=figures),)


def ending(part: str, until: datetime, now: datetime) -> tuple[Finding, ...]:
    """How long a certificate holds."""
    days = days_left(until, now)
    left = {"days_left": float((until - now).days)}
    if days is None:
        return (Finding(part, figures=left),)
    if days == ENDED:
        return (Finding(part, State.UNWELL, "certificate_ended", left),)
    return (Finding(part, State.UNWELL if days <= LAST else State.WARNED, "certificate_ends", left),)


def outbox(waiting: Sequence[OutgoingState], now: datetime) -> tuple[Finding, ...]:
    """What has not arrived at the office yet."""
    dead = sum(one.standing is Standing.DEAD for one in waiting)
    oldest_s = max(((now - one.created_at).total_seconds() for one in waiting), default=0.0)
    figures = {"waiting": float(len(waiting)), "stopped": float(dead), "oldest_s": round(oldest_s)}
    if dead:
        return (Finding("outbox", State.UNWELL, "outbox_stopped", figures),)
    if oldest_s > OLD_S:
        return (Finding("outbox", State.WARNED, "outbox_old", figures),)
    return (Finding("outbox", figures=figures),)


def office(ask: OfficeState, press: Callable[[], Press], clock: Clock) -> tuple[Finding, ...]:
    """The line to the office, this PC's clock against the office's, and each part of the office."""
    began, began_s = clock.now(), clock.monotonic()
    try:
        state = ask.state(press())
    except AppError as error:
        unknown = tuple(Finding(part, State.UNKNOWN, "office_unreachable") for part in ("clock", "slices"))
        return (Finding("network", State.UNWELL, error.code), *unknown)
    took_s = clock.monotonic() - began_s
    apart_s = abs((state.at - began).total_seconds() - took_s / 2)
    figures = {"apart_s": round(apart_s, 1), "took_s": round(took_s, 2)}
    told = State.UNWELL if apart_s > FAR_APART else State.WARNED if apart_s > APART + took_s else State.WELL
    drift = Finding("clock", told, "" if told is State.WELL else "clock_apart", figures)
    slices = tuple(_of_office(part) for part in state.parts)
    return (Finding("network", figures={"took_s": round(took_s, 2)}), drift, *slices)


def _of_office(part: HealthPart) -> Finding:
    """A part of the office as it looks at itself; a name that is not known here shows as it is."""
    state = State(part.state) if part.state in set(State) else State.UNKNOWN
    cause = f"office_{part.name}" if state is not State.WELL else ""
    return Finding(f"office_{part.name}", state, cause, {"concerned": float(len(part.where))} if part.where else {})
