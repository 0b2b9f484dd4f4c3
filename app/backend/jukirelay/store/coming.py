"""Keeps who announced to move in, until they do or their time is over."""

from datetime import date

from sqlalchemy import delete, select

from app.backend.jukirelay.ports import Coming
from app.backend.jukirelay.store.tables import coming_table
from app.backend.jukirelay.store.tools import Tools


class StoredComing:
    """See ``ComingRows``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def expect(self, municipality: str, code: str, coming: Coming) -> None:
        token = self._tools.token(municipality, "code", code)
        sealed = self._tools.seal(coming_table, municipality, f"{token.hex()}/{coming.data_id}", 1, coming)
        key = {"municipality": municipality, "code": token, "data_id": coming.data_id}
        self._tools.put(coming_table, key, {"erase_on": coming.erase_on.toordinal(), "sealed": sealed})

    def expected(self, municipality: str, code: str) -> Coming | None:
        columns, token = coming_table.c, self._tools.token(municipality, "code", code)
        row = self._connection.execute(
            select(coming_table)
            .where(columns.municipality == municipality, columns.code == token)
            .order_by(columns.erase_on.desc(), columns.data_id)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        place = (municipality, f"{token.hex()}/{row.data_id}", 1)
        return self._tools.open(coming_table, place, row.sealed, Coming)

    def met(self, municipality: str, code: str) -> None:
        columns, token = coming_table.c, self._tools.token(municipality, "code", code)
        mine = (columns.municipality == municipality, columns.code == token)
        self._connection.execute(delete(coming_table).where(*mine))

    def forget(self, municipality: str, data_id: str) -> int:
        columns = coming_table.c
        mine = (columns.municipality == municipality, columns.data_id == data_id)
        return len(self._connection.execute(delete(coming_table).where(*mine).returning(columns.code)).all())

    def erase_until(self, municipality: str, day: date) -> int:
        columns = coming_table.c
        over = (columns.municipality == municipality, columns.erase_on <= day.toordinal())
        return len(self._connection.execute(delete(coming_table).where(*over).returning(columns.data_id)).all())
