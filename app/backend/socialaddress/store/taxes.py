"""Tax years: sealed rows, found by a keyed token of person and year; what was corrected stays as a state."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from app.backend.socialaddress.ports.records import PersonYear, TaxRow, TaxState
from app.backend.socialaddress.store.sealed import Place, Tools
from app.backend.socialaddress.store.tables import tax_state_table, tax_table
from app.durable.among import among


class TaxRows:
    """See ``Taxes``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def rows(self, municipality: str, wanted: Sequence[PersonYear]) -> dict[PersonYear, TaxRow]:
        tokens = {self._token(municipality, key): key for key in wanted}
        columns = tax_table.c
        found = self._connection.execute(
            select(tax_table).where(
                columns.municipality == municipality, among(self._connection, columns.person_year, list(tokens))
            )
        ).all()
        opened = self._tools.open_rows(((row, _place("tax_year", row)) for row in found), TaxRow)
        return {tokens[row.person_year]: one for row, one in zip(found, opened, strict=True)}

    def of_persons(self, municipality: str, numbers: Sequence[str], years: Sequence[int]) -> tuple[TaxRow, ...]:
        return tuple(self.rows(municipality, [(number, year) for number in numbers for year in years]).values())

    def states(self, municipality: str, wanted: PersonYear) -> tuple[TaxState, ...]:
        columns = tax_state_table.c
        rows = self._connection.execute(
            select(tax_state_table)
            .where(columns.municipality == municipality, columns.person_year == self._token(municipality, wanted))
            .order_by(columns.version.desc())
        ).all()
        opened = self._tools.open_rows(((row, _place("tax_state", row)) for row in rows), TaxRow)
        return tuple(TaxState(one, row.changed_at) for row, one in zip(rows, opened, strict=True))

    def put(self, rows: Sequence[TaxRow], at: datetime) -> None:
        for municipality in dict.fromkeys(row.municipality for row in rows):
            mine = {(row.business_number, row.tax_year): row for row in rows if row.municipality == municipality}
            self._put(municipality, {self._token(municipality, key): row for key, row in mine.items()}, at)

    def clear(self, municipality: str, before: datetime) -> int:
        found = 0
        for table in (tax_table, tax_state_table):
            gone = delete(table).where(table.c.municipality == municipality, table.c.changed_at < before)
            found += self._connection.execute(gone, execution_options={"preserve_rowcount": True}).rowcount
        return found

    def _put(self, place: str, rows: dict[bytes, TaxRow], at: datetime) -> None:
        columns = tax_table.c
        mine = among(self._connection, columns.person_year, list(rows))
        known = self._connection.execute(
            select(columns.person_year, columns.version).where(columns.municipality == place, mine).with_for_update()
        )
        versions = {row.person_year: row.version for row in known}
        current: list[dict[str, Any]] = []
        states: list[dict[str, Any]] = []
        for token, row in rows.items():
            key = {"municipality": place, "person_year": token, "version": versions.get(token, 0) + 1}
            for table, kept in ((tax_table, current), (tax_state_table, states)):
                content = self._tools.seal(place, (table.name, token.hex(), key["version"]), row)
                kept.append({**key, "content": content, "changed_at": at})
        self._connection.execute(delete(tax_table).where(columns.municipality == place, mine))
        self._connection.execute(insert(tax_table), current)
        self._connection.execute(insert(tax_state_table), states)

    def _token(self, municipality: str, key: PersonYear) -> bytes:
        return self._tools.token(municipality, "person_year", f"{key[0]}/{key[1]}")


def _place(table: str, row: Row[Any]) -> Place:
    return (table, row.person_year.hex(), row.version)
