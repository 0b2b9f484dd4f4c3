"""Open a visit: the next person stands at the counter."""

from app.services.ports.memory import Journal, Kind, Outgoing
from app.services.ports.seat import Press, Session, Visit
from app.wire import desk


class OpenVisit:
    """The use case. The office hears of it through the postbox: a visit begins without a line too."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def __call__(self, press: Press, session: Session, ticket: str = "") -> Visit:
        """The visit; its identifier is the key of the press."""
        visit = Visit(press.key, ticket, press.at)
        message = desk.OpenVisit(visit_id=visit.visit_id, ticket=ticket, opened_at=press.at)
        begun = Outgoing(press.key, session.actor.staff_id, visit.visit_id, Kind.VISIT_OPENED, message)
        self._journal.write(session.act(press, "visit.opened", visit=visit.visit_id, ticket=ticket), begun)
        return visit
