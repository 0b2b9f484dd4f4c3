"""止まった照会 at a counter: which the relay gave up, sending one again, closing one with its reason."""

from typing import Protocol

from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.relay_stopped import StoppedEnquiries, StoppedEnquiry, StoppedSettled

TEND = "enquiry.tend"
"""The act a right is needed for."""


class StoppedOffice(Protocol):
    """The relay. Errors as in ``app.services.ports.office``."""

    def stopped(self, press: Press, session: Session) -> StoppedEnquiries: ...
    def send_again(self, press: Press, session: Session, enquiry_id: str) -> StoppedSettled:
        """Errors besides: NotAllowed for one that has gone on since; Conflict."""
        ...

    def close(self, press: Press, session: Session, enquiry_id: str, reason: str) -> StoppedSettled:
        """Errors besides: as ``send_again``; Refused ``closing_reason_missing``."""
        ...


class TendStopped:
    """The use cases of a supervisor."""

    def __init__(self, office: StoppedOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def shown(self, press: Press, session: Session) -> StoppedEnquiries:
        """Everything that was given up, the oldest first."""
        return recorded(
            self._journal,
            (press, session),
            Doing("stopped_enquiries.shown"),
            lambda: self._office.stopped(press, session),
            lambda found: {"enquiries": len(found.rows)},
        )

    def send_again(self, press: Press, session: Session, one: StoppedEnquiry) -> StoppedSettled:
        """What stood in its way has been mended: it is tried once more."""
        doing = Doing("stopped_enquiries.sent_again", visit=one.visit_id, what={"enquiry": one.enquiry_id})
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.send_again(press, session, one.enquiry_id)
        )

    def close(self, press: Press, session: Session, one: StoppedEnquiry, reason: str) -> StoppedSettled:
        """Nobody sends it any more; whoever asked sees that."""
        what = {"enquiry": one.enquiry_id, "reason": reason}
        doing = Doing("stopped_enquiries.closed", visit=one.visit_id, what={**what})
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.close(press, session, one.enquiry_id, reason)
        )
