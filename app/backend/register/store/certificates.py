"""Keeps the numbered copies of certificates, found by day and office, by visit, by who stands on them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, Row, Select, insert, select, update

from app.backend.register.service.copies import Copy
from app.backend.register.store.certificate_tables import copy_person_table, copy_serial_table, copy_table
from app.backend.register.store.serials import take
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.wire.message import decode, encode

_MOST = 500
_ORDER = "copy"


class StoredCopies:
    """See ``CopyRows``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def next(self, municipality: str, office: str, day: date) -> int:
        columns = copy_serial_table.c
        key = {"municipality": municipality, "office": office, "day": day.toordinal()}
        insert_if_absent(self._connection, copy_serial_table, key | {"next": 1})
        mine = (columns[name] == value for name, value in key.items())
        taken = update(copy_serial_table).where(*mine).values(next=columns.next + 1).returning(columns.next)
        return int(self._connection.execute(taken).scalar_one()) - 1

    def put(self, copy: Copy) -> None:
        columns = copy_table.c
        sealed = self._cells.seal(self._connection, _cell(copy.municipality, copy.number, copy.version), encode(copy))
        values = {"version": copy.version, "sealed": sealed}
        mine = (columns.municipality == copy.municipality, columns.number == copy.number)
        changed = update(copy_table).where(*mine).values(**values).returning(columns.number)
        if copy.version > 1 and self._connection.execute(changed).first() is not None:
            return
        key = {"municipality": copy.municipality, "number": copy.number}
        own = {"day": copy.day.toordinal(), "office": copy.office, "visit_id": copy.visit_id}
        place = take(self._connection, copy.municipality, _ORDER, 1)
        self._connection.execute(insert(copy_table).values(**key, **own, **values, place=place))
        rows = [key | {"business_number": one} for one in copy.persons]
        self._connection.execute(insert(copy_person_table), rows)

    def one(self, municipality: str, number: str) -> Copy | None:
        columns = copy_table.c
        mine = (columns.municipality == municipality, columns.number == number)
        row = self._connection.execute(select(copy_table).where(*mine).with_for_update()).one_or_none()
        return None if row is None else self._opened([row])[0]

    def of_visit(self, municipality: str, visit_id: str) -> tuple[Copy, ...]:
        columns = copy_table.c
        return self._newest(
            select(copy_table).where(columns.municipality == municipality, columns.visit_id == visit_id)
        )

    def of_day(self, municipality: str, office: str, day: date) -> tuple[Copy, ...]:
        columns = copy_table.c
        own = (columns.municipality == municipality, columns.office == office, columns.day == day.toordinal())
        return self._newest(select(copy_table).where(*own))

    def of_person(self, municipality: str, business_number: str) -> tuple[Copy, ...]:
        columns, of = copy_table.c, copy_person_table.c
        joined = (of.municipality == columns.municipality) & (of.number == columns.number)
        wanted = (of.municipality == municipality, of.business_number == business_number)
        return self._newest(select(copy_table).join(copy_person_table, joined).where(*wanted))

    def _newest(self, found: Select[tuple[object, ...]]) -> tuple[Copy, ...]:
        return self._opened(self._connection.execute(found.order_by(copy_table.c.place.desc()).limit(_MOST)))

    def _opened(self, rows: Iterable[Row[tuple[object, ...]]]) -> tuple[Copy, ...]:
        return tuple(
            decode(
                self._cells.open(self._connection, _cell(row.municipality, row.number, row.version), row.sealed), Copy
            )
            for row in rows
        )


def _cell(municipality: str, number: str, version: int) -> Cell:
    return Cell(municipality, copy_table.name, "sealed", number, version)
