"""書かない窓口: what card and register know is filled in, unless the presenter may not see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.facts import Scalar, Value
from app.domain.person import Capacity
from app.domain.procedure import Field, Group, Procedure

_SEES_CARD = frozenset({Capacity.SELF})
_SEES_REGISTER = frozenset({Capacity.SELF, Capacity.LEGAL_REPRESENTATIVE})
"""Prefill is a leak: who is neither the applicant nor the legal representative must not read what they did not bring.

Source: known practice (prefill on forms for agents and members of the household).
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """A value with the source it came from: the first part of its path (card, register …)."""

    value: Value
    source: str


def prefilled(procedure: Procedure, known: Mapping[str, Value], capacity: Capacity) -> dict[str, Filled]:
    """Field and group ids with what is known of them.

    ``known``: paths such as "card.name" or "register.children" (rows whose keys the columns' ``prefill`` name) with
    values. A field takes the first of its paths that is known and that the presenter's capacity may see.
    """
    filled = {field.id: _first(field.prefill, known, capacity) for field in procedure.fields}
    for group in procedure.groups:
        rows = _first(group.prefill, known, capacity)
        if rows is not None and isinstance(rows.value, tuple):
            filled[group.id] = Filled(tuple(_row(group, row) for row in rows.value[: group.maximum]), rows.source)
    return {name: value for name, value in filled.items() if value is not None}


def may_see(path: str, capacity: Capacity) -> bool:
    """Whether a presenter in ``capacity`` may read what stands under ``path``."""
    source = path.partition(".")[0]
    return capacity in (_SEES_CARD if source == "card" else _SEES_REGISTER)


def _first(paths: tuple[str, ...], known: Mapping[str, Value], capacity: Capacity) -> Filled | None:
    for path in paths:
        value = known.get(path)
        if value is not None and value not in ("", ()) and may_see(path, capacity):
            return Filled(value, path.partition(".")[0])
    return None


def _row(group: Group, row: Mapping[str, Scalar]) -> dict[str, Scalar]:
    found = {field.id: _column(field, row) for field in group.fields}
    return {name: value for name, value in found.items() if value is not None}


def _column(field: Field, row: Mapping[str, Scalar]) -> Scalar | None:
    return next((row[key] for key in field.prefill if key in row), None)
