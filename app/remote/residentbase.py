"""Distribution of residents' changes over the line: uses, systems, linkage records, what was not told."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.resident_base_office import (
    ApplicationRow,
    Applications,
    AskApplications,
    AskLinkage,
    AskSystems,
    AskUntold,
    DecideUse,
    EndUse,
    Linkage,
    Systems,
    TellAgain,
    TurnSystem,
    UntoldChanges,
    UseApplication,
)

_AT = "/residentbase/v1"


class HttpDistribution:
    """See ``DistributionOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def apply(self, press: Press, session: Session, asked: UseApplication) -> ApplicationRow:
        return self._line.ask(f"{_AT}/use", asked, ApplicationRow, headers(press, session))

    def decide(self, press: Press, session: Session, asked: DecideUse) -> ApplicationRow:
        return self._line.ask(f"{_AT}/use/decide", asked, ApplicationRow, headers(press, session))

    def end(self, press: Press, session: Session, asked: EndUse) -> ApplicationRow:
        return self._line.ask(f"{_AT}/use/end", asked, ApplicationRow, headers(press, session))

    def applications(self, press: Press, session: Session, system: str = "") -> Applications:
        asked = AskApplications(system=system)
        return self._line.ask(f"{_AT}/uses", asked, Applications, headers(press, session))

    def systems(self, press: Press, session: Session) -> Systems:
        return self._line.ask(f"{_AT}/systems", AskSystems(), Systems, headers(press, session))

    def turn_system(self, press: Press, session: Session, asked: TurnSystem) -> Systems:
        return self._line.ask(f"{_AT}/system/turn", asked, Systems, headers(press, session))

    def linkage(self, press: Press, session: Session, asked: AskLinkage) -> Linkage:
        return self._line.ask(f"{_AT}/linkage", asked, Linkage, headers(press, session))

    def untold(self, press: Press, session: Session) -> UntoldChanges:
        return self._line.ask("/register/v1/untold", AskUntold(), UntoldChanges, headers(press, session))

    def tell_again(self, press: Press, session: Session, position: int) -> UntoldChanges:
        asked = TellAgain(position=position)
        return self._line.ask("/register/v1/untold/again", asked, UntoldChanges, headers(press, session))
