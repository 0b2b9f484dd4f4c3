"""Who staff are in the register: the number sealed, found by a keyed token."""

from sqlalchemy import Connection, delete, insert, or_, select

from app.backend.register.ports import Acquaintance
from app.backend.register.store.tables import staff_person_table
from app.domain.secret import Secret
from app.durable.cells import Cell, Cells
from app.trust.tokens import exact_token


class StaffPeople:
    """The part of a unit that keeps them."""

    def __init__(self, connection: Connection, cells: Cells, key: Secret) -> None:
        self._connection = connection
        self._cells = cells
        self._key = key

    def keep(self, municipality: str, staff_id: str, business_number: str) -> None:
        """Replace what was kept of ``staff_id``; "" forgets it."""
        columns = staff_person_table.c
        mine = (columns.municipality == municipality, columns.staff_id == staff_id)
        self._connection.execute(delete(staff_person_table).where(*mine))
        if business_number:
            sealed = self._cells.seal(self._connection, _cell(municipality, staff_id), business_number.encode())
            row = {"municipality": municipality, "staff_id": staff_id, "sealed": sealed}
            token = self._token(municipality, business_number)
            self._connection.execute(insert(staff_person_table).values(**row, token=token))

    def known(self, municipality: str, staff_id: str, business_number: str) -> Acquaintance:
        """Who ``staff_id`` is here, and whether the person with that number is of the staff; in one query."""
        columns = staff_person_table.c
        token = self._token(municipality, business_number)
        rows = self._connection.execute(
            select(columns.staff_id, columns.token, columns.sealed).where(
                columns.municipality == municipality, or_(columns.staff_id == staff_id, columns.token == token)
            )
        ).all()
        sealed = next((row.sealed for row in rows if row.staff_id == staff_id), None)
        own = (
            "" if sealed is None else self._cells.open(self._connection, _cell(municipality, staff_id), sealed).decode()
        )
        return Acquaintance(own, is_staff=any(row.token == token for row in rows))

    def _token(self, municipality: str, business_number: str) -> bytes:
        return exact_token(self._key, municipality, "staff", business_number)


def _cell(municipality: str, staff_id: str) -> Cell:
    return Cell(municipality, staff_person_table.name, "sealed", staff_id, 1)
