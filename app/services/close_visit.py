"""Close a visit: the person leaves the counter."""

from app.services.ports.memory import Journal, Kind, Outgoing
from app.services.ports.seat import Press, Session, Visit
from app.wire import desk


class CloseVisit:
    """The use case."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def __call__(self, press: Press, session: Session, visit: Visit) -> None:
        """End it; the flow wipes what the screens hold."""
        message = desk.CloseVisit(visit_id=visit.visit_id, closed_at=press.at)
        ended = Outgoing(press.key, session.actor.staff_id, visit.visit_id, Kind.VISIT_CLOSED, message)
        self._journal.write(session.act(press, "visit.closed", visit=visit.visit_id), ended)
