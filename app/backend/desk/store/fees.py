"""The till: fees with their receipt numbers, closings; one row for each window is held while money is written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.exc import IntegrityError

from app.backend.desk.ports.fees import KeptClosing, KeptFee
from app.backend.desk.store.fee_tables import closing_table, fee_serial_table, fee_table, till_table
from app.backend.desk.store.kept import Kept
from app.domain.fee_closing import FeeLine
from app.durable.absent import insert_if_absent
from app.errors import Conflict, Refused

_FEE = tuple(name for name in KeptFee.__slots__ if name not in {"municipality", "fee_id", "reason"})
_CLOSING = tuple(
    name for name in KeptClosing.__slots__ if name not in {"municipality", "terminal", "position", "lines", "reason"}
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is sealed of a closing."""

    lines: tuple[FeeLine, ...]
    reason: str


class Fees(Kept):
    """The part of a unit that keeps money."""

    def hold_till(self, municipality: str, terminal: str) -> datetime | None:
        columns = till_table.c
        key = {"municipality": municipality, "terminal": terminal}
        insert_if_absent(self._connection, till_table, {**key, "version": 1, "closed_through": None})
        held = (
            update(till_table)
            .where(columns.municipality == municipality, columns.terminal == terminal)
            .values(version=columns.version + 1)
            .returning(columns.closed_through)
        )
        through: datetime | None = self._connection.execute(held).scalar_one()
        return through

    def close_till(self, municipality: str, terminal: str, through: datetime) -> None:
        columns = till_table.c
        mine = (columns.municipality == municipality, columns.terminal == terminal)
        self._connection.execute(update(till_table).where(*mine).values(closed_through=through))

    def next_fee(self, municipality: str, year: int) -> int:
        columns = fee_serial_table.c
        insert_if_absent(self._connection, fee_serial_table, {"municipality": municipality, "year": year, "last": 0})
        counted = (
            update(fee_serial_table)
            .where(columns.municipality == municipality, columns.year == year)
            .values(last=columns.last + 1)
            .returning(columns.last)
        )
        return int(self._connection.execute(counted).scalar_one())

    def fee(self, municipality: str, fee_id: str) -> KeptFee | None:
        columns = fee_table.c
        query = select(fee_table).where(columns.municipality == municipality, columns.fee_id == fee_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else self._fee(row)

    def fees(self, municipality: str, terminal: str, since: datetime | None) -> tuple[KeptFee, ...]:
        columns = fee_table.c
        query = select(fee_table).where(columns.municipality == municipality, columns.terminal == terminal)
        if since is not None:
            query = query.where(columns.taken_at > since)
        rows = self._connection.execute(query.order_by(columns.taken_at, columns.number))
        return tuple(self._fee(row) for row in rows)

    def keep_fee(self, fee: KeptFee) -> None:
        sealed = self._seal(fee_table, fee.municipality, fee.fee_id, fee.version, fee.reason)
        values = {name: getattr(fee, name) for name in _FEE}
        try:
            self._keep(
                fee_table, {"municipality": fee.municipality, "fee_id": fee.fee_id}, {**values, "sealed": sealed}
            )
        except IntegrityError as error:
            if "ck_fee_void_second_person" not in str(error.orig):
                raise
            raise Refused("second_person") from error

    def closings(self, municipality: str, terminal: str, limit: int) -> tuple[KeptClosing, ...]:
        columns = closing_table.c
        query = select(closing_table).where(columns.municipality == municipality, columns.terminal == terminal)
        rows = self._connection.execute(query.order_by(columns.position.desc()).limit(limit))
        return tuple(self._closing(row) for row in rows)

    def keep_closing(self, closing: KeptClosing) -> None:
        key = {name: getattr(closing, name) for name in ("municipality", "terminal", "position")}
        row = f"{closing.terminal}/{closing.position}"
        said = _Counted(closing.lines, closing.reason)
        sealed = self._seal(closing_table, closing.municipality, row, closing.version, said)
        try:
            self._keep(closing_table, key, {**{name: getattr(closing, name) for name in _CLOSING}, "sealed": sealed})
        except IntegrityError as error:
            if "ck_fee_closing_second_person" not in str(error.orig):
                raise
            raise Refused("second_person") from error

    def drop_closing(self, closing: KeptClosing) -> None:
        columns = closing_table.c
        mine = (columns.municipality == closing.municipality, columns.terminal == closing.terminal)
        waits = (columns.position == closing.position, columns.version == closing.version, columns.second == "")
        if self._connection.execute(delete(closing_table).where(*mine, *waits)).rowcount != 1:
            raise Conflict(version=closing.version)

    def _fee(self, row: Row[Any]) -> KeptFee:
        reason = self._open(fee_table, (row.municipality, row.fee_id, row.version), row.sealed, str)
        values = {name: getattr(row, name) for name in _FEE}
        return KeptFee(municipality=row.municipality, fee_id=row.fee_id, reason=reason, **values)

    def _closing(self, row: Row[Any]) -> KeptClosing:
        place = (row.municipality, f"{row.terminal}/{row.position}", row.version)
        said = self._open(closing_table, place, row.sealed, _Counted)
        key = {name: getattr(row, name) for name in ("municipality", "terminal", "position")}
        return KeptClosing(
            **key, **{name: getattr(row, name) for name in _CLOSING}, lines=said.lines, reason=said.reason
        )
