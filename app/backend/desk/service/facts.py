"""Facts of an application against its procedure: unknown fields and wrong kinds are refused, gaps never."""

import re
from collections.abc import Mapping
from datetime import date

from app.domain.entry import NUMBER_STATES
from app.domain.procedure import Field, Given, Kind, Procedure
from app.errors import Refused
from app.wire.desk import Fact, Scalar

_BY_ENQUIRY = "enquiry."
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def check_facts(procedure: Procedure, facts: Mapping[str, Fact]) -> None:
    """Refuse what can't be of this procedure. Errors: Refused ``unknown_field`` and ``wrong_kind`` with ``field``.

    What only an enquiry's answer may say is unknown here: the examination lays answers in.
    """
    single = {field.id: field for field in procedure.fields}
    given = {one.id: one for one in procedure.given if not one.source.startswith(_BY_ENQUIRY)}
    for name, value in facts.items():
        group = procedure.group(name)
        if group is not None:
            _check_rows(name, value, {field.id: field for field in group.fields})
        elif name in single:
            _check(single[name], value)
        elif name in given:
            _check(given[name], value)
        else:
            raise Refused("unknown_field", field=name)


def _check_rows(name: str, value: Fact, columns: Mapping[str, Field]) -> None:
    if value is None:
        return
    if not isinstance(value, tuple):
        raise Refused("wrong_kind", field=name)
    for row in value:
        for column, entry in row.items():
            if column not in columns:
                raise Refused("unknown_field", field=column)
            _check(columns[column], entry)


def _check(field: Field | Given, value: Fact) -> None:
    """None and empty text mean "not known" and fit every kind."""
    if value is None or value == "":
        return
    if isinstance(value, tuple) or not _fits(field, value):
        raise Refused("wrong_kind", field=field.id)


def _fits(field: Field | Given, value: Scalar) -> bool:
    if field.kind is Kind.YES_NO:
        return isinstance(value, bool)
    if field.kind is Kind.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    match field.kind:
        case Kind.DATE:
            return _is_date(value)
        case Kind.MONTH:
            return bool(_MONTH.fullmatch(value))
        case _:
            return value in _words(field, value)


def _words(field: Field | Given, value: str) -> frozenset[str]:
    """Which texts a field takes; where it takes any, that one."""
    if field.kind is Kind.MY_NUMBER:
        return NUMBER_STATES
    if field.kind is Kind.CHOICE and isinstance(field, Field):
        return frozenset(option.value for option in field.options)
    return frozenset({value})


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
