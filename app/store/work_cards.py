"""The work opened by a staff card: its key wrapped once more for each card, by what the card keeps for a salt."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from app.domain.clock import Random
from app.domain.secret import Secret, taken
from app.errors import NotAllowed, WrongKey
from app.services.ports.work_cards import CardKept
from app.store.tables import work_slot
from app.store.terminal import Terminal
from app.store.work import FileWorkStore, open_with, opened
from app.store.work_slots import WorkFile, WorkSlots
from app.trust.seal import derive, open_sealed, seal

SALT_SIZE = 32
"""Of hmac-secret. Source: CTAP 2.1 section 12.5, published."""
_CARD, _NAME_SIZE = "card:", 48
USE = "work slot of a card"


class FileWorkCards:
    """See ``WorkCards``. The slots stand beside those of password and office in terminal.db, each with its salt."""

    def __init__(self, terminal: Terminal, slots: WorkSlots, work: FileWorkStore, random: Random) -> None:
        self._database = terminal.database
        self._slots = slots
        self._work = work
        self._random = random

    def salt(self, staff_id: str) -> bytes:
        rows = self._rows(staff_id)
        return bytes(rows[0].salt) if rows else self._random.token(SALT_SIZE)

    def has(self, staff_id: str) -> bool:
        return bool(self._rows(staff_id))

    def open(self, staff_id: str, card: CardKept) -> bool:
        self._work.close()
        file = self._file(staff_id)
        row = next((row for row in self._rows(staff_id) if row.holder == _holder(card.key)), None)
        if file is None or row is None:
            return False
        wrapping = derive(card.kept, USE)
        try:
            key = taken(open_sealed(wrapping, row.wrapped, _context(file.file, row.holder)))
        except WrongKey:
            return False
        finally:
            wrapping.wipe()
        open_with(self._work, file, key)
        return True

    def admit(self, staff_id: str, card: CardKept) -> None:
        file, key = self._opened(staff_id)
        holder, wrapping = _holder(card.key), derive(card.kept, USE)
        try:
            with key.lent() as raw:
                wrapped = seal(wrapping, raw, _context(file.file, holder))
        finally:
            wrapping.wipe()
        values = {"file": file.file, "holder": holder, "salt": card.salt, "wrapped": wrapped}
        cost = {"version": 1, "memory_kib": 0, "passes": 0, "lanes": 0}

        def put(connection: Connection) -> None:
            columns = work_slot.c
            connection.execute(delete(work_slot).where(columns.file == file.file, columns.holder == holder))
            connection.execute(insert(work_slot).values(**values, **cost))

        self._database.write(put)

    def carry(self, staff_id: str, password: Secret) -> None:
        file, key = self._opened(staff_id)
        try:
            self._database.read(lambda c: self._slots.unwrap(c, file.file, staff_id, password)).wipe()
        except WrongKey:
            self._database.write(lambda c: self._slots.wrap(c, file.file, key, staff_id, password))

    def keep(self, staff_id: str, keys: Collection[str]) -> tuple[str, ...]:
        good = {_holder(key) for key in keys}
        gone = [row for row in self._rows(staff_id) if row.holder not in good]

        def drop(connection: Connection) -> None:
            for row in gone:
                same = (work_slot.c.file == row.file, work_slot.c.holder == row.holder)
                connection.execute(delete(work_slot).where(*same))

        if gone:
            self._database.write(drop)
        return tuple(row.holder.removeprefix(_CARD) for row in gone)

    def _opened(self, staff_id: str) -> tuple[WorkFile, Secret]:
        file, key = opened(self._work)
        if file.staff_id != staff_id:
            raise NotAllowed
        return file, key

    def _file(self, staff_id: str) -> WorkFile | None:
        return self._database.read(lambda connection: self._slots.file_of(connection, staff_id))

    def _rows(self, staff_id: str) -> list[Row[Any]]:
        """The slots of the person's cards, those of the present file only."""
        file = self._file(staff_id)
        if file is None:
            return []
        mine = select(work_slot).where(work_slot.c.file == file.file, work_slot.c.holder.startswith(_CARD))
        return list(self._database.read(lambda connection: connection.execute(mine).all()))


def _holder(key: str) -> str:
    return _CARD + key[:_NAME_SIZE]


def _context(file: str, holder: str) -> tuple[str, ...]:
    return ("work_slot", file, holder)
