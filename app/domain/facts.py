"""What is known about an application: field ids with values, rows for what repeats."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

Scalar: TypeAlias = str | int | bool | date
Row: TypeAlias = Mapping[str, Scalar]
Value: TypeAlias = Scalar | tuple[Row, ...]
Facts: TypeAlias = Mapping[str, Value]
"""An absent key and an empty text both mean "not known". A 個人番号 is never a fact, only whether it is there."""


def scalar_of(facts: Mapping[str, Value], key: str) -> Scalar | None:
    """The single value under ``key``; None if not known or rows."""
    value = facts.get(key)
    return None if value is None or value == "" or isinstance(value, tuple) else value


def rows_of(facts: Facts, key: str) -> tuple[Row, ...]:
    """The rows under ``key``; none if there are none."""
    value = facts.get(key)
    return value if isinstance(value, tuple) else ()
