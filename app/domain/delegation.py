"""専決: who may decide what, by procedure, outcome and amount; with the office's limits for holds and batches."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.domain.tables import Table


@dataclass(frozen=True, slots=True)
class Level:
    """決裁の級: ``act`` is the right to decide at it. ``rank`` from 0; who is above may decide below."""

    id: str
    title: str
    act: str
    rank: int


@dataclass(frozen=True, slots=True)
class DelegationRule:
    """Which level decides. Empty ``procedures`` or ``outcomes``: all; ``from_yen``: a monthly sum from which it holds.

    ``confidence``: P published, A assumed.
    """

    procedures: tuple[str, ...]
    outcomes: tuple[str, ...]
    from_yen: int
    level: str
    confidence: str

    def fits(self, procedure: str, outcome: str, yen: int) -> bool:
        """Whether it speaks of this decision."""
        return (
            (not self.procedures or procedure in self.procedures)
            and (not self.outcomes or outcome in self.outcomes)
            and yen >= self.from_yen
        )


@dataclass(frozen=True, slots=True)
class Delegation:
    """専決規程 as data. ``levels`` from below; the first of ``rules`` that fits holds, and the last one fits always.

    ``batch``: the most that is decided at once; ``late_minutes``: step → how long it may wait.
    """

    levels: tuple[Level, ...]
    rules: tuple[DelegationRule, ...]
    batch: int
    hold_days: int
    deputy_days: int
    late_minutes: Mapping[str, int]

    def needed(self, procedure: str, outcome: str, yen: int) -> Level:
        """Who decides it; ``yen``: the sum a month, 0 where nothing is paid."""
        rule = next(one for one in self.rules if one.fits(procedure, outcome, yen))
        return self.levels[self._place(rule.level)]

    def level(self, name: str) -> Level | None:
        """The level with that id."""
        return next((one for one in self.levels if one.id == name), None)

    def _place(self, name: str) -> int:
        return next(at for at, one in enumerate(self.levels) if one.id == name)


WHOEVER_DECIDES = Delegation(
    levels=(Level("decider", "", "application.decide", 0),),
    rules=(DelegationRule((), (), 0, "decider", "A"),),
    batch=20,
    hold_days=30,
    deputy_days=92,
    late_minutes={},
)
"""Where no table is given: the right to decide is enough for everything."""


def parse_delegation(raw: Mapping[str, object], procedures: Collection[str]) -> Delegation:
    """Read ``delegation.toml``. ``procedures``: those that there are. Errors: DataFault naming the place."""
    table = Table(raw, "delegation.toml")
    table.count("version")
    limits, late = table.table("limits"), table.table("late_minutes")
    levels = tuple(_level(one, rank) for rank, one in enumerate(table.tables("level")))
    rules = tuple(_rule(one, {level.id for level in levels}, procedures) for one in table.tables("rule"))
    if not rules or rules[-1].procedures or rules[-1].outcomes or rules[-1].from_yen:
        raise table.fault("missing_key", "rule")
    steps = ("reception", "reception_check", "examination", "decision")
    made = Delegation(
        levels=levels,
        rules=rules,
        batch=limits.count("batch"),
        hold_days=limits.count("hold_days"),
        deputy_days=limits.count("deputy_days"),
        late_minutes={step: late.count(step) for step in steps},
    )
    limits.finish(None)
    late.finish(None)
    return table.finish(made)


def _level(table: Table, rank: int) -> Level:
    return table.finish(Level(table.text("id"), table.text("title"), table.text("act"), rank))


def _rule(table: Table, levels: Collection[str], procedures: Collection[str]) -> DelegationRule:
    rule = DelegationRule(
        table.texts("procedures"),
        table.texts("outcomes"),
        table.count("from_yen", 0),
        table.text("level"),
        table.text("confidence"),
    )
    if rule.level not in levels:
        raise table.fault("unknown_name", "level")
    if not set(rule.procedures) <= set(procedures):
        raise table.fault("unknown_name", "procedures")
    if not set(rule.outcomes) <= {"approved", "rejected"}:
        raise table.fault("unknown_name", "outcomes")
    return table.finish(rule)
