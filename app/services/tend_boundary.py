"""住基ネット中間サーバ as staff see and steer it: hours and stops, what is on its way, what was given up, records."""

from datetime import date

from app.services.ports.memory import Journal
from app.services.ports.network_boundary import NetworkBoundary
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.jukirelay_staff import (
    AskDelivery,
    CalendarView,
    DecideSpan,
    EndSpan,
    Forwarding,
    Halted,
    HaltedSettled,
    Linkage,
    ProposeSpan,
    Queued,
    SettleHalted,
    SpanRow,
)

STATE, CALENDAR, TEND = "network.state", "network.calendar", "network.tend"
RELOAD, LINKAGE, DELIVER = "network.system", "linkage.read", "network.card"
"""The acts that rights are needed for."""


class TendBoundary:
    """The use cases. Errors: those of ``NetworkBoundary``."""

    def __init__(self, boundary: NetworkBoundary, journal: Journal) -> None:
        self._boundary, self._journal = boundary, journal

    def calendar(self, press: Press, session: Session) -> CalendarView:
        """Hours of both sides and stops. Nothing of a resident is in it: no act."""
        return self._boundary.calendar(press, session)

    def waiting(self, press: Press, session: Session) -> Forwarding:
        """How much waits in all and since when; of nobody in particular."""
        return self._boundary.forwarding(press, session)

    def of_person(self, press: Press, session: Session, subject: str) -> Forwarding:
        """What went out of one person, and how far it is."""
        doing = Doing("forwarding.seen", "", subject)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._boundary.forwarding(press, session, subject=subject),
            lambda found: {"rows": len(found.rows)},
        )

    def deliver(self, press: Press, session: Session, asked: AskDelivery) -> Queued:
        """Have 送付先情報 of one person sent."""
        doing = Doing("network.deliver", asked.visit_id, asked.subject)
        return recorded(self._journal, (press, session), doing, lambda: self._boundary.deliver(press, session, asked))

    def propose_span(self, press: Press, session: Session, asked: ProposeSpan) -> SpanRow:
        """Ask for a stop or an extra run."""
        doing = Doing("network.span", "", asked.span_id, {"span": asked.kind})
        return recorded(
            self._journal, (press, session), doing, lambda: self._boundary.propose_span(press, session, asked)
        )

    def end_span(self, press: Press, session: Session, asked: EndSpan) -> SpanRow:
        """Ask that a span end then."""
        doing = Doing("network.span_end", "", asked.span_id)
        return recorded(self._journal, (press, session), doing, lambda: self._boundary.end_span(press, session, asked))

    def decide_span(self, press: Press, session: Session, asked: DecideSpan) -> SpanRow:
        """Another person's word."""
        doing = Doing("network.span_decide", "", asked.span_id, {"outcome": asked.outcome})
        return recorded(
            self._journal, (press, session), doing, lambda: self._boundary.decide_span(press, session, asked)
        )

    def halted(self, press: Press, session: Session) -> Halted:
        """What was given up. Nothing of a resident is in it: no act."""
        return self._boundary.halted(press, session)

    def settle(self, press: Press, session: Session, asked: SettleHalted) -> HaltedSettled:
        """Send it again, or close it with a reason."""
        doing = Doing("network.settle", "", asked.item_id, {"outcome": asked.outcome})
        return recorded(self._journal, (press, session), doing, lambda: self._boundary.settle(press, session, asked))

    def reload(self, press: Press, session: Session) -> None:
        """Begin the replica anew."""
        doing = Doing("network.reload")
        recorded(self._journal, (press, session), doing, lambda: self._boundary.reload(press, session))

    def linkage(self, press: Press, session: Session, days: tuple[date, date], subject: str = "") -> Linkage:
        """情報連携記録 of these days, both included."""
        doing = Doing("linkage.seen", "", subject)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._boundary.linkage(press, session, days, subject),
            lambda found: {"rows": len(found.rows)},
        )
