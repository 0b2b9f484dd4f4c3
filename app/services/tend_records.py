"""情報提供等記録 at a counter: shown, marked, disclosed; who was told something wrong is found and told."""

from app.services.name_people import NamePeople
from app.services.ports.memory import Journal
from app.services.ports.provision import RecordOffice
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.exchange_record import (
    AcknowledgeNote,
    DisclosedRecords,
    DiscloseRecords,
    ErrorNoteRows,
    FindReceivers,
    FindRecords,
    MarkRecord,
    NoteAcknowledged,
    NotesMade,
    ReceivedNoteRow,
    ReceivedNoteRows,
    Receivers,
    RecordMarked,
    Records,
    SendErrorNotes,
)

TRACE, RECORD, DISCLOSE = "provision.trace", "exchange.record", "exchange.disclose"
"""The acts rights are needed for; the first two with the owner of the information or the task as procedure."""


class TendRecords:
    """The use cases of a section, and of who discloses. Persons are named by 宛名番号."""

    def __init__(self, office: RecordOffice, people: NamePeople, journal: Journal) -> None:
        self._office, self._people, self._journal = office, people, journal

    def records(self, press: Press, session: Session, asked: FindRecords) -> Records:
        """What one section exchanged about a person."""
        doing = Doing("exchange_records.shown", about=asked.person)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.records(press, session, self._people.sent(press, session, asked)),
        )

    def mark(self, press: Press, session: Session, asked: MarkRecord) -> RecordMarked:
        """Add to a record. Errors: as ``RecordOffice.mark``."""
        doing = Doing("exchange_record.marked", about=asked.process_number, what={"mark": asked.kind})
        return recorded(self._journal, (press, session), doing, lambda: self._office.mark(press, session, asked))

    def disclose(self, press: Press, session: Session, asked: DiscloseRecords) -> DisclosedRecords:
        """What the person is shown."""
        doing = Doing("exchange_records.disclosed", about=asked.person, what={"request": asked.request_number})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.disclose(press, session, self._people.sent(press, session, asked)),
        )

    def receivers(self, press: Press, session: Session, asked: FindReceivers) -> Receivers:
        """Who was told what."""
        doing = Doing("receivers.shown", about=asked.person, what={"file": asked.file_id})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.receivers(press, session, self._people.sent(press, session, asked)),
        )

    def send_notes(self, press: Press, session: Session, asked: SendErrorNotes) -> NotesMade:
        """Tell them. Errors: as ``RecordOffice.send_notes``."""
        doing = Doing("error_notes.asked", what={"count": len(asked.process_numbers), "reason": asked.reason})
        return recorded(self._journal, (press, session), doing, lambda: self._office.send_notes(press, session, asked))

    def notes(self, press: Press, session: Session, owner: str) -> ErrorNoteRows:
        """What was sent, and what became of it."""
        doing = Doing("error_notes.shown")
        return recorded(self._journal, (press, session), doing, lambda: self._office.notes(press, session, owner))

    def received(self, press: Press, session: Session, task: str) -> ReceivedNoteRows:
        """What others told about enquiries for a task."""
        doing = Doing("received_notes.shown", what={"task": task})
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.received_notes(press, session, task)
        )

    def acknowledge(self, press: Press, session: Session, task: str, note: ReceivedNoteRow) -> NoteAcknowledged:
        """The section knows. Errors: as ``RecordOffice.acknowledge``."""
        asked = AcknowledgeNote(task=task, note_id=note.note_id, version=note.version)
        doing = Doing("received_note.confirmed", about=note.process_number)
        return recorded(self._journal, (press, session), doing, lambda: self._office.acknowledge(press, session, asked))
