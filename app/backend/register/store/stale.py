"""Persons who have no search terms by the present rules yet: after a change of rules theirs are made anew."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import Connection, select, update

from app.backend.register.ports import Found, Resident
from app.backend.register.store.reading import Reader
from app.backend.register.store.search import Index
from app.backend.register.store.tables import NO_TERMS, TERM_RULES, person_table
from app.trust.tokens import packed


class StaleTerms:
    """The part of a unit that finds and renews them."""

    def __init__(self, connection: Connection, reader: Reader, index: Index) -> None:
        self._connection = connection
        self._reader = reader
        self._index = index

    def some(self, limit: int) -> tuple[Resident, ...]:
        columns = person_table.c
        query = select(columns.municipality, columns.business_number).where(columns.term_rules == NO_TERMS)
        rows = self._connection.execute(query.order_by(columns.municipality).limit(limit)).all()
        found: list[Found] = []
        for municipality, group in groupby(rows, key=lambda row: row.municipality):
            found += self._reader.persons(municipality, [row.business_number for row in group])
        return tuple(one.resident for one in found)

    def renew(self, resident: Resident, terms: Iterable[str]) -> None:
        columns = person_table.c
        mine = (
            columns.municipality == resident.municipality,
            columns.business_number == resident.business_number,
        )
        previous = self._connection.execute(select(columns.terms).where(*mine).with_for_update()).scalar_one()
        tokens = self._index.tokens(resident.municipality, terms)
        self._index.write(self._connection, (resident.municipality, resident.business_number), tokens, previous)
        values = {"terms": packed(tokens), "term_rules": TERM_RULES}
        self._connection.execute(update(person_table).where(*mine).values(**values))
