"""What supervisors read and settle at the desk, over the line; and what this counter says of itself."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.desk_counts import (
    AlertsCounted,
    AskAlertCounts,
    AskCounters,
    AskNumbers,
    CounterSaid,
    CountersNow,
    Numbers,
)
from app.wire.desk_review import ApproveDeputy, AskDelegation, DelegationShown, DeputyRow, EndDeputy, ProposeDeputy
from app.wire.message import Nothing


class HttpSupervision:
    """See ``SupervisionOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def tell(self, press: Press, session: Session, said: CounterSaid) -> None:
        self._line.ask("/desk/v1/tell", said, Nothing, headers(press, session))

    def counters(self, press: Press, session: Session, asked: AskCounters) -> CountersNow:
        return self._line.ask("/desk/v1/counters", asked, CountersNow, headers(press, session))

    def numbers(self, press: Press, session: Session, asked: AskNumbers) -> Numbers:
        return self._line.ask("/desk/v1/numbers", asked, Numbers, headers(press, session))

    def alerts(self, press: Press, session: Session, asked: AskAlertCounts) -> AlertsCounted:
        return self._line.ask("/desk/v1/alert-counts", asked, AlertsCounted, headers(press, session))

    def delegation(self, press: Press, session: Session, asked: AskDelegation) -> DelegationShown:
        return self._line.ask("/desk/v1/delegation", asked, DelegationShown, headers(press, session))

    def propose(self, press: Press, session: Session, asked: ProposeDeputy) -> DeputyRow:
        return self._line.ask("/desk/v1/propose-deputy", asked, DeputyRow, headers(press, session))

    def approve(self, press: Press, session: Session, asked: ApproveDeputy) -> DeputyRow:
        return self._line.ask("/desk/v1/approve-deputy", asked, DeputyRow, headers(press, session))

    def end(self, press: Press, session: Session, asked: EndDeputy) -> DeputyRow:
        return self._line.ask("/desk/v1/end-deputy", asked, DeputyRow, headers(press, session))
