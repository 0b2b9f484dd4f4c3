"""Facts of a case on their way between programs: dates as ISO 8601 text, everything else as it is."""

from collections.abc import Mapping
from datetime import date

from app.domain.facts import Facts, Row, Scalar, Value
from app.domain.procedure import Kind, Procedure
from app.errors import NotUnderstood
from app.wire.desk import Fact
from app.wire.desk import Scalar as WireScalar


def facts_to_wire(facts: Facts) -> dict[str, Fact]:
    """The facts as they travel."""
    return {name: _value_to_wire(value) for name, value in facts.items()}


def facts_from_wire(procedure: Procedure, facts: Mapping[str, Fact]) -> dict[str, Value]:
    """The facts as the procedure's rules ask them. Unknown (null) values are left out.

    Errors: NotUnderstood naming the field whose date is none.
    """
    dates = frozenset(
        [field.id for field in procedure.all_fields() if field.kind is Kind.DATE]
        + [given.id for given in procedure.given if given.kind is Kind.DATE]
    )
    found = {name: _value_from_wire(name, value, dates) for name, value in facts.items()}
    return {name: value for name, value in found.items() if value is not None}


def _value_to_wire(value: Value) -> Fact:
    if isinstance(value, tuple):
        return tuple({name: _scalar_to_wire(one) for name, one in row.items()} for row in value)
    return _scalar_to_wire(value)


def _scalar_to_wire(value: Scalar) -> WireScalar:
    return value.isoformat() if isinstance(value, date) else value


def _value_from_wire(name: str, value: Fact, dates: frozenset[str]) -> Value | None:
    if isinstance(value, tuple):
        return tuple(_row_from_wire(row, dates) for row in value)
    return _scalar_from_wire(name, value, dates)


def _row_from_wire(row: Mapping[str, WireScalar], dates: frozenset[str]) -> Row:
    found = {name: _scalar_from_wire(name, value, dates) for name, value in row.items()}
    return {name: value for name, value in found.items() if value is not None}


def _scalar_from_wire(name: str, value: WireScalar, dates: frozenset[str]) -> Scalar | None:
    if name not in dates or not isinstance(value, str) or not value:
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise NotUnderstood(what=name) from error
