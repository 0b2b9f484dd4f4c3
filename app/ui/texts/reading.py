"""From TOML tables to typed sections, strict in both directions."""

import dataclasses
import inspect
import string
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from app.ui.resources import TextFault

T = TypeVar("T")


def places(sentence: str) -> frozenset[str]:
    """The named places in a sentence; ``TextFault`` for one without a name."""
    names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
    if not all(name.isidentifier() for name in names):
        raise TextFault(f"a place without a name in: {sentence}")
    return frozenset(names)


def read_section(kind: type[T], raw: Mapping[str, Any], path: str) -> T:
    """``raw`` as an instance of the dataclass ``kind``, whose fields are ``str`` or further sections."""
    fields = typing.get_type_hints(kind)
    names = {name.removesuffix("_"): name for name in fields}
    if missing := names.keys() - raw.keys():
        raise TextFault(f"{path}: missing {sorted(missing)}")
    if unknown := raw.keys() - names.keys():
        raise TextFault(f"{path}: unknown {sorted(unknown)}")
    values: dict[str, object] = {}
    for key, name in names.items():
        inner = fields[name]
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            values[name] = read_section(inner, raw[key], f"{path} [{key}]")
        else:
            values[name] = _sentence(kind, name, raw[key], f"{path} {key}")
    return kind(**values)


def _sentence(kind: type[Any], name: str, value: object, path: str) -> str:
    if not isinstance(value, str) or not value:
        raise TextFault(f"{path}: no text")
    expected: frozenset[str] = frozenset()
    if name.endswith("_"):
        expected = frozenset(inspect.signature(getattr(kind, name.removesuffix("_"))).parameters) - {"self"}
    if places(value) != expected:
        raise TextFault(f"{path}: places {sorted(places(value))}, expected {sorted(expected)}")
    return value
