"""Reviews accesses: what is explained, and findings among the rest, each with its facts, points and accesses."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from app.domain.access import Access, Near, Watched
from app.domain.access_explain import EXPLAINED, SETTLED, Explainer, Why
from app.domain.access_rules import AccessRules, Fact
from app.domain.clock import TOKYO
from app.domain.days import is_closed

_KEPT = frozenset(fact.value for fact in Fact)
_SILENT = SETTLED | {Why.MISS}


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact of a finding. ``count``: days, people or accesses, whatever it counts; ``points``: its weight."""

    fact: Fact
    points: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Accesses of one member of staff that somebody should look at. ``person``: "" where it is about several.

    ``kind``: person, day or days: what the accesses have in common.

    ``refs``: the accesses in the order of time. A finding says what is unusual; it does not say what it was.
    """

    kind: str
    staff_id: str
    person: str
    score: int
    reasons: tuple[Reason, ...]
    refs: tuple[str, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The outcome. ``why``: accesses by what explains them; ``findings``: those of the queue, the gravest first.

    ``whys``: what explains each access, in the order of the accesses.
    """

    total: int
    why: Mapping[str, int]
    whys: Sequence[Why]
    findings: tuple[Finding, ...]

    @property
    def explained(self) -> int:
        """Accesses that are explained without a person."""
        return sum(self.why.get(each.value, 0) for each in EXPLAINED)


@dataclass(frozen=True, slots=True)
class _Loose:
    """An access that no matter settles, and the day of the office it was on."""

    access: Access
    why: Why
    day: date
    is_late: bool


@dataclass(slots=True)
class _Group:
    """Loose accesses that belong together, while they are gathered."""

    rows: list[_Loose] = field(default_factory=list)


def review(watched: Watched, rules: AccessRules) -> Reviewed:
    """Explain every access and find what stands out among the loose ones."""
    explain = Explainer(watched.matters, rules).why
    whys = list(map(explain, watched.accesses))
    counts = Counter(whys)
    rest = [(access, why) for access, why in zip(watched.accesses, whys, strict=True) if why not in _SILENT]
    loose = _Calendar(rules).dated(rest)
    found = [*_by_person(loose, rules), *_by_day(loose, rules), *_under(loose, rules)]
    queue = sorted((one for one in found if one.score >= rules.queue_from), key=lambda one: (-one.score, one.first_at))
    return Reviewed(len(watched.accesses), {why.value: count for why, count in counts.items()}, whys, tuple(queue))


class _Calendar:
    """Days and hours of the office, each day looked up once."""

    def __init__(self, rules: AccessRules) -> None:
        self._opens, self._closes = rules.opens, rules.closes
        self._closed: dict[date, bool] = {}

    def dated(self, rest: Iterable[tuple[Access, Why]]) -> list[_Loose]:
        return [self._one(access, why) for access, why in rest]

    def _one(self, access: Access, why: Why) -> _Loose:
        local = access.at.astimezone(TOKYO)
        day, minute = local.date(), local.hour * 60 + local.minute
        if day not in self._closed:
            self._closed[day] = is_closed(day)
        return _Loose(access, why, day, self._closed[day] or not self._opens <= minute < self._closes)


def _by_person(loose: Sequence[_Loose], rules: AccessRules) -> Iterable[Finding]:
    """One member of staff, one person: how near they are, how often on different days."""
    groups: dict[tuple[str, str], _Group] = {}
    for row in loose:
        if row.access.person:
            groups.setdefault((row.access.staff_id, row.access.person), _Group()).rows.append(row)
    for (staff_id, person), group in groups.items():
        near = [Reason(Fact(kind.value), rules.near[kind]) for kind in _nearest(group.rows)]
        days = _most_days(group.rows, rules.repeat_window)
        if days >= rules.some_days:
            near.append(Reason(Fact.REPEATED, rules.many if days >= rules.many_days else rules.some, days))
        if near:
            yield _finding(("person", staff_id, person), group.rows, (*near, *_unexplained(group.rows, rules)))


def _by_day(loose: Sequence[_Loose], rules: AccessRules) -> Iterable[Finding]:
    """One member of staff on one day: what was unexplained, how many people, how many under one matter."""
    groups: dict[tuple[str, date], _Group] = {}
    for row in loose:
        groups.setdefault((row.access.staff_id, row.day), _Group()).rows.append(row)
    for (staff_id, _), group in groups.items():
        reasons = list(_unexplained(group.rows, rules))
        people = len({row.access.person for row in group.rows if row.access.person})
        if people >= rules.mass_people:
            reasons.append(Reason(Fact.MASS, rules.mass, people))
        if (most := _most_under_one(group.rows)) >= rules.several_people:
            reasons.append(Reason(Fact.SEVERAL, rules.several, most))
        if reasons:
            odd = [row for row in group.rows if row.why.value in _KEPT or row.is_late] or group.rows
            if people >= rules.mass_people:
                odd = group.rows
            persons = {row.access.person for row in odd}
            yield _finding(("day", staff_id, persons.pop() if len(persons) == 1 else ""), odd, tuple(reasons))


def _under(loose: Sequence[_Loose], rules: AccessRules) -> Iterable[Finding]:
    """One member of staff on several days, each time just below the number that stands out."""
    days: dict[tuple[str, date], list[_Loose]] = {}
    for row in loose:
        days.setdefault((row.access.staff_id, row.day), []).append(row)
    full: dict[str, list[_Loose]] = {}
    for (staff_id, _), rows in days.items():
        if rules.under_people <= len({row.access.person for row in rows}) < rules.mass_people:
            full.setdefault(staff_id, []).extend(rows)
    for staff_id, rows in full.items():
        count = _most_days(rows, rules.under_window)
        if count >= rules.under_days:
            yield _finding(("days", staff_id, ""), rows, (Reason(Fact.UNDER, rules.under, count),))


def _unexplained(rows: Sequence[_Loose], rules: AccessRules) -> Iterable[Reason]:
    """The gravest kind that is unexplained, and whether it was outside the office's hours."""
    kinds = Counter(row.why.value for row in rows if row.why not in EXPLAINED)
    if kinds:
        worst = max(kinds, key=lambda kind: (rules.unexplained[kind], kind))
        yield Reason(Fact(worst), rules.unexplained[worst], kinds[worst])
    if late := sum(row.is_late for row in rows):
        yield Reason(Fact.OUT_OF_HOURS, rules.unexplained[Fact.OUT_OF_HOURS.value], late)


def _nearest(rows: Sequence[_Loose]) -> tuple[Near, ...]:
    return tuple(dict.fromkeys(kind for row in rows for kind in row.access.near))


def _most_under_one(rows: Sequence[_Loose]) -> int:
    """How many people were looked at under the one matter that names the fewest of them."""
    people: dict[str, set[str]] = {}
    for row in rows:
        if row.access.visit and row.why not in EXPLAINED and row.access.person:
            people.setdefault(row.access.visit, set()).add(row.access.person)
    return max(map(len, people.values()), default=0)


def _most_days(rows: Sequence[_Loose], window: timedelta) -> int:
    """The most different days within ``window``."""
    days = sorted({row.day for row in rows})
    first = most = 0
    for last, day in enumerate(days):
        while day - days[first] > window:
            first += 1
        most = max(most, last - first + 1)
    return most


def _finding(about: tuple[str, str, str], rows: Sequence[_Loose], reasons: tuple[Reason, ...]) -> Finding:
    kind, staff_id, person = about
    return Finding(
        kind=kind,
        staff_id=staff_id,
        person=person,
        score=sum(one.points for one in reasons),
        reasons=tuple(sorted(reasons, key=lambda one: -one.points)),
        refs=tuple(row.access.ref for row in rows),
        first_at=rows[0].access.at.astimezone(UTC),
        last_at=rows[-1].access.at.astimezone(UTC),
    )
