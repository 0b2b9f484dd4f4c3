"""Shows the own logs to every counterpart institution, and keeps what it cosigns; an outage only delays it.

A worker and no outbox: of a checkpoint only the newest counts. What a counterpart has cosigned is compared with what
there is now, so that after an outage of any length one letter catches up and nothing has piled up meanwhile.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from random import Random

from app.backend.ledger.ports import Alarm, CounterpartBook, Shown, SliceLogs
from app.backend.ledger.service.counterparts import SEEN, SHOW
from app.backend.ledger.service.terminals import GUARDIANS
from app.domain.clock import Clock
from app.errors import AppError, LedgerError, NotUnderstood, WrongKey
from app.link.letters import Correspondent, Neighbour, municipality_of
from app.trust.checkpoint import Checkpoint, origin_of, read_checkpoint
from app.trust.guardianship import GuardianLists, no_guardians
from app.trust.note import TIMED, NoteKey, parse_note
from app.trust.proofs import extends
from app.trust.sign import VerifyKey
from app.wire.counterpart import LogSeen, LogsSeen, ShowLogs, ShownLog

log = logging.getLogger(__name__)

WAIT_S, CAP_S = 5.0, timedelta(minutes=15).total_seconds()
"""How long a counterpart out of reach is left alone, at first and at most."""
AGAIN_S = 3600.0
"""After how long, and once after each start, a log is shown though nothing has changed: a city that was brought back
to yesterday, with all that it remembers of its witnesses, believes that nothing has changed. Assumed."""
ROUNDS = 3
STATEMENTS = 8
"""How many declared restores are shown of a log, the last ones: each counts once, and they are rare. Assumed."""
SHOWN = "shown_"
"""Before the kind of an alarm that a counterpart raised."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """An institution that witnesses. ``key``: of its cosignatures, by the network's master data; None: not known."""

    municipality: str
    neighbour: Neighbour
    key: VerifyKey | None

    @property
    def witness(self) -> NoteKey:
        """Under which name and key it cosigns. Errors: WrongKey."""
        if self.key is None:
            raise WrongKey(what="witness_key")
        return NoteKey(origin_of("witness", self.municipality), self.key, TIMED)


@dataclass(frozen=True, slots=True)
class _Due:
    """A log to show. ``after``: from where the proof starts."""

    log: str
    note: bytes
    after: int

    @property
    def checkpoint(self) -> Checkpoint:
        return read_checkpoint(parse_note(self.note))


@dataclass(slots=True)
class _Pause:
    """``tries`` failed one after the other; none before ``until`` (monotonic seconds)."""

    tries: int
    until: float


class Showing:
    """Shows the logs of ``municipalities`` to ``counterparts``. ``spread``: for waits, hides nothing."""

    def __init__(
        self,
        book: CounterpartBook,
        slices: Sequence[SliceLogs],
        post: Correspondent,
        pairs: tuple[Sequence[str], Sequence[Counterpart]],
        chances: tuple[Clock, Random],
        guardians: GuardianLists = no_guardians,
    ) -> None:
        self._book = book
        self._slices: Mapping[str, SliceLogs] = {each.log: each for each in slices}
        self._post = post
        self._guardians = guardians
        self._municipalities, self._counterparts = pairs
        self._clock, self._spread = chances
        self._pauses: dict[tuple[str, str], _Pause] = {}
        self._refused: set[tuple[str, str, str, bytes]] = set()
        self._cosigned: dict[tuple[str, str, str], float] = {}

    def turn(self) -> bool:
        """Show what has grown to whoever may be asked now; never more to do at once."""
        for municipality, counterpart in product(self._municipalities, self._counterparts):
            pair = (municipality, counterpart.municipality)
            pause, now = self._pauses.get(pair, _Pause(0, 0.0)), self._clock.monotonic()
            if pause.tries and 0 < pause.until - now <= CAP_S:
                continue
            try:
                self._show(municipality, counterpart)
                self._pauses.pop(pair, None)
            except AppError as error:
                wait_s = min(CAP_S, WAIT_S * 2**pause.tries) * self._spread.uniform(0.5, 1.0)
                self._pauses[pair] = _Pause(min(pause.tries + 1, 8), now + wait_s)
                log.warning("a counterpart did not look", extra={"counterpart": pair[1], "code": error.code})
        return False

    def _show(self, municipality: str, counterpart: Counterpart) -> None:
        due = self._due(municipality, counterpart)
        for _ in range(ROUNDS):
            if not due:
                return
            logs = tuple(self._shown(municipality, one) for one in due)
            asked = ShowLogs(witness=counterpart.municipality, logs=logs, guardians=tuple(self._guardians()))
            letter = counterpart.neighbour.ask(self._post.write(f"ledger@{municipality}", SHOW, asked))
            answer = self._post.read(letter, SEEN, LogsSeen, "ledger")
            if municipality_of(letter) != counterpart.municipality:
                raise NotUnderstood(what="logs_seen")
            if [one.log for one in answer.logs] != [one.log for one in due]:
                raise NotUnderstood(what="logs_seen")
            if answer.guardians:
                self._alarm(municipality, counterpart, _Due(GUARDIANS, b"", 0), answer.guardians)
            pairs = zip(due, answer.logs, strict=True)
            due = [again for one, said in pairs for again in self._told(municipality, counterpart, one, said)]

    def _due(self, municipality: str, counterpart: Counterpart) -> list[_Due]:
        """The logs that differ from what the counterpart cosigned last, and were not refused as they are."""
        shown = {
            one.log: one for one in self._book.read(lambda unit: unit.shown(municipality, counterpart.municipality))
        }
        found = []
        for name, note in self._present(municipality):
            last = shown.get(name)
            place = (municipality, counterpart.municipality, name)
            is_new = last is None or _text(last.note) != _text(note) or self._is_long_ago(place)
            if is_new and (*place, _text(note)) not in self._refused:
                found.append(_Due(name, note, 0 if last is None else last.size))
        return found

    def _is_long_ago(self, place: tuple[str, str, str]) -> bool:
        at = self._cosigned.get(place)
        return at is None or not 0 <= self._clock.monotonic() - at < AGAIN_S

    def _present(self, municipality: str) -> Iterable[tuple[str, bytes]]:
        """Each log's newest witnessed checkpoint; what it says now where that does not lead on from there."""
        for one in self._book.read(lambda unit: unit.logs(municipality)):
            logs = self._slices.get(one.log)
            if logs is not None:
                said = logs.checkpoint(municipality)
                yield one.log, one.note if _continues(logs, municipality, one.note, said) else said

    def _shown(self, municipality: str, due: _Due) -> ShownLog:
        logs = self._slices[due.log]
        size = due.checkpoint.size
        try:
            proof = logs.consistency(municipality, due.after, size) if 0 < due.after <= size else ()
        except LedgerError:
            proof = ()
        restored = logs.restorations(municipality)[-STATEMENTS:]
        return ShownLog(
            log=due.log,
            key=logs.key.raw,
            note=due.note.decode(),
            after=due.after,
            consistency=proof,
            restored=tuple(one.decode() for one in restored),
        )

    def _told(self, municipality: str, counterpart: Counterpart, due: _Due, said: LogSeen) -> list[_Due]:
        """What must be shown once more: from where the counterpart remembers it."""
        if said.fault:
            self._alarm(municipality, counterpart, due, said.fault)
            return []
        if not said.cosigned:
            return [_Due(due.log, due.note, said.size)]
        self._keep(municipality, counterpart, due, said.cosigned.encode())
        return []

    def _alarm(self, municipality: str, counterpart: Counterpart, due: _Due, fault: str) -> None:
        kind, by = f"{SHOWN}{fault}"[:32], counterpart.municipality
        size = due.checkpoint.size if due.note else 0
        alarm = Alarm(municipality, due.log, kind, size, due.note, self._clock.now(), by)
        self._book.write(lambda unit: unit.raise_alarm(alarm))
        self._refused.add((municipality, by, due.log, _text(due.note)))
        log.error("a counterpart says that a log does not hold", extra={"slice": due.log, "kind": fault})

    def _keep(self, municipality: str, counterpart: Counterpart, due: _Due, cosigned: bytes) -> None:
        """A counterpart's line stands under the checkpoint from now on. Errors: LedgerError for a false one."""
        note, key = parse_note(cosigned), counterpart.witness
        if note.text != parse_note(due.note).text or note.cosigned_at(key) is None:
            raise LedgerError(kind="cosigned_signature", place=due.log)
        line = next(one for one in note.signatures if (one.name, one.short) == (key.name, key.short))
        size, at = due.checkpoint.size, self._clock.now()
        self._cosigned[municipality, counterpart.municipality, due.log] = self._clock.monotonic()
        shown = Shown(municipality, counterpart.municipality, due.log, size, cosigned, at)
        self._book.write(lambda unit: unit.keep_shown(shown))
        found = self._book.write(lambda unit: unit.cosign((municipality, due.log, size), note.text, line))
        if found is not None:
            self._slices[due.log].keep(municipality, found.size, found.note, found.at)


def _continues(logs: SliceLogs, municipality: str, witnessed: bytes, said: bytes) -> bool:
    if not said or _text(said) == _text(witnessed):
        return True
    first, second = (read_checkpoint(parse_note(note)) for note in (witnessed, said))
    if second.size < first.size:
        return False
    try:
        proof = logs.consistency(municipality, first.size, second.size)
    except LedgerError:
        return False
    return extends((first.size, first.root), (second.size, second.root), proof)


def _text(note: bytes) -> bytes:
    return note.partition(b"\n\n")[0]
