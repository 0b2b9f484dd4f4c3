"""The desk for changes of staff, rights and terminals over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.staff_change import (
    AnyChange,
    AskChanges,
    AskPlan,
    AskRoster,
    AskSignIns,
    ChangeRow,
    Changes,
    DecideChange,
    Plan,
    ProposeChange,
    RejectChange,
    Roster,
    SignIns,
    Transfer,
)


class HttpStaffChanges:
    """See ``StaffChanges``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def changes(self, press: Press, session: Session, *, decided: bool) -> Changes:
        return self._line.ask("/staff/v1/changes", AskChanges(decided=decided), Changes, headers(press, session))

    def propose(self, press: Press, session: Session, change: AnyChange, reason: str) -> ChangeRow:
        asked = ProposeChange(change=change, reason=reason)
        return self._line.ask("/staff/v1/propose-change", asked, ChangeRow, headers(press, session))

    def withdraw(self, press: Press, session: Session, change_id: str) -> ChangeRow:
        asked = DecideChange(change_id=change_id)
        return self._line.ask("/staff/v1/withdraw-change", asked, ChangeRow, headers(press, session))

    def approve(self, press: Press, session: Session, change_id: str) -> ChangeRow:
        asked = DecideChange(change_id=change_id)
        return self._line.ask("/staff/v1/approve-change", asked, ChangeRow, headers(press, session))

    def reject(self, press: Press, session: Session, change_id: str, reason: str) -> ChangeRow:
        asked = RejectChange(change_id=change_id, reason=reason)
        return self._line.ask("/staff/v1/reject-change", asked, ChangeRow, headers(press, session))

    def plan(self, press: Press, session: Session, transfers: tuple[Transfer, ...]) -> Plan:
        return self._line.ask("/staff/v1/plan-transfers", AskPlan(transfers=transfers), Plan, headers(press, session))

    def sign_ins(self, press: Press, session: Session, *, refused: bool) -> SignIns:
        return self._line.ask("/staff/v1/sign-ins", AskSignIns(refused=refused), SignIns, headers(press, session))

    def roster(self, press: Press, session: Session) -> Roster:
        return self._line.ask("/staff/v1/roster", AskRoster(), Roster, headers(press, session))
