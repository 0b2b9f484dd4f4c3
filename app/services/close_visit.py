"""Close a visit: the person leaves the counter."""

from app.services.ports.memory import Journal, Kind, Outgoing
from app.services.ports.seat import Press, Session, Visit
from app.services.visit_tally import NOTHING, VisitTally
from app.wire import desk


class CloseVisit:
    """The use case."""

    def __init__(self, journal: Journal, tally: VisitTally | None = None) -> None:
        """``tally``: what the visit took, as the window counted it; None where nobody counts."""
        self._journal = journal
        self._tally = tally

    def __call__(self, press: Press, session: Session, visit: Visit) -> None:
        """End it; the flow wipes what the screens hold."""
        took = NOTHING if self._tally is None else self._tally.take()
        message = desk.CloseVisit(visit_id=visit.visit_id, closed_at=press.at, steps=took.steps, alerts=took.alerts)
        ended = Outgoing(press.key, session.actor.staff_id, visit.visit_id, Kind.VISIT_CLOSED, message)
        self._journal.write(session.act(press, "visit.closed", visit=visit.visit_id), ended)
