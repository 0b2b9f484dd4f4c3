"""What is held, and who decides for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select, update

from app.backend.desk.ports.review import Deputy, Hold
from app.backend.desk.store.review_tables import deputy_table, hold_table
from app.backend.desk.store.sealed import Sealed
from app.durable.absent import insert_if_absent
from app.errors import Conflict

MOST_DEPUTIES = 500
"""Deputies in one list; the newest come first. Assumed."""
_ROW = ("municipality", "application_id", "staff_id", "since", "until")
_CHANGES = ("version", "approved_by", "approved_at", "ended_by", "ended_at")


@dataclass(frozen=True, slots=True)
class _Why:
    """What is sealed of a hold."""

    reason: str
    note: str


class Holds(Sealed):
    """The part of a unit that keeps holds and deputies."""

    def hold(self, hold: Hold) -> None:
        self.let_go(hold.municipality, hold.application_id)
        sealed = self._seal(hold_table, hold.municipality, hold.application_id, 1, _Why(hold.reason, hold.note))
        row = {name: getattr(hold, name) for name in _ROW}
        self._connection.execute(insert(hold_table).values(**row, sealed=sealed))

    def let_go(self, municipality: str, application_id: str) -> bool:
        columns = hold_table.c
        mine = (columns.municipality == municipality, columns.application_id == application_id)
        return self._connection.execute(delete(hold_table).where(*mine)).rowcount == 1

    def holds(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, Hold]:
        columns = hold_table.c
        query = select(hold_table).where(
            columns.municipality == municipality, columns.application_id.in_(list(application_ids))
        )
        found = {}
        for row in self._connection.execute(query):
            why = self._open(hold_table, (municipality, row.application_id, 1), row.sealed, _Why)
            named = {name: getattr(row, name) for name in _ROW}
            found[row.application_id] = Hold(**named, reason=why.reason, note=why.note)
        return found

    def deputies(self, municipality: str) -> tuple[Deputy, ...]:
        columns = deputy_table.c
        query = select(deputy_table).where(columns.municipality == municipality)
        rows = self._connection.execute(
            query.order_by(columns.proposed_at.desc(), columns.deputy_id).limit(MOST_DEPUTIES)
        )
        return tuple(Deputy(**row._mapping) for row in rows)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def deputies_of(self, municipality: str, staff_id: str, day: date) -> tuple[Deputy, ...]:
        columns = deputy_table.c
        query = select(deputy_table).where(
            columns.municipality == municipality,
            columns.staff_id == staff_id,
            columns.since <= day,
            columns.until >= day,
        )
        rows = self._connection.execute(query.order_by(columns.deputy_id))
        found = (Deputy(**row._mapping) for row in rows)  # noqa: SLF001 -- SQLAlchemy's public name for it
        return tuple(one for one in found if one.holds(day))

    def add_deputy(self, deputy: Deputy) -> bool:
        row = {name: getattr(deputy, name) for name in Deputy.__slots__}
        return insert_if_absent(self._connection, deputy_table, row)

    def change_deputy(self, deputy: Deputy) -> None:
        columns = deputy_table.c
        changing = (
            update(deputy_table)
            .where(
                columns.municipality == deputy.municipality,
                columns.deputy_id == deputy.deputy_id,
                columns.version == deputy.version - 1,
            )
            .values(**{name: getattr(deputy, name) for name in _CHANGES})
        )
        if self._connection.execute(changing).rowcount != 1:
            raise Conflict(version=deputy.version)
