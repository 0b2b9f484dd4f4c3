"""Explains an access by an open matter, or by a typed reason; whatever is left is unexplained."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.access import Access, LookupReason, Matter, Way
from app.domain.access_rules import AccessRules

_REASONS = frozenset(one.value for one in LookupReason)
_FILES = frozenset({Way.FILE, Way.ANSWER, Way.PRINT})


class Why(StrEnum):
    """What explains an access; the last six leave it unexplained.

    ``ERRAND``: a visit of which nobody was confirmed and nothing was handed in, and its first person. ``SLIP``:
    another line of a list in which the visit's person stood. Both and ``REASON`` are explained, but counted further.
    """

    NAMED = "named"
    SEARCH = "search"
    HOUSEHOLD = "household"
    ERRAND = "errand"
    SLIP = "slip"
    REASON = "reason"
    MISS = "miss"
    NO_CASE = "no_case"
    UNKNOWN_CASE = "unknown_case"
    FOREIGN = "foreign"
    CLOSED = "closed"
    NOT_NAMED = "not_named"


SETTLED = frozenset({Why.NAMED, Why.SEARCH, Why.HOUSEHOLD})
"""Explained by what the matter itself names: nothing of it is counted further."""
EXPLAINED = SETTLED | {Why.ERRAND, Why.SLIP, Why.REASON}


class Explainer:
    """Explains accesses in the order of time: what a visit's searches returned is remembered for what is opened."""

    def __init__(self, matters: Mapping[str, Matter], rules: AccessRules) -> None:
        self._matters = matters
        self._grace: timedelta = rules.grace
        self._lasts: timedelta = rules.case_lasts
        self._file_lasts: timedelta = rules.file_lasts
        self._lists: dict[str, set[str]] = {}
        self._first: dict[str, tuple[str, str]] = {}

    def why(self, access: Access) -> Why:
        """What explains ``access``."""
        if not access.visit:
            return Why.REASON if access.reason in _REASONS else Why.NO_CASE
        matter = self._matters.get(access.visit)
        if matter is None:
            return Why.UNKNOWN_CASE
        if access.staff_id not in matter.staff:
            return Why.FOREIGN
        if not self._is_open(matter, access.at, self._file_lasts if access.way in _FILES else self._lasts):
            return Why.CLOSED
        return self._within(matter, access)

    def _within(self, matter: Matter, access: Access) -> Why:
        """A matter that is open and theirs; whether the person is its own."""
        if access.person in matter.people or (not access.person and access.way in _FILES):
            return Why.NAMED
        return self._searched(matter, access) if access.way is Way.SEARCH else self._opened(matter, access)

    def _is_open(self, matter: Matter, at: datetime, lasts: timedelta) -> bool:
        closed = matter.closed_at
        if matter.opened_at - self._grace <= at and (closed is None or at <= closed + self._grace):
            return True
        begun, ended = matter.waits_from, matter.waits_until
        return begun is not None and begun <= at and (ended is None or at <= ended + lasts)

    def _searched(self, matter: Matter, access: Access) -> Why:
        hits = access.found
        if not matter.people:
            self._lists.setdefault(matter.matter_id, set()).update(hits)
            return Why.ERRAND if len(hits) != 1 else self._unnamed(matter, access)
        if not matter.people.isdisjoint(hits):
            self._lists.setdefault(matter.matter_id, set()).update(hits)
            return Why.SEARCH
        if matter.wide and access.household in matter.households:
            return Why.HOUSEHOLD
        return Why.NOT_NAMED if len(hits) == 1 else Why.MISS

    def _opened(self, matter: Matter, access: Access) -> Why:
        if matter.wide and access.household in matter.households:
            return Why.HOUSEHOLD
        if not matter.people:
            return self._unnamed(matter, access)
        return Why.SLIP if access.person in self._lists.get(matter.matter_id, ()) else Why.NOT_NAMED

    def _unnamed(self, matter: Matter, access: Access) -> Why:
        """A visit in which nobody was confirmed: whom it was opened for is whom it looked at first."""
        first = self._first.setdefault(matter.matter_id, (access.person, access.household))
        if access.person == first[0]:
            return Why.ERRAND
        shares = first[1] == access.household and access.household
        listed = access.way is not Way.SEARCH and len(self._lists.get(matter.matter_id, ())) > 1
        is_slip = listed and access.person in self._lists[matter.matter_id]
        return Why.SLIP if shares or is_slip else Why.NOT_NAMED
