"""The 本人確認情報ファイル: sealed rows behind keyed tokens, and the terms by which the four items are found."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.backend.jukinet.ports import Registered
from app.backend.jukinet.store.tables import person_table, term_table
from app.domain.search_terms import TermMaker, born
from app.domain.secret import Secret
from app.durable.among import among
from app.durable.cells import Cell, Cells
from app.errors import Conflict
from app.trust.tokens import TermTokens, exact_token
from app.wire.jukinet import IdentityInfo
from app.wire.message import decode, encode


class Terms:
    """What people are found by, and the tokens that stand for it; one for each store."""

    def __init__(self, maker: TermMaker, index_key: Secret) -> None:
        self._maker = maker
        self._index_key = index_key
        self._tokens: dict[str, TermTokens] = {}

    def of(self, one: IdentityInfo) -> frozenset[str]:
        """The terms of one person: whole names and their parts, the places of the address, the birth date."""
        found = {born(one.birth), *self._maker.places(one.address)}
        for name in (one.name, one.former_name, one.alias):
            if name:
                found.update(f"w{part}" for part in (self._maker.full(name), *self._maker.parts(name)))
        return frozenset(found)

    def tokens(self, municipality: str, terms: Iterable[str]) -> list[int]:
        if municipality not in self._tokens:
            self._tokens[municipality] = TermTokens(self._index_key, municipality)
        return self._tokens[municipality].of(terms)

    def exact(self, municipality: str, field: str, value: str) -> bytes:
        return exact_token(self._index_key, municipality, field, value)


class PeopleStore:
    """See ``People``."""

    def __init__(self, connection: Connection, cells: Cells, terms: Terms) -> None:
        self._connection = connection
        self._cells = cells
        self._terms = terms

    def token(self, municipality: str, resident_code: str) -> str:
        return self._terms.exact(municipality, "resident_code", resident_code).hex()

    def of_code(self, municipality: str, resident_code: str) -> Registered | None:
        mine = person_table.c.person == self._terms.exact(municipality, "resident_code", resident_code)
        return self._only(municipality, mine)

    def of_number(self, municipality: str, my_number: str) -> Registered | None:
        mine = person_table.c.number == self._terms.exact(municipality, "my_number", my_number)
        return self._only(municipality, mine)

    def put(self, one: Registered, at: datetime, former_code: str = "") -> None:
        municipality, columns = one.identity.municipality, person_table.c
        row = self._row(one, at)
        old = self._terms.exact(municipality, "resident_code", former_code) if former_code else row["person"]
        if one.version == 1:
            self._connection.execute(insert(person_table).values(**row))
        else:
            mine = (columns.municipality == municipality) & (columns.person == old)
            changed = self._connection.execute(
                update(person_table).where(mine, columns.version == one.version - 1).values(**row)
            )
            if changed.rowcount != 1:
                raise Conflict(version=one.version)
        self._index(one.identity, old, row["person"])

    def matching(self, municipality: str, criteria: Sequence[Sequence[str]], limit: int) -> tuple[Registered, ...]:
        query = select(person_table).where(person_table.c.municipality == municipality)
        for criterion in criteria:
            tokens = self._terms.tokens(municipality, criterion)
            found = select(term_table.c.person).where(
                term_table.c.municipality == municipality, among(self._connection, term_table.c.token, tokens)
            )
            query = query.where(person_table.c.person.in_(found))
        rows = self._connection.execute(query.order_by(person_table.c.person).limit(limit)).all()
        return tuple(self._opened(row) for row in rows)

    def stretch(self, municipality: str, after: str, limit: int) -> tuple[tuple[str, Registered], ...]:
        columns = person_table.c
        query = select(person_table).where(columns.municipality == municipality, columns.person > bytes.fromhex(after))
        rows = self._connection.execute(query.order_by(columns.person).limit(limit)).all()
        return tuple((row.person.hex(), self._opened(row)) for row in rows)

    def count(self, municipality: str) -> int:
        query = select(func.count()).select_from(person_table).where(person_table.c.municipality == municipality)
        return self._connection.execute(query).scalar_one()

    def _only(self, municipality: str, mine: Any) -> Registered | None:  # noqa: ANN401 -- a condition of the library
        here = person_table.c.municipality == municipality
        row = self._connection.execute(select(person_table).where(here, mine)).one_or_none()
        return None if row is None else self._opened(row)

    def _index(self, identity: IdentityInfo, old: bytes, person: bytes) -> None:
        municipality, columns = identity.municipality, term_table.c
        self._connection.execute(delete(term_table).where(columns.municipality == municipality, columns.person == old))
        tokens = set(self._terms.tokens(municipality, self._terms.of(identity)))
        rows = [{"municipality": municipality, "token": token, "person": person} for token in tokens]
        self._connection.execute(insert(term_table), rows)

    def _row(self, one: Registered, at: datetime) -> dict[str, Any]:
        identity = one.identity
        person = self._terms.exact(identity.municipality, "resident_code", identity.resident_code)
        number = self._terms.exact(identity.municipality, "my_number", identity.my_number)
        cell = _cell(identity.municipality, person, one.version)
        return {
            "municipality": identity.municipality,
            "person": person,
            "number": number if identity.my_number else None,
            "sequence": one.sequence,
            "version": one.version,
            "content": self._cells.seal(self._connection, cell, encode(identity)),
            "changed_at": at,
        }

    def _opened(self, row: Row[Any]) -> Registered:
        plain = self._cells.open(self._connection, _cell(row.municipality, row.person, row.version), row.content)
        return Registered(decode(plain, IdentityInfo), row.sequence, row.version)


def _cell(municipality: str, person: bytes, version: int) -> Cell:
    return Cell(municipality, "person", "content", person.hex(), version)
