"""閲覧の点検 at a counter: what stands out, one finding with its surroundings, and what the supervisor found."""

from typing import Protocol

from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.access_review import FindingRow, FindingSettled, FindingView, ReviewQueue

REVIEW = "access.review"
"""The act a right is needed for."""


class AccessOffice(Protocol):
    """The review slice. Errors as in ``app.services.ports.office``."""

    def queue(self, press: Press, session: Session, *, settled: bool) -> ReviewQueue: ...
    def finding(self, press: Press, session: Session, finding_id: str) -> FindingView: ...
    def settle(self, press: Press, session: Session, row: FindingRow, outcome: str, note: str) -> FindingSettled:
        """Errors besides: NotAllowed for one's own accesses; Conflict; Refused ``reason_missing``."""
        ...


class ReviewAccesses:
    """The use cases of a supervisor."""

    def __init__(self, office: AccessOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def queue(self, press: Press, session: Session, *, settled: bool = False) -> ReviewQueue:
        """What stands out, the gravest first; ``settled``: what was settled already instead."""
        return recorded(
            self._journal,
            (press, session),
            Doing("access_review.shown"),
            lambda: self._office.queue(press, session, settled=settled),
            lambda queue: {"findings": len(queue.rows)},
        )

    def finding(self, press: Press, session: Session, finding_id: str) -> FindingView:
        """One finding and what that person did around it."""
        doing = Doing("access_review.finding_shown", about=finding_id)
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.finding(press, session, finding_id)
        )

    def settle(self, press: Press, session: Session, row: FindingRow, outcome: str, note: str) -> FindingSettled:
        """Keep what was found, and why."""
        doing = Doing("access_review.settled", about=row.finding_id, what={"outcome": outcome})
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.settle(press, session, row, outcome, note)
        )
