"""Records of exchange, receivers of what was wrong and error notes, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire import exchange_record as record

_AT = "/intermediary/v1"


class HttpRecords:
    """See ``RecordOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def receivers(self, press: Press, session: Session, asked: record.FindReceivers) -> record.Receivers:
        return self._line.ask(f"{_AT}/receivers", asked, record.Receivers, headers(press, session))

    def send_notes(self, press: Press, session: Session, asked: record.SendErrorNotes) -> record.NotesMade:
        return self._line.ask(f"{_AT}/notes/send", asked, record.NotesMade, headers(press, session))

    def notes(self, press: Press, session: Session, owner: str) -> record.ErrorNoteRows:
        return self._line.ask(
            f"{_AT}/notes", record.AskErrorNotes(owner=owner), record.ErrorNoteRows, headers(press, session)
        )

    def received_notes(self, press: Press, session: Session, task: str) -> record.ReceivedNoteRows:
        return self._line.ask(
            f"{_AT}/notes/received",
            record.AskReceivedNotes(task=task),
            record.ReceivedNoteRows,
            headers(press, session),
        )

    def acknowledge(self, press: Press, session: Session, asked: record.AcknowledgeNote) -> record.NoteAcknowledged:
        return self._line.ask(f"{_AT}/notes/acknowledge", asked, record.NoteAcknowledged, headers(press, session))

    def records(self, press: Press, session: Session, asked: record.FindRecords) -> record.Records:
        return self._line.ask(f"{_AT}/records", asked, record.Records, headers(press, session))

    def mark(self, press: Press, session: Session, asked: record.MarkRecord) -> record.RecordMarked:
        return self._line.ask(f"{_AT}/record/mark", asked, record.RecordMarked, headers(press, session))

    def disclose(self, press: Press, session: Session, asked: record.DiscloseRecords) -> record.DisclosedRecords:
        return self._line.ask(f"{_AT}/records/disclose", asked, record.DisclosedRecords, headers(press, session))
