"""What the desk states to this terminal, over the line, and how administrators decide it."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.counter_rules import (
    ApproveRules,
    AskLease,
    AskRules,
    AskRulesKept,
    KeptRules,
    ProposeRules,
    RulesKept,
    Statement,
)


class HttpCounters:
    """See ``CounterOffice``; besides, what the administrators' screens ask."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def rules(self, press: Press, session: Session) -> str:
        return self._line.ask("/desk/v1/rules", AskRules(), Statement, headers(press, session)).note

    def lease(self, press: Press, session: Session) -> str:
        return self._line.ask("/desk/v1/lease", AskLease(), Statement, headers(press, session)).note

    def kept(self, press: Press, session: Session) -> RulesKept:
        """All versions that were ever proposed, and which one holds."""
        return self._line.ask("/desk/v1/rules-kept", AskRulesKept(), RulesKept, headers(press, session))

    def propose(self, press: Press, session: Session, asked: ProposeRules) -> KeptRules:
        """Errors besides: Conflict, Refused ``rules_out_of_bounds``."""
        return self._line.ask("/desk/v1/propose-rules", asked, KeptRules, headers(press, session))

    def approve(self, press: Press, session: Session, asked: ApproveRules) -> KeptRules:
        """Errors besides: Conflict; NotAllowed for who proposed them."""
        return self._line.ask("/desk/v1/approve-rules", asked, KeptRules, headers(press, session))
