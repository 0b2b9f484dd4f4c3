"""From what is typed into a field to its value, and back to what is shown."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from app.domain.days import Month
from app.domain.era import parse_date, parse_written, wareki, wareki_month
from app.domain.facts import Scalar
from app.domain.kana import to_katakana
from app.domain.municipality import MunicipalityCode
from app.domain.names import clusters
from app.domain.procedure import Field, Kind
from app.errors import BadFormat

NUMBER_STATES = frozenset({"linked", "given", "declined", "absent"})
"""What a case may know of a 個人番号: already linked, handed over in this visit, refused, not at hand."""

_KANA = re.compile(r"[ァ-ヶー・－\-.（）() A-Za-z0-9]+")
_PHONE = re.compile(r"0[0-9]{9,10}")
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})")
_YES = {"はい": True, "yes": True, "true": True, "いいえ": False, "no": False, "false": False}


def read_value(field: Field, text: str) -> Scalar | None:
    """The value of what was typed; None if nothing was. ``BadFormat`` names the field.

    Names, addresses and free text are kept as typed, apart from spaces at the ends. Kana become full width katakana,
    digits half width, months "2026-11", telephone numbers digits only.
    """
    typed = text.strip()
    if not typed:
        return None
    try:
        return _READERS.get(field.kind, _as_typed)(field, typed)
    except ValueError as error:
        raise BadFormat(field=field.id) from error
    except BadFormat as error:
        raise BadFormat(field=field.id, why=str(error.data.get("field", ""))) from error


def show_value(field: Field, value: Scalar) -> str:
    """How a value is shown; a choice by its label, dates in wareki. Yes and no are texts of the screen: "yes", "no"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return wareki(value)
    if field.kind is Kind.MONTH and (found := _MONTH.fullmatch(str(value))):
        return wareki_month(int(found["year"]), int(found["month"]))
    return next((option.label for option in field.options if option.value == value), str(value))


def _as_typed(field: Field, typed: str) -> str:
    if field.length and len(clusters(typed)) > field.length:
        raise ValueError(field.id)
    return typed


def _kana(field: Field, typed: str) -> str:
    kana = " ".join(to_katakana("".join(clusters(part))) for part in typed.split())
    if not _KANA.fullmatch(kana):
        raise ValueError(field.id)
    return _as_typed(field, kana)


def _digits(field: Field, typed: str) -> str:
    digits = "".join(clusters(typed))
    if not (digits.isascii() and digits.isdigit()) or (field.length and len(digits) != field.length):
        raise ValueError(field.id)
    return digits


def _account(field: Field, typed: str) -> str:
    """Shorter account numbers are filled with zeros on the left, as banks do."""
    return _digits(field, "".join(clusters(typed)).rjust(field.length, "0"))


def _phone(field: Field, typed: str) -> str:
    digits = re.sub(r"[-‐‑–—―−ー() ]", "", "".join(clusters(typed)))
    if not _PHONE.fullmatch(digits):
        raise ValueError(field.id)
    return digits


def _month(field: Field, typed: str) -> str:
    written = parse_written(typed)
    if written.month is None:
        raise ValueError(field.id)
    return str(Month(written.year, written.month))


def _choice(field: Field, typed: str) -> str:
    for option in field.options:
        if typed in {option.value, option.label}:
            return option.value
    raise ValueError(field.id)


def _yes_no(field: Field, typed: str) -> bool:
    if typed.lower() not in _YES:
        raise ValueError(field.id)
    return _YES[typed.lower()]


def _number_state(field: Field, typed: str) -> str:
    """Only a state: whatever looks like a number is refused, so that none gets into a case by this way."""
    if typed not in NUMBER_STATES:
        raise ValueError(field.id)
    return typed


_READERS: Mapping[Kind, Callable[[Field, str], Scalar]] = {
    Kind.KANA: _kana,
    Kind.DATE: lambda _, typed: parse_date(typed),
    Kind.MONTH: _month,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: lambda field, typed: int(_digits(field, typed.replace(",", "").replace("，", ""))),
    Kind.DIGITS: _digits,
    Kind.ACCOUNT: _account,
    Kind.PHONE: _phone,
    Kind.MUNICIPALITY: lambda _, typed: str(MunicipalityCode("".join(clusters(typed)))),
    Kind.MY_NUMBER: _number_state,
}
