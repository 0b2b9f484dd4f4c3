"""Witnesses the slices' logs: cosigns what only grew, raises an alarm for the rest, answers whether receipts hold."""

import logging
from collections.abc import Mapping, Sequence

from app.backend.ledger.ports import Alarm, LedgerBook, LedgerUnit, SliceLogs, Stamp, Witnessed
from app.domain.call import Call
from app.domain.clock import Clock
from app.errors import AppError, LedgerError, NotAllowed
from app.trust.checkpoint import WITNESS, Checkpoint, log_key, open_checkpoint, origin_of, read_checkpoint
from app.trust.guardianship import GuardianLists, no_guardians, read_rosters
from app.trust.note import cosign_note, parse_note
from app.trust.proofs import extends
from app.trust.receipt import Receipt, check_receipt, parse_receipt
from app.trust.restored import kept_in, open_restored
from app.trust.sign import SigningKey
from app.wire.ledger import (
    AlarmRow,
    AskAudit,
    AskGrowth,
    AskReceipt,
    AskWitnessed,
    Audited,
    FaultRow,
    Growth,
    ReceiptVerdict,
    WitnessedLog,
    WitnessedLogs,
)

log = logging.getLogger(__name__)

RESTORE, LOST = "restored", "lost_by_restore"
"""What is kept beside the alarms of a declared restore: its statement, and what had been witnessed beyond it."""
REVIEW = "ledger.review"
"""The right to look at what the witness knows."""


class LedgerService:
    """The ledger slice's use cases."""

    def __init__(
        self,
        book: LedgerBook,
        slices: Sequence[SliceLogs],
        signing: SigningKey,
        clock: Clock,
        guardians: GuardianLists = no_guardians,
    ) -> None:
        self._book = book
        self._guardians = guardians
        self._slices: Mapping[str, SliceLogs] = {each.log: each for each in slices}
        self._signing = signing
        self._clock = clock

    def collect(self) -> int:
        """Look at every log once; how many were cosigned. A slice out of reach does not stop the others."""
        grown = 0
        for each in self._slices.values():
            try:
                grown += sum(self._witness(each, municipality) for municipality in each.municipalities())
            except AppError as error:
                log.warning("a slice's logs could not be read", extra={"slice": each.log, "code": error.code})
        return grown

    def witnessed(self, call: Call, _: AskWitnessed) -> WitnessedLogs:
        """What the witness knows of the municipality's logs."""
        call.demand(REVIEW)
        place = call.municipality
        logs, alarms, stamps = self._book.read(
            lambda unit: (found := unit.logs(place), unit.alarms(place), [unit.stamp(place, one.log) for one in found])
        )
        return WitnessedLogs(
            logs=tuple(_told(one, stamp) for one, stamp in zip(logs, stamps, strict=True)),
            alarms=tuple(AlarmRow(log=a.log, kind=a.kind, size=a.size, at=a.at, found_by=a.found_by) for a in alarms),
        )

    def check(self, call: Call, asked: AskReceipt) -> ReceiptVerdict:
        """Whether a receipt of the municipality holds, and whether its log still leads to what was witnessed."""
        call.demand(REVIEW)
        keys = {origin_of(name, call.municipality): each.key for name, each in self._slices.items()}
        try:
            receipt = parse_receipt(asked.receipt.encode())
            checkpoint = check_receipt(receipt, keys)
        except LedgerError as error:
            kind = str(error.data["kind"])
            return _unproved("not_checked" if kind == "unknown_log" else "failed", kind)
        return self._proved(call.municipality, receipt, checkpoint)

    def growth(self, call: Call, asked: AskGrowth) -> Growth:
        """The proof from an older size to the newest witnessed checkpoint. Errors: NotAllowed for what is not known."""
        call.demand(REVIEW)
        newest = self._book.read(lambda unit: unit.newest(call.municipality, asked.log))
        logs = self._slices.get(asked.log)
        if newest is None or logs is None or not 0 <= asked.first <= newest.size:
            raise NotAllowed
        proof = logs.consistency(call.municipality, asked.first, newest.size)
        return Growth(proof=proof, note=newest.note.decode())

    def audit(self, call: Call, asked: AskAudit) -> Audited:
        """Check a whole log against its records and the witness's memory; a fault is an alarm. Errors: NotAllowed."""
        call.demand(REVIEW)
        logs, place = self._slices.get(asked.log), call.municipality
        if logs is None:
            raise NotAllowed
        self._accept_restore(logs, place)
        newest = self._book.read(lambda unit: unit.newest(place, asked.log))
        seen = None if newest is None else read_checkpoint(parse_note(newest.note))
        faults = logs.faults(place, seen)
        if faults:
            self._alarm(logs, place, (faults[0][0], 0 if seen is None else seen.size), logs.checkpoint(place))
        told = tuple(FaultRow(kind=kind, place=where) for kind, where in faults)
        return Audited(log=asked.log, size=0 if seen is None else seen.size, faults=told)

    def _witness(self, logs: SliceLogs, municipality: str) -> bool:
        """Whether the log had grown and was cosigned."""
        said = logs.checkpoint(municipality)
        self._accept_restore(logs, municipality)
        newest = self._book.read(lambda unit: unit.newest(municipality, logs.log))
        if not said or (newest is not None and _same_text(said, newest.note)):
            return False
        fault, size = self._fault(logs, municipality, said, newest)
        if fault:
            self._alarm(logs, municipality, (fault, size), said)
            return False
        witnessed = self._cosigned(logs.log, municipality, said, -1 if newest is None else newest.size)
        if not self._book.write(lambda unit: unit.add(witnessed)):
            return False
        logs.keep(municipality, witnessed.size, witnessed.note, witnessed.at)
        return True

    def _alarm(self, logs: SliceLogs, municipality: str, fault: tuple[str, int], said: bytes) -> None:
        kind, size = fault
        alarm = Alarm(municipality, logs.log, kind, size, said, self._clock.now())
        self._book.write(lambda unit: unit.raise_alarm(alarm))
        log.error("a log does not hold", extra={"slice": logs.log, "municipality": municipality, "kind": kind})

    def _accept_restore(self, logs: SliceLogs, municipality: str) -> None:
        """Go back with a log that two guardians have declared to be restored; what was witnessed is kept aside.

        A statement that two of the three have not signed counts for nothing, and is an alarm. One under which the log
        leads on from what was witnessed is left alone: the witness went back with the log.
        """
        newest = self._book.read(lambda unit: unit.newest(municipality, logs.log))
        if newest is None:
            return
        key, seen = log_key(origin_of(logs.log, municipality), logs.key), read_checkpoint(parse_note(newest.note))
        chain = read_rosters([one.encode() for one in self._guardians()])
        for statement in logs.restorations(municipality):
            if self._known(municipality, logs.log, statement):
                continue
            try:
                restored = open_restored(statement, key, chain)
            except LedgerError as error:
                self._alarm(logs, municipality, (str(error.data["kind"]), _kept_size(statement)), statement)
                continue
            if restored.covers(seen) and self._fault(logs, municipality, logs.checkpoint(municipality), newest)[0]:
                self._set_back(municipality, logs.log, restored.kept.size, statement)
                return

    def _known(self, municipality: str, name: str, statement: bytes) -> bool:
        """Whether this statement was accepted before: it counts once."""
        alarms = self._book.read(lambda unit: unit.alarms(municipality))
        return any(alarm.log == name and alarm.kind == RESTORE and alarm.note == statement for alarm in alarms)

    def _set_back(self, municipality: str, name: str, size: int, statement: bytes) -> None:
        at = self._clock.now()

        def work(unit: LedgerUnit) -> None:
            for gone in unit.set_back(municipality, name, size):
                unit.raise_alarm(Alarm(municipality, name, LOST, gone.size, gone.note, at))
            unit.raise_alarm(Alarm(municipality, name, RESTORE, size, statement, at))

        self._book.write(work)
        log.warning("a declared restore was accepted", extra={"slice": name, "size": size})

    @staticmethod
    def _fault(logs: SliceLogs, municipality: str, said: bytes, newest: Witnessed | None) -> tuple[str, int]:
        """Why the checkpoint can't be cosigned, "" if it can, and its size."""
        try:
            checkpoint = open_checkpoint(said, log_key(origin_of(logs.log, municipality), logs.key))
        except LedgerError as error:
            return str(error.data["kind"]), 0
        if newest is None:
            return "", checkpoint.size
        before = read_checkpoint(parse_note(newest.note))
        if checkpoint.size < before.size:
            return "rolled_back", checkpoint.size
        try:
            proof = logs.consistency(municipality, before.size, checkpoint.size)
        except LedgerError as error:
            return str(error.data["kind"]), checkpoint.size
        holds = extends((before.size, before.root), (checkpoint.size, checkpoint.root), proof)
        return "" if holds else "forked", checkpoint.size

    def _cosigned(self, name: str, municipality: str, said: bytes, after: int) -> Witnessed:
        note, at = parse_note(said), self._clock.now()
        size = read_checkpoint(note).size
        cosigned = note.with_signature(cosign_note(note.text, WITNESS, self._signing, at))
        return Witnessed(municipality, name, size, after, cosigned.to_bytes(), at)

    def _proved(self, municipality: str, receipt: Receipt, checkpoint: Checkpoint) -> ReceiptVerdict:
        name = checkpoint.origin.split("/")[1]
        newest = self._book.read(lambda unit: unit.newest(municipality, name))
        is_witnessed = newest is not None and self._leads_to(municipality, name, checkpoint, newest)
        return ReceiptVerdict(
            verdict="verified",
            reason="",
            log=name,
            index=receipt.index,
            size=checkpoint.size,
            is_witnessed=is_witnessed,
        )

    def _leads_to(self, municipality: str, name: str, checkpoint: Checkpoint, newest: Witnessed) -> bool:
        known = read_checkpoint(parse_note(newest.note))
        if checkpoint.size > known.size:
            return False
        try:
            proof = self._slices[name].consistency(municipality, checkpoint.size, known.size)
        except LedgerError:
            return False
        return extends((checkpoint.size, checkpoint.root), (known.size, known.root), proof)


def _told(one: Witnessed, stamp: Stamp | None) -> WitnessedLog:
    size, at = (0, None) if stamp is None else (stamp.size, stamp.at)
    return WitnessedLog(log=one.log, size=one.size, note=one.note.decode(), at=one.at, stamped_size=size, stamped_at=at)


def _unproved(verdict: str, reason: str) -> ReceiptVerdict:
    return ReceiptVerdict(verdict=verdict, reason=reason, log="", index=0, size=0, is_witnessed=False)


def _kept_size(statement: bytes) -> int:
    try:
        return kept_in(statement).size
    except LedgerError:
        return 0


def _same_text(one: bytes, other: bytes) -> bool:
    return one.partition(b"\n\n")[0] == other.partition(b"\n\n")[0]
