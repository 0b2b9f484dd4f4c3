"""The training city as a JSON file and back, value by value."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.errors import DataFault
from app.standin.city.make import VERSION
from app.standin.city.values import City


def to_json(city: City) -> str:
    """The city as JSON; equal cities give equal text."""
    return json.dumps(_plain(city), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def from_json(text: str) -> City:
    """The city of a file made by ``to_json``. Errors: DataFault for another format or version."""
    try:
        plain = json.loads(text)
        if plain["version"] != VERSION:
            raise DataFault(what="version", place="city")
        made = _value(City, plain)
    except (ValueError, KeyError, TypeError) as error:
        raise DataFault(what="wrong_kind", place="city") from error
    if not isinstance(made, City):
        raise DataFault(what="wrong_kind", place="city")
    return made


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _value(kind: Any, plain: Any) -> object:  # noqa: ANN401 - any type of a field, any value of JSON
    """``plain`` as a value of ``kind``."""
    origin, parts = get_origin(kind), get_args(kind)
    if isinstance(kind, UnionType):
        return None if plain is None else _value(parts[0], plain)
    if origin is tuple:
        return tuple(_value(parts[0], one) for one in plain)
    if origin is not None:
        return {key: _value(parts[1], one) for key, one in plain.items()}
    return _single(kind, plain)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """The types of a dataclass's fields; asked some thousand times for each of a few classes."""
    return get_type_hints(kind)


def _single(kind: Any, plain: Any) -> object:  # noqa: ANN401 - as above
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        made: object = kind(**{field.name: _value(hints[field.name], plain[field.name]) for field in fields(kind)})
        return made
    if kind is date:
        return date.fromisoformat(plain)
    if not isinstance(plain, kind) and not issubclass(kind, Enum):
        raise TypeError(kind)
    single: object = kind(plain)
    return single
