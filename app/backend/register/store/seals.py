"""Keeps registered seals with their imprints, found by whose they are and by the number of the card."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from app.backend.register.service.copies import Seal
from app.backend.register.store.certificate_tables import seal_table
from app.backend.register.store.serials import take
from app.durable.cells import Cell, Cells
from app.wire.message import decode, encode

OPEN = frozenset({"asked", "active"})


class StoredSeals:
    """See ``SealRows``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def next(self, municipality: str, kind: str) -> int:
        return take(self._connection, municipality, f"seal-{kind}", 1)

    def put(self, seal: Seal) -> None:
        columns = seal_table.c
        sealed = self._cells.seal(self._connection, _cell(seal.municipality, seal.seal_id, seal.version), encode(seal))
        card = seal.card if seal.state == "active" and seal.card else None
        values = {"version": seal.version, "is_open": seal.state in OPEN, "card": card, "sealed": sealed}
        mine = (columns.municipality == seal.municipality, columns.seal_id == seal.seal_id)
        changed = update(seal_table).where(*mine).values(**values).returning(columns.seal_id)
        if seal.version > 1 and self._connection.execute(changed).first() is not None:
            return
        key = {"municipality": seal.municipality, "seal_id": seal.seal_id, "business_number": seal.business_number}
        place = self.next(seal.municipality, "order")
        self._connection.execute(insert(seal_table).values(**key, **values, place=place))

    def one(self, municipality: str, seal_id: str) -> Seal | None:
        return self._first(seal_table.c.municipality == municipality, seal_table.c.seal_id == seal_id)

    def open_of(self, municipality: str, business_number: str) -> Seal | None:
        columns = seal_table.c
        own = columns.business_number == business_number
        return self._first(columns.municipality == municipality, own, columns.is_open.is_(True))

    def by_card(self, municipality: str, card: str) -> Seal | None:
        return self._first(seal_table.c.municipality == municipality, seal_table.c.card == card)

    def of_persons(self, municipality: str, business_numbers: Sequence[str]) -> tuple[Seal, ...]:
        columns = seal_table.c
        own = (columns.municipality == municipality, columns.business_number.in_(business_numbers))
        found = select(seal_table).where(*own).order_by(columns.place.desc())
        return self._opened(self._connection.execute(found))

    def _first(self, *which: ColumnElement[bool]) -> Seal | None:
        row = self._connection.execute(select(seal_table).where(*which).with_for_update()).one_or_none()
        return None if row is None else self._opened([row])[0]

    def _opened(self, rows: Iterable[Row[tuple[object, ...]]]) -> tuple[Seal, ...]:
        return tuple(
            decode(
                self._cells.open(self._connection, _cell(row.municipality, row.seal_id, row.version), row.sealed), Seal
            )
            for row in rows
        )


def _cell(municipality: str, seal_id: str, version: int) -> Cell:
    return Cell(municipality, seal_table.name, "sealed", seal_id, version)
