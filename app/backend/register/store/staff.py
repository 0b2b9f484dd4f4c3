"""Who staff are in the register: the number sealed, found by a keyed token."""

from sqlalchemy import Connection, delete, insert, select

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

    def person(self, municipality: str, staff_id: str) -> str:
        """Their 宛名番号; "" where none is kept."""
        columns = staff_person_table.c
        sealed = self._connection.execute(
            select(columns.sealed).where(columns.municipality == municipality, columns.staff_id == staff_id)
        ).scalar_one_or_none()
        if sealed is None:
            return ""
        return self._cells.open(self._connection, _cell(municipality, staff_id), sealed).decode()

    def is_staff(self, municipality: str, business_number: str) -> bool:
        """Whether that person works here."""
        columns = staff_person_table.c
        token = self._token(municipality, business_number)
        query = select(columns.staff_id).where(columns.municipality == municipality, columns.token == token).limit(1)
        return self._connection.execute(query).first() is not None

    def _token(self, municipality: str, business_number: str) -> bytes:
        return exact_token(self._key, municipality, "staff", business_number)


def _cell(municipality: str, staff_id: str) -> Cell:
    return Cell(municipality, staff_person_table.name, "sealed", staff_id, 1)
