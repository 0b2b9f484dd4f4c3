"""異動の入力: which fields and items the form of each kind of change asks for, as read from the shipped table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.register_rules import RegisterRules
from app.domain.tables import Table


class Whom(StrEnum):
    """Whom a form is about."""

    HERE = "here"
    """Who is in the register."""
    GONE = "gone"
    """Who was (除票)."""
    NEW = "new"
    """Who gets a record, or comes back to the one there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingForm:
    """The form of one kind. ``fields`` about the change, ``items`` about each person, in the order asked.

    ``household``: what is proposed for the household: keep, new or join; ``notice``: it comes as a 特例転入.
    """

    kind: str
    whom: Whom
    fields: tuple[str, ...]
    items: tuple[str, ...]
    household: str = "keep"
    notice: bool = False
    several: bool = True


@dataclass(frozen=True, slots=True)
class RegisterForms:
    """All forms. ``places``: check → the field it is shown beside."""

    forms: Mapping[str, FilingForm]
    places: Mapping[str, str]

    def checks_of(self, field: str) -> frozenset[str]:
        """The checks that are shown beside a field."""
        return frozenset(check for check, place in self.places.items() if place == field)


FIELDS = (
    "reason",
    "filed_day",
    "event_day",
    "event_written",
    "address",
    "ward",
    "household",
    "household_number",
    "moved_from",
    "moved_to",
    "certificate",
    "source",
    "late_reason",
)
ITEMS = (
    "name",
    "kana",
    "legal_kana",
    "birth",
    "birth_written",
    "sex",
    "former_name",
    "former_name_kana",
    "alias",
    "alias_kana",
    "latin_name",
    "kanji_name",
    "nationality",
    "residence_status",
    "status_until",
    "card_number",
    "resident_code",
    "my_number",
    "origin",
    "origin_head",
)
PERSONS = "persons"
"""The place of checks that are about the persons as a whole."""


def parse_register_forms(values: Mapping[str, object], rules: RegisterRules) -> RegisterForms:
    """Read the table. Errors: DataFault for a kind or check without its place here, or an unknown field or item."""
    table = Table(values, "register_forms")
    if table.count("version") != 1:
        raise table.fault("version", "version")
    sets = {one.text("id"): one.finish(one.texts("items")) for one in table.tables("set")}
    forms = [_form(one, sets) for one in table.tables("form")]
    places = dict(one.finish((one.text("check"), one.text("field"))) for one in table.tables("place"))
    known = {*FIELDS, *ITEMS, PERSONS, "relation"}
    made = RegisterForms({one.kind: one for one in forms}, places)
    if made.forms.keys() != rules.kinds.keys() or len(forms) != len(made.forms):
        raise table.fault("each_once", "form")
    if places.keys() != rules.levels.keys() or not set(places.values()) <= known:
        raise table.fault("each_once", "place")
    return table.finish(made)


def _form(one: Table, sets: Mapping[str, tuple[str, ...]]) -> FilingForm:
    whom, fields = one.text("whom"), one.texts("fields")
    items = tuple(item for name in one.texts("items") for item in sets.get(name, (name,)))
    if whom not in set(Whom):
        raise one.fault("unknown_value", "whom")
    if not set(fields) <= set(FIELDS):
        raise one.fault("unknown_value", "fields")
    if not set(items) <= set(ITEMS):
        raise one.fault("unknown_value", "items")
    return one.finish(
        FilingForm(
            kind=one.text("kind"),
            whom=Whom(whom),
            fields=fields,
            items=items,
            household=one.text("household", "keep"),
            notice=one.flag("notice", default=False),
            several=one.flag("several", default=True),
        )
    )
