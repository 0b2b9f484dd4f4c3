"""What the counter asks of the city's communication server (統合端末): checks, enquiries, cards, comparisons."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.jukinet_counter import (
    AskCard,
    AskWideAreaCopy,
    CardReported,
    CardView,
    CheckIdentity,
    Comparison,
    DecideResolution,
    DifferenceRow,
    EnquireNational,
    IdentityChecked,
    MovingIn,
    NationalAnswer,
    NetworkBacklog,
    NetworkHits,
    OpenMovingIn,
    ProposeResolution,
    ReportCard,
    SearchNetwork,
    StartComparison,
    WideAreaAnswer,
)


class NetworkTerminal(Protocol):
    """At the counter. Errors: those of a line; NotAllowed; Refused ``network_away``, ``network_closed`` and others."""

    def check(self, press: Press, session: Session, asked: CheckIdentity) -> IdentityChecked:
        """The card's PIN is checked behind this port, the person held against the network."""
        ...

    def moving_in(self, press: Press, session: Session, asked: OpenMovingIn) -> MovingIn: ...
    def ask_copy(self, press: Press, session: Session, asked: AskWideAreaCopy) -> WideAreaAnswer: ...
    def copy(self, press: Press, session: Session, request_id: str) -> WideAreaAnswer: ...
    def search(self, press: Press, session: Session, asked: SearchNetwork) -> NetworkHits: ...
    def enquire(self, press: Press, session: Session, asked: EnquireNational) -> NationalAnswer: ...
    def card(self, press: Press, session: Session, asked: AskCard) -> CardView: ...
    def report_card(self, press: Press, session: Session, asked: ReportCard) -> CardReported: ...


class NetworkUpkeep(Protocol):
    """Behind the counter: what goes out, and whether all levels have the same. Errors: likewise; Conflict."""

    def backlog(self, press: Press, session: Session) -> NetworkBacklog: ...
    def compare(self, press: Press, session: Session, asked: StartComparison) -> Comparison: ...
    def comparison(self, press: Press, session: Session, *, open_only: bool, decides: bool) -> Comparison:
        """The newest one. Errors besides: NotAllowed where there is none."""
        ...

    def propose(self, press: Press, session: Session, asked: ProposeResolution) -> DifferenceRow: ...
    def decide(self, press: Press, session: Session, asked: DecideResolution) -> DifferenceRow: ...
