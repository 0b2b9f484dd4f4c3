"""個人基本: which systems may be told of residents' changes, and which items each may apply for, as shipped data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.domain.tables import Table
from app.errors import DataFault

NUMBER = "my_number"
ALL, FOREIGNERS = "all", "foreigners"


@dataclass(frozen=True, slots=True)
class ReceivingSystem:
    """A system that may apply. ``items``: what it may apply for, the 個人番号 among them only where it uses it.

    ``whom``: all, or foreigners; ``with_before``: it may be told what was before a change; ``ground``: what that it is
    told at all rests on.
    """

    id: str
    title: str
    items: tuple[str, ...]
    whom: str
    with_before: bool
    ground: str = ""


@dataclass(frozen=True, slots=True)
class DistributionRules:
    """``kept``: how long the content of changes that all have taken is kept to be sent again.

    ``information``: 利用特定個人情報の名 under which household information stands in the replica.
    """

    systems: Mapping[str, ReceivingSystem]
    kept: timedelta
    longest_years: int
    information: str


def parse_distribution(values: Mapping[str, object], items: Sequence[str]) -> DistributionRules:
    """The rules. ``items``: the names there are, in order. Errors: DataFault naming the place."""
    table = Table(values, "distribution")
    table.count("version")
    sets = table.table("sets")
    systems = [_system(row, sets, items) for row in table.tables("system")]
    found = {one.id: one for one in systems}
    if len(found) != len(systems):
        raise DataFault(what="said_twice", place="distribution.system")
    kept, years = timedelta(days=table.count("days")), table.count("longest_years")
    return table.finish(DistributionRules(found, kept, years, table.text("information")))


def _system(row: Table, sets: Table, items: Sequence[str]) -> ReceivingSystem:
    named = {*row.texts("items"), *(name for one in row.texts("sets") for name in sets.texts(one))}
    row.text("level")
    row.texts("seeds")
    ground = row.text("source")
    whom, uses_number = row.text("whom", ALL), row.flag("number")
    # the number comes with the flag only, so that nobody gets it by a name in a list
    if not named or not named <= set(items) - {NUMBER} or whom not in {ALL, FOREIGNERS}:
        raise DataFault(what="bad_value", place=row.place)
    wanted = named | ({NUMBER} if uses_number else set())
    allowed = tuple(name for name in items if name in wanted)
    return row.finish(ReceivingSystem(row.text("id"), row.text("title"), allowed, whom, row.flag("before"), ground))
