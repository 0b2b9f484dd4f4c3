"""What a file of a business system looks like, as data: form, charset, fields in their order, code tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app.domain.tables import Table

E = TypeVar("E", bound=StrEnum)


class Form(StrEnum):
    """How rows and fields are told apart."""

    FIXED = "fixed"
    CSV = "csv"


class Kind(StrEnum):
    """What a field holds. ``DIGITS`` keeps leading zeros, ``NUMBER`` is an amount."""

    TEXT = "text"
    DIGITS = "digits"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    FLAG = "flag"


class DateForm(StrEnum):
    """``WESTERN``: YYYYMMDD; ``WAREKI``: the era's digit and YYMMDD. Unknown parts are 00."""

    WESTERN = "western"
    WAREKI = "wareki"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``widths``: bytes of its cells, 0 for no limit (CSV).

    A date has one cell, or three: the date, a flag that it is not known whole, and the words that stand for it
    (年月日, 不詳フラグ, 不詳表記; known practice of 標準準拠システム). ``wide``: two-byte characters without shifts.
    ``blank``: what fills a field without a value (" " or "0"). ``codes``: the code table.
    """

    name: str
    kind: Kind
    widths: tuple[int, ...]
    wide: bool = False
    date: DateForm = DateForm.WESTERN
    codes: str = ""
    blank: str = " "


@dataclass(frozen=True, slots=True)
class Layout:
    """``newline``: what ends a row, b"" where only its length does. ``header``: CSV begins with the fields' names.

    ``use``: what such a file is for: enquiries, outcomes or replica.
    """

    id: str
    title: str
    use: str
    form: Form
    charset: str
    newline: bytes
    header: bool
    fields: tuple[Field, ...]

    @property
    def length(self) -> int:
        """Bytes of a row without what ends it; meant for fixed rows."""
        return sum(width for field in self.fields for width in field.widths)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """コード表: what the business system writes ↔ what this program says."""

    inwards: Mapping[str, str]
    outwards: Mapping[str, str]


_NEWLINES = {"crlf": b"\r\n", "lf": b"\n", "none": b""}
_DATE_CELLS = 3


def parse_layout(values: Mapping[str, object], file: str = "") -> Layout:
    """Make a layout of a file's tables. Errors: DataFault with what is wrong and where."""
    table = Table(values, file)
    if table.count("version") != 1:
        raise table.fault("version", "version")
    form = _one_of(table, "form", Form)
    newline = table.text("newline", "crlf")
    if newline not in _NEWLINES or (form is Form.CSV and newline == "none"):
        raise table.fault("unknown_value", "newline")
    fields = tuple(_field(one, form) for one in table.tables("field"))
    if len({field.name for field in fields}) != len(fields) or not fields:
        raise table.fault("twice_or_none", "field")
    table.text("source", "")
    return table.finish(
        Layout(
            id=table.text("id"),
            title=table.text("title"),
            use=table.text("use"),
            form=form,
            charset=table.text("charset"),
            newline=_NEWLINES[newline],
            header=table.flag("header", default=False),
            fields=fields,
        )
    )


def parse_codes(values: Mapping[str, object], file: str = "") -> dict[str, CodeTable]:
    """Code tables by their ids. Errors: DataFault."""
    table = Table(values, file)
    if table.count("version") != 1:
        raise table.fault("version", "version")
    found: dict[str, CodeTable] = {}
    for one in table.tables("codes"):
        pairs = [pair.partition("=") for pair in one.texts("pairs")]
        inwards = {wire: ours for wire, _, ours in pairs}
        outwards = {ours: wire for wire, _, ours in reversed(pairs)}
        one.text("source", "")
        name = one.text("id")
        found[name] = one.finish(CodeTable(inwards, outwards))
    return table.finish(found)


def _field(table: Table, form: Form) -> Field:
    kind = _one_of(table, "kind", Kind)
    widths = tuple(int(one) for one in table.scalars("widths") if isinstance(one, int)) or (0,)
    cells = {1, _DATE_CELLS} if kind is Kind.DATE else {1}
    wide = table.flag("wide", default=False)
    is_narrow = form is Form.FIXED and min(widths) < 1
    if len(widths) not in cells or is_narrow or (wide and any(width % 2 for width in widths)):
        raise table.fault("wrong_width", "widths")
    return table.finish(
        Field(
            name=table.text("name"),
            kind=kind,
            widths=widths,
            wide=wide,
            date=_one_of(table, "date", DateForm, DateForm.WESTERN),
            codes=table.text("codes") if kind is Kind.CODE else "",
            blank=table.text("blank", " "),
        )
    )


def _one_of(table: Table, key: str, kind: type[E], default: E | None = None) -> E:
    value = table.text(key, default)
    if value not in set(kind):
        raise table.fault("unknown_value", key)
    return kind(value)
