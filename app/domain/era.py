"""和暦: Japanese eras and western dates, read and written in every way they are typed at a counter."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.errors import BadFormat

_SOLAR_CALENDAR = date(1873, 1, 1)
"""明治6年1月1日. Before it written dates are of the lunisolar calendar, which no era year alone converts."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Era:
    """元号: ``first`` and ``last`` are the days on which it is written, ``digit`` is the code that staff type.

    The day of change belongs to both neighbours in 1912 and 1926 (changed within the day), to the new era alone in
    1989 and 2019 (changed at midnight). Source: 元号を改める政令 and the edicts of 1912 and 1926, published.
    """

    name: str
    letter: str
    digit: str
    first: date
    last: date

    @property
    def year_zero(self) -> int:
        """The western year that added to the era's year gives the western year."""
        return self.first.year - 1


MEIJI = Era("明治", "M", "1", date(1868, 1, 25), date(1912, 7, 30))
TAISHO = Era("大正", "T", "2", date(1912, 7, 30), date(1926, 12, 25))
SHOWA = Era("昭和", "S", "3", date(1926, 12, 25), date(1989, 1, 7))
HEISEI = Era("平成", "H", "4", date(1989, 1, 8), date(2019, 4, 30))
REIWA = Era("令和", "R", "5", date(2019, 5, 1), date.max)

ERAS: tuple[Era, ...] = (MEIJI, TAISHO, SHOWA, HEISEI, REIWA)

_LIGATURES = {"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"}
_WIDTHS = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord("\u3000"): " "}
_KANJI_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True))


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as far as it was written: the month and day may be missing. Years are western."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def earliest(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it may mean."""
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is None:
            after = date(self.year + self.month // 12, self.month % 12 + 1, 1)
            return after - timedelta(days=1)
        return date(self.year, self.month, self.day)

    @property
    def complete(self) -> bool:
        """Whether it names one day."""
        return self.day is not None


def era_of(day: date) -> Era | None:
    """The era of ``day``, the new one on a day of change; none before the solar calendar (1873-01-01)."""
    if day < _SOLAR_CALENDAR:
        return None
    return next(era for era in reversed(ERAS) if era.first <= day)


def wareki(day: date) -> str:
    """As in 「令和8年11月20日」, the first year as 元年; western before 1873."""
    era = era_of(day)
    if era is None:
        return western(day)
    year = day.year - era.year_zero
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def wareki_short(day: date) -> str:
    """As in 「R8.11.20」; western with points before 1873."""
    era = era_of(day)
    head = f"{era.letter}{day.year - era.year_zero}" if era else str(day.year)
    return f"{head}.{day.month}.{day.day}"


def day_as_read(text: str) -> str:
    """A value that is a whole ISO date in wareki, any other text as it stands."""
    try:
        return wareki(date.fromisoformat(text)) if _ISO_DAY.fullmatch(text) else text
    except ValueError:
        return text


def wareki_year(year: int) -> str:
    """A western year as in 「令和8年」; the era of its last day (1989 is 平成元年)."""
    era = era_of(date(year, 12, 31))
    if era is None:
        return f"{year}年"
    count = year - era.year_zero
    return f"{era.name}{'元' if count == 1 else count}年"


def wareki_month(year: int, month: int) -> str:
    """As in 「令和8年12月」; the era of the month's last day."""
    day = WrittenDate(year, month).latest
    return wareki(day).partition("月")[0] + "月"


def western(day: date) -> str:
    """As in 「2026年11月20日」."""
    return f"{day.year}年{day.month}月{day.day}日"


def both(day: date) -> str:
    """As in 「2026年（令和8年）11月20日」."""
    head, _, rest = wareki(day).partition("年")
    return f"{day.year}年（{head}年）{rest}" if era_of(day) else western(day)


def parse_date(text: str) -> date:
    """The one day that ``text`` names; ``BadFormat`` if it names none or only a year or month."""
    written = parse_written(text)
    if not written.complete:
        raise BadFormat(field="date_incomplete")
    return written.earliest


def parse_written(text: str) -> WrittenDate:
    """Read a date in wareki or western form, as far as it is written.

    Reads 令和8年11月20日, R8.11.20, 昭和30, ㍼30/1, 5081120 (era digit and six digits), R081120, 2026-11-20, 20261120,
    令和元年五月一日, in any width. ``BadFormat``: ``field`` is "date" (can't be read, no such day),
    "date_era" (the day is not of that era) or "date_lunar" (before 1873).
    """
    plain = _plain(text)
    era, numbers = _era_and_numbers(plain)
    year, month, day = numbers
    written = WrittenDate(year + (era.year_zero if era else 0), month, day)
    try:
        first, last = written.earliest, written.latest
    except (ValueError, OverflowError) as error:
        raise BadFormat(field="date") from error
    if last < _SOLAR_CALENDAR:
        raise BadFormat(field="date_lunar")
    if era is not None and (year < 1 or last < era.first or first > era.last):
        raise BadFormat(field="date_era")
    return written


def _plain(text: str) -> str:
    """``text`` in half width with eras spelled out, without spaces."""
    plain = text.translate(_WIDTHS)
    for ligature, name in _LIGATURES.items():
        plain = plain.replace(ligature, name)
    return "".join(plain.split()).upper()


_Numbers = tuple[int, int | None, int | None]

_NAMES = "|".join(f"{era.name}|{era.name[0]}|{era.letter}" for era in ERAS)
_COUNT = "(?:[0-9]{1,4}|[〇一二三四五六七八九十]{1,4})"
_SPELLED = re.compile(
    rf"(?P<era>{_NAMES})?(?:西暦)?(?P<y>元|{_COUNT})(?:年|[-./])?"
    rf"(?:(?<=[年\-./])(?P<m>{_COUNT})(?:月|[-./])?(?:(?<=[月\-./])(?P<d>{_COUNT})日?)?)?"
)
_PACKED = re.compile(rf"(?:(?P<era>{_NAMES})(?P<six>[0-9]{{6}})|(?P<seven>[1-5][0-9]{{6}})|(?P<eight>[0-9]{{8}}))")
_CENTURY_LENGTH = 4


def _era_and_numbers(plain: str) -> tuple[Era | None, _Numbers]:
    if packed := _PACKED.fullmatch(plain):
        return _packed(packed)
    spelled = _SPELLED.fullmatch(plain)
    if spelled is None or plain[-1] in "-./":
        raise BadFormat(field="date")
    name, year = spelled["era"], spelled["y"]
    if name is None and len(year) != _CENTURY_LENGTH:
        raise BadFormat(field="date")
    month, day = (None if part is None else _number(part) for part in (spelled["m"], spelled["d"]))
    return _named(name), (1 if year == "元" else _number(year), month, day)


def _packed(found: re.Match[str]) -> tuple[Era | None, _Numbers]:
    if eight := found["eight"]:
        return None, (int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    seven = found["seven"] or ""
    name, six = (found["era"], found["six"]) if found["six"] else (seven[0], seven[1:])
    return _named(name), (int(six[:2]), int(six[2:4]), int(six[4:]))


def _named(name: str | None) -> Era | None:
    return next((era for era in ERAS if name in {era.name, era.name[0], era.letter, era.digit}), None)


def _number(text: str) -> int:
    """A count in digits, in kanji with 十 (二十一) or digit by digit (二〇二六)."""
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" not in text:
        return int("".join(str(_KANJI_DIGITS[c]) for c in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        raise BadFormat(field="date")
    return _KANJI_DIGITS.get(tens, 1) * 10 + (_KANJI_DIGITS[ones] if ones else 0)
