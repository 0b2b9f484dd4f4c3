"""The city's communication server over the line, as the screens of the resident network ask it."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire import jukinet_counter as wire


class HttpNetworkTerminal:
    """See ``NetworkTerminal``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def check(self, press: Press, session: Session, asked: wire.CheckIdentity) -> wire.IdentityChecked:
        return self._line.ask("/jukinet/v1/check", asked, wire.IdentityChecked, headers(press, session))

    def moving_in(self, press: Press, session: Session, asked: wire.OpenMovingIn) -> wire.MovingIn:
        return self._line.ask("/jukinet/v1/moving-in", asked, wire.MovingIn, headers(press, session))

    def ask_copy(self, press: Press, session: Session, asked: wire.AskWideAreaCopy) -> wire.WideAreaAnswer:
        return self._line.ask("/jukinet/v1/wide-area", asked, wire.WideAreaAnswer, headers(press, session))

    def copy(self, press: Press, session: Session, request_id: str) -> wire.WideAreaAnswer:
        asked = wire.OpenWideAreaCopy(request_id=request_id)
        return self._line.ask("/jukinet/v1/wide-area/copy", asked, wire.WideAreaAnswer, headers(press, session))

    def search(self, press: Press, session: Session, asked: wire.SearchNetwork) -> wire.NetworkHits:
        return self._line.ask("/jukinet/v1/search", asked, wire.NetworkHits, headers(press, session))

    def enquire(self, press: Press, session: Session, asked: wire.EnquireNational) -> wire.NationalAnswer:
        return self._line.ask("/jukinet/v1/enquire", asked, wire.NationalAnswer, headers(press, session))

    def card(self, press: Press, session: Session, asked: wire.AskCard) -> wire.CardView:
        return self._line.ask("/jukinet/v1/card/state", asked, wire.CardView, headers(press, session))

    def report_card(self, press: Press, session: Session, asked: wire.ReportCard) -> wire.CardReported:
        return self._line.ask("/jukinet/v1/card", asked, wire.CardReported, headers(press, session))


class HttpNetworkUpkeep:
    """See ``NetworkUpkeep``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def backlog(self, press: Press, session: Session) -> wire.NetworkBacklog:
        return self._line.ask("/jukinet/v1/backlog", wire.AskBacklog(), wire.NetworkBacklog, headers(press, session))

    def compare(self, press: Press, session: Session, asked: wire.StartComparison) -> wire.Comparison:
        return self._line.ask("/jukinet/v1/compare", asked, wire.Comparison, headers(press, session))

    def comparison(self, press: Press, session: Session, *, open_only: bool, decides: bool) -> wire.Comparison:
        path = "/jukinet/v1/decide/comparison" if decides else "/jukinet/v1/comparison"
        asked = wire.AskComparison(open_only=open_only)
        return self._line.ask(path, asked, wire.Comparison, headers(press, session))

    def propose(self, press: Press, session: Session, asked: wire.ProposeResolution) -> wire.DifferenceRow:
        return self._line.ask("/jukinet/v1/comparison/propose", asked, wire.DifferenceRow, headers(press, session))

    def decide(self, press: Press, session: Session, asked: wire.DecideResolution) -> wire.DifferenceRow:
        return self._line.ask("/jukinet/v1/decide/difference", asked, wire.DifferenceRow, headers(press, session))
