"""社会保障宛名の決まり: purposes, receiving systems with what each may have, and how long things are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.rights import holds
from app.domain.tables import Table
from app.errors import NotAllowed, NotUnderstood

PARTY_ITEMS = frozenset({"name", "kana", "birth", "sex", "mail"})
"""What of a party a system may be allowed to have; ``mail``: where letters go."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """事務: a social insurance business; entries belong to one, and who may see one may not see another for it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A system that may be told, by its name as a slice, ``since`` to ``until`` (both days included).

    ``tax_items``: which of the tax data; ``years``: of how many fiscal years, the running one included;
    ``party_items``: which of a party's; ``ground``: on what it rests.
    """

    id: str
    title: str
    purpose: str
    tax_items: frozenset[str]
    years: int
    party_items: frozenset[str]
    ground: str
    since: date | None
    until: date | None

    def is_approved(self, day: date) -> bool:
        """Whether it may be told anything on ``day``."""
        return holds(self.since, self.until, day)

    def may_have_year(self, fiscal_year: int, running: int) -> bool:
        """Whether it may have ``fiscal_year`` while ``running`` is the fiscal year of today."""
        return running - self.years < fiscal_year <= running


@dataclass(frozen=True, slots=True)
class KeptFor:
    """保存期間 of one class of what is kept, in years after its end. ``level``: P published, A assumed."""

    id: str
    years: int
    source: str
    level: str


@dataclass(frozen=True, slots=True)
class SocialRules:
    """Everything the table says. ``tax_items``: names of tax data that are taken; ``hows``: ways of contact."""

    purposes: Mapping[str, Purpose]
    receivers: Mapping[str, Receiver]
    tax_items: frozenset[str]
    hows: frozenset[str]
    kept: Mapping[str, KeptFor]

    def receiver(self, name: str, day: date) -> Receiver:
        """Errors: NotAllowed for a system that is not approved on ``day``."""
        found = self.receivers.get(name)
        if found is None or not found.is_approved(day):
            raise NotAllowed
        return found

    def demand_purpose(self, name: str) -> str:
        """Errors: NotUnderstood for a purpose that there is not."""
        if name not in self.purposes:
            raise NotUnderstood(what="purpose")
        return name


CLASSES = ("account", "contact", "delivery", "tax", "transfer")
"""What has a time to be kept for."""
APRIL = 4


def fiscal_year_of(day: date) -> int:
    """年度 of a day: April to March."""
    return day.year if day.month >= APRIL else day.year - 1


def parse_social_rules(values: Mapping[str, object]) -> SocialRules:
    """Read the shipped table. Errors: DataFault naming the place."""
    table = Table(values, "social_insurance")
    if table.count("version") != 1:
        raise table.fault("version", "version")
    tax_items = frozenset(table.texts("tax_items"))
    purposes = {one.id: one for one in map(_purpose, table.tables("purpose"))}
    receivers = {one.id: one for one in (_receiver(row, tax_items, purposes) for row in table.tables("receiver"))}
    kept = {one.id: one for one in map(_kept, table.tables("kept"))}
    if set(kept) != set(CLASSES):
        raise table.fault("missing_key", "kept")
    return table.finish(SocialRules(purposes, receivers, tax_items, frozenset(table.texts("hows")), kept))


def _purpose(row: Table) -> Purpose:
    row.text("source")
    return row.finish(Purpose(row.text("id"), row.text("title")))


def _receiver(row: Table, tax_items: frozenset[str], purposes: Mapping[str, Purpose]) -> Receiver:
    made = Receiver(
        id=row.text("id"),
        title=row.text("title"),
        purpose=row.text("purpose"),
        tax_items=frozenset(row.texts("tax_items")),
        years=row.count("years"),
        party_items=frozenset(row.texts("party_items")),
        ground=row.text("ground"),
        since=_day(row, "since"),
        until=_day(row, "until"),
    )
    is_known = made.purpose in purposes and made.tax_items <= tax_items and made.party_items <= PARTY_ITEMS
    is_name = made.id.isascii() and made.id.isalpha() and made.id.islower()
    if not is_known or not is_name or made.years < 1:
        raise row.fault("bad_value")
    return row.finish(made)


def _kept(row: Table) -> KeptFor:
    made = KeptFor(row.text("id"), row.count("years"), row.text("source"), row.text("level"))
    if made.years < 1 or made.level not in {"P", "A"}:
        raise row.fault("bad_value")
    return row.finish(made)


def _day(row: Table, key: str) -> date | None:
    if key not in row:
        return None
    found = row.scalar(key)
    if not isinstance(found, date):
        raise row.fault("wrong_kind", key)
    return found
