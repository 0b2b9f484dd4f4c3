"""Parties: the current state, every state before it, and the terms under which they are found."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from app.backend.socialaddress.ports.records import Party, Term
from app.backend.socialaddress.store.marks import MarkRows
from app.backend.socialaddress.store.sealed import Place, Tools
from app.backend.socialaddress.store.tables import party_state_table, party_table, term_table
from app.domain.number import business_number
from app.domain.secret import Secret
from app.durable.among import among
from app.errors import Conflict

_OWN_SERIALS = 8 * 10**13
"""Where this slice's own numbers begin, far above those that a register gives. Assumed."""
BUSINESS = "business"


class PartyRows:
    """See ``Parties``."""

    def __init__(self, tools: Tools, marks: MarkRows) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._marks = marks

    def many(self, municipality: str, numbers: Sequence[str]) -> dict[str, Party]:
        tokens = [self._tools.party(municipality, number) for number in numbers]
        return {party.social_number: party for party in self._of_tokens(municipality, tokens)}

    def find(self, municipality: str, terms: Sequence[Term], limit: int) -> tuple[Party, ...]:
        wanted = {self._tools.token(municipality, *term) for term in terms}
        columns = term_table.c
        found = self._connection.execute(
            select(columns.party)
            .where(columns.municipality == municipality, among(self._connection, columns.term, sorted(wanted)))
            .group_by(columns.party)
            .having(func.count() == len(wanted))
            .limit(limit)
        ).scalars()
        parties = self._of_tokens(municipality, list(found))
        return tuple(sorted(parties, key=lambda party: party.social_number))

    def of_business(self, municipality: str, numbers: Sequence[str]) -> dict[str, Party]:
        tokens = [self._tools.token(municipality, BUSINESS, number) for number in numbers]
        columns = term_table.c
        found = self._connection.execute(
            select(columns.party).where(
                columns.municipality == municipality, among(self._connection, columns.term, tokens)
            )
        ).scalars()
        return {party.business_number: party for party in self._of_tokens(municipality, list(found))}

    def put(self, party: Party, terms: Sequence[Term]) -> None:
        tools, place = self._tools, party.municipality
        token = tools.party(place, party.social_number)
        key = {"municipality": place, "party": token}
        values = {
            "version": party.version,
            "content": tools.seal(place, _place("party", token, party.version), party),
            "changed_at": party.at,
        }
        self._keep(party.version, key, values)
        state = tools.seal(place, _place("party_state", token, party.version), party)
        self._connection.execute(insert(party_state_table).values(**key, **(values | {"content": state})))
        self._index(key, [tools.token(place, *term) for term in terms])

    def history(self, municipality: str, number: str) -> tuple[Party, ...]:
        columns = party_state_table.c
        rows = self._connection.execute(
            select(party_state_table)
            .where(columns.municipality == municipality, columns.party == self._tools.party(municipality, number))
            .order_by(columns.version.desc())
        ).all()
        placed = ((row, _place("party_state", row.party, row.version)) for row in rows)
        return tuple(self._tools.open_rows(placed, Party))

    def next_number(self, municipality: str) -> str:
        digits = None
        while digits is None:
            digits = business_number(_OWN_SERIALS + self._marks.next(municipality, "party"))
        return digits

    def number_token(self, municipality: str, my_number: Secret) -> str:
        return self._tools.token(municipality, "my_number", my_number).hex()

    def _keep(self, version: int, key: dict[str, Any], values: dict[str, Any]) -> None:
        columns = party_table.c
        if version == 1:
            self._connection.execute(insert(party_table).values(**key, **values))
            return
        here = (columns.municipality == key["municipality"], columns.party == key["party"])
        changed = self._connection.execute(
            update(party_table).where(*here, columns.version == version - 1).values(**values)
        )
        if changed.rowcount != 1:
            raise Conflict(version=version)

    def _index(self, key: dict[str, Any], tokens: Sequence[bytes]) -> None:
        columns = term_table.c
        self._connection.execute(
            delete(term_table).where(columns.municipality == key["municipality"], columns.party == key["party"])
        )
        rows = [{**key, "term": token} for token in sorted(set(tokens))]
        if rows:
            self._connection.execute(insert(term_table), rows)

    def _of_tokens(self, municipality: str, tokens: Sequence[bytes]) -> list[Party]:
        columns = party_table.c
        rows: Sequence[Row[Any]] = self._connection.execute(
            select(party_table).where(
                columns.municipality == municipality, among(self._connection, columns.party, list(tokens))
            )
        ).all()
        return self._tools.open_rows(((row, _place("party", row.party, row.version)) for row in rows), Party)


def _place(table: str, token: bytes, version: int) -> Place:
    return (table, token.hex(), version)
