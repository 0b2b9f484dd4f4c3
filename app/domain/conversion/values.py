"""One field's cells to a value and back; whatever would not come back the same is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.conversion.charsets import WIDE_SPACE, Charset
from app.domain.conversion.layout import CodeTable, DateForm, Field, Form, Kind, Layout
from app.domain.conversion.losses import Step, points
from app.domain.era import ERAS, WrittenDate, era_of

_YES, _NO = "1", "0"
_WESTERN, _WAREKI = 8, 7
_MONTHS, _DAYS = 12, 31
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a record. Parts that are not known are 0; it need not stand in the calendar (29 February 2023).

    ``is_unknown``: it is not known whole, whatever stands in its parts; ``written``: the words for it, "" for none.
    """

    year: int
    month: int = 0
    day: int = 0
    is_unknown: bool = False
    written: str = ""

    @property
    def date(self) -> date | None:
        """The one day that it names, if it is known and stands in the calendar."""
        try:
            return None if self.is_unknown else date(self.year, self.month, self.day)
        except ValueError:
            return None


Value = str | int | bool | Day | None
Values = Mapping[str, Value]


class Converter:
    """The fields of one layout, in its charset and code tables."""

    def __init__(self, layout: Layout, charset: Charset, codes: Mapping[str, CodeTable]) -> None:
        self._is_fixed = layout.form is Form.FIXED
        self._charset = charset
        self._codes = codes

    def read(self, field: Field, cells: Sequence[bytes]) -> tuple[Value, tuple[Step, ...]]:
        """The value in ``cells``. Written again it gives the same bytes, or a step says why not."""
        value, steps = self._value(field, cells)
        if not steps:
            again, _ = self._cells(field, value)
            if list(cells) != again:
                steps = [Step("other_form", _hex(cells), _hex(again))]
        return value, tuple(steps)

    def write(self, field: Field, value: Value) -> tuple[list[bytes], tuple[Step, ...]]:
        """The cells of ``value``. Read again they give the same value, or a step says why not."""
        cells, steps = self._cells(field, value)
        if not steps:
            again, _ = self._value(field, cells)
            if again != (None if value == "" else value) or isinstance(again, bool) != isinstance(value, bool):
                kind = "edge_spaces" if isinstance(value, str) and value != value.strip() else "changed"
                steps = [Step(kind, _told(value), _told(again))]
        return cells, tuple(steps)

    def _value(self, field: Field, cells: Sequence[bytes]) -> tuple[Value, list[Step]]:
        texts: list[str] = []
        steps: list[Step] = []
        for cell in cells:
            found = self._charset.read(cell, wide=field.wide)
            texts.append(found.text.rstrip(f" {WIDE_SPACE}" if field.wide else " ") if self._is_fixed else found.text)
            steps.extend(found.steps)
        first = texts[0]
        is_blank = not first or (field.blank == "0" and not first.strip("0"))
        value: Value = None
        told: list[Step] = []
        if field.kind is Kind.DATE:
            value, told = _day(field, texts, is_blank=is_blank)
        elif not is_blank:
            value, told = self._single(field, first)
        return value, [*steps, *told]

    def _single(self, field: Field, text: str) -> tuple[Value, list[Step]]:
        match field.kind:
            case Kind.NUMBER:
                return _number(text)
            case Kind.DIGITS if not _is_digits(text):
                return None, [Step("not_digits", points(text)[:_LONGEST], "")]
            case Kind.FLAG if text not in {_YES, _NO}:
                return None, [Step("not_a_flag", points(text)[:_LONGEST], "")]
            case Kind.FLAG:
                return text == _YES, []
            case Kind.CODE:
                said = self._codes[field.codes].inwards.get(text)
                return said, [] if said is not None else [Step("unknown_code", text[:_LONGEST], "")]
            case _:
                return text, []

    def _cells(self, field: Field, value: Value) -> tuple[list[bytes], list[Step]]:
        if value is None or value == "":
            return [self._blank(field, width) for width in field.widths], []
        texts, steps = self._texts(field, value)
        if not texts:
            return [self._blank(field, width) for width in field.widths], steps
        written = [
            self._charset.write(text, width, wide=field.wide, fills=self._is_fixed)
            for text, width in zip(texts, field.widths, strict=True)
        ]
        cut = [step for one in written for step in one.steps]
        if cut and field.kind is not Kind.TEXT and len(texts) == 1:  # half a number is another number
            told = Step("too_long", _told(value), "")
            return [self._blank(field, width) for width in field.widths], [*steps, told]
        return [one.data for one in written], [*steps, *cut]

    def _texts(self, field: Field, value: Value) -> tuple[list[str], list[Step]]:
        """What stands in each cell; nothing for a value that the field can't hold."""
        if isinstance(value, Day):
            return _of_day(field, value) if field.kind is Kind.DATE else ([], [Step("wrong_kind", _told(value), "")])
        text, wrong = self._text(field, value)
        return ([], [Step(wrong, _told(value), "")]) if wrong else ([text], [])

    def _text(self, field: Field, value: Value) -> tuple[str, str]:
        """What stands in the cell, or why nothing does."""
        wrong = "wrong_kind"
        match field.kind, value:
            case Kind.FLAG, bool():
                text, wrong = _YES if value else _NO, ""
            case Kind.NUMBER, int() if not isinstance(value, bool):
                text, wrong = str(value).zfill(field.widths[0] if self._is_fixed else 0), ""
            case Kind.DIGITS, str():
                text, wrong = value, "" if _is_digits(value) else "not_digits"
            case Kind.CODE, str():
                text = self._codes[field.codes].outwards.get(value, "")
                wrong = "" if text else "unknown_code"
            case Kind.TEXT, str():
                text, wrong = value, ""
            case _:
                text = ""
        return text, wrong

    def _blank(self, field: Field, width: int) -> bytes:
        if not self._is_fixed:
            return b""
        fill = field.blank * width if field.blank != " " else ""
        return self._charset.write(fill, width, wide=field.wide and not fill).data


def _day(field: Field, texts: Sequence[str], *, is_blank: bool) -> tuple[Day | None, list[Step]]:
    flag, written = (texts[1], texts[2]) if len(texts) > 1 else ("", "")
    steps = [Step("not_a_flag", points(flag)[:_LONGEST], "")] if flag not in {"", _YES, _NO} else []
    if is_blank:
        found = Day(0, is_unknown=True, written=written) if flag == _YES or written else None
        return found, steps
    parts = _parts(field.date, texts[0])
    if parts is None:
        return None, [*steps, Step("not_a_date", points(texts[0])[:_LONGEST], "")]
    year, month, day = parts
    found = Day(year, month, day, is_unknown=flag == _YES or not (year and month and day), written=written)
    return found, [*steps, *_era_faults(field.date, texts[0], found)]


def _parts(form: DateForm, text: str) -> tuple[int, int, int] | None:
    """Year, month and day, 0 where not known; None for no date."""
    length = _WESTERN if form is DateForm.WESTERN else _WAREKI
    if not _is_digits(text) or len(text) != length:
        return None
    year, month, day = int(text[:-4]), int(text[-4:-2]), int(text[-2:])
    if month > _MONTHS or day > _DAYS or (day and not month):
        return None
    if form is DateForm.WAREKI and (year or month):
        era = next((one for one in ERAS if one.digit == text[0]), None)
        count = int(text[1:3])
        if era is None or not count:
            return None
        year = era.year_zero + count
    return year, month, day


def _era_faults(form: DateForm, text: str, found: Day) -> list[Step]:
    """A whole date that its era does not have."""
    era = next((one for one in ERAS if one.digit == text[:1]), None)
    if form is DateForm.WESTERN or era is None or not (found.month and found.day):
        return []
    try:
        known = date(found.year, found.month, found.day)
    except ValueError:
        return []
    return [] if era.first <= known <= era.last else [Step("other_era", text, known.isoformat())]


def _of_day(field: Field, value: Day) -> tuple[list[str], list[Step]]:
    first = _date_text(field.date, value)
    if first is None:
        return [], [Step("no_era", _told(value), "")]
    if len(field.widths) > 1:
        return [first, _YES if value.is_unknown else _NO, value.written], []
    steps = [Step("written_lost", points(value.written), "")] if value.written else []
    if value.is_unknown and value.year and value.month and value.day:
        steps.append(Step("unknown_date", "unknown", first))
    return [first], steps


def _date_text(form: DateForm, value: Day) -> str | None:
    """The date in digits; None for one that no era has."""
    if form is DateForm.WESTERN or not value.year:
        return (
            f"{value.year:0{_WESTERN - 4 if form is DateForm.WESTERN else _WAREKI - 4}}{value.month:02}{value.day:02}"
        )
    try:
        written = WrittenDate(value.year, value.month or None, value.day or None).latest
    except ValueError:
        written = WrittenDate(value.year, value.month or None).latest
    era = era_of(written)
    return None if era is None else f"{era.digit}{value.year - era.year_zero:02}{value.month:02}{value.day:02}"


def _number(text: str) -> tuple[int | None, list[Step]]:
    if not _is_digits(text.removeprefix("-")):
        return None, [Step("not_a_number", points(text)[:_LONGEST], "")]
    return int(text), []


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _hex(cells: Sequence[bytes]) -> str:
    return "/".join(cell.hex() for cell in cells)[:_LONGEST]


def _told(value: Value) -> str:
    match value:
        case Day():
            return f"{value.year:04}-{value.month:02}-{value.day:02}{'?' if value.is_unknown else ''}"
        case str():
            return points(value)[:_LONGEST]
        case _:
            return str(value)
