"""The small condition language of procedure data: tables in, true or false out; nothing is executed.

One table is one condition. Comparisons, with ``field`` naming a field, a given fact or a column of the row at hand:

    {field = "kind", is = "x"} · is_not · one_of = [..] · none_of = [..] · {field = "kind", missing = true}
    {field = "income", less_than = "other_field"} · same_as · other_than · reads_unlike (kana, folded)
    {field = "count", at_least = 3} · at_most
    {field = "birth", younger_than = 3} · older_school_year = 18 (past the 31 March after that age)
    {field = "event", after_receipt = true} · {later_than_limit = "clock"} (received after that clock's last day)

Composition: {all_of = [..]} · {any_of = [..]} · {not = {..}} · {any_row = "group", where = {..}} ·
{every_row = "group", where = {..}} · {rows = "group", at_least = 3}.

A comparison whose fact is not known holds never, also ``is_not`` and ``none_of``: what nobody knows is no finding.
Only ``missing`` asks for it. ``every_row`` of no rows holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from app.domain.days import day_of_age, school_year_end
from app.domain.facts import Facts, Row, Scalar, rows_of, scalar_of
from app.domain.kana import fold_kana
from app.domain.names import bare
from app.domain.tables import Table


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition is asked about. ``day``: the receipt date, or today while there is none.

    ``late``: the clocks whose last day lies before the receipt date. ``row``: the row at hand; it hides outer facts.
    """

    facts: Facts
    day: date
    late: frozenset[str] = frozenset()
    row: Row = field(default_factory=dict)

    def value(self, name: str) -> Scalar | None:
        found = scalar_of(self.row, name)
        return scalar_of(self.facts, name) if found is None else found

    def within(self, row: Row) -> "Scope":
        return Scope(self.facts, self.day, self.late, row)


@dataclass(frozen=True, slots=True)
class Compare:
    """``name operator operand``; the operand is a constant, a list of constants or another field's name."""

    name: str
    operator: str
    operand: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """The application was received after the last day of a clock."""

    clock: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts hold."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the parts holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Rows:
    """At least ``least`` rows of a group satisfy ``where``; with ``least`` 0: every row does."""

    group: str
    where: "Condition"
    least: int


Condition: TypeAlias = Compare | Late | Every | Some | Negation | Rows

ALWAYS = Every(())


def holds(condition: Condition, scope: Scope) -> bool:
    """Whether ``condition`` is true of ``scope``."""
    match condition:
        case Compare():
            return _compare(condition, scope)
        case Late(clock):
            return clock in scope.late
        case Every(parts):
            return all(holds(part, scope) for part in parts)
        case Some(parts):
            return any(holds(part, scope) for part in parts)
        case Negation(part):
            return not holds(part, scope)
        case Rows(group, where, least):
            rows = rows_of(scope.facts, group)
            hits = sum(holds(where, scope.within(row)) for row in rows)
            return hits >= least if least else hits == len(rows)


def names_in(condition: Condition) -> frozenset[str]:
    """Every field, group and clock that a condition names, for the check that they exist."""
    match condition:
        case Compare(name, operator, operand):
            return frozenset({name, str(operand)}) if operator in _FIELD_OPERATORS else frozenset({name})
        case Late(clock):
            return frozenset({clock})
        case Every(parts) | Some(parts):
            return frozenset().union(*(names_in(part) for part in parts))
        case Negation(part):
            return names_in(part)
        case Rows(group, where, _):
            return names_in(where) | {group}


def parse_condition(table: Table) -> Condition:
    """Make a condition of its table; ``DataFault`` names the place of what it can't be."""
    for key, make in _COMPOSITIONS.items():
        if key in table:
            return table.finish(make(table))
    return table.finish(_comparison(table))


def _comparison(table: Table) -> Condition:
    name = table.text("field")
    operators = [key for key in _OPERATORS if key in table]
    if len(operators) != 1:
        raise table.fault("one_operator")
    operator = operators[0]
    if operator in {"one_of", "none_of"}:
        return Compare(name, operator, table.scalars(operator))
    if operator in {"missing", "after_receipt"}:
        return Compare(name, operator, table.flag(operator))
    if operator in _FIELD_OPERATORS:
        return Compare(name, operator, table.text(operator))
    if operator in {"is", "is_not"}:
        return Compare(name, operator, table.scalar(operator))
    return Compare(name, operator, table.count(operator))


def _parts(table: Table, key: str) -> tuple[Condition, ...]:
    return tuple(parse_condition(part) for part in table.tables(key))


def _rows(table: Table, key: str, least: int) -> Rows:
    where = parse_condition(table.table("where")) if "where" in table else ALWAYS
    return Rows(table.text(key), where, least)


_COMPOSITIONS: Mapping[str, Callable[[Table], Condition]] = {
    "later_than_limit": lambda table: Late(table.text("later_than_limit")),
    "all_of": lambda table: Every(_parts(table, "all_of")),
    "any_of": lambda table: Some(_parts(table, "any_of")),
    "not": lambda table: Negation(parse_condition(table.table("not"))),
    "any_row": lambda table: _rows(table, "any_row", 1),
    "every_row": lambda table: _rows(table, "every_row", 0),
    "rows": lambda table: _rows(table, "rows", table.count("at_least")),
}


def _compare(condition: Compare, scope: Scope) -> bool:
    value = scope.value(condition.name)
    if condition.operator == "missing":
        return (value is None) is condition.operand
    operand = condition.operand
    if condition.operator in _FIELD_OPERATORS:
        other = scope.value(str(operand))
        return value is not None and other is not None and _OPERATORS[condition.operator](value, other, scope.day)
    return value is not None and _OPERATORS[condition.operator](value, operand, scope.day)


_Operand: TypeAlias = Scalar | tuple[Scalar, ...]


def _same(value: Scalar, operand: _Operand, _: date) -> bool:
    """Equal in kind and value: 1 is not true."""
    return type(value) is type(operand) and value == operand


def _among(value: Scalar, operand: _Operand, day: date) -> bool:
    return isinstance(operand, tuple) and any(_same(value, one, day) for one in operand)


def _less(value: Scalar, operand: _Operand, _: date) -> bool:
    if isinstance(value, date) and isinstance(operand, date):
        return value < operand
    return isinstance(value, int) and isinstance(operand, int) and value < operand


def _reads_unlike(value: Scalar, operand: _Operand, _: date) -> bool:
    return fold_kana(bare(str(value))) != fold_kana(bare(str(operand)))


def _younger(value: Scalar, operand: _Operand, day: date) -> bool:
    return isinstance(value, date) and isinstance(operand, int) and day <= day_of_age(value, operand)


def _older_school_year(value: Scalar, operand: _Operand, day: date) -> bool:
    return isinstance(value, date) and isinstance(operand, int) and day > school_year_end(value, operand)


def _after(value: Scalar, operand: _Operand, day: date) -> bool:
    return isinstance(value, date) and (value > day) is operand


_OPERATORS: Mapping[str, Callable[[Scalar, _Operand, date], bool]] = {
    "missing": lambda *_: False,
    "is": _same,
    "is_not": lambda value, operand, day: not _same(value, operand, day),
    "one_of": _among,
    "none_of": lambda value, operand, day: not _among(value, operand, day),
    "less_than": _less,
    "same_as": _same,
    "other_than": lambda value, operand, day: not _same(value, operand, day),
    "reads_unlike": _reads_unlike,
    "at_least": lambda value, operand, _: isinstance(value, int) and isinstance(operand, int) and value >= operand,
    "at_most": lambda value, operand, _: isinstance(value, int) and isinstance(operand, int) and value <= operand,
    "younger_than": _younger,
    "older_school_year": _older_school_year,
    "after_receipt": _after,
}
_FIELD_OPERATORS = frozenset({"less_than", "same_as", "other_than", "reads_unlike"})
