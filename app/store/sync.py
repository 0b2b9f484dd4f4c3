"""Brings the journal to the desk, and remembers the desk's checkpoint: neither side can go back unnoticed."""

from sqlalchemy import Connection, delete, insert, select

from app.domain.clock import Clock, Random, new_id
from app.errors import LedgerError, Refused
from app.services.ports.office import Carriage, DeskCarrier
from app.services.ports.seat import Session
from app.store.heard import hear
from app.store.journal import TerminalJournal
from app.store.memos import read_message, write_message
from app.store.outbox import desk_key
from app.store.set_back import SetBack, followed
from app.store.tables import seen_checkpoint
from app.store.terminal import Terminal
from app.store.watch import JournalWatch
from app.trust.checkpoint import Checkpoint, log_key, open_checkpoint, origin_of, signed_at
from app.trust.note import NoteKey
from app.trust.proofs import extends
from app.trust.receipt import check_receipt, parse_receipt
from app.trust.sign import VerifyKey
from app.wire.desk import JournalKept, SyncJournal
from app.wire.message import Message

PORTION = 200
_SYNCED = "journal_synced"
DESK_LOG = "desk"
_JOURNAL, _GAP = "journal_", "journal_gap"
_WENT_BACK = frozenset({"desk_rolled_back", "log_rolled_back", "log_forked"})


class _Synced(Message, frozen=True):
    size: int


class JournalSync:
    """The journal's way to the desk."""

    def __init__(
        self, terminal: Terminal, journal: TerminalJournal, carrier: DeskCarrier, clock: Clock, random: Random
    ) -> None:
        self._terminal = terminal
        self._journal = journal
        self._carrier = carrier
        self._clock = clock
        self._random = random
        self._watch = JournalWatch(terminal, journal, clock)
        self._set_back = SetBack(terminal, journal, clock)

    def turn(self, session: Session) -> None:
        """Bring over what the journal has gained. A desk that was restored and says so is followed, once per restore.

        Errors: LedgerError ``journal_rolled_back`` (the desk has more than this PC), ``desk_rolled_back`` (it has less
        than it had), ``journal_rewritten`` and the desk's other reasons, ``log_rolled_back``, ``log_forked``; those of
        ``JournalWatch``: nothing is brought over from a journal that is not as it was written.
        """
        self._watch.look()
        try:
            restorations = self._bring(session)
        except LedgerError as error:
            if error.data.get("kind") not in _WENT_BACK or not self._follow(session):
                raise
            restorations = self._bring(session)
        if restorations > self._terminal.database.read(followed):
            self._follow(session)

    def _follow(self, session: Session) -> bool:
        """Whether the desk declares restores that were not known yet; then this PC goes back with it."""
        municipality = session.actor.municipality
        way = Carriage(new_id(self._clock, self._random), new_id(self._clock, self._random))
        said = self._carrier.restorations(session, way)
        key = self._terminal.database.read(lambda connection: _key(connection, municipality))
        size = self._set_back.follow(session, said, key, self.seen(municipality))
        if size is not None:
            self._terminal.database.write(lambda c: write_message(c, _SYNCED, _Synced(size=size)))
        return size is not None

    def _bring(self, session: Session) -> int:
        """How many restores the desk declared in its last answer; 0 when there was nothing to bring over."""
        restorations = 0
        if self._journal.size < self.synced():
            raise LedgerError(kind="journal_rolled_back", place=self._journal.size)
        while self._journal.size > (synced := self.synced()):
            records, checkpoint = self._journal.gained(synced, PORTION)
            seen = self.seen(session.actor.municipality)
            gained = SyncJournal(
                first=synced,
                records=records,
                checkpoint=checkpoint.decode(),
                public_key=self._terminal.signing.public.raw,
                seen=0 if seen is None else seen.size,
            )
            way = Carriage(new_id(self._clock, self._random), new_id(self._clock, self._random))
            kept = self._sent(session, way, gained)
            brought = synced + len(records)  # the journal may have grown since its size was looked at
            if kept.size > brought:
                raise LedgerError(kind="journal_rolled_back", place=brought)
            if kept.size <= synced:
                raise LedgerError(kind="desk_rolled_back", place=kept.size)
            self._remember(session.actor.municipality, kept)
            restorations = kept.restorations
        return restorations

    def _sent(self, session: Session, way: Carriage, gained: SyncJournal) -> JournalKept:
        """A refusal of what was brought means that the two do not agree."""
        try:
            return self._carrier.sync_journal(session, way, gained)
        except Refused as error:
            if not error.reason.startswith(_JOURNAL):
                raise
            kind = "desk_rolled_back" if error.reason == _GAP else error.reason
            raise LedgerError(kind=kind, place=gained.first) from error

    def synced(self) -> int:
        """How much of the journal the desk has."""
        found = self._terminal.database.read(lambda connection: read_message(connection, _SYNCED, _Synced))
        return 0 if found is None else found.size

    def seen(self, municipality: str) -> Checkpoint | None:
        """The desk's checkpoint that this PC remembers."""
        return self._terminal.database.read(lambda connection: self._seen(connection, municipality))

    def _remember(self, municipality: str, kept: JournalKept) -> None:
        """Errors: LedgerError ``log_rolled_back``, ``log_forked`` or a checkpoint's own faults."""
        at = self._clock.now()

        def keep(connection: Connection) -> None:
            seen = self._seen(connection, municipality)
            note = kept.checkpoint.encode()
            if note or seen is not None:
                found = open_checkpoint(note, _key(connection, municipality))
                _compare(seen, found, kept.consistency)
                connection.execute(delete(seen_checkpoint).where(seen_checkpoint.c.origin == found.origin))
                values = {"origin": found.origin, "size": found.size, "note": note, "at": at}
                connection.execute(insert(seen_checkpoint).values(**values))
                hear(connection, signed_at(note, _key(connection, municipality)))
            write_message(connection, _SYNCED, _Synced(size=kept.size))

        self._terminal.database.write(keep)

    def _seen(self, connection: Connection, municipality: str) -> Checkpoint | None:
        origin = origin_of(DESK_LOG, municipality)
        query = select(seen_checkpoint.c.note).where(seen_checkpoint.c.origin == origin)
        note = connection.execute(query).scalar_one_or_none()
        return None if note is None else open_checkpoint(note, _key(connection, municipality))

    def keys(self) -> dict[str, VerifyKey]:
        """The logs whose keys this PC remembers, by origin: the desk's, for every municipality it was seen for."""
        origin = origin_of(DESK_LOG, self._journal.municipality)
        known = self._terminal.database.read(desk_key)
        return {} if known is None else {origin: VerifyKey(known.log)}


def check_proof(connection: Connection, municipality: str, proof: str) -> None:
    """Whether a receipt's text proves that the act stands in the desk's log; its signed time is then remembered.

    Errors: LedgerError ``receipt_format`` (also for none), ``unknown_log``, ``inclusion``, those of the checkpoint.
    """
    key = _key(connection, municipality)
    receipt = parse_receipt(proof.encode())
    check_receipt(receipt, {key.name: key.key})
    hear(connection, signed_at(receipt.checkpoint, key))


def _key(connection: Connection, municipality: str) -> NoteKey:
    known = desk_key(connection)
    if known is None:
        raise LedgerError(kind="unknown_log", place=DESK_LOG)
    return log_key(origin_of(DESK_LOG, municipality), VerifyKey(known.log))


def _compare(seen: Checkpoint | None, found: Checkpoint, proof: tuple[bytes, ...]) -> None:
    if seen is None:
        return
    if found.size < seen.size:
        raise LedgerError(kind="log_rolled_back", place=found.size)
    if not extends((seen.size, seen.root), (found.size, found.root), proof):
        raise LedgerError(kind="log_forked", place=found.size)
