"""Codes as rows: given up with a correction, put in the place of older ones by a rotation, many at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import (
    Integer,
    LargeBinary,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.backend.intermediary.ports.codes import CodeUnit, HeldCode
from app.backend.intermediary.store.tables import code_table, past_code_table
from app.backend.intermediary.store.tools import Tools
from app.domain.act import Act
from app.domain.exchange_numbers import LinkCode
from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.columns import written
from app.durable.engine import Database
from app.durable.many import room_for_many
from app.durable.pen import Pen
from app.trust.tokens import ExactTokens

T = TypeVar("T")

_CODES = code_table.c


class CodeStore:
    """The book of codes, on the intermediary's own store."""

    def __init__(self, database: Database, cells: Cells, answers: Answers, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells, self._answers, self._pen, self._index_key = cells, answers, pen, index_key

    def write(self, work: Callable[[CodeUnit], T]) -> T:
        return self._database.write(
            lambda connection: work(CodeRows(Tools(connection, self._cells, self._answers, self._pen, self._index_key)))
        )

    def read(self, work: Callable[[CodeUnit], T]) -> T:
        return self._database.read(
            lambda connection: work(CodeRows(Tools(connection, self._cells, self._answers, self._pen, self._index_key)))
        )


class CodeRows:
    """See ``CodeUnit``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def retire(self, municipality: str, addressee_number: str, correction_id: str, at: datetime) -> bool:
        person = self._tools.person(municipality, addressee_number)
        here = (_CODES.municipality == municipality, _CODES.person == person)
        row = self._connection.execute(select(code_table).where(*here).with_for_update()).one_or_none()
        if row is None:
            return False
        past = past_code_table.c
        told = (
            past.municipality == municipality,
            past.person == person,
            past.correction_id == correction_id,
        )
        if self._connection.execute(select(past.person).where(*told)).first() is not None:
            return False
        code = b"" if row.code is None else self._opened(municipality, row.person, row.code)
        key = f"{person.hex()}/{correction_id}"
        values = {
            "municipality": municipality,
            "person": person,
            "correction_id": correction_id,
            "code_token": row.code_token,
            "content": self._tools.seal(municipality, "past_code", key, 1, (addressee_number, code)),
            "retired_at": at,
        }
        self._connection.execute(insert(past_code_table).values(**values))
        self._connection.execute(delete(code_table).where(*here))
        return True

    def lagging(self, municipality: str, version: int, limit: int) -> tuple[HeldCode, ...]:
        is_postgres = self._connection.dialect.name == "postgresql"
        place = literal_column("0" if is_postgres else "code.rowid", Integer).label("place")
        rows = self._connection.execute(
            select(_CODES.person, _CODES.code, place)
            .where(_CODES.municipality == municipality, _CODES.code_version < version, _CODES.code.is_not(None))
            .order_by(_CODES.code_version)
            .limit(limit)
        ).all()
        cells = [(_cell(municipality, row.person), row.code) for row in rows]
        opened = self._tools.cells.open_all(self._connection, cells) if cells else []
        return tuple(HeldCode(row.person, LinkCode(code), row.place) for row, code in zip(rows, opened, strict=True))

    def rekey(self, municipality: str, version: int, codes: Sequence[tuple[HeldCode, LinkCode]], at: datetime) -> int:
        if not codes:
            return 0
        plain = [(_cell(municipality, old.person), new.reveal()) for old, new in codes]
        sealed = self._tools.cells.seal_all(self._connection, plain)
        tokens = ExactTokens(self._tools.index_key, municipality, "code").of_all(new.reveal() for _, new in codes)
        rows = [
            (box, token, version, written(at), old.place, old.person)
            for (old, _), token, box in zip(codes, tokens, sealed, strict=True)
        ]
        if self._connection.dialect.name == "postgresql":
            self._rekey_arrays(municipality, version, rows, at)
            return len(rows)
        with room_for_many(self._connection):  # by place: rows that lie together are changed together
            self._connection.exec_driver_sql(
                "UPDATE code SET former_token = code_token, code = ?, code_token = ?, code_version = ?, changed_at = ?"
                " WHERE rowid = ? AND person = ?",
                rows,
            )
        return len(rows)

    def has_former(self, municipality: str) -> bool:
        here = (_CODES.municipality == municipality, _CODES.former_token.is_not(None))
        return self._connection.execute(select(_CODES.person).where(*here).limit(1)).first() is not None

    def forget_former(self, municipality: str) -> int:
        here = (_CODES.municipality == municipality, _CODES.former_token.is_not(None))
        done = self._connection.execute(
            update(code_table).where(*here).values(former_token=None), execution_options={"preserve_rowcount": True}
        )
        return done.rowcount

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        return tuple(receipt.to_bytes().decode() for receipt in self._tools.pen.write_all(self._connection, acts))

    def _rekey_arrays(self, municipality: str, version: int, rows: Sequence[tuple[Any, ...]], at: datetime) -> None:
        """One statement for all of them: sent one by one they take far longer."""
        boxes, tokens, _, _, _, persons = zip(*rows, strict=True)
        array = ARRAY(LargeBinary)
        new = (
            func
            .unnest(
                cast(bindparam(None, list(persons), type_=array), array),
                cast(bindparam(None, list(boxes), type_=array), array),
                cast(bindparam(None, list(tokens), type_=array), array),
            )
            .table_valued(column("person", LargeBinary), column("box", LargeBinary), column("token", LargeBinary))
            .render_derived()
        )
        self._connection.execute(
            update(code_table)
            .where(_CODES.municipality == municipality, _CODES.person == new.c.person)
            .values(
                former_token=_CODES.code_token,
                code=new.c.box,
                code_token=new.c.token,
                code_version=version,
                changed_at=at,
            )
        )

    def _opened(self, municipality: str, person: bytes, box: bytes) -> bytes:
        return self._tools.cells.open(self._connection, _cell(municipality, person), box)


def found_by(tokens: Sequence[bytes]) -> Any:  # noqa: ANN401 -- a condition of the library
    """Rows whose present or former code one of ``tokens`` stands for."""
    return or_(_CODES.code_token.in_(tokens), _CODES.former_token.in_(tokens))


def _cell(municipality: str, person: bytes) -> Cell:
    return Cell(municipality, "code", "code", person.hex(), 1)
