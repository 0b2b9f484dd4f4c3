"""Prepare an application: filled from card and register, the rest asked; what it means is said at every change."""

from dataclasses import dataclass
from datetime import date

from app.domain.amounts import RowAmount, monthly_amounts
from app.domain.capacity import CapacityTable
from app.domain.checks import (
    DueEnquiry,
    Finding,
    enquiries,
    findings,
    papers,
    visible_columns,
    visible_fields,
    visible_groups,
)
from app.domain.days import Month
from app.domain.deadlines import Limit, limits
from app.domain.facts import Facts, Value, rows_of
from app.domain.person import Capacity
from app.domain.prefill import Presenter, prefilled
from app.domain.procedure import Field, Group, Paper, Procedure, Stage
from app.errors import NotAllowed
from app.services.known_facts import Relations, Sources, known_facts
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.wire.desk import Evidence, RolesMark
from app.wire.draft import Draft
from app.wire.evidence import under
from app.wire.facts import facts_to_wire


@dataclass(frozen=True, slots=True)
class RowsView:
    """A group of rows as this case needs it; ``columns``: for each row the fields to show."""

    group: Group
    columns: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """What a form shows for its present facts. ``limits`` say what handing in on that day would mean.

    ``amounts``: yen a month from the first month paid; none while that is not known.
    """

    fields: tuple[Field, ...]
    groups: tuple[RowsView, ...]
    findings: tuple[Finding, ...]
    limits: tuple[Limit, ...]
    papers: tuple[Paper, ...]
    enquiries: tuple[DueEnquiry, ...]
    amounts: tuple[RowAmount, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Who plays which part, and how person and number were confirmed."""

    roles: RolesMark
    evidence: tuple[Evidence, ...]


class PrepareApplication:
    """The use case."""

    def __init__(self, journal: Journal, relations: Relations, rules: CapacityTable) -> None:
        self._journal = journal
        self._relations = relations
        self._rules = rules

    def __call__(
        self, press: Press, session: Session, visit: Visit, procedure: Procedure, about: tuple[Parts, Sources]
    ) -> Draft:
        """A draft with what the presenter's capacity may see of what is known; nothing is saved yet.

        Errors: NotAllowed for a procedure that is not in force on the day.
        """
        parts, sources = about
        if not procedure.in_force(sources.day):
            raise NotAllowed
        known = known_facts(sources, procedure, self._relations)
        filled = prefilled(procedure, known, Presenter(Capacity(parts.roles.capacity), self._rules))
        facts: dict[str, Value] = {name: one.value for name, one in filled.items()}
        facts |= {given.id: known[given.source] for given in procedure.given if given.source in known}
        act = session.act(
            press,
            "application.begun",
            visit=visit.visit_id,
            about=parts.roles.applicant.business_number,
            procedure=procedure.id,
            filled=len(filled),
        )
        self._journal.write(act)
        return Draft(
            draft_id=press.key,
            visit_id=visit.visit_id,
            procedure=procedure.id,
            procedure_version=procedure.version,
            saved_at=press.at,
            roles=parts.roles,
            facts=facts_to_wire(facts),
            sources={name: one.source for name, one in filled.items()},
            evidence=under(procedure.identity.regime, parts.evidence),
        )


def look(procedure: Procedure, facts: Facts, day: date, stage: Stage = Stage.RECEPTION) -> FormView:
    """How the form stands. Pure and quick: ask at every change. ``day``: receipt date, or today while there is none."""
    found = limits(procedure, facts, day)
    start = next((limit.start for limit in found if limit.start is not None), None)
    return FormView(
        fields=visible_fields(procedure, facts, day),
        groups=tuple(_rows(procedure, group, facts, day) for group in visible_groups(procedure, facts, day)),
        findings=findings(procedure, facts, stage, day),
        limits=found,
        papers=papers(procedure, facts, day),
        enquiries=enquiries(procedure, facts, day),
        amounts=_amounts(procedure, facts, start),
    )


def _rows(procedure: Procedure, group: Group, facts: Facts, day: date) -> RowsView:
    rows = rows_of(facts, group.id)
    return RowsView(group, tuple(visible_columns(procedure, group, facts, row, day) for row in rows))


def _amounts(procedure: Procedure, facts: Facts, start: Month | None) -> tuple[RowAmount, ...]:
    return () if start is None else monthly_amounts(procedure, facts, start)
