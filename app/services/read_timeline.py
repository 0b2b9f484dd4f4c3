"""Read what happened in one visit, from the terminals' journals and the desk's own log, as one timeline."""

from app.domain.act import Detail
from app.services.ports.memory import Journal
from app.services.ports.office import DeskOffice
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk import Timeline


class ReadTimeline:
    """The use case; looking is an act too."""

    def __init__(self, office: DeskOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def __call__(self, press: Press, session: Session, visit_id: str) -> Timeline:
        """The visit in order of time. Errors: NotAllowed without the right of supervisors."""
        doing = Doing("timeline.opened", visit=visit_id)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.timeline(press, session, visit_id),
            _counted,
        )


def _counted(timeline: Timeline) -> dict[str, Detail]:
    return {"entries": len(timeline.entries)}
