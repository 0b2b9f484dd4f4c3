"""Characters to bytes and back: what a charset lacks becomes something that it has, and is told."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.conversion.losses import Step, points

GETA = "〓"
"""What stands for a character that can't be kept: the mark that printers use."""
WIDE_SPACE = "\u3000"
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x10FFFE))
_ASCII = range(0x21, 0x7F)
_TO_WIDE = 0xFEE0
_TWO = 2


class Code(Protocol):
    """The bytes of one charset, without any judgement."""

    def has(self, unit: str, *, wide: bool) -> bool:
        """Whether ``unit`` (a character with its marks) can be written; ``wide``: in two bytes, without shifts."""
        ...

    def join(self, units: Sequence[str], *, wide: bool) -> bytes: ...
    def split(self, data: bytes, *, wide: bool) -> Iterator[str | bytes]:
        """Text as far as it can be read, and the bytes that can't."""
        ...

    def pad(self, data: bytes, room: int, *, wide: bool) -> bytes:
        """``data`` filled with spaces to ``room`` bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Read:
    """Text with what was lost on the way in."""

    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes with what was lost on the way out."""

    data: bytes
    steps: tuple[Step, ...]


class Charset:
    """One charset with its tables.

    ``external``: 外字, a private code point of this side → the sequence it stands for. ``shapes``: characters of the
    same shape that charsets hold under different code points.
    """

    def __init__(self, name: str, code: Code, external: Mapping[str, str], shapes: Mapping[str, str]) -> None:
        self.name = name
        self._code = code
        self._external = external
        self._private = {sequence: private for private, sequence in external.items()}
        self._shapes = shapes

    def read(self, data: bytes, *, wide: bool = False) -> Read:
        """The text in ``data``; what can't be read or is nobody else's character is a 〓 and told."""
        made: list[str] = []
        steps: list[Step] = []
        for part in self._code.split(data, wide=wide):
            if isinstance(part, bytes):
                steps.append(Step("unreadable", part.hex(), points(GETA)))
                made.append(GETA)
                continue
            for one in part:
                text, step = self._known(one)
                made.append(text)
                steps.extend([] if step is None else [step])
        return Read("".join(made), tuple(steps))

    def write(self, text: str, room: int = 0, *, wide: bool = False, fills: bool = True) -> Written:
        """The bytes of ``text``, at most ``room`` (0: no limit): cut between characters, filled with spaces."""
        units: list[str] = []
        steps: list[Step] = []
        for unit in _units(text):
            became, step = self._writable(unit, wide=wide)
            units.append(became)
            steps.extend([] if step is None else [step])
        if not room:
            return Written(self._code.join(units, wide=wide), tuple(steps))
        gone: list[str] = []
        while len(data := self._code.join(units, wide=wide)) > room:
            gone.insert(0, units.pop())
        if gone:
            steps.append(Step("cut", points("".join(gone)), ""))
        return Written(self._code.pad(data, room, wide=wide) if fills else data, tuple(steps))

    def _known(self, one: str) -> tuple[str, Step | None]:
        if one in self._external:
            return self._external[one], None
        if _within(one, _PRIVATE):
            return GETA, Step("external_character", points(one), points(GETA))
        if unicodedata.category(one) == "Cc":
            return " ", Step("control_character", points(one), points(" "))
        return one, None

    def _writable(self, unit: str, *, wide: bool) -> tuple[str, Step | None]:
        """What of the charset stands for ``unit``, and the step if that is something else."""
        if unit in self._private and self._code.has(self._private[unit], wide=wide):
            return self._private[unit], None
        if any(unicodedata.category(one) == "Cc" for one in unit):
            return self._space(wide=wide), Step("control_character", points(unit), points(self._space(wide=wide)))
        if not any(_within(one, _PRIVATE) for one in unit) and self._code.has(unit, wide=wide):
            return unit, None
        for kind, candidate in self._candidates(unit, wide=wide):
            if candidate != unit and self._code.has(candidate, wide=wide):
                return candidate, Step(kind, points(unit), points(candidate))
        mark = GETA if self._code.has(GETA, wide=wide) else "?"
        return mark, Step("not_in_charset", points(unit), points(mark))

    def _candidates(self, unit: str, *, wide: bool) -> Iterator[tuple[str, str]]:
        if wide:
            yield "widened", _widened(unit)
        yield "composed", unicodedata.normalize("NFC", unit)
        bare = "".join(one for one in unit if not _within(one, _SELECTORS))
        if bare:
            yield "variation_lost", bare
            yield "same_shape", self._shapes.get(bare, bare)

    @staticmethod
    def _space(*, wide: bool) -> str:
        return WIDE_SPACE if wide else " "


class NamedCode:
    """A charset that the language has: cp932, euc_jp, utf-8, euc_jis_2004, shift_jis_2004."""

    def __init__(self, name: str) -> None:
        self._name = name

    def has(self, unit: str, *, wide: bool) -> bool:
        """See ``Code``. What the language would quietly write as another character is not there."""
        try:
            data = unit.encode(self._name)
            return data.decode(self._name) == unit and (not wide or len(data) == _TWO)
        except UnicodeError:
            return False

    def join(self, units: Sequence[str], *, wide: bool) -> bytes:  # noqa: ARG002 -- as its protocol
        return (
            "".join(units).encode(self._name) if self._is_plain else b"".join(one.encode(self._name) for one in units)
        )

    def split(self, data: bytes, *, wide: bool) -> Iterator[str | bytes]:  # noqa: ARG002 -- as its protocol
        """See ``Code``."""
        while data:
            try:
                yield data.decode(self._name)
            except UnicodeDecodeError as error:
                yield data[: error.start].decode(self._name)
                yield data[error.start : error.end]
                data = data[error.end :]
            else:
                return

    def pad(self, data: bytes, room: int, *, wide: bool) -> bytes:
        """See ``Code``. An odd byte of a wide field stays a narrow space."""
        fill = WIDE_SPACE.encode(self._name) if wide else b" "
        return (data + fill * ((room - len(data)) // len(fill))).ljust(room)

    @property
    def _is_plain(self) -> bool:
        return self._name == "utf-8"


def _units(text: str) -> Iterator[str]:
    """Each character with the marks and variation selectors that follow it."""
    unit = ""
    for one in text:
        if unit and (unicodedata.combining(one) or _within(one, _SELECTORS)):
            unit += one
            continue
        if unit:
            yield unit
        unit = one
    if unit:
        yield unit


def _widened(unit: str) -> str:
    if unit == " ":
        return WIDE_SPACE
    if len(unit) == 1 and ord(unit) in _ASCII:
        return chr(ord(unit) + _TO_WIDE)
    return unicodedata.normalize("NFKC", unit)


def _within(one: str, ranges: Sequence[range]) -> bool:
    return any(ord(one) in each for each in ranges)
