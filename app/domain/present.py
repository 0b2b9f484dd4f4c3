"""Facts as people read them: eras, choices by their label, yen; used on screens and on paper alike."""

from dataclasses import dataclass
from datetime import date

from app.domain.era import wareki
from app.domain.facts import Scalar
from app.domain.procedure import Field, Kind


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that values need. ``number``: state of a 個人番号 (linked, given, declined, absent) → its words."""

    yes: str
    no: str
    unknown: str
    yen: str
    number: dict[str, str]


def shown(field: Field, value: Scalar | None, words: Words) -> str:
    """``value`` of ``field`` in words; "not known" is said, never left blank."""
    if value is None or value == "":
        return words.unknown
    if field.kind is Kind.MY_NUMBER:
        return words.number.get(str(value), words.unknown)
    if isinstance(value, bool):
        return words.yes if value else words.no
    if isinstance(value, date):
        return wareki(value)
    return _label(field, str(value))


def _label(field: Field, value: str) -> str:
    """The label of a choice, else the text as it is."""
    return next((option.label for option in field.options if option.value == value), value)


def yen(amount: int, words: Words) -> str:
    """An amount with thousands separated."""
    return f"{amount:,}{words.yen}"
