"""What a procedure says about the facts of a case: fields to show, papers to bring, enquiries to make, findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.conditions import Scope, holds
from app.domain.deadlines import TaxYear, case_scope, tax_year
from app.domain.facts import Facts, Row, rows_of, scalar_of
from app.domain.procedure import Check, Enquiry, Field, Group, Level, Need, Paper, Procedure, Stage

_NEEDED = frozenset({Need.REQUIRED, Need.WHEN})


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that holds. ``row``: its row in ``group`` from 0, or None. ``stops``: the stage asked for can't go on.

    A finding that does not stop is shown all the same; a confirmation wants a look and, to go on, a note of it.
    """

    check: str
    level: Level
    blocks: Stage | None
    stops: bool
    group: str
    row: int | None
    fields: tuple[str, ...]
    what: str
    why: str
    next: str

    @property
    def key(self) -> str:
        """Names this finding of this case; what a note of a look refers to."""
        return self.check if self.row is None else f"{self.check}[{self.row}]"


@dataclass(frozen=True, slots=True)
class DueEnquiry:
    """An enquiry that a case calls for: about which row, from whom, for which tax year.

    ``provider``: a municipality's code, the name of a body, or "" for the own office or while it is not known.
    """

    enquiry: Enquiry
    row: int | None
    provider: str
    year: TaxYear | None


def visible_fields(procedure: Procedure, facts: Facts, day: date) -> tuple[Field, ...]:
    """The fields of the form, without rows, that this case needs to be asked for."""
    scope = case_scope(procedure, facts, day)
    return tuple(field for field in procedure.fields if holds(field.when, scope))


def visible_groups(procedure: Procedure, facts: Facts, day: date) -> tuple[Group, ...]:
    """The groups of rows that this case needs."""
    scope = case_scope(procedure, facts, day)
    return tuple(group for group in procedure.groups if holds(group.when, scope))


def visible_columns(procedure: Procedure, group: Group, facts: Facts, row: Row, day: date) -> tuple[Field, ...]:
    """The fields of one row."""
    scope = case_scope(procedure, facts, day).within(row)
    return tuple(field for field in group.fields if holds(field.when, scope))


def papers(procedure: Procedure, facts: Facts, day: date) -> tuple[Paper, ...]:
    """The papers that still have to be brought in this case."""
    scope = case_scope(procedure, facts, day)
    return tuple(paper for paper in procedure.papers if holds(paper.when, scope))


def enquiries(procedure: Procedure, facts: Facts, day: date) -> tuple[DueEnquiry, ...]:
    """The enquiries that this case calls for, in the order in which the office should ask."""
    scope = case_scope(procedure, facts, day)
    return tuple(due for enquiry in procedure.enquiries for due in _due(enquiry, scope, day))


def findings(procedure: Procedure, facts: Facts, stage: Stage, day: date) -> tuple[Finding, ...]:
    """All checks that hold, errors first; ``day`` is the receipt date, or today while there is none.

    Required fields without a value are errors that stop from the decision on. Nothing stops a reception.
    """
    scope = case_scope(procedure, facts, day)
    found = [*_missing(procedure, scope, stage), *_checked(procedure, scope, stage)]
    return tuple(sorted(found, key=lambda finding: (not finding.stops, finding.level is Level.CONFIRM)))


def _checked(procedure: Procedure, scope: Scope, stage: Stage) -> Iterator[Finding]:
    for check in procedure.checks:
        if not check.each:
            if holds(check.when, scope):
                yield _finding(check, stage, check.fields)
            continue
        for at, row in enumerate(rows_of(scope.facts, check.each)):
            if holds(check.when, scope.within(row)):
                yield _finding(check, stage, check.fields, (check.each, at), _row_label(procedure, check.each, row, at))


def _missing(procedure: Procedure, scope: Scope, stage: Stage) -> Iterator[Finding]:
    check = procedure.missing
    for field in procedure.fields:
        if _lacks(field, scope):
            yield _finding(check, stage, (field.id,), label=field.label)
    for group in procedure.groups:
        if holds(group.when, scope):
            yield from _missing_rows(procedure, group, scope, stage)


def _missing_rows(procedure: Procedure, group: Group, scope: Scope, stage: Stage) -> Iterator[Finding]:
    check, rows = procedure.missing, rows_of(scope.facts, group.id)
    if len(rows) < group.minimum:
        yield _finding(check, stage, (group.id,), label=group.label)
    for at, row in enumerate(rows):
        name = _row_label(procedure, group.id, row, at)
        for field in group.fields:
            if _lacks(field, scope.within(row)):
                yield _finding(check, stage, (field.id,), (group.id, at), f"{name} / {field.label}")


def _lacks(field: Field, scope: Scope) -> bool:
    """Whether a needed field that is shown has no value; a column looks into its own row only."""
    known = scope.row if field.group else scope.facts
    return field.need in _NEEDED and scalar_of(known, field.id) is None and holds(field.when, scope)


def _row_label(procedure: Procedure, name: str, row: Row, at: int) -> str:
    """How a row is called: by its first field, else by its number."""
    group = procedure.group(name)
    first = scalar_of(row, group.fields[0].id) if group else None
    return str(first) if first is not None else f"{group.label if group else name}{at + 1}"


def _finding(
    check: Check, stage: Stage, fields: tuple[str, ...], place: tuple[str, int] | None = None, label: str = ""
) -> Finding:
    stops = check.blocks is not None and stage.order >= check.blocks.order
    group, row = place or ("", None)
    what, why, advice = (text.replace("{label}", label) for text in (check.what, check.why, check.next))
    return Finding(check.id, check.level, check.blocks, stops, group, row, fields, what, why, advice)


def _due(enquiry: Enquiry, scope: Scope, day: date) -> Iterator[DueEnquiry]:
    rows = list(enumerate(rows_of(scope.facts, enquiry.each))) if enquiry.each else [(None, None)]
    for at, row in rows:
        inner = scope if row is None else scope.within(row)
        if holds(enquiry.when, inner):
            yield DueEnquiry(enquiry, at, _provider(enquiry.provider, inner), tax_year(enquiry, day))


def _provider(rule: str, scope: Scope) -> str:
    kind, _, name = rule.partition(":")
    return str(scope.value(name) or "") if kind == "field" else name
