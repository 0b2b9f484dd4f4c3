"""提供先抽出と過誤の通知: who was told what of something that turned out wrong, and notes to them, followed up."""

from collections.abc import Sequence

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit, Provision
from app.backend.intermediary.ports.held import ACKNOWLEDGED, ErrorNote
from app.backend.intermediary.service import guard
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random, new_id
from app.domain.provision_rules import ProvisionRules
from app.errors import NotAllowed, NotUnderstood, Refused
from app.wire.exchange_record import (
    AskErrorNotes,
    ErrorNoteRow,
    ErrorNoteRows,
    FindReceivers,
    NotesMade,
    ReceiverRow,
    Receivers,
    SendErrorNotes,
)

MOST = 1000
"""Provisions that are looked at or noted at once. Assumed."""


class Tracing:
    """For who owns the information."""

    def __init__(self, book: IntermediaryBook, rules: ProvisionRules, clock: Clock, random: Random) -> None:
        self._book = book
        self._rules = rules
        self._clock = clock
        self._random = random

    def receivers(self, call: Call, asked: FindReceivers) -> Receivers:
        """Every provision of it, newest first, with the version that was told; the look is recorded.

        Errors: NotAllowed; NotUnderstood for neither a person nor a file, or both.
        """
        guard.demand_owned(call, guard.TRACE, self._rules, asked.owner, asked.information)
        if bool(asked.person) == bool(asked.file_id):
            raise NotUnderstood(what="subject")
        if asked.person:
            guard.demand_number(asked.person)

        def find(unit: IntermediaryUnit) -> Receivers:
            made = self._made(unit, call.municipality, asked)
            notes = _newest(unit.notes.of(call.municipality, [one.process_number for one in made]))
            present = _present(unit, call.municipality, asked)
            act = act_of(
                call,
                "receivers.listed",
                about=asked.person,
                count=len(made),
                file=asked.file_id,
                information=asked.information,
            )
            rows = tuple(_receiver(one, notes.get(one.process_number), present) for one in made)
            return Receivers(rows=rows, present=present, proof=unit.record([act])[0])

        return self._book.write(find)

    def send(self, call: Call, asked: SendErrorNotes) -> NotesMade:
        """Lay down a note for the receiver of each provision; one that has an open note gets no second one.

        Errors: NotAllowed; Refused ``unknown_reason``, ``no_receivers``, ``too_many_receivers``.
        """

        def lay(unit: IntermediaryUnit) -> NotesMade:
            guard.demand(call, guard.TRACE, asked.owner)
            guard.demand_reason(self._rules, "error", asked.reason)
            if not asked.process_numbers:
                raise Refused(reason="no_receivers")
            if len(asked.process_numbers) > MOST:
                raise Refused(reason="too_many_receivers")
            made = unit.provisions(call.municipality, asked.process_numbers)
            mine = self._rules.of_owner(asked.owner)
            if set(made) != set(asked.process_numbers) or any(one.information not in mine for one in made.values()):
                raise NotAllowed
            known = unit.notes.of(call.municipality, asked.process_numbers)
            open_ones = {note.process_number for note in known if note.state != ACKNOWLEDGED}
            notes = [self._note(call, asked, one) for number, one in made.items() if number not in open_ones]
            unit.notes.add(notes)
            numbers = ",".join(note.process_number for note in notes)
            act = act_of(call, "error_note.made", count=len(notes), numbers=numbers, reason=asked.reason)
            return NotesMade(count=len(notes), proof=unit.record([act])[0])

        with guard.refusals_kept(self._book, call, "error_note.make", asked.owner):
            return self._book.write(lambda unit: unit.once(call, asked, NotesMade, lambda: lay(unit)))

    def notes(self, call: Call, asked: AskErrorNotes) -> ErrorNoteRows:
        """What was sent and what became of it. Nothing of a person is in it: no act. Errors: NotAllowed."""
        guard.demand(call, guard.TRACE, asked.owner)
        found = self._book.read(lambda unit: unit.notes.listed(call.municipality, [asked.owner]))
        return ErrorNoteRows(rows=tuple(_note_row(note) for note in found))

    def _made(self, unit: IntermediaryUnit, municipality: str, asked: FindReceivers) -> list[Provision]:
        if asked.file_id:
            found = unit.past.provided_from(municipality, asked.file_id, MOST)
            newest = sorted(found, key=lambda one: one.provided_at, reverse=True)
            return [one for one in newest if one.information == asked.information]
        found = unit.past.provided(municipality, asked.person)
        return [one for one in found if (one.information, one.tax_year) == (asked.information, asked.tax_year)]

    def _note(self, call: Call, asked: SendErrorNotes, one: Provision) -> ErrorNote:
        return ErrorNote(
            municipality=call.municipality,
            note_id=new_id(self._clock, self._random),
            process_number=one.process_number,
            owner=asked.owner,
            receiver=one.requester,
            request_digest=one.request_digest,
            information=one.information,
            tax_year=one.tax_year,
            reason=asked.reason,
            corrected=asked.corrected,
            made_by=call.actor.staff_id,
            made_at=call.at,
            next_at=call.at,
        )


def _present(unit: IntermediaryUnit, municipality: str, asked: FindReceivers) -> int:
    """The version that is registered now; 0 for none, and where many persons are asked about."""
    if not asked.person:
        return 0
    key = (asked.person, asked.information, asked.tax_year)
    row = unit.replica(municipality, [key]).get(key)
    return 0 if row is None else row.version


def _newest(notes: Sequence[ErrorNote]) -> dict[str, ErrorNote]:
    return {note.process_number: note for note in sorted(notes, key=lambda note: note.made_at)}


def _receiver(one: Provision, note: ErrorNote | None, present: int) -> ReceiverRow:
    return ReceiverRow(
        process_number=one.process_number,
        requester=one.requester,
        task=one.task,
        kind=one.kind,
        replica_version=one.replica_version,
        told=dict(one.told),
        provided_at=one.provided_at,
        is_present=one.replica_version == present,
        note="" if note is None else note.state,
        note_reason="" if note is None else note.reason,
        noted_at=None if note is None else note.made_at,
        received_at=None if note is None else note.received_at,
        acknowledged_at=None if note is None else note.acknowledged_at,
        cause="" if note is None else note.cause,
    )


def _note_row(note: ErrorNote) -> ErrorNoteRow:
    return ErrorNoteRow(
        note_id=note.note_id,
        process_number=note.process_number,
        receiver=note.receiver,
        information=note.information,
        tax_year=note.tax_year,
        reason=note.reason,
        state=note.state,
        made_by=note.made_by,
        made_at=note.made_at,
        received_at=note.received_at,
        acknowledged_at=note.acknowledged_at,
        next_at=note.next_at,
        cause=note.cause,
    )
