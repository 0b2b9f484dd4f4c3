"""The counters as witnesses: each holds every log against what it saw, and its cosignatures are kept."""

import logging
from collections.abc import Callable, Mapping, Sequence

from app.backend.ledger.ports import Alarm, LedgerBook, SliceLogs, Witnessed
from app.domain.call import Call
from app.domain.clock import Clock
from app.errors import LedgerError
from app.trust.checkpoint import Checkpoint, origin_of, read_checkpoint
from app.trust.guardianship import GuardianLists, no_guardians
from app.trust.note import TIMED, Note, NoteKey, parse_note
from app.trust.sign import VerifyKey
from app.wire.ledger import MeetLogs, OfferedLog, OfferedLogs, SaidOtherwise

log = logging.getLogger(__name__)

MEET = "journal.write"
"""Whoever may bring a terminal's journal over may witness on it."""
KINDS = frozenset({
    "log_rolled_back",
    "log_forked",
    "log_key_changed",
    "checkpoint_signature",
    "checkpoint_format",
    "restored_format",
    "restored_guardians",
    "guardians_changed",
    "guardians_format",
})
GUARDIANS = "guardians"
"""What alarms about the lists of guardians are about, in the place of a log."""
MOST = 64
TerminalKeys = Callable[[str, str], VerifyKey | None]
"""The journal key of a terminal of a municipality, None for one that is not known."""


class Counters:
    """Meets the terminals."""

    def __init__(
        self,
        book: LedgerBook,
        slices: Sequence[SliceLogs],
        keys: TerminalKeys,
        clock: Clock,
        guardians: GuardianLists = no_guardians,
    ) -> None:
        self._book = book
        self._guardians = guardians
        self._slices: Mapping[str, SliceLogs] = {each.log: each for each in slices}
        self._keys = keys
        self._clock = clock

    def meet(self, call: Call, asked: MeetLogs) -> OfferedLogs:
        """Keep what a terminal has cosigned, record its alarms, and show it every log. Errors: NotAllowed."""
        call.demand(MEET)
        for alarm in asked.alarms[:MOST]:
            self._record(call, alarm)
        witness = self._witness(call)
        for text in asked.cosigned[:MOST] if witness is not None else ():
            self._keep(call.municipality, text, witness)
        seen = {one.log: one.size for one in asked.seen}
        newest = self._book.read(lambda unit: unit.logs(call.municipality))
        logs = tuple(self._offered(one, seen.get(one.log, 0)) for one in newest if self._has(one))
        return OfferedLogs(logs=logs, guardians=tuple(self._guardians()))

    def _has(self, one: Witnessed) -> bool:
        return one.log in self._slices

    def _witness(self, call: Call) -> NoteKey | None:
        """Under which name and key this terminal cosigns; None before its journal was first brought over."""
        terminal = call.actor.terminal
        key = self._keys(call.municipality, terminal)
        return None if key is None else NoteKey(origin_of(f"terminal.{terminal}", call.municipality), key, TIMED)

    def _record(self, call: Call, said: SaidOtherwise) -> None:
        """A terminal's alarm; ``kind`` begins with "seen_"."""
        if said.log not in {*self._slices, GUARDIANS} or said.kind not in KINDS:
            return
        kind, at = f"seen_{said.kind}"[:32], self._clock.now()
        by = call.actor.terminal
        alarm = Alarm(call.municipality, said.log, kind, max(said.size, 0), said.note.encode(), at, by)
        self._book.write(lambda unit: unit.raise_alarm(alarm))
        log.error("a counter says that a log does not hold", extra={"slice": said.log, "kind": said.kind})

    def _keep(self, municipality: str, text: str, witness: NoteKey | None) -> None:
        """Add a true cosignature to the checkpoint that was witnessed; what fits nothing is passed over."""
        try:
            note = parse_note(text.encode())
            checkpoint = read_checkpoint(note)
        except LedgerError:
            return
        name = checkpoint.origin.split("/")[1]
        logs = self._slices.get(name)
        if witness is None or logs is None or note.cosigned_at(witness) is None:
            return
        found = self._added(municipality, name, (checkpoint, note), witness)
        if found is not None:
            logs.keep(municipality, found.size, found.note, found.at)

    def _added(self, municipality: str, name: str, said: tuple[Checkpoint, Note], witness: NoteKey) -> Witnessed | None:
        checkpoint, note = said
        line = next(one for one in note.signatures if (one.name, one.short) == (witness.name, witness.short))

        return self._book.write(lambda unit: unit.cosign((municipality, name, checkpoint.size), note.text, line))

    def _offered(self, one: Witnessed, seen: int) -> OfferedLog:
        logs = self._slices[one.log]
        try:
            proof = logs.consistency(one.municipality, seen, one.size) if 0 < seen <= one.size else ()
        except LedgerError:
            proof = ()
        restored = tuple(statement.decode() for statement in logs.restorations(one.municipality))
        return OfferedLog(log=one.log, key=logs.key.raw, note=one.note.decode(), consistency=proof, restored=restored)
