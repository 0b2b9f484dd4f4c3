"""Who staff are in the register: the number sealed, found by a keyed token."""

from sqlalchemy import Connection, delete, insert

from app.backend.register.ports import Acquaintance
from app.backend.register.store.tables import staff_person_table
from app.domain.secret import Secret
from app.durable.cells import Cell, Cells
from app.durable.swift import fetched
from app.trust.tokens import exact_token

_ONE = "SELECT staff_id, token, sealed FROM staff_person WHERE municipality = ?"
_KNOWN = f"{_ONE} AND staff_id = ? UNION ALL {_ONE} AND token = ?"
"""One may come twice. Not joined by OR: for that neither engine is sure to use both indexes."""


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
        token = self._token(municipality, business_number)
        rows = fetched(self._connection, _KNOWN, (municipality, staff_id, municipality, token))
        sealed = next((box for who, _, box in rows if who == staff_id), None)
        own = (
            "" if sealed is None else self._cells.open(self._connection, _cell(municipality, staff_id), sealed).decode()
        )
        return Acquaintance(own, is_staff=any(kept == token for _, kept, _ in rows))

    def _token(self, municipality: str, business_number: str) -> bytes:
        return exact_token(self._key, municipality, "staff", business_number)


def _cell(municipality: str, staff_id: str) -> Cell:
    return Cell(municipality, staff_person_table.name, "sealed", staff_id, 1)
