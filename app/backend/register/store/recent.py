"""What each member of staff searched for lately: a short list, sealed in one piece."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.backend.register.ports import RECENT_KEPT_S, Recent
from app.backend.register.store.tables import recent_search_table
from app.durable.cells import Cell, Cells
from app.durable.swift import done, fetched
from app.wire.message import decode, encode

MOST_RECENT = 10
_KEPT = "SELECT version, sealed FROM recent_search WHERE municipality = ? AND staff_id = ?"
_ENTER = "INSERT INTO recent_search (version, sealed, municipality, staff_id) VALUES (?, ?, ?, ?)"
_CHANGE = "UPDATE recent_search SET version = ?, sealed = ? WHERE municipality = ? AND staff_id = ?"


@dataclass(frozen=True, slots=True)
class _Lately:
    searches: tuple[Recent, ...]


class RecentSearches:
    """The part of a unit that keeps them. Who writes holds the end of the municipality's log, so one at a time."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def of(self, municipality: str, staff_id: str) -> tuple[Recent, ...]:
        """Newest first."""
        return self._kept(municipality, staff_id)[1]

    def add(self, of: tuple[str, str], new: Sequence[Recent]) -> None:
        """Put ``new``, oldest first, before what is kept of somebody (municipality, staff ID); equals stand once."""
        municipality, staff_id = of
        version, kept = self._kept(municipality, staff_id)
        ordered: dict[bytes, Recent] = {}
        for one in (*reversed(kept), *new):
            ordered.pop(one.asked, None)
            ordered[one.asked] = one
        ranked = list(reversed(ordered.values()))
        lately = tuple(one for one in ranked if one.at > ranked[0].at - RECENT_KEPT_S)[:MOST_RECENT]
        sealed = self._sealed(municipality, staff_id, version + 1, lately)
        done(self._connection, _CHANGE if version else _ENTER, (version + 1, sealed, municipality, staff_id))

    def _kept(self, municipality: str, staff_id: str) -> tuple[int, tuple[Recent, ...]]:
        rows = fetched(self._connection, _KEPT, (municipality, staff_id))
        if not rows:
            return 0, ()
        ((version, sealed),) = rows
        plain = self._cells.open(self._connection, _cell(municipality, staff_id, version), sealed)
        return version, decode(plain, _Lately).searches

    def _sealed(self, municipality: str, staff_id: str, version: int, lately: tuple[Recent, ...]) -> bytes:
        return self._cells.seal(self._connection, _cell(municipality, staff_id, version), encode(_Lately(lately)))


def _cell(municipality: str, staff_id: str, version: int) -> Cell:
    return Cell(municipality, recent_search_table.name, "sealed", staff_id, version)
