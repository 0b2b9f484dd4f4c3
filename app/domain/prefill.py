"""書かない窓口: what card and register know is filled in, unless the presenter may not see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.capacity import CapacityTable
from app.domain.facts import Scalar, Value
from app.domain.person import Capacity
from app.domain.procedure import Field, Group, Procedure


@dataclass(frozen=True, slots=True)
class Filled:
    """A value with the source it came from: the first part of its path (card, register …)."""

    value: Value
    source: str


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who will read the form: in which capacity, and what such a presenter may see."""

    capacity: Capacity
    rules: CapacityTable


def prefilled(procedure: Procedure, known: Mapping[str, Value], reader: Presenter) -> dict[str, Filled]:
    """Field and group ids with what is known of them.

    ``known``: paths such as "card.name" or "register.children" (rows whose keys the columns' ``prefill`` name) with
    values. A field takes the first of its paths that is known and that the reader may see.
    """
    filled = {field.id: _first(field.prefill, known, reader) for field in procedure.fields}
    for group in procedure.groups:
        rows = _first(group.prefill, known, reader)
        if rows is not None and isinstance(rows.value, tuple):
            filled[group.id] = Filled(tuple(_row(group, row) for row in rows.value[: group.maximum]), rows.source)
    return {name: value for name, value in filled.items() if value is not None}


def _first(paths: tuple[str, ...], known: Mapping[str, Value], reader: Presenter) -> Filled | None:
    for path in paths:
        value = known.get(path)
        if value is not None and value not in ("", ()) and reader.rules.may_see(path, reader.capacity):
            return Filled(value, path.partition(".")[0])
    return None


def _row(group: Group, row: Mapping[str, Scalar]) -> dict[str, Scalar]:
    found = {field.id: _column(field, row) for field in group.fields}
    return {name: value for name, value in found.items() if value is not None}


def _column(field: Field, row: Mapping[str, Scalar]) -> Scalar | None:
    return next((row[key] for key in field.prefill if key in row), None)
