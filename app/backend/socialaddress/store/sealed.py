"""What every part of the book works with: one connection, its cells and the tokens under which things are found."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.pen import Pen
from app.trust.tokens import exact_token
from app.wire.message import decode

T = TypeVar("T")
Place = tuple[str, str, int]
"""Table, row and version of a sealed content."""


class Tools:
    """One connection with the slice's keys."""

    def __init__(self, connection: Connection, cells: Cells, answers: Answers, pen: Pen, index_key: Secret) -> None:
        self.connection = connection
        self.answers = answers
        self.pen = pen
        self._cells = cells
        self._index_key = index_key

    def token(self, municipality: str, field: str, value: Secret | str) -> bytes:
        """16 bytes that stand for ``value`` in an index."""
        return exact_token(self._index_key, municipality, field, value)

    def party(self, municipality: str, number: str) -> bytes:
        """What stands for a 社会保障宛名番号."""
        return self.token(municipality, "party", number)

    def seal(self, municipality: str, place: Place, value: object) -> bytes:
        """``value`` as the content at ``place``."""
        return self._cells.seal_value(self.connection, _cell(municipality, place), value)

    def open(self, municipality: str, place: Place, box: bytes, kind: type[T]) -> T:
        """The content at ``place``. Errors: WrongKey when it was sealed for another."""
        return decode(self._cells.open(self.connection, _cell(municipality, place), box), kind)

    def open_rows(self, rows: Iterable[tuple[Row[Any], Place]], kind: type[T]) -> list[T]:
        """The contents of rows, in order; each data key is taken out once."""
        found = [(_cell(row.municipality, place), bytes(row.content)) for row, place in rows]
        return [decode(one, kind) for one in self._cells.open_all(self.connection, found)]


def _cell(municipality: str, place: Place) -> Cell:
    table, row, version = place
    return Cell(municipality, table, "content", row, version)


def numbered(tokens: Sequence[bytes], numbers: Sequence[str]) -> dict[bytes, str]:
    """Token → number."""
    return dict(zip(tokens, numbers, strict=True))
