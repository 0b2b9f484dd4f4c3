"""The alarms of the logs over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.ledger_alarms import AlarmList, AlarmNoted, AlarmView, AskAlarms, NoteAlarm


class HttpLedgerAlarms:
    """See ``AlarmOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def alarms(self, press: Press, session: Session) -> AlarmList:
        return self._line.ask("/ledger/v1/alarms", AskAlarms(), AlarmList, headers(press, session))

    def note(self, press: Press, session: Session, alarm: AlarmView, note: str) -> AlarmNoted:
        asked = NoteAlarm(log=alarm.log, kind=alarm.kind, size=alarm.size, known=len(alarm.notes), note=note)
        return self._line.ask("/ledger/v1/note-alarm", asked, AlarmNoted, headers(press, session))
