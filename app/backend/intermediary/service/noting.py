"""過誤情報 on its way: told to receivers until a person there has confirmed it; and those that others tell us."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit
from app.backend.intermediary.ports.held import ACKNOWLEDGED, RECEIVED, ErrorNote, ReceivedNote
from app.backend.intermediary.service import guard
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.exchange_rules import Hours
from app.domain.provision_rules import ProvisionRules, end_of_open_days
from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, Neighbour, answer_each, municipality_of, noted_in
from app.wire import exchange_record as wire
from app.wire.letter import Letter

log = logging.getLogger(__name__)

LIMIT = 64
LEASE = timedelta(minutes=2)
_FIRST_WAIT, _LONGEST_WAIT, _DOUBLINGS = timedelta(minutes=1), timedelta(days=1), 11
_KNOWN = 64
"""Characters of a code that another body said."""


class NoteSending:
    """The background of error notes. ``neighbours``: municipality → where its intermediary takes them."""

    def __init__(
        self,
        book: IntermediaryBook,
        post: Correspondent,
        neighbours: Mapping[str, Neighbour],
        rules: tuple[ProvisionRules, Hours],
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._neighbours = neighbours
        self._rules, self._hours = rules
        self._clock = clock

    def turn(self) -> bool:
        """Tell one receiver what is due, in the network's hours; whether there was any."""
        now = self._clock.now()
        if not self._hours.open_at(now):
            return False
        notes = self._book.write(lambda unit: unit.notes.due(now, now + LEASE, LIMIT))
        if not notes:
            return False
        try:
            states = self._told(notes)
        except AppError as error:
            log.info("error notes were not taken", extra={"code": error.code, "together": len(notes)})
            cause = str(error.data.get("reason", error.code))[:_KNOWN]
            changed = [self._later(note, cause, now) for note in notes]
        else:
            changed = [self._after(note, state, now) for note, state in zip(notes, states, strict=True)]
        self._book.write(lambda unit: _keep(unit, notes, changed, now))
        return True

    def _told(self, notes: Sequence[ErrorNote]) -> tuple[wire.NoteState, ...]:
        place, receiver = notes[0].municipality, notes[0].receiver
        neighbour = self._neighbours.get(receiver)
        if neighbour is None:
            raise Refused(reason="no_route")
        message = wire.ErrorNotes(provider=place, receiver=receiver, notes=tuple(_wired(note) for note in notes))
        letter = self._post.write(f"intermediary@{place}", "error-notes/1", message)
        reply = neighbour.ask(letter)
        answer = self._post.read(reply, "note-states/1", wire.NoteStates, "intermediary")
        if municipality_of(reply) != receiver or [one.note_id for one in answer.states] != [
            one.note_id for one in notes
        ]:
            raise NotUnderstood(what="states")
        return answer.states

    def _after(self, note: ErrorNote, state: wire.NoteState, now: datetime) -> ErrorNote:
        if state.refused:
            return self._later(note, state.refused[:_KNOWN], now)
        return replace(
            note,
            state=ACKNOWLEDGED if state.acknowledged_at else RECEIVED,
            version=note.version + 1,
            attempts=0,
            cause="",
            next_at=end_of_open_days(now, self._rules.remind_days),
            received_at=note.received_at or state.received_at or now,
            acknowledged_at=state.acknowledged_at,
        )

    def _later(self, note: ErrorNote, cause: str, now: datetime) -> ErrorNote:
        wait = min(_FIRST_WAIT * 2 ** min(note.attempts, _DOUBLINGS), _LONGEST_WAIT)
        return replace(note, version=note.version + 1, attempts=note.attempts + 1, cause=cause, next_at=now + wait)


class NoteTaking:
    """What others tell this city, and the section's confirmation."""

    def __init__(self, book: IntermediaryBook, post: Correspondent, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._clock = clock
        self._noted = noted_in(book, post, "intermediary", clock)

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Notes about enquiries of ours; the same ones again get what became of them."""
        return answer_each(letters, self._take, self._noted)

    def received(self, call: Call, asked: wire.AskReceivedNotes) -> wire.ReceivedNoteRows:
        """What was told about enquiries for one task. Nothing of a person is in it: no act. Errors: NotAllowed."""
        guard.demand(call, guard.RECORD, asked.task)
        found = self._book.read(lambda unit: unit.notes.received_for(call.municipality, [asked.task]))
        return wire.ReceivedNoteRows(rows=tuple(_row(note) for note in found))

    def acknowledge(self, call: Call, asked: wire.AcknowledgeNote) -> wire.NoteAcknowledged:
        """The section knows; the sender hears it when it asks next. Errors: NotAllowed; Conflict."""

        def confirm(unit: IntermediaryUnit) -> wire.NoteAcknowledged:
            guard.demand(call, guard.RECORD, asked.task)
            found = unit.notes.received_for(call.municipality, [asked.task])
            note = next((one for one in found if one.note_id == asked.note_id), None)
            if note is None:
                raise NotAllowed
            if note.acknowledged_at is not None:
                raise Refused(reason="note_acknowledged")
            known = replace(
                note, version=asked.version + 1, acknowledged_at=call.at, acknowledged_by=call.actor.staff_id
            )
            unit.notes.acknowledge(known)
            act = act_of(call, "error_note.acknowledged", process_number=note.process_number, note=note.note_id)
            return wire.NoteAcknowledged(row=_row(known), proof=unit.record([act])[0])

        with guard.refusals_kept(self._book, call, "error_note.acknowledge", asked.note_id):
            return self._book.write(lambda unit: unit.once(call, asked, wire.NoteAcknowledged, lambda: confirm(unit)))

    def _take(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "error-notes/1", wire.ErrorNotes, "intermediary")
        place = asked.receiver
        if municipality_of(letter) != asked.provider or not self._post.serves(f"intermediary@{place}"):
            raise NotAllowed
        if len(asked.notes) > LIMIT:
            raise NotUnderstood(what="notes")
        states = self._book.write(lambda unit: self._kept(unit, asked))
        return self._post.write(
            f"intermediary@{place}", "note-states/1", wire.NoteStates(receiver=place, states=states)
        )

    def _kept(self, unit: IntermediaryUnit, asked: wire.ErrorNotes) -> tuple[wire.NoteState, ...]:
        place, now = asked.receiver, self._clock.now()
        numbers = [note.process_number for note in asked.notes]
        ours = unit.past.by_process(place, numbers)
        known = {note.note_id for note in unit.notes.received(place, numbers)}
        fresh: list[ReceivedNote] = []
        for note in asked.notes:
            enquiry = ours.get(note.process_number)
            about = None if enquiry is None else (enquiry.provider, enquiry.request_digest)
            if enquiry is not None and about == (asked.provider, note.request_digest) and note.note_id not in known:
                fresh.append(_received(asked, note, enquiry.task, now))
        unit.notes.receive(fresh)
        unit.record([_taken(note, now) for note in fresh])
        there = {note.note_id: note for note in unit.notes.received(place, numbers)}
        return tuple(_state(note.note_id, there.get(note.note_id)) for note in asked.notes)


def _keep(unit: IntermediaryUnit, before: Sequence[ErrorNote], notes: Sequence[ErrorNote], now: datetime) -> None:
    for note in notes:
        unit.notes.keep(note)
    moved = [new for old, new in zip(before, notes, strict=True) if old.state != new.state]
    unit.record([
        Act(
            f"error_note.{note.state}",
            now,
            note.municipality,
            "slice:intermediary",
            "",
            note.note_id,
            what=(("note", note.note_id), ("process_number", note.process_number), ("receiver", note.receiver)),
        )
        for note in moved
    ])


def _wired(note: ErrorNote) -> wire.ErrorNote:
    return wire.ErrorNote(
        note_id=note.note_id,
        process_number=note.process_number,
        request_digest=note.request_digest,
        information=note.information,
        tax_year=note.tax_year,
        reason=note.reason,
        corrected=note.corrected,
        made_at=note.made_at,
    )


def _received(asked: wire.ErrorNotes, note: wire.ErrorNote, task: str, now: datetime) -> ReceivedNote:
    return ReceivedNote(
        municipality=asked.receiver,
        note_id=note.note_id[:32],
        process_number=note.process_number,
        provider=asked.provider,
        task=task,
        information=note.information,
        tax_year=note.tax_year,
        reason=note.reason[:_KNOWN],
        corrected=note.corrected,
        made_at=note.made_at,
        received_at=now,
    )


def _taken(note: ReceivedNote, now: datetime) -> Act:
    what = (("note", note.note_id), ("process_number", note.process_number), ("provider", note.provider))
    return Act("error_note.taken", now, note.municipality, "slice:intermediary", "", note.process_number, what=what)


def _state(note_id: str, note: ReceivedNote | None) -> wire.NoteState:
    if note is None:
        return wire.NoteState(note_id=note_id, refused="unknown_process", received_at=None, acknowledged_at=None)
    return wire.NoteState(
        note_id=note_id, refused="", received_at=note.received_at, acknowledged_at=note.acknowledged_at
    )


def _row(note: ReceivedNote) -> wire.ReceivedNoteRow:
    return wire.ReceivedNoteRow(
        note_id=note.note_id,
        process_number=note.process_number,
        provider=note.provider,
        information=note.information,
        tax_year=note.tax_year,
        reason=note.reason,
        corrected=note.corrected,
        made_at=note.made_at,
        received_at=note.received_at,
        acknowledged_at=note.acknowledged_at,
        acknowledged_by=note.acknowledged_by,
        version=note.version,
    )
