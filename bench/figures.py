"""One figure and how it stands to its floor and goal; percentiles; nothing measured here."""

import operator
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

_SENSES = {"value<=goal": ("value", operator.le), "value>=goal": ("value", operator.ge)}
_SENSES |= {"ratio<=goal": ("ratio", operator.le), "ratio>=goal": ("ratio", operator.ge)}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; ``goal`` binds at ``scale`` only, else leave it out. ``sense`` is a key of _SENSES."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    goal: float | None = None
    sense: str = "value<=goal"
    scale: str = ""
    engine: str | None = None

    @property
    def ratio(self) -> float | None:
        """How many times its floor the value is."""
        return None if not self.floor else self.value / self.floor

    @property
    def ok(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.goal is None:
            return None
        which, compare = _SENSES[self.sense]
        seen = self.value if which == "value" else self.ratio
        return None if seen is None else bool(compare(seen, self.goal))

    def row(self) -> dict[str, Any]:
        """The figure as it is printed, rounded to four significant digits."""
        row = asdict(self) | {"ratio": self.ratio, "ok": self.ok}
        return {name: float(f"{value:.4g}") if isinstance(value, float) else value for name, value in row.items()}


def p50(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 % do not exceed (nearest rank)."""
    return quantile(values, 0.95)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked), max(1, -int(-share * len(ranked) // 1))) - 1]
