"""Who needs whose data, and every transfer that was made, in the order of each system."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from app.backend.socialaddress.ports.records import Need, Transfer
from app.backend.socialaddress.store.marks import MarkRows
from app.backend.socialaddress.store.sealed import Tools, numbered
from app.backend.socialaddress.store.tables import need_table, transfer_table
from app.durable.absent import insert_if_absent
from app.durable.among import among

_FIELDS = ("social_number", "fiscal_year", "income_year", "revision", "kind", "cause", "items")


class TransferRows:
    """See ``Transfers``."""

    def __init__(self, tools: Tools, marks: MarkRows) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._marks = marks

    def needs(self, municipality: str, numbers: Sequence[str], system: str = "") -> tuple[Need, ...]:
        named = numbered([self._tools.party(municipality, number) for number in numbers], numbers)
        columns = need_table.c
        query = select(need_table).where(
            columns.municipality == municipality,
            among(self._connection, columns.party, list(named)),
            columns.ended.is_(False),
        )
        if system:
            query = query.where(columns.system == system)
        rows = self._connection.execute(query.order_by(columns.system))
        return tuple(Need(municipality, row.system, named[row.party], row.from_year) for row in rows)

    def put_need(self, need: Need, at: datetime) -> None:
        columns = need_table.c
        token = self._tools.party(need.municipality, need.social_number)
        values = {"from_year": need.from_year, "ended": need.ended, "changed_at": at}
        key = {"municipality": need.municipality, "system": need.system, "party": token}
        if not insert_if_absent(self._connection, need_table, key | values):
            here = (
                columns.municipality == need.municipality,
                columns.system == need.system,
                columns.party == token,
            )
            self._connection.execute(update(need_table).where(*here).values(**values))

    def add(self, transfer: Transfer) -> Transfer:
        place, system = transfer.municipality, transfer.system
        sequence = self._marks.next(place, _line(system))
        kept = {name: getattr(transfer, name) for name in _FIELDS}
        kept |= {"municipality": place, "system": system, "made_at": transfer.made_at, "sequence": sequence}
        made = Transfer(**kept)
        self._connection.execute(
            insert(transfer_table).values(
                municipality=place,
                system=system,
                sequence=sequence,
                content=self._tools.seal(place, ("transfer", f"{system}/{sequence}", 1), made),
                made_at=transfer.made_at,
            )
        )
        return made

    def after(self, municipality: str, system: str, sequence: int, limit: int) -> tuple[Transfer, ...]:
        columns = transfer_table.c
        return self._read(
            select(transfer_table)
            .where(columns.municipality == municipality, columns.system == system, columns.sequence > sequence)
            .order_by(columns.sequence)
            .limit(limit)
        )

    def last(self, municipality: str, systems: Sequence[str], limit: int) -> tuple[Transfer, ...]:
        columns = transfer_table.c
        return self._read(
            select(transfer_table)
            .where(columns.municipality == municipality, columns.system.in_(systems))
            .order_by(columns.made_at.desc(), columns.system, columns.sequence.desc())
            .limit(limit)
        )

    def newest(self, municipality: str, system: str) -> int:
        return self._marks.at(municipality, _line(system))

    def clear(self, municipality: str, before: datetime) -> int:
        columns = transfer_table.c
        gone = delete(transfer_table).where(columns.municipality == municipality, columns.made_at < before)
        return self._connection.execute(gone, execution_options={"preserve_rowcount": True}).rowcount

    def _read(self, query: Select[Any]) -> tuple[Transfer, ...]:
        rows = self._connection.execute(query).all()
        placed = ((row, ("transfer", f"{row.system}/{row.sequence}", 1)) for row in rows)
        return tuple(self._tools.open_rows(placed, Transfer))


def _line(system: str) -> str:
    return f"sent/{system}"
