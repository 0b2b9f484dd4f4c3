"""Whole files: rows in and out by a layout; a row that can't be taken apart is said to be so, the others go on."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.conversion.layout import Field, Form, Layout
from app.domain.conversion.losses import Loss, Step
from app.domain.conversion.values import Converter, Value, Values

_MARK = b"\xef\xbb\xbf"
_BYTES = "latin-1"
"""Stands for bytes one by one while commas are looked for: none is part of a character in any charset of CSV here."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, from 1. ``fault``: why it could not be taken apart (wrong_length, wrong_cells, bad_quotes), else ""."""

    number: int
    values: Values
    losses: tuple[Loss, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row as bytes, with what ends it."""

    data: bytes
    losses: tuple[Loss, ...]


class Records:
    """Files of one layout."""

    def __init__(self, layout: Layout, converter: Converter) -> None:
        self._layout = layout
        self._converter = converter

    @property
    def layout(self) -> Layout:
        """What they look like."""
        return self._layout

    def read(self, data: bytes) -> Iterator[Row]:
        """Every row of a file, in order."""
        body = data.removeprefix(_MARK) if self._layout.charset == "utf-8" else data
        found = self._commas(body) if self._layout.form is Form.CSV else self._lengths(body)
        marks = (Loss(0, "", Step("byte_order_mark", _MARK.hex(), "")),) if len(body) != len(data) else ()
        for number, cells in enumerate(found, 1):
            row = Row(number, {}, (), cells) if isinstance(cells, str) else self._row(number, cells)
            yield Row(number, row.values, marks + row.losses, row.fault) if marks else row
            marks = ()

    def head(self) -> bytes:
        """What a file begins with."""
        if not self._layout.header:
            return b""
        return self._joined([name.encode("ascii") for name in _names(self._layout.fields)])

    def write(self, rows: Iterable[Values]) -> Iterator[Line]:
        """Each row as bytes; names that the layout does not have are told as lost."""
        for number, values in enumerate(rows, 1):
            cells: list[bytes] = []
            losses: list[Loss] = []
            for field in self._layout.fields:
                written, steps = self._converter.write(field, values.get(field.name))
                cells.extend(written)
                losses.extend(Loss(number, field.name, step) for step in steps)
            losses.extend(_unplaced(number, values, self._layout.fields))
            yield Line(self._joined(cells), tuple(losses))

    def _row(self, number: int, cells: Sequence[bytes]) -> Row:
        widths = sum(len(field.widths) for field in self._layout.fields)
        if len(cells) != widths:
            return Row(number, {}, (), "wrong_cells")
        values: dict[str, Value] = {}
        losses: list[Loss] = []
        at = 0
        for field in self._layout.fields:
            own = cells[at : at + len(field.widths)]
            at += len(field.widths)
            values[field.name], steps = self._converter.read(field, own)
            losses.extend(Loss(number, field.name, step) for step in steps)
        return Row(number, values, tuple(losses))

    def _lengths(self, data: bytes) -> Iterator[list[bytes] | str]:
        length, newline = self._layout.length, self._layout.newline
        if newline:
            rows = data.split(newline)
            rows = rows[:-1] if not rows[-1] else rows
        else:
            rows = [data[at : at + length] for at in range(0, len(data), length)]
        widths = [width for field in self._layout.fields for width in field.widths]
        for row in rows:
            yield _cut(row, widths) if len(row) == length else "wrong_length"

    def _commas(self, data: bytes) -> Iterator[list[bytes] | str]:
        reader = csv.reader(io.StringIO(data.decode(_BYTES), newline=""), strict=True)
        is_head = self._layout.header
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield "bad_quotes"
                continue
            if is_head:
                is_head = False
                if cells != _names(self._layout.fields):
                    yield "wrong_header"
                continue
            yield [cell.encode(_BYTES) for cell in cells]

    def _joined(self, cells: Sequence[bytes]) -> bytes:
        if self._layout.form is Form.FIXED:
            return b"".join(cells) + self._layout.newline
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator=self._layout.newline.decode("ascii"))
        writer.writerow([cell.decode(_BYTES) for cell in cells])
        return out.getvalue().encode(_BYTES)


def _cut(row: bytes, widths: Sequence[int]) -> list[bytes]:
    cells: list[bytes] = []
    at = 0
    for width in widths:
        cells.append(row[at : at + width])
        at += width
    return cells


def _names(fields: Sequence[Field]) -> list[str]:
    return [
        field.name if at == 0 else f"{field.name}_{('', 'unknown', 'written')[at]}"
        for field in fields
        for at in range(len(field.widths))
    ]


def _unplaced(number: int, values: Mapping[str, Value], fields: Sequence[Field]) -> list[Loss]:
    known = {field.name for field in fields}
    names = sorted(name for name, value in values.items() if name not in known and value is not None)
    return [Loss(number, name, Step("no_field", "", "")) for name in names]
