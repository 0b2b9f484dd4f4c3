"""Facts on their way: dates as ISO 8601 text, rows as tables; which field is a date is the procedure's to say."""

from collections.abc import Mapping
from datetime import date

from app.domain.facts import Facts, Row, Scalar, Value
from app.domain.procedure import Kind, Procedure
from app.errors import NotUnderstood
from app.wire.desk import Fact
from app.wire.desk import Scalar as WireScalar


def facts_to_wire(facts: Facts) -> dict[str, Fact]:
    """Facts made ready to travel; unknown ones stay at home."""
    return {name: _out(value) for name, value in facts.items() if value != ""}


def facts_from_wire(procedure: Procedure, sent: Mapping[str, Fact]) -> dict[str, Value]:
    """What arrived, as facts of ``procedure``. Errors: NotUnderstood for a field it has not or a date that is none."""
    dates, names = _kinds(procedure)
    return {name: _in(name, value, dates, names) for name, value in sent.items() if value is not None and value != ""}


def _kinds(procedure: Procedure) -> tuple[frozenset[str], frozenset[str]]:
    fields = [(field.id, field.kind) for field in procedure.all_fields()]
    fields += [(given.id, given.kind) for given in procedure.given]
    dates = frozenset(name for name, kind in fields if kind is Kind.DATE)
    return dates, frozenset(name for name, _ in fields) | {group.id for group in procedure.groups}


def _out(value: Value) -> Fact:
    if isinstance(value, tuple):
        return tuple({name: _out_scalar(item) for name, item in row.items() if item != ""} for row in value)
    return _out_scalar(value)


def _out_scalar(value: Scalar) -> WireScalar:
    return value.isoformat() if isinstance(value, date) else value


def _in(name: str, value: Fact, dates: frozenset[str], names: frozenset[str]) -> Value:
    if name not in names:
        raise NotUnderstood(what=f"field {name}")
    if isinstance(value, tuple):
        return tuple(_row(row, dates, names) for row in value)
    return _scalar(name, value, dates)


def _row(row: Mapping[str, WireScalar], dates: frozenset[str], names: frozenset[str]) -> Row:
    unknown = set(row) - names
    if unknown:
        raise NotUnderstood(what=f"field {min(unknown)}")
    return {name: _scalar(name, value, dates) for name, value in row.items() if value is not None and value != ""}


def _scalar(name: str, value: WireScalar, dates: frozenset[str]) -> Scalar:
    if value is None:
        raise NotUnderstood(what=f"field {name}")
    if name not in dates:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise NotUnderstood(what=f"date {name}") from error
