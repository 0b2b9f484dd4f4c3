"""Keeps residents for wide-area issue, and their restraints."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Row, Table, delete, select

from app.backend.jukirelay.ports import Kept
from app.backend.jukirelay.store.tables import held_table, replica_table
from app.backend.jukirelay.store.tools import Tools
from app.durable.among import among
from app.wire.jukirelay import HeldMark


class StoredReplica:
    """See ``ReplicaRows``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def put(self, kept: Kept) -> bool:
        place, items = kept.municipality, kept.items
        person = self._person(place, kept.subject)
        if not self._is_newer(replica_table, (place, person), kept.position):
            return False
        code, household = items.resident_code or "", items.household_number or ""
        values = {
            "position": kept.position,
            "code": self._tools.token(place, "code", code) if code else None,
            "household": self._tools.token(place, "household", household) if household else None,
            "sealed": self._tools.seal(replica_table, place, person.hex(), kept.position, kept),
            "as_of": kept.as_of,
        }
        self._tools.put(replica_table, {"municipality": place, "person": person}, values)
        return True

    def drop(self, municipality: str, subject: str, position: int) -> None:
        person, columns = self._person(municipality, subject), replica_table.c
        mine = (columns.municipality == municipality, columns.person == person, columns.position < position)
        self._connection.execute(delete(replica_table).where(*mine))

    def of_subject(self, municipality: str, subject: str) -> Kept | None:
        found = self._found(municipality, replica_table.c.person == self._person(municipality, subject))
        return found[0] if found else None

    def of_code(self, municipality: str, code: str) -> Kept | None:
        found = self._found(municipality, replica_table.c.code == self._tools.token(municipality, "code", code))
        return found[0] if len(found) == 1 else None

    def household(self, municipality: str, number: str) -> tuple[Kept, ...]:
        token = self._tools.token(municipality, "household", number)
        found = self._found(municipality, replica_table.c.household == token)
        return tuple(sorted(found, key=lambda one: one.subject))

    def hold(self, municipality: str, subject: str, position: int, marks: tuple[HeldMark, ...]) -> bool:
        person = self._person(municipality, subject)
        if not self._is_newer(held_table, (municipality, person), position):
            return False
        sealed = self._tools.seal(held_table, municipality, person.hex(), position, marks)
        self._tools.put(
            held_table, {"municipality": municipality, "person": person}, {"position": position, "sealed": sealed}
        )
        return True

    def marks(self, municipality: str, subjects: Sequence[str]) -> dict[str, tuple[HeldMark, ...]]:
        persons = {self._person(municipality, one): one for one in subjects}
        columns = held_table.c
        rows = self._connection.execute(
            select(held_table).where(
                columns.municipality == municipality, among(self._connection, columns.person, list(persons))
            )
        )
        kind = tuple[HeldMark, ...]
        return {
            persons[row.person]: self._tools.open(
                held_table, (municipality, row.person.hex(), row.position), row.sealed, kind
            )
            for row in rows
        }

    def _person(self, municipality: str, subject: str) -> bytes:
        return self._tools.token(municipality, "person", subject)

    def _is_newer(self, table: Table, whose: tuple[str, bytes], position: int) -> bool:
        columns = table.c
        known = self._connection.execute(
            select(columns.position)
            .where(columns.municipality == whose[0], columns.person == whose[1])
            .with_for_update()
        ).scalar_one_or_none()
        return known is None or known <= position

    def _found(self, municipality: str, where: ColumnElement[bool]) -> list[Kept]:
        rows: Iterable[Row[tuple[object, ...]]] = self._connection.execute(
            select(replica_table).where(replica_table.c.municipality == municipality, where)
        )
        return [
            self._tools.open(replica_table, (municipality, row.person.hex(), row.position), row.sealed, Kept)
            for row in rows
        ]
