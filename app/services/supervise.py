"""What a supervisor reads and settles: the counters now, the office's numbers, alerts counted, who decides for whom."""

from typing import Protocol

from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
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

WATCH, READ, DEPUTY = "counter.watch", "numbers.read", "decision.deputy"
"""The acts that rights are needed for."""


class SupervisionOffice(Protocol):
    """The desk. Errors as in ``app.services.ports.office``."""

    def tell(self, press: Press, session: Session, said: CounterSaid) -> None: ...
    def counters(self, press: Press, session: Session, asked: AskCounters) -> CountersNow: ...
    def numbers(self, press: Press, session: Session, asked: AskNumbers) -> Numbers: ...
    def alerts(self, press: Press, session: Session, asked: AskAlertCounts) -> AlertsCounted: ...
    def delegation(self, press: Press, session: Session, asked: AskDelegation) -> DelegationShown: ...
    def propose(self, press: Press, session: Session, asked: ProposeDeputy) -> DeputyRow:
        """Errors besides: NotAllowed for oneself; Refused ``deputy_level``, ``deputy_days``; Conflict."""
        ...

    def approve(self, press: Press, session: Session, asked: ApproveDeputy) -> DeputyRow:
        """Errors besides: NotAllowed for who proposed it and for the deputy; Conflict."""
        ...

    def end(self, press: Press, session: Session, asked: EndDeputy) -> DeputyRow: ...


class Supervise:
    """The use cases. What is read again by itself while it stays open is no act of anybody."""

    def __init__(self, office: SupervisionOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def tell(self, press: Press, session: Session, said: CounterSaid) -> None:
        """Say how the own counter stands; no act, nothing of a resident."""
        self._office.tell(press, session, said)

    def counters(self, press: Press, session: Session, *, again: bool) -> CountersNow:
        """The counters of the department now; ``again``: the list was open already."""
        asked = AskCounters(again=again)
        if again:
            return self._office.counters(press, session, asked)
        doing = Doing("counters.viewed")
        return recorded(self._journal, (press, session), doing, lambda: self._office.counters(press, session, asked))

    def numbers(self, press: Press, session: Session, asked: AskNumbers) -> Numbers:
        """The office's numbers of a span of days."""
        doing = Doing("numbers.viewed", what={"since": asked.since.isoformat(), "until": asked.until.isoformat()})
        return recorded(self._journal, (press, session), doing, lambda: self._office.numbers(press, session, asked))

    def alerts(self, press: Press, session: Session, asked: AskAlertCounts) -> AlertsCounted:
        """How alerts were answered, by month and kind."""
        doing = Doing("alerts.viewed", what={"since": asked.since.isoformat(), "until": asked.until.isoformat()})
        return recorded(self._journal, (press, session), doing, lambda: self._office.alerts(press, session, asked))

    def delegation(self, press: Press, session: Session) -> DelegationShown:
        """Who may decide what, and who decides for whom."""
        doing, asked = Doing("delegation.shown"), AskDelegation()
        return recorded(self._journal, (press, session), doing, lambda: self._office.delegation(press, session, asked))

    def propose(self, press: Press, session: Session, asked: ProposeDeputy) -> DeputyRow:
        """Somebody is to stand in for a level of deciding."""
        doing = Doing("deputy.proposed", about=asked.deputy_id, what={"level": asked.level, "deputy": asked.staff_id})
        return recorded(self._journal, (press, session), doing, lambda: self._office.propose(press, session, asked))

    def approve(self, press: Press, session: Session, row: DeputyRow) -> DeputyRow:
        """Another person agrees."""
        asked = ApproveDeputy(deputy_id=row.deputy_id, version=row.version)
        doing = Doing("deputy.approved", about=row.deputy_id)
        return recorded(self._journal, (press, session), doing, lambda: self._office.approve(press, session, asked))

    def end(self, press: Press, session: Session, row: DeputyRow) -> DeputyRow:
        """It holds no longer."""
        asked = EndDeputy(deputy_id=row.deputy_id, version=row.version)
        doing = Doing("deputy.ended", about=row.deputy_id)
        return recorded(self._journal, (press, session), doing, lambda: self._office.end(press, session, asked))
