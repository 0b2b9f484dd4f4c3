"""What certificates and seals cost at each terminal, in the order in which it was taken."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from app.backend.register.store.certificate_tables import fee_table
from app.backend.register.store.serials import take
from app.domain.fee_closing import FeeLine

REGISTER = "register"
_ORDER = "fee"


class StoredFees:
    """See ``FeeRows``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, municipality: str, terminal: str, line: FeeLine) -> None:
        place = take(self._connection, municipality, _ORDER, 1)
        row = {"municipality": municipality, "place": place, "terminal": terminal, "at": line.at}
        what = {"number": line.number, "kind": line.kind, "yen": line.yen, "exemption": line.exemption}
        self._connection.execute(insert(fee_table).values(**row, **what))

    def taken(self, municipality: str, terminal: str, since: datetime | None, through: datetime) -> tuple[FeeLine, ...]:
        columns = fee_table.c
        query = select(fee_table).where(
            columns.municipality == municipality, columns.terminal == terminal, columns.at <= through
        )
        if since is not None:
            query = query.where(columns.at > since)
        rows = self._connection.execute(query.order_by(columns.place))
        return tuple(FeeLine(REGISTER, row.number, row.kind, row.yen, row.exemption, row.at) for row in rows)
