"""閲覧: one look at personal data, the matter that may explain it, and the office whose accesses are reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """How somebody's data were looked at."""

    SEARCH = "search"
    OPEN = "open"
    ITEM = "item"
    FILE = "file"
    ANSWER = "answer"
    ENQUIRY = "enquiry"
    PRINT = "print"


class LookupReason(StrEnum):
    """照会の理由: why somebody is looked up without a visit. Given by the clerk before the search."""

    PHONE = "phone"
    POST = "post"
    OFFICIAL = "official"
    """公用: another public body asks."""
    EX_OFFICIO = "ex_officio"
    """職権: the office acts by itself."""
    FILING = "filing"
    """届出: a change of somebody else is being entered, into whose household."""


class Near(StrEnum):
    """How near the person is to who looked, found by keyed comparison where the person is registered."""

    SELF = "self"
    HOUSEHOLD = "household"
    SURNAME = "surname"
    ADDRESS = "address"
    COLLEAGUE = "colleague"
    GUARDED = "guarded"
    """支援措置: the person is under a protective measure."""


@dataclass(frozen=True, slots=True)
class Access:
    """One look. ``ref``: log and place of its record; ``person``: 宛名番号, "" where several or nobody was touched.

    ``found``: the 宛名番号 that a search returned. ``visit`` and ``reason``: what was given for it, "" for nothing.
    """

    ref: str
    at: datetime
    way: Way
    staff_id: str
    terminal: str
    person: str = ""
    found: tuple[str, ...] = ()
    household: str = ""
    visit: str = ""
    procedure: str = ""
    reason: str = ""
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """用件: a visit with the cases that came of it.

    ``staff``: who opened it, took it in or took a step in it; ``people``: whom it names for sure (by a card at the
    counter, or in a hand-in). ``closed_at``: the visit's end; ``waits_from``, ``waits_until``: while a case waited for
    the section (None: no case, or not yet decided). ``wide``: its procedures name the household.
    """

    matter_id: str
    terminal: str
    opened_at: datetime
    closed_at: datetime | None
    staff: frozenset[str]
    people: frozenset[str] = frozenset()
    households: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    wide: bool = False
    waits_from: datetime | None = None
    waits_until: datetime | None = None

    @property
    def is_handed_in(self) -> bool:
        """Whether a case came of it."""
        return self.waits_from is not None


@dataclass(frozen=True, slots=True)
class Watched:
    """What a review looks at: accesses in the order of time, and all matters they may belong to."""

    accesses: Sequence[Access]
    matters: Mapping[str, Matter]
