"""A PC as a witness: it remembers every log that it was shown, cosigns what only grew, and tells what did not."""

import hashlib
import logging
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from app.domain.clock import Clock, Random, new_id
from app.errors import LedgerError
from app.services.ports.office import Carriage
from app.services.ports.seat import Session, press
from app.services.ports.witness import LogOffice
from app.store.guardians import follow_guardians, known_guardians
from app.store.journal import TerminalJournal
from app.store.memos import read_message, write_message
from app.store.tables import seen_checkpoint
from app.store.terminal import Terminal
from app.trust.checkpoint import Checkpoint, log_key, open_checkpoint, origin_of, read_checkpoint
from app.trust.guardianship import Roster
from app.trust.note import NoteKey, cosign_note, parse_note
from app.trust.proofs import extends
from app.trust.restored import open_restored
from app.trust.sign import VerifyKey
from app.wire.ledger import MeetLogs, OfferedLog, OfferedLogs, SaidOtherwise, SeenLog
from app.wire.message import Message

log = logging.getLogger(__name__)

EVERY_S = 60.0
"""How often the logs are met while somebody works. Assumed: as often as the backend's own witness looks."""
_PREFIX, _WITNESSING = "witness:", "witnessing"
GUARDIANS = "guardians"
"""What an alarm is about that the office suddenly names other guardians."""


class _Witnessing(Message, frozen=True):
    """``keys``: log → public key since it was first met; ``cosigned`` and ``alarms``: to be told at the next meeting.

    ``followed``: digests of the declared restores that were followed; each counts once.
    """

    keys: tuple[tuple[str, bytes], ...] = ()
    followed: tuple[str, ...] = ()
    cosigned: tuple[str, ...] = ()
    alarms: tuple[SaidOtherwise, ...] = ()


class Witnessing:
    """Meets the logs again and again. Cosigns under the journal's own key and name."""

    def __init__(
        self, terminal: Terminal, journal: TerminalJournal, office: LogOffice, clock: Clock, random: Random
    ) -> None:
        self._terminal = terminal
        self._journal = journal
        self._office = office
        self._clock = clock
        self._random = random
        self._met_at: float | None = None
        self._fault: LedgerError | None = None

    def turn(self, session: Session) -> None:
        """Meet the logs if it is time.

        Errors: Unreachable; LedgerError ``log_rolled_back``, ``log_forked``, ``log_key_changed`` and those of a
        checkpoint, again at each turn until the logs hold.
        """
        now = self._clock.monotonic()
        if self._met_at is None or not 0 <= now - self._met_at < EVERY_S:
            self._meet(session)
            self._met_at = now
        if self._fault is not None:
            raise self._fault

    def _meet(self, session: Session) -> None:
        kept, seen = self._terminal.database.read(lambda c: (_kept(c), _seen(c)))
        place = session.actor.municipality
        asked = MeetLogs(
            seen=tuple(SeenLog(log=one.origin.split("/")[1], size=one.size) for one in seen.values()),
            cosigned=kept.cosigned,
            alarms=kept.alarms,
        )
        way = Carriage(new_id(self._clock, self._random), new_id(self._clock, self._random))
        offered = self._office.meet(session, way, asked)
        faults: list[tuple[OfferedLog, LedgerError]] = []
        cosigned: list[str] = []
        followed, keys = list(kept.followed), dict(kept.keys)
        chain, handed = self._guardians(offered)
        for one in offered.logs:
            known = log_key(origin_of(one.log, place), VerifyKey(keys.get(one.log, one.key)))
            try:
                cosigned += self._looked(one, known, seen.get(known.name), (chain, followed))
            except LedgerError as error:
                faults.append((one, error))
        made = _Witnessing(
            keys=tuple(({one.log: one.key for one in offered.logs} | keys).items()),
            followed=tuple(followed),
            cosigned=tuple(cosigned),
            alarms=(*handed, *(_alarm(one, error, seen.get(origin_of(one.log, place))) for one, error in faults)),
        )
        self._terminal.database.write(lambda c: write_message(c, _WITNESSING, made))
        self._tell(session, [*handed, *(_alarm(one, error, None) for one, error in faults)])

    def _guardians(self, offered: OfferedLogs) -> tuple[Sequence[Roster], list[SaidOtherwise]]:
        """Who may declare a restore, and the alarm when the office suddenly names others."""
        try:
            return self._terminal.database.write(lambda c: follow_guardians(c, offered.guardians)), []
        except LedgerError as error:
            told = SaidOtherwise(log=GUARDIANS, kind=str(error.data["kind"]), size=0, note="".join(offered.guardians))
            return self._terminal.database.read(known_guardians), [told]

    def _looked(
        self,
        one: OfferedLog,
        known: NoteKey,
        seen: Checkpoint | None,
        ways_back: tuple[Sequence[Roster], list[str]],
    ) -> list[str]:
        """The cosigned checkpoint, none when the log has not grown. Errors: LedgerError when it does not hold."""
        followed = ways_back[1]
        if known.key.raw != one.key:
            raise LedgerError(kind="log_key_changed", place=one.log)
        note = one.note.encode()
        found = open_checkpoint(note, known)
        if found == seen:
            return []
        if seen is not None and not _continues(seen, one) and (statement := _restore(seen, one, known, ways_back)):
            followed.append(statement)
        else:
            _demand_growth(seen, found, one)
        name = origin_of(self._journal.book.log, self._journal.municipality)
        text = parse_note(note)
        line = cosign_note(text.text, name, self._terminal.signing, self._clock.now())
        self._terminal.database.write(lambda c: _remember(c, found, note, self._clock))
        return [text.with_signature(line).to_bytes().decode()]

    def _tell(self, session: Session, faults: Sequence[SaidOtherwise]) -> None:
        """A log that did not hold is an act of this PC's journal, once until it holds again."""
        before, self._fault = self._fault, LedgerError(kind=faults[0].kind, place=faults[0].log) if faults else None
        if self._fault is None or (before is not None and before.data == self._fault.data):
            return
        log.critical("a log does not hold", extra={"slice": faults[0].log, "kind": faults[0].kind})
        pressed = press(self._clock, self._random)
        self._journal.write(session.act(pressed, "ledger.alarm", log=faults[0].log, fault=faults[0].kind))


def _demand_growth(seen: Checkpoint | None, found: Checkpoint, one: OfferedLog) -> None:
    if seen is None:
        return
    if found.size < seen.size:
        raise LedgerError(kind="log_rolled_back", place=found.size)
    if not _continues(seen, one):
        raise LedgerError(kind="log_forked", place=found.size)


def _restore(seen: Checkpoint, one: OfferedLog, key: NoteKey, ways_back: tuple[Sequence[Roster], Sequence[str]]) -> str:
    """The digest of a declared restore that explains why a log does not continue what was seen; "" if there is none.

    Errors: LedgerError for one that was not followed yet and that two guardians have not signed.
    """
    chain, followed = ways_back
    for statement in one.restored:
        digest = hashlib.sha256(statement.encode()).hexdigest()
        if digest not in followed and open_restored(statement.encode(), key, chain).covers(seen):
            return digest
    return ""


def _continues(seen: Checkpoint, one: OfferedLog) -> bool:
    found = read_checkpoint(parse_note(one.note.encode()))
    return extends((seen.size, seen.root), (found.size, found.root), one.consistency)


def _alarm(one: OfferedLog, error: LedgerError, seen: Checkpoint | None) -> SaidOtherwise:
    size = 0 if seen is None else seen.size
    return SaidOtherwise(log=one.log, kind=str(error.data["kind"]), size=size, note=one.note)


def _kept(connection: Connection) -> _Witnessing:
    return read_message(connection, _WITNESSING, _Witnessing) or _Witnessing()


def _seen(connection: Connection) -> dict[str, Checkpoint]:
    """What this PC remembers as a witness, by origin; its own rows are not questioned, the journal's watch is."""
    rows = connection.execute(select(seen_checkpoint).where(seen_checkpoint.c.origin.startswith(_PREFIX))).all()
    return {row.origin.removeprefix(_PREFIX): read_checkpoint(parse_note(row.note)) for row in rows}


def _remember(connection: Connection, found: Checkpoint, note: bytes, clock: Clock) -> None:
    origin = _PREFIX + found.origin
    connection.execute(delete(seen_checkpoint).where(seen_checkpoint.c.origin == origin))
    values = {"origin": origin, "size": found.size, "note": note, "at": clock.now()}
    connection.execute(insert(seen_checkpoint).values(**values))
