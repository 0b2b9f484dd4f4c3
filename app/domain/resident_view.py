"""住民側画面: everything a resident's display can be told; what may not stand there has no place in these values."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.procedure import Kind

FEWEST, MOST = 3, 6
"""Items to check at a time. Source: counter-ux research, assumed."""
NUMBER_DIGITS = 12
SAID_HERE = frozenset({"", "entry"})
"""Sources of a value that the person at the counter gave: nobody is shown anything that they did not bring."""
_BETWEEN = "".join(map(chr, (*range(0x2010, 0x2016), 0x2212, 0x30FB, 0x30FC)))
"""Dashes, the middle dot and the long-vowel mark, all of which people write between digits."""
_RUN = re.compile(rf"\d(?:[\s\-.{_BETWEEN}]*\d)*")


def looks_like_number(text: str) -> bool:
    """Whether twelve digits stand in ``text``, together or apart, in any width: it may be a 個人番号."""
    runs = _RUN.findall(unicodedata.normalize("NFKC", text))
    return any(sum(one.isdigit() for one in run) == NUMBER_DIGITS for run in runs)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads the display. ``sees``: sources that the presenter's capacity may read.

    ``protected``: somebody of the case is under protective measures (支援措置); others in the room may look on.
    """

    sees: frozenset[str]
    protected: bool = False

    def may_read(self, item: "Item") -> bool:
        """Never a 個人番号, no address of the protected, of others only what they may see or have said themselves."""
        if item.kind is Kind.MY_NUMBER or looks_like_number(item.value) or looks_like_number(item.label):
            return False
        if self.protected and (item.is_address or (item.is_other and item.source not in SAID_HERE)):
            return False
        return item.source in SAID_HERE or item.source in self.sees


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a form or request. ``place``: where it stands there; ``source``: first part of its prefill path.

    ``is_other``: it is of somebody else than the applicant.
    """

    place: str
    label: str
    value: str = field(repr=False)
    kind: Kind = Kind.TEXT
    source: str = ""
    is_address: bool = False
    is_other: bool = False

    @property
    def is_name(self) -> bool:
        """Whether it is drawn with the exact shapes of its characters."""
        return self.kind is Kind.NAME


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Items to check, ``at`` of ``of`` pages. ValueError for an item that this audience may not read.

    ``asks_which``: something is wrong, and the person points at it.
    """

    audience: Audience
    items: tuple[Item, ...]
    at: int = 1
    of: int = 1
    asks_which: bool = False

    def __post_init__(self) -> None:
        if not 0 < len(self.items) <= MOST:
            raise ValueError("one to six items: show more on several pages")
        if not all(map(self.audience.may_read, self.items)):
            raise ValueError("an item that this audience may not read")


@dataclass(frozen=True, slots=True)
class SignPage:
    """Sign here for what was checked. ``what``: title of the procedure."""

    what: str


@dataclass(frozen=True, slots=True)
class FeePage:
    """What is to be paid, yen."""

    yen: int


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Where to go next."""

    place: str

    def __post_init__(self) -> None:
        if looks_like_number(self.place):
            raise ValueError("no place is called by twelve digits")


class CallOut(StrEnum):
    """呼びかけ: a sentence the clerk shows by one key; its words are those of the resident's languages."""

    SIGN = "call_sign"
    WAIT = "call_wait"
    TAKES_TIME = "call_takes_time"
    DOCUMENT = "call_document"
    THANKS = "call_thanks"


@dataclass(frozen=True, slots=True)
class SaidPage:
    """A call-out."""

    call: CallOut


Page = CheckPage | SignPage | FeePage | PlacePage | SaidPage


@dataclass(frozen=True, slots=True)
class ResidentView:
    """What stands on the display: the ticket, and one page or none."""

    ticket: str = ""
    page: Page | None = None
