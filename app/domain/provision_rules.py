"""What a city provides to others: who owns each kind of information, what it is made of, who decides and when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.clock import TOKYO, business_date
from app.domain.days import is_closed
from app.domain.tables import Table
from app.errors import DataFault

TEXT, NUMBER, FLAG, DATE = "text", "number", "flag", "date"
_KINDS = frozenset({TEXT, NUMBER, FLAG, DATE})
_LONGEST = 1000
"""Characters of a text item. Assumed."""
_LARGEST = 10**15
"""What a number stays below. Assumed."""
Value = str | int | bool | None


class FlagKind(StrEnum):
    """Marks that change what is answered; each on a kind of information, on a person, or on both."""

    NO_AUTO_ANSWER = "no_auto_answer"
    """自動応答不可フラグ: a person looks at the content before it is sent."""
    NON_DISCLOSURE = "non_disclosure"
    """不開示フラグ: it is neither provided nor shown in an extract."""


@dataclass(frozen=True, slots=True)
class InformationRule:
    """One kind of information (特定個人情報名). ``owner``: the business a right must name to touch it.

    ``items``: name on the wire → text, number, flag or date. ``by_year``: it belongs to a tax year. ``release_days``:
    open days within which a held enquiry is decided. ``two_persons``: somebody else checks before it is released.
    ``keep_years``: a replica of a tax year is deleted this many years after it; 0: kept while it is registered.
    ``sources``: the business systems that may register files of it. ``span``: the two date items from and until which
    what is registered holds; without it an enquiry by period is not answered here.
    """

    name: str
    owner: str
    owner_title: str
    items: Mapping[str, str]
    by_year: bool
    release_days: int
    two_persons: bool
    keep_years: int
    sources: tuple[str, ...]
    span: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ProvisionRules:
    """``reasons``: what is decided → the codes of reasons that may be given for it. ``remind_days``: open days."""

    information: Mapping[str, InformationRule]
    reasons: Mapping[str, frozenset[str]]
    remind_days: int

    def owner(self, information: str) -> str:
        """Whose it is; "" for a kind of information that this city does not know."""
        rule = self.information.get(information)
        return "" if rule is None else rule.owner

    def of_owner(self, owner: str) -> tuple[str, ...]:
        """The kinds of information that ``owner`` owns."""
        return tuple(name for name, rule in self.information.items() if rule.owner == owner)


def year_fault(rule: InformationRule, year: int, today: date) -> str:
    """Why nothing of ``year`` can be registered, as a stable code; "" when it can. 0: of no year."""
    return "" if rule.by_year == bool(year) and 0 <= year <= today.year + 1 else "bad_year"


def fault_of(rule: InformationRule, items: Mapping[str, Value]) -> str:
    """Why ``items`` can't be registered, as a stable code; "" when they can."""
    for name, value in items.items():
        kind = rule.items.get(name)
        if kind is None:
            return "item_unknown_here"
        if not _fits(kind, value):
            return "bad_value"
    return ""


def row_check(rule: InformationRule, columns: Sequence[str]) -> Callable[[Sequence[Value]], bool]:
    """What says whether the values of ``columns``, in order, can be registered; made once for many rows."""
    kinds = [NUMBER if rule.items[name] == NUMBER else rule.items[name] for name in columns]

    def holds(values: Sequence[Value]) -> bool:
        for kind, value in zip(kinds, values, strict=True):
            if kind is NUMBER and type(value) is int and -_LARGEST < value < _LARGEST:
                continue
            if value is not None and (kind is NUMBER or not _fits(kind, value)):
                return False
        return True

    return holds


def end_of_open_days(at: datetime, days: int) -> datetime:
    """The end of the ``days``-th open day after the day of ``at``: until then something is to be decided."""
    day, left = business_date(at), days
    while left:
        day += timedelta(days=1)
        left -= not is_closed(day)
    return datetime(day.year, day.month, day.day, tzinfo=TOKYO) + timedelta(days=1)


def parse_provision_rules(values: Mapping[str, object]) -> ProvisionRules:
    """Read the table. Errors: DataFault naming the place."""
    table = Table(values, "provision")
    table.count("version")
    rules = [_information(row) for row in table.tables("information")]
    if len({rule.name for rule in rules}) != len(rules):
        raise DataFault(what="said_twice", place="provision.information")
    reasons = table.table("reasons")
    given = {name: frozenset(reasons.texts(name)) for name in ("release", "refuse", "flag", "clear", "error", "delete")}
    reasons.finish(None)
    return table.finish(ProvisionRules({rule.name: rule for rule in rules}, given, table.count("remind_days")))


def _information(row: Table) -> InformationRule:
    kinds = dict(_item(row, written) for written in row.texts("items"))
    rule = InformationRule(
        name=row.text("name"),
        owner=row.text("owner"),
        owner_title=row.text("owner_title"),
        items=kinds,
        by_year=row.flag("by_year"),
        release_days=row.count("release_days"),
        two_persons=row.flag("two_persons"),
        keep_years=row.count("keep_years"),
        sources=row.texts("sources"),
        span=_span(row, kinds) if "span" in row else None,
    )
    row.text("level")
    row.text("source")
    row.finish(rule)
    if not kinds or rule.release_days < 1 or rule.keep_years < 0:
        raise DataFault(what="bad_value", place=row.place)
    return rule


def _span(row: Table, kinds: Mapping[str, str]) -> tuple[str, str]:
    names = row.texts("span")
    if len(names) != 2 or any(kinds.get(name) != DATE for name in names):  # noqa: PLR2004 -- from and until
        raise row.fault("two_dates", "span")
    return names[0], names[1]


def _item(row: Table, written: str) -> tuple[str, str]:
    """Name and kind, as in "total_income: number"."""
    name, _, kind = (part.strip() for part in written.partition(":"))
    if not name or kind not in _KINDS:
        raise row.fault("wrong_kind", "items")
    return name, kind


def _fits(kind: str, value: Value) -> bool:
    if value is None:
        return True
    if kind == NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST
    if kind == FLAG:
        return isinstance(value, bool)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return False
    return kind == TEXT or _is_date(value)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
