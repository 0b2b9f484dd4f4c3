"""work.db: one encrypted file for each clerk, open from sign-in to lock; drafts and results of the person at work."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.clock import Clock, Random
from app.domain.secret import Secret, taken
from app.durable.address import SqlcipherFile
from app.durable.engine import Database, open_database
from app.durable.migrate import migrate
from app.errors import PasswordChanged, WorkClosed, WrongKey
from app.services.ports.memory import Arrived, DraftMark
from app.store.drafts import DraftBook
from app.store.results import Results, make_box, read_box
from app.store.tables import WORK, WORK_HISTORY
from app.store.terminal import Terminal
from app.store.work_slots import WorkFile, WorkSlots
from app.trust.seal import BoxKey, new_key, open_box, seal_to
from app.wire.draft import Draft
from app.wire.message import encode

FOLDER = "work"
_SET_ASIDE = ("set_aside",)


@dataclass(frozen=True, slots=True)
class _Open:
    """A file of work while it is open."""

    file: WorkFile
    key: Secret
    database: Database
    drafts: DraftBook
    box: BoxKey


class FileWorkStore:
    """The work of whoever is signed in. Not for two threads at once, but ``close`` may come at any time."""

    def __init__(self, terminal: Terminal, slots: WorkSlots, clock: Clock, random: Random) -> None:
        self._terminal = terminal
        self._slots = slots
        self._clock = clock
        self._random = random
        self._results = Results(terminal.database)
        self._open: _Open | None = None

    def open(self, staff_id: str, password: Secret, former: Secret | None) -> None:
        """See ``WorkStore``. Time: one argon2id computation (two with ``former``)."""
        self.close()
        file = self._terminal.database.read(lambda connection: self._slots.file_of(connection, staff_id))
        if file is None:
            self._make(staff_id, password)
            return
        self._use(file, self._key(file, password, former))

    def recover(self, staff_id: str, recovery: BoxKey, password: Secret) -> None:
        """Open a clerk's present file with the office's recovery key and let ``password`` open it from now on.

        For a forgotten password, a lost key or a clerk who has left. Errors: WrongKey, NotAllowed.
        """
        self.close()
        database = self._terminal.database
        file = database.read(lambda connection: self._slots.file_of(connection, staff_id))
        if file is None:
            raise WorkClosed
        key = database.read(lambda connection: self._slots.unwrap_by_office(connection, file.file, recovery))
        database.write(lambda connection: self._slots.wrap(connection, file.file, key, staff_id, password))
        self._use(file, key)

    def set_aside(self, staff_id: str) -> None:
        at = self._clock.now()
        self._terminal.database.write(lambda connection: self._slots.set_aside(connection, staff_id, at))

    def close(self) -> None:
        """Forget the key first, then the connections: what runs ends, nothing new begins."""
        held, self._open = self._open, None
        if held is not None:
            held.drafts.forget()
            held.key.wipe()
            held.database.close()

    @property
    def is_open(self) -> bool:
        return self._open is not None

    def save(self, draft: Draft) -> None:
        self._held().drafts.save(draft)

    def draft(self, draft_id: str) -> Draft:
        return self._held().drafts.draft(draft_id)

    def drafts(self) -> tuple[DraftMark, ...]:
        return self._held().drafts.marks()

    def handed_in(self, draft_id: str, item_id: str) -> None:
        self._held().drafts.mark(draft_id, item_id)

    def drop(self, draft_id: str) -> None:
        held = self._held()
        item_id = held.drafts.drop(draft_id)
        if item_id:
            self._results.forget(item_id)

    def arrived(self) -> tuple[Arrived, ...]:
        """Answers that came later; the drafts they answer are dropped, the answers are kept here."""
        held = self._held()
        for found in self._results.fetch(held.file, held.box):
            held.drafts.answered(found)
            self._results.forget(found.item_id)
        return held.drafts.answers()

    def _held(self) -> _Open:
        if self._open is None:
            raise WorkClosed
        return self._open

    def _key(self, file: WorkFile, password: Secret, former: Secret | None) -> Secret:
        database = self._terminal.database
        try:
            return database.read(lambda connection: self._slots.unwrap(connection, file.file, file.staff_id, password))
        except WrongKey as error:
            if former is None:
                raise PasswordChanged from error
        try:
            key = database.read(lambda connection: self._slots.unwrap(connection, file.file, file.staff_id, former))
        except WrongKey as error:
            raise PasswordChanged from error
        database.write(lambda connection: self._slots.wrap(connection, file.file, key, file.staff_id, password))
        return key

    def _make(self, staff_id: str, password: Secret) -> None:
        """The file first, its slots after it: a file that nobody can open harms nobody."""
        key, box = new_key(), BoxKey.generate()
        file = WorkFile(f"{self._random.token(8).hex()}.db", staff_id, box.public)
        self._use(file, key, made=box)
        at = self._clock.now()

        def enter(connection: Connection) -> None:
            self._slots.add(connection, file, at)
            self._slots.wrap(connection, file.file, key, staff_id, password)
            self._slots.wrap_for_office(connection, file.file, key)

        try:
            self._terminal.database.write(enter)
        except BaseException:
            self.close()
            raise

    def _use(self, file: WorkFile, key: Secret, made: BoxKey | None = None) -> None:
        database = open_database(SqlcipherFile(self._terminal.folder / FOLDER / file.file, key))
        try:
            migrate(database, WORK_HISTORY, WORK)
            if made is not None:
                database.write(lambda connection: make_box(connection, key, made))
            box = database.read(lambda connection: read_box(connection, key))
        except BaseException:
            database.close()
            raise
        self._open = _Open(file, key, database, DraftBook(database, key), box)


class SetAside:
    """Seals what must outlast a lock in memory: also while the work is closed; opens it when it is open again."""

    def __init__(self, work: FileWorkStore) -> None:
        """For the work that is open now. Errors: WorkClosed."""
        self._work = work
        self._box = box_of(work).public

    def seal(self, plain: Secret) -> bytes:
        """``plain``, for nobody without the key of this work."""
        with plain.lent() as raw:
            return seal_to(self._box, raw, _SET_ASIDE)

    def open(self, box: bytes) -> Secret:
        """What ``seal`` was given. Errors: WorkClosed; WrongKey when another clerk's work is open."""
        return taken(open_box(box_of(self._work), box, _SET_ASIDE))


def opened(work: FileWorkStore) -> tuple[WorkFile, Secret]:
    """The file that is open now and its key, for whoever wraps it anew. Errors: WorkClosed."""
    held = work._held()  # noqa: SLF001 -- the same module: the key leaves it for its slots only
    return held.file, held.key


def open_with(work: FileWorkStore, file: WorkFile, key: Secret) -> None:
    """Open ``file`` with a key that was not wrapped by the password. Errors: WrongKey, StoreBusy."""
    work._use(file, key)  # noqa: SLF001 -- the same module


def box_of(work: FileWorkStore) -> BoxKey:
    """The key pair of the work that is open. Errors: WorkClosed."""
    return work._held().box  # noqa: SLF001 -- the same module: the key pair is nobody else's


class RecoveryCopies:
    """Copies of drafts that only the office's recovery key opens. See ``CopySealer``."""

    def __init__(self, recovery: bytes) -> None:
        self._recovery = recovery

    def sealed_copy(self, draft: Draft) -> bytes:
        return seal_to(self._recovery, encode(draft), copy_place(draft.draft_id))


def copy_place(draft_id: str) -> tuple[str, ...]:
    """What a copy's seal is bound to; whoever takes the work over opens it with this."""
    return ("draft_copy", draft_id)
