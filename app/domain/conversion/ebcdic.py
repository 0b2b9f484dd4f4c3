"""EBCDIC漢字: one- and two-byte characters by the table of the maker, with shifts between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.conversion.charsets import WIDE_SPACE
from app.domain.tables import Table

_HOLE = "�"
_FIRST_SINGLE, _ROW = 0x40, 16
_FIRST_TRAIL, _LAST_TRAIL = 0x41, 0xFE
_PRIVATE = 0xE000


@dataclass(frozen=True, slots=True)
class EbcdicTables:
    """Byte → character, and two bytes → character; ``shift_out`` begins two-byte text, ``shift_in`` ends it."""

    single: Mapping[int, str]
    double: Mapping[bytes, str]
    shift_out: int
    shift_in: int


def parse_ebcdic(values: Mapping[str, object], single: str, file: str = "") -> EbcdicTables:
    """The tables of a file, with its one-byte table ``single``. Errors: DataFault with what is wrong and where."""
    table = Table(values, file)
    if table.count("version") != 1:
        raise table.fault("version", "version")
    rows = table.table("single").texts(single)
    if not rows or any(len(row) != _ROW for row in rows):
        raise table.fault("wrong_kind", f"single.{single}")
    known = {_FIRST_SINGLE + at: one for at, one in enumerate("".join(rows)) if one != _HOLE}
    pairs = _pairs(values.get("double"), table)
    pairs[bytes.fromhex(table.text("wide_space"))] = WIDE_SPACE
    first, last = table.count("external_lead"), table.count("external_last")
    width = _LAST_TRAIL - _FIRST_TRAIL + 1
    for lead in range(first, last + 1):
        for at in range(width):
            pairs[bytes([lead, _FIRST_TRAIL + at])] = chr(_PRIVATE + (lead - first) * width + at)
    return table.finish(EbcdicTables(known, pairs, table.count("shift_out"), table.count("shift_in")))


def _pairs(values: object, table: Table) -> dict[bytes, str]:
    """Two bytes → character: each key of the table is a first byte, its text the characters from 0x41 on."""
    one = table.table("double")
    names = list(values) if isinstance(values, Mapping) else []
    texts = {bytes.fromhex(str(name)): one.text(str(name)) for name in names}
    return {
        lead + bytes([_FIRST_TRAIL + at]): character
        for lead, text in texts.items()
        for at, character in enumerate(text)
        if character != _HOLE
    }


class EbcdicCode:
    """See ``Code``. A wide field holds two-byte characters without shifts; elsewhere shifts are part of the text."""

    def __init__(self, tables: EbcdicTables) -> None:
        self._tables = tables
        self._single = {character: bytes([byte]) for byte, character in tables.single.items()}
        self._double = {character: pair for pair, character in tables.double.items()}
        self._out, self._in = bytes([tables.shift_out]), bytes([tables.shift_in])

    def has(self, unit: str, *, wide: bool) -> bool:
        """See ``Code``."""
        return unit in self._double or (not wide and unit in self._single)

    def join(self, units: Sequence[str], *, wide: bool) -> bytes:
        """See ``Code``."""
        if wide:
            return b"".join(self._double[unit] for unit in units)
        made: list[bytes] = []
        is_double = False
        for unit in units:
            goes_double = unit not in self._single
            if goes_double != is_double:
                made.append(self._out if goes_double else self._in)
                is_double = goes_double
            made.append(self._double[unit] if goes_double else self._single[unit])
        return b"".join([*made, self._in] if is_double else made)

    def split(self, data: bytes, *, wide: bool) -> Iterator[str | bytes]:
        """See ``Code``."""
        at, is_double = 0, wide
        while at < len(data):
            if not wide and data[at : at + 1] in {self._out, self._in}:
                is_double = data[at : at + 1] == self._out
                at += 1
                continue
            part = data[at : at + (2 if is_double else 1)]
            found = self._tables.double.get(part) if is_double else self._tables.single.get(part[0])
            yield part if found is None else found
            at += len(part)

    def pad(self, data: bytes, room: int, *, wide: bool) -> bytes:
        """See ``Code``."""
        narrow = self._single[" "]
        fill = self._double[WIDE_SPACE] if wide else narrow
        return (data + fill * ((room - len(data)) // len(fill))).ljust(room, narrow)
