"""保存期間: how long the contents of records are kept, as data; what is past it is to be deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.clock import TOKYO
from app.domain.tables import Table
from app.errors import DataFault

_LEAP = (2, 29)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """保存期間 of one class of records. ``logs`` empty: of every log; ``acts``: how their names begin.

    ``years`` and ``days`` 0: kept as long as the log. ``source`` and ``level`` (P published, A assumed) say why.
    """

    rule_id: str
    title: str
    logs: tuple[str, ...]
    acts: tuple[str, ...]
    years: int
    days: int
    source: str
    level: str
    seeds: tuple[str, ...]

    def covers(self, log: str, act: str) -> bool:
        """Whether the rule is about acts of this name in this log."""
        kind = "terminal" if log.startswith("terminal.") else log
        return (not self.logs or kind in self.logs) and act.startswith(self.acts)

    def cutoff(self, now: datetime) -> datetime | None:
        """What happened before this instant is past its time at ``now``; None when nothing ever is."""
        if not self.years and not self.days:
            return None
        local = now.astimezone(TOKYO)
        day = 28 if (local.month, local.day) == _LEAP else local.day
        return local.replace(year=local.year - self.years, day=day) - timedelta(days=self.days)


def parse_retention(values: Mapping[str, object]) -> tuple[RetentionRule, ...]:
    """The rules in their order. Errors: DataFault naming the place."""
    table = Table(values, "retention")
    table.count("version")
    rules = table.finish(tuple(_rule(row) for row in table.tables("rule")))
    if len({rule.rule_id for rule in rules}) != len(rules):
        raise DataFault(what="said_twice", place="retention.rule")
    return rules


def rule_for(rules: Sequence[RetentionRule], log: str, act: str) -> RetentionRule | None:
    """The first rule that covers an act; None: it is kept as long as the log."""
    return next((rule for rule in rules if rule.covers(log, act)), None)


def _rule(row: Table) -> RetentionRule:
    rule = RetentionRule(
        rule_id=row.text("id"),
        title=row.text("title"),
        logs=row.texts("logs"),
        acts=row.texts("acts"),
        years=row.count("years", 0),
        days=row.count("days", 0),
        source=row.text("source"),
        level=row.text("level"),
        seeds=row.texts("seeds"),
    )
    row.finish(rule)
    if rule.level not in {"P", "A"} or rule.years < 0 or rule.days < 0 or not rule.acts:
        raise DataFault(what="bad_value", place=row.place)
    return rule
