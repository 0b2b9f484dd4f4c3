"""Who may open a file of work: its key wrapped for the clerk by password and for the office by the recovery key.

For the clerk's staff cards: ``app.store.work_cards``.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.clock import Random
from app.domain.secret import Secret, taken
from app.errors import NotAllowed
from app.store.tables import work_file, work_slot
from app.trust.passwords import SALT_SIZE, Strength, key_from_password
from app.trust.seal import BoxKey, open_box, open_sealed, seal, seal_to

OFFICE = "office"


@dataclass(frozen=True, slots=True)
class WorkFile:
    """A clerk's present file of work. ``box``: public key its results are sealed to."""

    file: str
    staff_id: str
    box: bytes


class WorkSlots:
    """The slots in terminal.db. All methods work inside the caller's transaction.

    ``recovery``: X25519 public key of the office; its private half is held by administrators, not on any terminal.
    """

    def __init__(self, recovery: bytes, strength: Strength, random: Random) -> None:
        self.recovery = recovery
        self._strength = strength
        self._random = random

    def file_of(self, connection: Connection, staff_id: str) -> WorkFile | None:
        """The clerk's present file; None when there is none yet."""
        columns = work_file.c
        row = connection.execute(
            select(columns.file, columns.staff_id, columns.box).where(
                columns.staff_id == staff_id, columns.aside_at.is_(None)
            )
        ).one_or_none()
        return None if row is None else WorkFile(row.file, row.staff_id, row.box)

    def add(self, connection: Connection, made: WorkFile, at: datetime) -> None:
        """A new file; its slots are set besides."""
        values = {"file": made.file, "staff_id": made.staff_id, "box": made.box, "made_at": at}
        connection.execute(insert(work_file).values(**values))

    def set_aside(self, connection: Connection, staff_id: str, at: datetime) -> None:
        """Leave the clerk's file sealed for the office's recovery key."""
        columns = work_file.c
        mine = (columns.staff_id == staff_id, columns.aside_at.is_(None))
        connection.execute(update(work_file).where(*mine).values(aside_at=at))

    def wrap(self, connection: Connection, file: str, key: Secret, staff_id: str, password: Secret) -> None:
        """Let the clerk open the file with this password from now on, with no earlier one."""
        salt = self._random.token(SALT_SIZE)
        wrapping = key_from_password(password, salt, self._strength)
        holder = holder_of(staff_id)
        with key.lent() as raw:
            wrapped = seal(wrapping, raw, _context(file, holder))
        self._put(connection, file, holder, (salt, wrapped))

    def wrap_for_office(self, connection: Connection, file: str, key: Secret) -> None:
        """Let the holders of the recovery key open the file."""
        with key.lent() as raw:
            self._put(connection, file, OFFICE, (b"", seal_to(self.recovery, raw, _context(file, OFFICE))))

    def unwrap(self, connection: Connection, file: str, staff_id: str, password: Secret) -> Secret:
        """The file's key. Errors: WrongKey for another password, NotAllowed for who has no slot."""
        columns = work_slot.c
        row = connection.execute(
            select(work_slot).where(columns.file == file, columns.holder == holder_of(staff_id))
        ).one_or_none()
        if row is None:
            raise NotAllowed
        strength = Strength(row.memory_kib, row.passes, row.lanes)
        wrapping = key_from_password(password, row.salt, strength)
        try:
            return taken(open_sealed(wrapping, row.wrapped, _context(file, row.holder)))
        finally:
            wrapping.wipe()

    def unwrap_by_office(self, connection: Connection, file: str, recovery: BoxKey) -> Secret:
        """The file's key by the office's recovery key. Errors: WrongKey for another one."""
        columns = work_slot.c
        wrapped = connection.execute(
            select(columns.wrapped).where(columns.file == file, columns.holder == OFFICE)
        ).scalar_one_or_none()
        if wrapped is None:
            raise NotAllowed
        return taken(open_box(recovery, wrapped, _context(file, OFFICE)))

    def _put(self, connection: Connection, file: str, holder: str, made: tuple[bytes, bytes]) -> None:
        columns = work_slot.c
        here = (columns.file == file, columns.holder == holder)
        version = connection.execute(select(columns.version).where(*here)).scalar_one_or_none() or 0
        connection.execute(delete(work_slot).where(*here))
        strength = self._strength
        connection.execute(
            insert(work_slot).values(
                file=file,
                holder=holder,
                version=version + 1,
                salt=made[0],
                memory_kib=strength.memory_kib,
                passes=strength.passes,
                lanes=strength.lanes,
                wrapped=made[1],
            )
        )


def holder_of(staff_id: str) -> str:
    """How a clerk is called among holders."""
    return f"staff:{staff_id}"


def _context(file: str, holder: str) -> tuple[str, ...]:
    return ("work_slot", file, holder)
