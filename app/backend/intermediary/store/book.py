"""The intermediary's book: codes, replica and records in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, select, update

from app.backend.intermediary.ports import CodeState, IntermediaryUnit, ReplicaKey, ReplicaRow
from app.backend.intermediary.store.codes import found_by
from app.backend.intermediary.store.files import FileRows
from app.backend.intermediary.store.held import CaseRows, FlagRows
from app.backend.intermediary.store.notes import NoteRows
from app.backend.intermediary.store.past import PastRows
from app.backend.intermediary.store.records import Records
from app.backend.intermediary.store.replicas import ReplicaRows
from app.backend.intermediary.store.tables import code_table
from app.backend.intermediary.store.tools import Tools
from app.domain.act import Act
from app.domain.call import Call
from app.domain.exchange_numbers import LinkCode
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.engine import Database
from app.durable.pen import Pen
from app.durable.swift import any_of, fetched, fetched_in_one
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)
_CODE = {"person": True, "code": True, "process_number": False}
_WHOSE = {"code_token": True, "former_token": True, "person": True, "addressee_number": True}
"""What is asked of codes, and whether bytes stand there."""


class IntermediaryStore:
    """Opens units of work."""

    def __init__(self, database: Database, cells: Cells, answers: Answers, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells = cells
        self._answers = answers
        self._pen = pen
        self._index_key = index_key

    def write(self, work: Callable[[IntermediaryUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[IntermediaryUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> "_Unit":
        return _Unit(Tools(connection, self._cells, self._answers, self._pen, self._index_key))


class _Unit(Records):
    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.replicas = ReplicaRows(tools)
        self.files = FileRows(tools, self.replicas)
        self.flags = FlagRows(tools)
        self.cases = CaseRows(tools)
        self.notes = NoteRows(tools)
        self.past = PastRows(tools, self)

    def codes(self, municipality: str, addressee_numbers: Sequence[str]) -> dict[str, CodeState]:
        made = self._tools.tokens(municipality, "addressee").of_all(number.encode() for number in addressee_numbers)
        tokens = dict(zip(made, addressee_numbers, strict=True))
        marks, asked = any_of(self._connection, list(tokens))
        words = f"SELECT {', '.join(_CODE)} FROM code WHERE municipality = ? AND person {marks}"  # noqa: S608 -- own columns
        rows = fetched_in_one(self._connection, words, [municipality, *asked], _CODE)
        held = [(person, box) for person, box, _ in rows if box is not None]
        cells = [(Cell(municipality, "code", "code", person.hex(), 1), box) for person, box in held]
        opened = self._cells.open_all(self._connection, cells)
        codes = {person: LinkCode(code) for (person, _), code in zip(held, opened, strict=True)}
        return {tokens[person]: CodeState(codes.get(person), number) for person, _, number in rows}

    def ask_codes(self, municipality: str, wanted: Sequence[tuple[str, str]], at: datetime) -> None:
        for number, process_number in wanted:
            person = self._person(municipality, number)
            cell = Cell(municipality, "code", "addressee_number", person.hex(), 1)
            row: dict[str, Any] = {
                "municipality": municipality,
                "person": person,
                "version": 1,
                "addressee_number": self._cells.seal(self._connection, cell, number.encode()),
                "process_number": process_number,
                "changed_at": at,
            }
            insert_if_absent(self._connection, code_table, row)

    def put_codes(self, municipality: str, codes: Sequence[tuple[str, LinkCode]], at: datetime) -> tuple[str, ...]:
        columns, others = code_table.c, []
        tokens = {number: self._token(municipality, code) for number, code in codes}
        held = self._held(municipality, list(tokens.values()))
        for number, code in codes:
            person = self._person(municipality, number)
            if held.get(tokens[number], person) != person:
                others.append(number)
                continue
            held[tokens[number]] = person
            cell = Cell(municipality, "code", "code", person.hex(), 1)
            values = {
                "code": self._cells.seal(self._connection, cell, code.reveal()),
                "code_token": tokens[number],
                "code_version": code.key_version,
                "version": 2,
                "changed_at": at,
            }
            here = (columns.municipality == municipality, columns.person == person, columns.code.is_(None))
            self._connection.execute(update(code_table).where(*here).values(**values))
        return tuple(others)

    def _held(self, municipality: str, tokens: Sequence[bytes]) -> dict[bytes, bytes]:
        """Code → whose it is, for those that are somebody's."""
        columns = code_table.c
        rows = self._connection.execute(
            select(columns.code_token, columns.former_token, columns.person).where(
                columns.municipality == municipality, found_by(tokens)
            )
        )
        return {token: row.person for row in rows for token in (row.code_token, row.former_token) if token}

    def given_up(self, municipality: str, codes: Sequence[LinkCode]) -> list[bool]:
        if not codes:
            return []
        tokens = self._tokens(municipality, codes)
        marks, asked = any_of(self._connection, tokens)
        words = f"SELECT code_token FROM past_code WHERE municipality = ? AND code_token {marks}"  # noqa: S608 -- only marks
        gone = {token for (token,) in fetched(self._connection, words, [municipality, *asked])}
        held = self._held(municipality, list(gone)) if gone else {}
        return [token in gone and token not in held for token in tokens]

    def persons(self, municipality: str, codes: Sequence[LinkCode]) -> list[str | None]:
        tokens = self._tokens(municipality, codes)
        marks, asked = any_of(self._connection, tokens)
        mine = f"municipality = ? AND (code_token {marks} OR former_token {marks})"
        words = f"SELECT {', '.join(_WHOSE)} FROM code WHERE {mine}"  # noqa: S608 -- own columns, and marks
        rows = fetched_in_one(self._connection, words, [municipality, *asked, *asked], _WHOSE)
        cells = [(Cell(municipality, "code", "addressee_number", row[2].hex(), 1), row[3]) for row in rows]
        found: dict[bytes, str] = {}
        for row, number in zip(rows, self._cells.open_all(self._connection, cells), strict=True):
            found |= {token: number.decode() for token in row[:2] if token is not None}
        return [found.get(token) for token in tokens]

    def replica(self, municipality: str, keys: Sequence[ReplicaKey]) -> dict[ReplicaKey, ReplicaRow]:
        return self.replicas.many(municipality, keys) if keys else {}

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        if not acts:
            return ()
        receipts = self._tools.pen.write_all(self._connection, acts)
        return tuple(receipt.to_bytes().decode() for receipt in receipts)

    def note(self, acts: Sequence[Act]) -> None:
        self._tools.pen.note_all(self._connection, acts)

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._tools.answers.once(self._connection, call, message, gives, work)

    def _person(self, municipality: str, number: str) -> bytes:
        return self._tools.person(municipality, number)

    def _tokens(self, municipality: str, codes: Sequence[LinkCode]) -> list[bytes]:
        return self._tools.tokens(municipality, "code").of_all(code.reveal() for code in codes)

    def _token(self, municipality: str, code: LinkCode) -> bytes:
        return self._tools.token(municipality, "code", code)
