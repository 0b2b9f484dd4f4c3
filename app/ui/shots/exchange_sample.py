"""What an office that exists for pictures only stands on: it answers any port by name, or with one error."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.errors import AppError
from app.wire.person_reference import NamedPerson

THERE, OWNER = "992003", "city_tax"
TAX_ITEMS = {"total_income": 3_456_789, "income_levy": 128_400, "per_capita_levy": 5_000, "dependants": 2}


@dataclass
class Sample:
    """Every port at once. ``error``: everything fails with it; ``is_empty``: nothing is there."""

    at: datetime
    sample: dict[str, dict[str, str]]
    error: AppError | None = None
    is_empty: bool = False
    acts: list[Any] = field(default_factory=list)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """What is asked of any port: the answer of that name, or the error."""
        if name.startswith("_") or not hasattr(type(self), f"_say_{name}"):
            raise AttributeError(name)

        def answer(*_: Any) -> Any:  # noqa: ANN401 -- of any port
            if self.error is not None:
                raise self.error
            return getattr(self, f"_say_{name}")()

        return answer

    def write(self, act: object) -> None:
        """``Journal``: kept nowhere."""
        self.acts.append(act)

    def said(self, name: str) -> str:
        """An invented name or sentence."""
        return self.sample["names"][name]

    def _rows(self, *rows: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- of any list
        return () if self.is_empty else rows

    def _person(self, which: str = "first") -> str:
        return self.sample["people"][which]

    def _say_name(self) -> NamedPerson:
        return NamedPerson(person="r", code_state="acquired")

    def names(self, _: object, __: object, persons: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._person() for _ in persons)
