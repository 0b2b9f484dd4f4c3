"""The thresholds by which accesses are reviewed, read from resources/tables/access_review.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from app.domain.access import Near
from app.domain.tables import Table
from app.errors import DataFault, PartMissing


class Fact(StrEnum):
    """Why an access, or a group of them, wants a look: what a finding is made of."""

    NO_CASE = "no_case"
    UNKNOWN_CASE = "unknown_case"
    FOREIGN = "foreign"
    CLOSED = "closed"
    NOT_NAMED = "not_named"
    OUT_OF_HOURS = "out_of_hours"
    SELF = "self"
    HOUSEHOLD = "household"
    ADDRESS = "address"
    COLLEAGUE = "colleague"
    GUARDED = "guarded"
    SURNAME = "surname"
    REPEATED = "repeated"
    MASS = "mass"
    UNDER = "under"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class AccessRules:
    """Points of every fact, and from how many of what on it counts. All of it assumed; see the file.

    ``opens`` and ``closes`` are minutes of the office's day. ``version`` stands in the record of every review.
    """

    version: int
    queue_from: int
    opens: int
    closes: int
    grace: timedelta
    case_lasts: timedelta
    file_lasts: timedelta
    unexplained: Mapping[str, int]
    near: Mapping[Near, int]
    repeat_window: timedelta
    some_days: int
    some: int
    many_days: int
    many: int
    mass_people: int
    mass: int
    under_people: int
    under_days: int
    under_window: timedelta
    under: int
    several_people: int
    several: int


_UNEXPLAINED = (Fact.NO_CASE, Fact.UNKNOWN_CASE, Fact.FOREIGN, Fact.CLOSED, Fact.NOT_NAMED, Fact.OUT_OF_HOURS)


def load_access_rules(path: Path) -> AccessRules:
    """Read the file. Errors: PartMissing without it, DataFault with the place of what is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFault(what="not_toml", place=path.name) from error
    table = Table(raw, path.name)
    hours, explain, repeated = table.table("hours"), table.table("explain"), table.table("repeated")
    unexplained, near, under = table.table("unexplained"), table.table("near"), table.table("under")
    mass, several = table.table("mass"), table.table("several")
    people = mass.count("people")
    rules = AccessRules(
        version=table.count("version"),
        queue_from=table.count("queue_from"),
        opens=hours.count("opens"),
        closes=hours.count("closes"),
        grace=timedelta(minutes=explain.count("grace_minutes")),
        case_lasts=timedelta(days=explain.count("case_days")),
        file_lasts=timedelta(days=explain.count("file_days")),
        unexplained={fact.value: unexplained.count(fact.value) for fact in _UNEXPLAINED},
        near={kind: near.count(kind.value) for kind in Near},
        repeat_window=timedelta(days=repeated.count("window_days")),
        some_days=repeated.count("some_days"),
        some=repeated.count("some"),
        many_days=repeated.count("many_days"),
        many=repeated.count("many"),
        mass_people=people,
        mass=mass.count("points"),
        under_people=-(-people * under.count("share_percent") // 100),
        under_days=under.count("days"),
        under_window=timedelta(days=under.count("window_days")),
        under=under.count("points"),
        several_people=several.count("people"),
        several=several.count("points"),
    )
    for each in (hours, explain, repeated, unexplained, near, under, mass, several):
        each.finish(None)
    return table.finish(rules)
