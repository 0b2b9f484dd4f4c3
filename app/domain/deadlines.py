"""Statutory periods of a case: the last day, the month from which is paid, the tax year to ask for."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.conditions import Scope, holds
from app.domain.days import Month, last_day
from app.domain.facts import Facts, scalar_of
from app.domain.procedure import OFFICE, RECEIPT, Enquiry, Procedure, ProcedureClock


@dataclass(frozen=True, slots=True)
class Limit:
    """A period of a case. ``start_*`` are None for periods that decide no month of payment."""

    clock: str
    label: str
    event: date
    last_day: date
    kept: bool
    start_if_kept: Month | None = None
    start_if_late: Month | None = None

    @property
    def start(self) -> Month | None:
        """The first month paid, as things are."""
        return self.start_if_kept if self.kept else self.start_if_late

    @property
    def months_lost(self) -> int:
        """How many months the delay costs."""
        if self.kept or self.start_if_kept is None or self.start_if_late is None:
            return 0
        kept, late = self.start_if_kept, self.start_if_late
        return (late.year - kept.year) * 12 + late.month - kept.month


def limits(procedure: Procedure, facts: Facts, receipt_date: date) -> tuple[Limit, ...]:
    """The periods that run in this case, for an application received on ``receipt_date``.

    Before it is handed in, ask with today: what it says then is what handing in now would mean.
    """
    scope = Scope(facts, receipt_date)
    made = (_limit(clock, facts, receipt_date) for clock in procedure.clocks if holds(clock.when, scope))
    return tuple(limit for limit in made if limit is not None)


def office_limits(procedure: Procedure, facts: Facts, receipt_date: date) -> tuple[Limit, ...]:
    """The periods that the office itself has to keep: they run from the receipt, whatever day a form bears."""
    scope = Scope(facts, receipt_date)
    own = (one for one in procedure.clocks if one.duty == OFFICE and holds(one.when, scope))
    made = (_limit(replace(one, since=RECEIPT), facts, receipt_date) for one in own)
    return tuple(limit for limit in made if limit is not None)


def case_scope(procedure: Procedure, facts: Facts, receipt_date: date) -> Scope:
    """The facts with the clocks that were missed, as conditions ask them."""
    late = frozenset(limit.clock for limit in limits(procedure, facts, receipt_date) if not limit.kept)
    return Scope(facts, receipt_date, late)


@dataclass(frozen=True, slots=True)
class TaxYear:
    """年度 of a local tax, western. ``residence_day``: whoever lived in a municipality that day is taxed there."""

    year: int

    @property
    def residence_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def income_year(self) -> int:
        """The calendar year whose income is taxed."""
        return self.year - 1


def tax_year(enquiry: Enquiry, on: date) -> TaxYear | None:
    """The tax year that a request of ``on`` needs; None if the enquiry is not about a year.

    Ask with the receipt date: the request counts, not the day on which somebody looks. Source: known
    practice; the rule is the enquiry's data.
    """
    offset = next((rule.offset for rule in enquiry.years if rule.first <= on.month <= rule.last), None)
    return None if offset is None else TaxYear(on.year + offset)


def _limit(clock: ProcedureClock, facts: Facts, receipt: date) -> Limit | None:
    event = receipt if clock.since == RECEIPT else scalar_of(facts, clock.since)
    if not isinstance(event, date):
        return None
    end = last_day(event, clock.days, extend=clock.extend)
    kept = receipt <= end
    if clock.effect != "start_month":
        return Limit(clock.id, clock.label, event, end, kept)
    after_event, after_receipt = Month.of(event).plus(1), Month.of(max(event, receipt)).plus(1)
    return Limit(clock.id, clock.label, event, end, kept, after_event, after_receipt)
