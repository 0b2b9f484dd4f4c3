"""Configuration tables read strictly: what is missing, unknown or of the wrong kind is named with its place."""

from collections.abc import Mapping
from datetime import date
from typing import Self, TypeVar

from app.errors import DataFault

T = TypeVar("T")


class Table:
    """One table of a TOML file; ``place`` is its path within the file, as in "check[3].when".

    Every reader marks its key as used; ``finish`` refuses keys that nobody read (a misspelt key must not be ignored).
    """

    def __init__(self, values: Mapping[str, object], place: str) -> None:
        self._values = values
        self._used: set[str] = set()
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        return self._read(key, str, default)

    def count(self, key: str, default: int | None = None) -> int:
        return self._read(key, int, default)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        return self._read(key, bool, default)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none if the key is absent."""
        return tuple(self._expect(one, str, key) for one in self._read(key, list, []))

    def scalar(self, key: str) -> str | int | bool | date:
        """A single value of any kind that facts may have."""
        return scalar(self._read(key, object, None), f"{self.place}.{key}")

    def scalars(self, key: str) -> tuple[str | int | bool | date, ...]:
        return tuple(scalar(one, f"{self.place}.{key}") for one in self._read(key, list, []))

    def table(self, key: str) -> Self:
        return type(self)(self._read(key, dict, None), self._under(key))

    def tables(self, key: str) -> tuple[Self, ...]:
        """An array of tables; none if the key is absent."""
        rows = self._read(key, list, [])
        return tuple(
            type(self)(self._expect(row, dict, key), f"{self._under(key)}[{at}]") for at, row in enumerate(rows, 1)
        )

    def finish(self, result: T) -> T:
        """Return ``result`` if every key was read; ``DataFault`` names the first that was not."""
        for key in self._values:
            if key not in self._used:
                raise self.fault("unknown_key", key)
        return result

    def fault(self, what: str, key: str = "") -> DataFault:
        """The error for this place."""
        return DataFault(what=what, place=self._under(key) if key else self.place)

    def _under(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _read(self, key: str, kind: type[T], default: T | None) -> T:
        self._used.add(key)
        if key in self._values:
            return self._expect(self._values[key], kind, key)
        if default is None:
            raise self.fault("missing_key", key)
        return default

    def _expect(self, value: object, kind: type[T], key: str) -> T:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fault("wrong_kind", key)
        return value


def scalar(value: object, place: str) -> str | int | bool | date:
    """``value`` if it is a text, whole number, truth value or date."""
    if isinstance(value, (str, int, date)):
        return value
    raise DataFault(what="wrong_kind", place=place)
