"""Who may do what: one decision function, default no; and what a post, a department and a wall make of rights."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

ANY = "*"


class ItemClass(StrEnum):
    """Items that are masked wherever a right does not name them. Source: S14-6a, R-081 (published)."""

    MY_NUMBER = "my_number"
    """個人番号."""
    RESIDENT_CODE = "resident_code"
    """住民票コード."""
    RESIDENCE_STATUS = "residence_status"
    """在留資格."""


GUARDED = frozenset(ItemClass)
"""Classes that a right for any class does not reach: it must name them."""

WALLED = frozenset({
    "application.read",
    "application.check",
    "application.examine",
    "application.decide",
    "case.tend",
    "case.assign",
    "decision.director",
    "decision.ward_head",
    "enquiry.make",
    "enquiry.read",
    "item.show",
    "notice.read",
    "notice.post",
})
"""Acts on a section's case files and answers: without naming a procedure they reach the person's own sections only."""


@dataclass(frozen=True, slots=True)
class Right:
    """Leave for one act on one procedure and one class of items, ``since`` to ``until``, both days included."""

    act: str
    procedure: str = ANY
    item_class: str = ANY
    since: date | None = None
    until: date | None = None

    def covers(self, act: str, procedure: str, item_class: str, day: date) -> bool:
        """Whether this right alone gives leave on ``day``."""
        return (
            self.act == act
            and self.procedure in {ANY, procedure}
            and (self.item_class == item_class or (self.item_class == ANY and item_class not in GUARDED))
            and holds(self.since, self.until, day)
        )


@dataclass(frozen=True, slots=True)
class Post:
    """配属: a person belongs to ``department`` from ``since`` to ``until``, both days included; None: no bound.

    Who has no post on a day has no right on that day: contracts end by themselves.
    """

    department: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """所属: ``sections`` are those of procedures it is in charge of; ``rights`` hold for all who belong to it."""

    name: str
    sections: tuple[str, ...]
    rights: tuple[Right, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the office has granted one person: posts, rights of their own, and the departments of the posts."""

    posts: tuple[Post, ...]
    own: tuple[Right, ...]
    departments: tuple[Department, ...]

    def posts_on(self, day: date) -> tuple[Post, ...]:
        """The posts held on ``day``, the one that began last first."""
        held = [post for post in self.posts if holds(post.since, post.until, day)]
        return tuple(sorted(held, key=lambda post: (post.since or date.min, post.department), reverse=True))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff at an enrolled terminal, within one municipality and department.

    A backend slice that acts for itself has ``staff_id`` "slice:<name>".
    """

    municipality: str
    staff_id: str
    name: str
    department: str
    terminal: str
    rights: tuple[Right, ...]


def allowed(actor: Actor, act: str, procedure: str, item_class: str, *, day: date) -> bool:
    """Whether ``actor`` may do ``act`` for ``procedure`` on ``item_class`` on ``day``. Nothing given means no."""
    return any(right.covers(act, procedure, item_class, day) for right in actor.rights)


def named(actor: Actor, act: str, owner: str, *, day: date) -> bool:
    """Whether a right that names this very ``owner`` gives leave for ``act``: one for any reaches none."""
    mine = (right for right in actor.rights if right.procedure == owner and owner not in {"", ANY})
    return any(right.covers(act, owner, ANY, day) for right in mine)


def effective(standing: Standing, sections: Mapping[str, str], day: date) -> tuple[Right, ...]:
    """The rights that hold on ``day``, with the walls built in. ``sections``: procedure → the section in charge.

    A right ends with the post that it hangs on. A walled act without a procedure becomes one right for each procedure
    of the sections that the person's departments are in charge of.
    """
    posts = standing.posts_on(day)
    if not posts:
        return ()
    departments = {one.name: one for one in standing.departments}
    own_end = None if any(post.until is None for post in posts) else _last(posts)
    mine = {section for post in posts if (one := departments.get(post.department)) for section in one.sections}
    found = _reaching(_ending(standing.own, own_end), mine, sections)
    for post in posts:
        if department := departments.get(post.department):
            found += _reaching(_ending(department.rights, post.until), {*department.sections}, sections)
    return tuple(dict.fromkeys(right for right in found if holds(right.since, right.until, day)))


def holds(since: date | None, until: date | None, day: date) -> bool:
    """Whether ``day`` lies in a span whose ends are included; None: no bound."""
    return (since is None or since <= day) and (until is None or day <= until)


def _last(posts: Sequence[Post]) -> date | None:
    return max((post.until for post in posts if post.until is not None), default=None)


def _ending(rights: Iterable[Right], until: date | None) -> list[Right]:
    """The rights, none beyond ``until``."""
    if until is None:
        return list(rights)
    return [replace(one, until=until if one.until is None else min(one.until, until)) for one in rights]


def _reaching(rights: Iterable[Right], mine: Set[str], sections: Mapping[str, str]) -> list[Right]:
    """The rights, walled ones of any procedure for each procedure of the sections ``mine``."""
    reached = sorted(procedure for procedure, section in sections.items() if section in mine)
    found: list[Right] = []
    for right in rights:
        is_walled = right.act in WALLED and right.procedure == ANY
        found += [replace(right, procedure=one) for one in reached] if is_walled else [right]
    return found
