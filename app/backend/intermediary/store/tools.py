"""What every part of the intermediary's unit of work needs: one connection, sealing, tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.pen import Pen
from app.trust.tokens import ExactTokens, exact_token
from app.wire.message import decode, encode

M = TypeVar("M")
ANYBODY = b""
"""In place of a person's token: whoever it is about."""


@dataclass(frozen=True, slots=True)
class Tools:
    """One transaction of one store."""

    connection: Connection
    cells: Cells
    answers: Answers
    pen: Pen
    index_key: Secret

    def person(self, municipality: str, number: str) -> bytes:
        """What stands for a person, by 統合宛名番号."""
        return exact_token(self.index_key, municipality, "addressee", number)

    def information(self, municipality: str, information: str) -> bytes:
        return exact_token(self.index_key, municipality, "information", information)

    def tokens(self, municipality: str, field: str) -> ExactTokens:
        """Makes many values' tokens of one field."""
        return ExactTokens(self.index_key, municipality, field)

    def token(self, municipality: str, field: str, value: Secret | str) -> bytes:
        return exact_token(self.index_key, municipality, field, value)

    def seal(self, municipality: str, table: str, row: str, version: int, content: object) -> bytes:
        """``content`` as the column ``content`` of one row."""
        return self.cells.seal(self.connection, Cell(municipality, table, "content", row, version), encode(content))

    def open(self, municipality: str, table: str, row: tuple[str, int, bytes], kind: type[M]) -> M:
        """What was sealed for a row. ``row``: key, version, box."""
        key, version, box = row
        return decode(self.cells.open(self.connection, Cell(municipality, table, "content", key, version), box), kind)

    def open_all(self, municipality: str, table: str, rows: Sequence[tuple[str, int, bytes]], kind: type[M]) -> list[M]:
        """As ``open`` for each, in order."""
        values = [(Cell(municipality, table, "content", key, version), box) for key, version, box in rows]
        return [decode(plain, kind) for plain in self.cells.open_all(self.connection, values)]
