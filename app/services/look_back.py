"""履歴: how a person's record and a household came to be; each look is kept as an act before it is shown."""

from datetime import date

from app.domain.act import Detail
from app.services.ports.memory import Journal
from app.services.ports.register_changes import RegisterHistory
from app.services.ports.seat import Press, Session, Visit
from app.services.record_act import Doing, recorded
from app.wire.register_change import AskHistory, AskHousehold, History, HouseholdView

HISTORY = "register.history"
"""The act a right is needed for."""


class LookBack:
    """The use cases of who looks back. Errors besides the office's: Refused ``restrained``."""

    def __init__(self, desk: RegisterHistory, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def person(
        self, press: Press, session: Session, visit: Visit, business_number: str, on: date | None = None
    ) -> History:
        """All changes of a person's record. ``on``: also how it stood on that day."""
        asked = AskHistory(business_number=business_number, on=on, visit_id=visit.visit_id, reason=visit.reason)
        return recorded(
            self._journal,
            (press, session),
            Doing("history.shown", visit.visit_id, business_number, _why(visit)),
            lambda: self._desk.history(press, session, asked),
            lambda found: {"changes": len(found.lines)},
        )

    def household(self, press: Press, session: Session, visit: Visit, household_number: str) -> HouseholdView:
        """A household's members and what changed."""
        asked = AskHousehold(household_number=household_number, visit_id=visit.visit_id, reason=visit.reason)
        doing = Doing("household.shown", visit.visit_id, what={"household": household_number, **_why(visit)})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.household(press, session, asked))


def _why(visit: Visit) -> dict[str, Detail]:
    return {"reason": visit.reason} if visit.reason else {}
