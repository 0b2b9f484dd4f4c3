"""Why a reviewer should look twice at a case: computed from its facts and its way so far, each with its ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.amounts import monthly_amounts
from app.domain.application import Act, Application, waits_for
from app.domain.capacity import Consequence
from app.domain.checks import findings
from app.domain.clock import business_date
from app.domain.deadlines import limits
from app.domain.person import Capacity
from app.domain.procedure import Level, Procedure, Stage

_STAGES = {"examination": Stage.FINALISE, "decision": Stage.DECIDE}


class RiskKind(StrEnum):
    """Kinds of risk, the heaviest first."""

    PROTECTED = "protected"
    """支援措置 or another restraint of somebody the case names."""
    RESPONSIBLE = "responsible"
    """The same, to whoever may not see restraints: the responsible person is to be asked."""
    IDENTITY = "identity"
    """Whoever came was not confirmed."""
    ALERT = "alert"
    """A check stops the step that is due, or will stop one to come."""
    LATE = "late"
    """A statutory period was missed, or the step has waited too long."""
    NUMBER_OUTPUT = "number_output"
    """A paper of it bears a 個人番号."""
    CONFIRM = "confirm"
    """A check wants a look that nobody has taken."""
    CHANGED = "changed"
    """It came back changed after a return, or two persons' entries were merged."""
    NO_NUMBER = "no_number"
    """Taken without a confirmed 個人番号, which the office completes itself."""
    AGENT = "agent"
    """Somebody else came for the person."""


HEAVY = frozenset({RiskKind.PROTECTED, RiskKind.RESPONSIBLE, RiskKind.IDENTITY, RiskKind.ALERT, RiskKind.LATE})
"""Those that stand first in a queue by risk."""
UNSAFE = frozenset({
    RiskKind.PROTECTED,
    RiskKind.RESPONSIBLE,
    RiskKind.IDENTITY,
    RiskKind.ALERT,
    RiskKind.NUMBER_OUTPUT,
    RiskKind.CONFIRM,
    RiskKind.CHANGED,
})
"""Those with which nothing is decided in a batch. Source: counter-ux.md 4-4, published."""


@dataclass(frozen=True, slots=True)
class Risk:
    """One ground. ``detail``: a check's key, a period's label or the minutes that it has waited, by kind."""

    kind: RiskKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """What the risks of a case are seen by. ``protected``: somebody in it is restrained; ``may_see``: that is told."""

    at: datetime
    waiting_since: datetime
    late_minutes: int
    protected: bool
    may_see: bool
    merged: bool = False


def risks(procedure: Procedure, application: Application, looked: Sequence[str], watch: Watch) -> tuple[Risk, ...]:
    """All of a case, the heaviest first. ``looked``: findings that somebody has looked at."""
    found = [*_people(application, watch), *_checks(procedure, application, looked, watch)]
    found += _lateness(procedure, application, watch)
    if any("my_number" in output.needs for output in procedure.outputs):
        found.append(Risk(RiskKind.NUMBER_OUTPUT))
    if watch.merged or any(entry.act is Act.RESUBMIT for entry in application.history):
        found.append(Risk(RiskKind.CHANGED))
    order = list(RiskKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def monthly_yen(procedure: Procedure, application: Application, at: datetime) -> int:
    """What is paid a month from the first month on; 0 while that is not known or nothing is paid."""
    day = application.day(business_date(at))
    periods = limits(procedure, application.facts, day)
    start = next((one.start for one in periods if one.start is not None), None)
    return 0 if start is None else sum(one.yen for one in monthly_amounts(procedure, application.facts, start))


def _people(application: Application, watch: Watch) -> list[Risk]:
    found = []
    if watch.protected:
        found.append(Risk(RiskKind.PROTECTED if watch.may_see else RiskKind.RESPONSIBLE))
    if application.identity is Consequence.WITHOUT_NUMBER:
        found.append(Risk(RiskKind.NO_NUMBER))
    elif application.identity is not Consequence.CONFIRMED:
        found.append(Risk(RiskKind.IDENTITY, application.identity.value))
    if application.roles.capacity is not Capacity.SELF:
        found.append(Risk(RiskKind.AGENT, application.roles.capacity.value))
    return found


def _checks(procedure: Procedure, application: Application, looked: Sequence[str], watch: Watch) -> list[Risk]:
    stage = _STAGES.get(waits_for(application), Stage.RECEPTION)
    found = findings(procedure, application.facts, stage, application.day(business_date(watch.at)))
    seen = {*looked, *(key for entry in application.history for key in entry.looked)}
    stops = [Risk(RiskKind.ALERT, one.what) for one in found if one.stops or one.level is Level.ERROR]
    wanted = [one for one in found if one.level is Level.CONFIRM and one.key not in seen]
    return stops + [Risk(RiskKind.CONFIRM, one.what) for one in wanted]


def _lateness(procedure: Procedure, application: Application, watch: Watch) -> list[Risk]:
    day = application.day(business_date(watch.at))
    missed = [one for one in limits(procedure, application.facts, day) if not one.kept]
    found = [Risk(RiskKind.LATE, one.label) for one in missed]
    if watch.at - watch.waiting_since > timedelta(minutes=watch.late_minutes):
        found.append(Risk(RiskKind.LATE))
    return found
