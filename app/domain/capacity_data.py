"""From the tables of capacities.toml to the capacities; what does not fit is refused with its place."""

from collections.abc import Mapping
from typing import TypeVar

from app.domain.capacity import AuthorityPaper, CapacityRule, CapacityTable, HandOver, Needed, RegimeRule
from app.domain.identity import Means, Part, Question, Regime
from app.domain.person import Capacity
from app.domain.procedure_rules import confidence
from app.domain.tables import Table

E = TypeVar("E", Regime, Question, Part, Means, Capacity, HandOver)

_SOURCES = frozenset({"card", "register"})


def parse_capacities(values: Mapping[str, object]) -> CapacityTable:
    """Make the table; every capacity and every regime must stand in it once. Errors: DataFault."""
    table = Table(values, "capacities")
    table.count("version")
    papers = tuple(_paper(row) for row in table.tables("paper"))
    known = frozenset(paper.id for paper in papers)
    means = {key: found for row in table.tables("regime") for key, found in _means(row).items()}
    rules = tuple(_capacity(row, known) for row in table.tables("capacity"))
    if sorted(rule.capacity for rule in rules) != sorted(Capacity):
        raise table.fault("each_once", "capacity")
    if {regime for regime, _ in means} != set(Regime):
        raise table.fault("each_once", "regime")
    return table.finish(CapacityTable({rule.capacity: rule for rule in rules}, papers, means))


def _paper(row: Table) -> AuthorityPaper:
    return row.finish(AuthorityPaper(row.text("id"), row.text("label"), confidence(row)))


def _means(row: Table) -> dict[tuple[Regime, Question], frozenset[Means]]:
    regime = _one(row, "id", Regime)
    lists = ((Question.IDENTITY, "person_by"), (Question.NUMBER, "number_by"))
    found = {(regime, question): frozenset(_each(row, key, Means)) for question, key in lists}
    return row.finish(found)


def _capacity(row: Table, papers: frozenset[str]) -> CapacityRule:
    sees = frozenset(row.texts("sees"))
    if not sees <= _SOURCES:
        raise row.fault("unknown_value", "sees")
    rules = tuple(_rule(one, papers) for one in row.tables("rule"))
    made = CapacityRule(
        capacity=_one(row, "id", Capacity),
        sees=sees,
        hand_over=_one(row, "hand_over", HandOver),
        with_number=_one(row, "with_number", HandOver),
        rules={rule.regime: rule for rule in rules},
    )
    return row.finish(made)


def _rule(row: Table, papers: frozenset[str]) -> RegimeRule:
    needs = tuple(_needed(one) for one in row.tables("confirm"))
    rule = RegimeRule(
        regime=_one(row, "regime", Regime),
        needs=needs,
        papers=row.texts("papers"),
        by_register=row.flag("register", default=False),
        confidence=confidence(row),
    )
    if not set(rule.papers) <= papers:
        raise row.fault("unknown_name", "papers")
    asks = any(need.question is Question.AUTHORITY for need in needs)
    if asks != (rule.by_register or bool(rule.papers)):
        raise row.fault("authority_without_proof", "papers")
    return row.finish(rule)


def _needed(row: Table) -> Needed:
    return row.finish(Needed(_one(row, "question", Question), _one(row, "of", Part)))


def _one(row: Table, key: str, kind: type[E]) -> E:
    try:
        return kind(row.text(key))
    except ValueError as error:
        raise row.fault("unknown_value", key) from error


def _each(row: Table, key: str, kind: type[E]) -> tuple[E, ...]:
    try:
        return tuple(kind(one) for one in row.texts(key))
    except ValueError as error:
        raise row.fault("unknown_value", key) from error
