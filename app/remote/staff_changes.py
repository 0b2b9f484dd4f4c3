"""The desk for changes of staff, rights and terminals over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.staff_change import AskChanges, AskRoster, ChangeRow, Changes, DecideChange, Roster


class HttpStaffChanges:
    """See ``StaffChanges``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def changes(self, press: Press, session: Session, *, decided: bool) -> Changes:
        return self._line.ask("/staff/v1/changes", AskChanges(decided=decided), Changes, headers(press, session))

    def decide(self, press: Press, session: Session, change_id: str, *, approved: bool) -> ChangeRow:
        path = "/staff/v1/approve-change" if approved else "/staff/v1/reject-change"
        return self._line.ask(path, DecideChange(change_id=change_id), ChangeRow, headers(press, session))

    def roster(self, press: Press, session: Session) -> Roster:
        return self._line.ask("/staff/v1/roster", AskRoster(), Roster, headers(press, session))
