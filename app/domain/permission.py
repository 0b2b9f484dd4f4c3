"""照会許可用照会リスト: who may ask whom for what, for which task, on which legal ground, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AnswerKind(StrEnum):
    """What an answer may mean. Each has its own next step; no data is neither non-taxable nor no income.

    Source: procedures.md 1.6, known practice.
    """

    VALUE = "value"
    NO_DATA = "no_data"
    UNDECLARED = "undeclared"
    HELD_BACK = "held_back"
    WITHHELD = "withheld"
    NO_CODE = "no_code"
    OUT_OF_HOURS = "out_of_hours"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One row. ``path``: nws (another body, through the network) or link (within the city, by ordinance).

    ``series``: old (別表第二, until 2024-05-26), order (令和6年デジタル庁・総務省令第9号) or ordinance.
    ``tasks``: ids of the procedures it serves. ``duty``: the task in the words of the law. ``items``: what may be
    asked of ``information``. ``confidence``: P published, K known, A assumed; only P may be shown as a citation.
    """

    series: str
    item: str
    path: str
    requester: str
    tasks: tuple[str, ...]
    duty: str
    purpose: str
    information: str
    provider: str
    items: tuple[str, ...]
    since: date | None
    until: date | None
    confidence: str

    def in_force(self, day: date) -> bool:
        """Whether the row holds on ``day``; both ends are included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to ask: held against the list at the relay, at the core and at the provider.

    ``requester``, ``provider``: kinds of bodies (``municipality``). ``day``: the business date of the enquiry.
    """

    path: str
    series: str
    item: str
    requester: str
    task: str
    purpose: str
    information: str
    provider: str
    items: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class PermissionList:
    """All rows. ``requester`` and ``provider`` of a wish are kinds of bodies, as in the rows."""

    rows: tuple[PermissionRow, ...]

    def refusal(self, wish: Wish) -> str:
        """Why ``wish`` is not allowed, as a stable code; "" when it is: not_on_list, wrong_purpose, not_in_force."""
        about = [row for row in self._about(wish) if (row.series, row.item) == (wish.series, wish.item)]
        if not about:
            return "not_on_list"
        if not any(row.in_force(wish.day) for row in about):
            return "not_in_force"
        meant = [row for row in about if row.purpose == wish.purpose and row.in_force(wish.day)]
        if not meant:
            return "wrong_purpose"
        return "" if any(set(wish.items) <= set(row.items) for row in meant) else "item_not_on_list"

    def row(self, wish: Wish) -> PermissionRow | None:
        """The row that a wish stands on, whatever items it names: its own ``items`` are all that may be asked."""
        ground = (wish.series, wish.item, wish.purpose)
        rows = (row for row in self._about(wish) if (row.series, row.item, row.purpose) == ground)
        return next((row for row in rows if row.in_force(wish.day)), None)

    def _about(self, wish: Wish) -> Iterator[PermissionRow]:
        for row in self.rows:
            asked = (wish.path, wish.information, wish.requester, wish.provider)
            if asked == (row.path, row.information, row.requester, row.provider) and wish.task in row.tasks:
                yield row


def tax_year_is_plausible(year: int, day: date) -> bool:
    """Whether there can be tax data of ``year`` on ``day``: not of the future, not too old.

    Five years back. Source: 地方税法17条の5 (years that can still be assessed), known.
    """
    return day.year - 5 <= year <= day.year
