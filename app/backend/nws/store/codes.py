"""Codes under several versions of an institution's key, many at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, bindparam, cast, column, delete, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as postgres_insert

from app.backend.nws.store.tables import code_key_table, code_table
from app.domain.exchange_numbers import LinkCode
from app.domain.secret import Secret
from app.durable.among import among
from app.durable.cells import Cell, Cells
from app.durable.columns import written
from app.durable.many import room_for_many
from app.trust.tokens import ExactTokens

FIRST = 1
"""The version that needs no row of its own."""


class RotationRows:
    """Within one transaction."""

    def __init__(self, connection: Connection, cells: Cells, index_key: Secret) -> None:
        self._connection = connection
        self._cells = cells
        self._index_key = index_key

    def versions(self, municipality: str) -> tuple[int, ...]:
        columns = code_key_table.c
        rows = self._connection.execute(
            select(columns.version, columns.ended_at).where(columns.municipality == municipality)
        ).all()
        known = {row.version: row.ended_at for row in rows}
        known.setdefault(FIRST, None)
        return tuple(sorted(version for version, ended_at in known.items() if ended_at is None))

    def begin(self, municipality: str, version: int, at: datetime) -> None:
        values = {"municipality": municipality, "version": version, "since": at, "ended_at": None}
        self._connection.execute(insert(code_key_table).values(**values))

    def forget_before(self, municipality: str, version: int, at: datetime) -> int:
        keys, codes = code_key_table.c, code_table.c
        for old in self.versions(municipality):
            if old < version:
                here = (keys.municipality == municipality, keys.version == old)
                self._connection.execute(delete(code_key_table).where(*here))
                values = {"municipality": municipality, "version": old, "since": at, "ended_at": at}
                self._connection.execute(insert(code_key_table).values(**values))
        gone = (codes.municipality == municipality, codes.key_version < version)
        done = self._connection.execute(delete(code_table).where(*gone), execution_options={"preserve_rowcount": True})
        return done.rowcount

    def subjects(self, municipality: str, codes: Sequence[LinkCode]) -> list[Secret | None]:
        tokens = self.tokens(municipality, codes)
        columns = code_table.c
        rows = self._connection.execute(
            select(columns.code, columns.subject).where(
                columns.municipality == municipality, among(self._connection, columns.code, tokens)
            )
        ).all()
        cells = [(subject_cell(municipality, row.code), row.subject) for row in rows]
        opened = self._cells.open_all(self._connection, cells) if cells else []
        found = {row.code: Secret(plain) for row, plain in zip(rows, opened, strict=True)}
        return [found.get(token) for token in tokens]

    def known(self, municipality: str, code: LinkCode) -> bool:
        here = (code_table.c.municipality == municipality, code_table.c.code == self.tokens(municipality, [code])[0])
        return self._connection.execute(select(code_table.c.code).where(*here)).first() is not None

    def put(self, municipality: str, version: int, codes: Sequence[tuple[LinkCode, Secret]], at: datetime) -> None:
        if not codes:
            return
        tokens = self.tokens(municipality, [code for code, _ in codes])
        plain = [
            (subject_cell(municipality, token), subject.reveal())
            for token, (_, subject) in zip(tokens, codes, strict=True)
        ]
        sealed = self._cells.seal_all(self._connection, plain)
        if self._connection.dialect.name == "postgresql":
            self._put_arrays(municipality, (version, at), tokens, sealed)
            return
        rows: list[tuple[Any, ...]] = [
            (municipality, token, box, written(at), version) for token, box in zip(tokens, sealed, strict=True)
        ]
        with room_for_many(self._connection):
            self._connection.exec_driver_sql(
                "INSERT INTO person_code (municipality, code, version, subject, made_at, key_version)"
                " VALUES (?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING",
                rows,
            )

    def tokens(self, municipality: str, codes: Sequence[LinkCode]) -> list[bytes]:
        """What stands for codes in the table: the codes themselves are kept nowhere here."""
        return ExactTokens(self._index_key, municipality, "code").of_all(code.reveal() for code in codes)

    def _put_arrays(
        self, municipality: str, made: tuple[int, datetime], tokens: Sequence[bytes], sealed: Sequence[bytes]
    ) -> None:
        """One statement for all of them: sent one by one they take far longer."""
        array, (version, at) = ARRAY(LargeBinary), made
        given = (
            func
            .unnest(
                cast(bindparam(None, list(tokens), type_=array), array),
                cast(bindparam(None, list(sealed), type_=array), array),
            )
            .table_valued(column("token", LargeBinary), column("box", LargeBinary))
            .render_derived()
        )
        columns = code_table.c
        values = select(
            bindparam(None, municipality, type_=columns.municipality.type),
            given.c.token,
            bindparam(None, 1, type_=columns.version.type),
            given.c.box,
            bindparam(None, at, type_=columns.made_at.type),
            bindparam(None, version, type_=columns.key_version.type),
        )
        names = ["municipality", "code", "version", "subject", "made_at", "key_version"]
        self._connection.execute(postgres_insert(code_table).from_select(names, values).on_conflict_do_nothing())


def subject_cell(municipality: str, token: bytes) -> Cell:
    """Where what stands for a person is sealed."""
    return Cell(municipality, "person_code", "subject", token.hex(), 1)
