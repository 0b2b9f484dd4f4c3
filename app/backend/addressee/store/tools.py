"""What all rows of one transaction share: the connection, sealing bound to the place, and keyed tokens."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, update

from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.trust.tokens import exact_token
from app.wire.message import decode, encode

T = TypeVar("T")


class Tools:
    """Of one transaction."""

    def __init__(self, connection: Connection, cells: Cells, index_key: Secret) -> None:
        self.connection = connection
        self.cells = cells
        self._key = index_key

    def token(self, municipality: str, field: str, value: Secret | str) -> bytes:
        """What stands for a value in a keyed column."""
        return exact_token(self._key, municipality, field, value)

    def seal(self, place: tuple[str, str], row: str, version: int, kept: object) -> bytes:
        """``kept`` as bytes that open in this row and version only. ``place``: municipality and table."""
        cell = Cell(place[0], place[1], "sealed", row, version)
        return self.cells.seal(self.connection, cell, encode(kept))

    def open(self, place: tuple[str, str], row: str, version: int, box: bytes, kind: type[T]) -> T:
        """What was sealed there. Errors: WrongKey, NotUnderstood."""
        cell = Cell(place[0], place[1], "sealed", row, version)
        return decode(self.cells.open(self.connection, cell, box), kind)

    def put(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        """Insert, or replace what has this key."""
        if not insert_if_absent(self.connection, table, key | values):
            self.connection.execute(update(table).where(keyed(table, key)).values(**values))


def keyed(table: Table, key: dict[str, Any]) -> ColumnElement[bool]:
    """The row with that key."""
    return and_(*(table.c[name] == value for name, value in key.items()))
