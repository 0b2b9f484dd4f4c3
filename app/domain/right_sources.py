"""Where a right comes from: a person's own, or a department's through a post; what stands in a cell of the matrix."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from app.domain.rights import ANY, GUARDED, WALLED, Post, Right, Standing, holds


@dataclass(frozen=True, slots=True)
class Source:
    """One right that reaches a cell. ``department``: through which post, "" for the person's own.

    ``right`` as it was granted; ``since`` and ``until`` with the post's end counted in. ``is_exact``: the right names
    just this cell; else it reaches further.
    """

    right: Right
    department: str
    since: date | None
    until: date | None
    is_exact: bool

    def holds_on(self, day: date) -> bool:
        """Whether it gives leave on ``day``."""
        return holds(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: an act on a procedure and a class of items; ``ANY`` for all of them."""

    act: str
    procedure: str = ANY
    item_class: str = ANY


def sources(standing: Standing, sections: Mapping[str, str], place: Place, day: date) -> tuple[Source, ...]:
    """What reaches ``place`` on ``day`` or later, what holds first. ``sections``: procedure → section in charge.

    For all procedures at once only a right to all of them counts. Walls are those of ``rights.effective``.
    """
    departments = {one.name: one for one in standing.departments}
    found: list[Source] = []
    for post in standing.posts:
        if post.until is not None and post.until < day:
            continue
        department = departments.get(post.department)
        mine = set(department.sections) if department else set()
        granted = chain(
            ((right, "") for right in standing.own), ((right, post.department) for right in _of(department))
        )
        for right, name in granted:
            if _reaches(right, place, mine, sections):
                found.append(_through(post, right, name, place))
    kept = (one for one in _joined(found) if one.until is None or one.until >= day)
    return tuple(sorted(kept, key=lambda one: (not one.holds_on(day), one.department, one.since or date.min)))


def department_sources(rights: tuple[Right, ...], place: Place, day: date) -> tuple[Source, ...]:
    """What a department's own rights give at ``place`` on ``day`` or later; its walls depend on who asks."""
    found = [
        Source(right, "", right.since, right.until, _is_exact(right, place))
        for right in rights
        if _names(right, place) and (right.until is None or right.until >= day)
    ]
    return tuple(sorted(found, key=lambda one: (not one.holds_on(day), one.since or date.min)))


def _of(department: object) -> tuple[Right, ...]:
    rights: tuple[Right, ...] = getattr(department, "rights", ())
    return rights


def _reaches(right: Right, place: Place, mine: set[str], sections: Mapping[str, str]) -> bool:
    if not _names(right, place):
        return False
    is_walled = right.act in WALLED and right.procedure == ANY
    return not is_walled or place.procedure == ANY or sections.get(place.procedure) in mine


def _names(right: Right, place: Place) -> bool:
    return (
        right.act == place.act
        and right.procedure in {ANY, place.procedure}
        and (right.item_class == place.item_class or (right.item_class == ANY and place.item_class not in GUARDED))
    )


def _is_exact(right: Right, place: Place) -> bool:
    return (right.procedure, right.item_class) == (place.procedure, place.item_class)


def _through(post: Post, right: Right, department: str, place: Place) -> Source:
    since = max(filter(None, (post.since, right.since)), default=None)
    until = min(filter(None, (post.until, right.until)), default=None)
    return Source(right, department, since, until, _is_exact(right, place))


def _joined(found: list[Source]) -> Iterator[Source]:
    """Each right once per department: the spans of posts that follow each other are one."""
    by_right: dict[tuple[Right, str], Source] = {}
    for one in found:
        if one.since is not None and one.until is not None and one.since > one.until:
            continue
        key = (one.right, one.department)
        known = by_right.get(key)
        by_right[key] = one if known is None else _wider(known, one)
    return iter(by_right.values())


def _wider(one: Source, other: Source) -> Source:
    since = None if one.since is None or other.since is None else min(one.since, other.since)
    until = None if one.until is None or other.until is None else max(one.until, other.until)
    return replace(one, since=since, until=until)
