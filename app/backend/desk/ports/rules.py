"""What the desk needs kept of an office's decisions for its counters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.counter_rules import CounterRules


@dataclass(frozen=True, slots=True)
class DecidedRules:
    """窓口の設定 of one version; they hold once ``approved_by`` a second administrator, until a later version does."""

    municipality: str
    version: int
    rules: CounterRules
    proposed_by: str
    proposed_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None


class RulesUnit(Protocol):
    """What an office decides for its counters."""

    def rules(self, municipality: str) -> tuple[DecidedRules, ...]:
        """All that were ever proposed, the newest first."""
        ...

    def rules_in_force(self, municipality: str) -> DecidedRules | None:
        """The newest that were approved."""
        ...

    def add_rules(self, rules: DecidedRules) -> bool:
        """False when there are rules of this version already."""
        ...

    def approve_rules(self, rules: DecidedRules) -> None:
        """Keep who approved and when. Errors: Conflict when somebody has."""
        ...
