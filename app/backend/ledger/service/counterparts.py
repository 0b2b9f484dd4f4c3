"""An institution as the witness of those it exchanges with: it holds their logs against what it saw, and cosigns."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.backend.ledger.ports import Alarm, CounterpartBook, CounterpartUnit, Foreign
from app.backend.ledger.service.terminals import GUARDIANS
from app.backend.ledger.service.witness import RESTORE
from app.domain.clock import Clock
from app.errors import AppError, LedgerError, NotUnderstood
from app.link.letters import Correspondent, answer_each, municipality_of
from app.trust.checkpoint import Checkpoint, log_key, open_checkpoint, origin_of
from app.trust.guardianship import Roster, agreed, read_rosters
from app.trust.note import NoteKey, cosign_note, parse_note
from app.trust.proofs import extends
from app.trust.restored import open_restored
from app.trust.sign import SigningKey, VerifyKey
from app.wire.counterpart import LogSeen, LogsSeen, ShowLogs, ShownLog
from app.wire.letter import Letter

log = logging.getLogger(__name__)

SHOW, SEEN = "show-logs/1", "logs-seen/1"
MOST = 64
_NAME = re.compile(r"[a-z]{1,32}")


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose log it is, and who looks at it."""

    witness: str
    institution: str

    def about(self, name: str) -> str:
        """How a counterpart's log is called in alarms."""
        return f"{self.institution}/{name}"


class Counterparts:
    """Answers letters in which counterparts show their logs. ``keys``: municipality served here → its witness key."""

    def __init__(
        self, book: CounterpartBook, post: Correspondent, keys: Mapping[str, SigningKey], clock: Clock
    ) -> None:
        self._book = book
        self._post = post
        self._keys = keys
        self._clock = clock

    def see(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """One outcome a letter. Errors: those of ``Correspondent.read``; NotUnderstood."""
        return answer_each(letters, self._answer)

    def _answer(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, SHOW, ShowLogs, "ledger")
        place = _Place(asked.witness, municipality_of(letter))
        names = [one.log for one in asked.logs]
        if place.witness not in self._keys or place.witness == place.institution or len(names) > MOST:
            raise NotUnderstood(what="witness")
        if len(set(names)) != len(names) or not all(map(_NAME.fullmatch, names)):
            raise NotUnderstood(what="log")
        fault, lists = self._book.write(lambda unit: self._guardians(unit, place, asked.guardians))
        seen = tuple(self._look(place, one, lists) for one in asked.logs)
        return self._post.write(f"ledger@{place.witness}", SEEN, LogsSeen(logs=seen, guardians=fault))

    def _guardians(
        self, unit: CounterpartUnit, place: _Place, offered: tuple[str, ...]
    ) -> tuple[str, tuple[Roster, ...]]:
        """Who may declare a restore there: as remembered, followed by what two of those have handed on."""
        known = unit.guardians(place.witness, place.institution)
        try:
            lists, fault = agreed(known, offered), ""
        except LedgerError as error:
            lists, fault = known, str(error.data["kind"])
            at, about = self._clock.now(), place.about(GUARDIANS)
            unit.raise_alarm(Alarm(place.witness, about, fault, len(known), "".join(offered).encode(), at))
        if lists != known:
            unit.keep_guardians(place.witness, place.institution, lists, self._clock.now())
        return fault, read_rosters([one.encode() for one in lists])

    def _look(self, place: _Place, one: ShownLog, guardians: Sequence[Roster]) -> LogSeen:
        """What is found of one log, and what is remembered of it, in one transaction."""
        return self._book.write(lambda unit: self._judged(unit, place, one, guardians))

    def _judged(self, unit: CounterpartUnit, place: _Place, one: ShownLog, guardians: Sequence[Roster]) -> LogSeen:
        known = unit.foreign(place.witness, place.institution, one.log)
        try:
            key, found = _opened(known, place, one)
            if known is None or _continues(known, found, one):
                return self._kept(unit, place, (one, found), known)
            if one.after != known.size <= found.size:
                return LogSeen(log=one.log, size=known.size)
            back = self._followed(unit, (place, guardians), known, (one, key))
        except LedgerError as error:
            return self._refused(unit, place, one, (str(error.data["kind"]), known))
        if back is None:
            return self._refused(unit, place, one, ("rolled_back" if found.size < known.size else "forked", known))
        return LogSeen(log=one.log, size=back.size)

    def _kept(
        self, unit: CounterpartUnit, place: _Place, shown: tuple[ShownLog, Checkpoint], known: Foreign | None
    ) -> LogSeen:
        (one, found), at, note = shown, self._clock.now(), parse_note(shown[0].note.encode())
        seen = Foreign(
            witness=place.witness,
            municipality=place.institution,
            log=one.log,
            size=found.size,
            root=found.root,
            key=one.key,
            note=one.note.encode(),
            at=at,
        )
        if not unit.keep_foreign(seen, -1 if known is None else known.size):
            return LogSeen(log=one.log, size=0 if known is None else known.size)
        line = cosign_note(note.text, origin_of("witness", place.witness), self._keys[place.witness], at)
        return LogSeen(log=one.log, size=found.size, cosigned=note.with_signature(line).to_bytes().decode())

    def _refused(
        self, unit: CounterpartUnit, place: _Place, one: ShownLog, fault: tuple[str, Foreign | None]
    ) -> LogSeen:
        """Nothing is remembered of what does not hold but that it does not."""
        (kind, known), note = fault, one.note.encode()
        size = _size(note)
        unit.raise_alarm(Alarm(place.witness, place.about(one.log), kind, size, note, self._clock.now()))
        log.error("a counterpart's log does not hold", extra={"slice": place.about(one.log), "kind": kind})
        return LogSeen(log=one.log, size=0 if known is None else known.size, fault=kind)

    def _followed(
        self,
        unit: CounterpartUnit,
        whose: tuple[_Place, Sequence[Roster]],
        known: Foreign,
        shown: tuple[ShownLog, NoteKey],
    ) -> Foreign | None:
        """What is remembered, gone back with a log that was lawfully restored; each statement counts once.

        Errors: LedgerError for a statement that two guardians have not signed.
        """
        (place, guardians), (one, key), at = whose, shown, self._clock.now()
        about = place.about(one.log)
        counted = {each.note for each in unit.alarms(place.witness) if (each.log, each.kind) == (about, RESTORE)}
        for statement in (said.encode() for said in one.restored):
            if statement in counted:
                continue
            restored = open_restored(statement, key, guardians)
            if restored.covers(Checkpoint(key.name, known.size, known.root)):
                back = replace(known, size=restored.kept.size, root=restored.kept.root, at=at)
                unit.raise_alarm(Alarm(place.witness, about, RESTORE, back.size, statement, at))
                unit.keep_foreign(back, known.size)
                log.warning("a counterpart's declared restore was followed", extra={"slice": about, "size": back.size})
                return back
        return None


def _continues(known: Foreign, found: Checkpoint, one: ShownLog) -> bool:
    seen = (known.size, known.root)
    return one.after == known.size and extends(seen, (found.size, found.root), one.consistency)


def _opened(known: Foreign | None, place: _Place, one: ShownLog) -> tuple[NoteKey, Checkpoint]:
    """Key and checkpoint, once its log's signature is proved. Errors: LedgerError."""
    if known is not None and known.key != one.key:
        raise LedgerError(kind="log_key_changed", place=one.log)
    key = log_key(origin_of(one.log, place.institution), _key(one))
    return key, open_checkpoint(one.note.encode(), key)


def _key(one: ShownLog) -> VerifyKey:
    try:
        return VerifyKey(one.key)
    except AppError as error:
        raise NotUnderstood(what="key") from error


def _size(note: bytes) -> int:
    """The size a note speaks of, whoever signed it; 0 where it speaks of none."""
    line = note.split(b"\n")[1:2]
    return int(line[0]) if line and line[0].isdigit() and len(line[0]) <= 18 else 0  # noqa: PLR2004 -- BIGINT
