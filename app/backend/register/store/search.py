"""The keyed index: which rows may fit what is looked for. Nothing is decrypted here."""

from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, delete, insert, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.backend.register.ports import Folded, Resident, Wanted
from app.backend.register.store.tables import pair_table, person_table
from app.domain.number import MyNumber
from app.domain.secret import Secret
from app.trust.tokens import exact_token, prefix_tokens, substring_tokens, tokens

_MOST_TOKENS = 8
"""Pairs asked of one entry: enough to be selective, few enough for one query."""


class Index:
    """The index of one register under its key."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def birth_token(self, municipality: str, birth: date) -> bytes:
        return exact_token(self._key, municipality, "birth", birth.isoformat())

    def number_token(self, municipality: str, number: MyNumber) -> bytes:
        return exact_token(self._key, municipality, "number", number)

    def write(self, connection: Connection, resident: Resident, folded: Folded) -> None:
        """Lay the pairs of a person down anew."""
        connection.execute(
            delete(pair_table).where(
                pair_table.c.municipality == resident.municipality,
                pair_table.c.business_number == resident.business_number,
            )
        )
        rows = self.rows(resident, folded)
        if rows:
            connection.execute(insert(pair_table), [row for _, row in rows])

    def rows(self, resident: Resident, folded: Folded) -> list[tuple[Table, dict[str, object]]]:
        """All that is kept of a person to be found by; made without a connection, for a load of many too."""
        of_person = {"municipality": resident.municipality, "business_number": resident.business_number}
        names = frozenset[bytes]().union(*(self._stored(resident, "name", name) for name in folded.names))
        pairs = [("name", token) for token in names] + [
            ("kana", token) for token in self._stored(resident, "kana", folded.kana)
        ]
        return [(pair_table, {**of_person, "field": name, "token": token}) for name, token in pairs]

    def find(self, connection: Connection, wanted: Wanted) -> tuple[str, ...]:
        """宛名番号 of who may fit; with a birth date all of that day, as long as they are few enough."""
        if wanted.birth is None:
            return self._spelled(connection, wanted)
        columns = person_table.c
        born = select(columns.business_number).where(
            columns.municipality == wanted.municipality,
            columns.birth_token == self.birth_token(wanted.municipality, wanted.birth),
        )
        found = _numbers(connection, born, columns.business_number, wanted.limit)
        crowded = len(found) >= wanted.limit and (wanted.name or wanted.kana)
        return self._spelled(connection, wanted) if crowded else found

    def _stored(self, resident: Resident, name: str, folded: str) -> frozenset[bytes]:
        return tokens(self._key, resident.municipality, name, folded)

    def _spelled(self, connection: Connection, wanted: Wanted) -> tuple[str, ...]:
        """Who has all pairs of the name asked for, and who has all those of the reading."""
        found: dict[str, None] = {}
        for field, folded in (("name", wanted.name), ("kana", wanted.kana)):
            if folded:
                found |= dict.fromkeys(self._having(connection, wanted, field, folded))
        return tuple(found)[: wanted.limit]

    def _having(self, connection: Connection, wanted: Wanted, field: str, folded: str) -> tuple[str, ...]:
        """The table joined with itself once for each pair: every step is a look into its primary key."""
        pairs = substring_tokens if len(folded) > 1 else prefix_tokens
        asked = sorted(pairs(self._key, wanted.municipality, field, folded))[:_MOST_TOKENS]
        first = pair_table.alias("pair_0").c
        query = select(first.business_number).where(*_here(first, wanted.municipality, field, asked[0]))
        for position, token in enumerate(asked[1:], 1):
            other = pair_table.alias(f"pair_{position}").c
            query = query.where(
                *_here(other, wanted.municipality, field, token), other.business_number == first.business_number
            )
        if wanted.birth is not None:
            columns = person_table.c
            query = query.where(
                columns.municipality == wanted.municipality,
                columns.business_number == first.business_number,
                columns.birth_token == self.birth_token(wanted.municipality, wanted.birth),
            )
        return _numbers(connection, query, first.business_number, wanted.limit)


def _here(
    columns: ReadOnlyColumnCollection[str, Column[Any]], municipality: str, field: str, token: bytes
) -> tuple[ColumnElement[bool], ...]:
    return columns.municipality == municipality, columns.field == field, columns.token == token


def _numbers(connection: Connection, query: Select[str], number: ColumnElement[str], limit: int) -> tuple[str, ...]:
    return tuple(connection.execute(query.order_by(number).limit(limit)).scalars())
