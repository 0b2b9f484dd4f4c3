"""The access review over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.access_review import (
    AskFinding,
    AskReview,
    FindingRow,
    FindingSettled,
    FindingView,
    ReviewQueue,
    SettleFinding,
)


class HttpAccessReview:
    """See ``AccessOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def queue(self, press: Press, session: Session, *, settled: bool) -> ReviewQueue:
        return self._line.ask("/review/v1/queue", AskReview(settled=settled), ReviewQueue, headers(press, session))

    def finding(self, press: Press, session: Session, finding_id: str) -> FindingView:
        asked = AskFinding(finding_id=finding_id)
        return self._line.ask("/review/v1/finding", asked, FindingView, headers(press, session))

    def settle(self, press: Press, session: Session, row: FindingRow, outcome: str, note: str) -> FindingSettled:
        asked = SettleFinding(finding_id=row.finding_id, version=row.version, outcome=outcome, note=note)
        return self._line.ask("/review/v1/settle", asked, FindingSettled, headers(press, session))
