"""Changes of staff, rights and terminals are proposed, taken back and planned; who tried to sign in is looked at."""

from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.ports.staff_changes import StaffChanges
from app.services.record_act import Doing, recorded
from app.wire.staff_change import AnyChange, ChangeRow, Plan, SignIns, Transfer

PROPOSE = "staff.change"
"""The act a right is needed for."""


class ProposeChanges:
    """The use cases of the administrator who wishes something."""

    def __init__(self, desk: StaffChanges, journal: Journal) -> None:
        self._desk = desk
        self._journal = journal

    def propose(self, press: Press, session: Session, change: AnyChange, reason: str) -> ChangeRow:
        """Send the wish to whoever decides. Errors: Refused with a reason of its own for what can't be."""
        doing = Doing("staff_change.proposed", what={"change_kind": str(type(change).__struct_config__.tag)})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.propose(press, session, change, reason),
            lambda row: {"change": row.change_id},
        )

    def withdraw(self, press: Press, session: Session, change: ChangeRow) -> ChangeRow:
        """Take an own wish back. Errors: NotAllowed for somebody else's; Refused(change_expired); Conflict."""
        doing = Doing("staff_change.withdrawn", about=change.subject, what={"change": change.change_id})
        return recorded(
            self._journal, (press, session), doing, lambda: self._desk.withdraw(press, session, change.change_id)
        )

    def plan(self, press: Press, session: Session, transfers: tuple[Transfer, ...]) -> Plan:
        """What transfers would make of everybody; nothing is changed."""
        doing = Doing("staff_transfers.planned", what={"entries": len(transfers)})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.plan(press, session, transfers))

    def sign_ins(self, press: Press, session: Session, *, refused: bool) -> SignIns:
        """The last tries to sign in and unlock."""
        doing = Doing("staff_sign_ins.shown")
        return recorded(
            self._journal, (press, session), doing, lambda: self._desk.sign_ins(press, session, refused=refused)
        )
