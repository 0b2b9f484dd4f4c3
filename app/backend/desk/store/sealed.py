"""What all parts of a unit share: the connection and sealed columns."""

from typing import TypeVar

from sqlalchemy import Connection, Table

from app.durable.cells import Cell, Cells
from app.wire.message import decode, encode

T = TypeVar("T")


class Sealed:
    """Seals and opens columns of rows; ``row`` is the row's key after the municipality."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def _seal(self, table: Table, municipality: str, row: str, version: int, value: object) -> bytes:
        return self._cells.seal(self._connection, Cell(municipality, table.name, "sealed", row, version), encode(value))

    def _open(self, table: Table, place: tuple[str, str, int], box: bytes, kind: type[T]) -> T:
        municipality, row, version = place
        cell = Cell(municipality, table.name, "sealed", row, version)
        return decode(self._cells.open(self._connection, cell, box), kind)
