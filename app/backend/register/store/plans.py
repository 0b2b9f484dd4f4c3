"""Keeps days to come under keyed tokens, and announced move-ins until they are filed or erased."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, select, union

from app.backend.register.service.changing import Announcement
from app.backend.register.store import serials
from app.backend.register.store.change_tables import announcement_table, plan_table
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.trust.tokens import exact_token
from app.wire.message import decode, encode


class StoredPlans:
    """See ``PlanRows``."""

    def __init__(self, connection: Connection, cells: Cells, key: Secret) -> None:
        self._connection = connection
        self._cells = cells
        self._key = key

    def next_person(self, municipality: str) -> str:
        return serials.next_person(self._connection, municipality)

    def next_household(self, municipality: str) -> str:
        return serials.next_household(self._connection, municipality)

    def plan(self, municipality: str, day: date, business_number: str, entry_id: str) -> None:
        self.drop(municipality, business_number)
        row = {"municipality": municipality, "business_number": business_number, "entry_id": entry_id}
        self._connection.execute(insert(plan_table).values(**row, token=self._token(municipality, day)))

    def drop(self, municipality: str, business_number: str) -> None:
        columns = plan_table.c
        self._connection.execute(
            delete(plan_table).where(columns.municipality == municipality, columns.business_number == business_number)
        )

    def due(self, municipality: str, days: Sequence[date]) -> tuple[tuple[str, str], ...]:
        columns = plan_table.c
        rows = self._connection.execute(
            select(columns.business_number, columns.entry_id)
            .where(
                columns.municipality == municipality, columns.token.in_([self._token(municipality, d) for d in days])
            )
            .order_by(columns.entry_id, columns.business_number)
        )
        return tuple((row.business_number, row.entry_id) for row in rows)

    def announce(self, announcement: Announcement) -> None:
        key = {"municipality": announcement.municipality, "announcement_id": announcement.announcement_id}
        sealed = self._cells.seal(self._connection, _cell(**key), encode(announcement))
        row = key | {"erase_on": announcement.erase_on.toordinal(), "sealed": sealed}
        insert_if_absent(self._connection, announcement_table, row)

    def announcement(self, municipality: str, announcement_id: str) -> Announcement | None:
        columns = announcement_table.c
        sealed = self._connection.execute(
            select(columns.sealed).where(
                columns.municipality == municipality, columns.announcement_id == announcement_id
            )
        ).scalar_one_or_none()
        return None if sealed is None else self._opened(municipality, announcement_id, sealed)

    def announcements(self, municipality: str) -> tuple[Announcement, ...]:
        columns = announcement_table.c
        rows = self._connection.execute(
            select(columns.announcement_id, columns.sealed)
            .where(columns.municipality == municipality)
            .order_by(columns.erase_on, columns.announcement_id)
        )
        return tuple(self._opened(municipality, row.announcement_id, row.sealed) for row in rows)

    def erase(self, municipality: str, announcement_id: str) -> None:
        columns = announcement_table.c
        self._connection.execute(
            delete(announcement_table).where(
                columns.municipality == municipality, columns.announcement_id == announcement_id
            )
        )

    def places(self) -> tuple[str, ...]:
        both = union(select(plan_table.c.municipality), select(announcement_table.c.municipality))
        return tuple(sorted(self._connection.execute(both).scalars()))

    def _token(self, municipality: str, day: date) -> bytes:
        return exact_token(self._key, municipality, "plan", day.isoformat())

    def _opened(self, municipality: str, announcement_id: str, sealed: bytes) -> Announcement:
        plain = self._cells.open(self._connection, _cell(municipality, announcement_id), sealed)
        return decode(plain, Announcement)


def _cell(municipality: str, announcement_id: str) -> Cell:
    return Cell(municipality, announcement_table.name, "sealed", announcement_id, 1)
