"""At the 統合端末: check a card, open an announced move, copies of other cities, search, enquire, a card's state."""

from app.services.ports.memory import Journal
from app.services.ports.network_desk import NetworkTerminal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.jukinet_counter import (
    AskCard,
    AskWideAreaCopy,
    CardReported,
    CardView,
    CheckIdentity,
    EnquireNational,
    IdentityChecked,
    MovingIn,
    NationalAnswer,
    NetworkHits,
    OpenMovingIn,
    ReportCard,
    SearchNetwork,
    WideAreaAnswer,
)

CHECK, SEARCH, ENQUIRE, CARD = "network.check", "network.search", "network.enquire", "network.card"
MOVING_IN, WIDE_AREA = "network.moving_in", "network.wide_area"
"""The acts that rights are needed for."""


class UseNetwork:
    """The use cases; each is kept as an act before its answer is shown. Errors: those of ``NetworkTerminal``."""

    def __init__(self, terminal: NetworkTerminal, journal: Journal) -> None:
        self._terminal, self._journal = terminal, journal

    def check(self, press: Press, session: Session, asked: CheckIdentity) -> IdentityChecked:
        """Who the card is of; the PIN stands in no act."""
        return recorded(
            self._journal,
            (press, session),
            Doing(CHECK, asked.visit_id, asked.check_id, {"purpose": asked.purpose}),
            lambda: self._terminal.check(press, session, asked),
            lambda found: {"result": found.result, "differences": ",".join(found.differences)},
        )

    def moving_in(self, press: Press, session: Session, asked: OpenMovingIn) -> MovingIn:
        """What was announced by who was checked."""
        doing = Doing(MOVING_IN, asked.visit_id, asked.check_id)
        return recorded(self._journal, (press, session), doing, lambda: self._terminal.moving_in(press, session, asked))

    def ask_copy(self, press: Press, session: Session, asked: AskWideAreaCopy) -> WideAreaAnswer:
        """Ask another municipality for a copy of who was checked."""
        what = {"household": asked.with_household, "code": asked.with_code, "number": asked.with_number}
        doing = Doing(WIDE_AREA, asked.visit_id, asked.request_id, dict(what))
        return recorded(self._journal, (press, session), doing, lambda: self._terminal.ask_copy(press, session, asked))

    def copy(self, press: Press, session: Session, request_id: str) -> WideAreaAnswer:
        """Whether the answer is there. Waiting is no act; that it was opened is one."""
        answer = self._terminal.copy(press, session, request_id)
        if answer.state != "asked":
            self._journal.write(session.act(press, "network.copy_opened", about=request_id, state=answer.state))
        return answer

    def search(self, press: Press, session: Session, asked: SearchNetwork) -> NetworkHits:
        """A list by the four items, or one person by number."""
        by = "number" if asked.my_number else "four"
        return recorded(
            self._journal,
            (press, session),
            Doing(SEARCH, asked.visit_id, what={"procedure": asked.procedure, "by": by, "where": asked.where}),
            lambda: self._terminal.search(press, session, asked),
            lambda found: {"hits": len(found.hits), "more": found.more},
        )

    def enquire(self, press: Press, session: Session, asked: EnquireNational) -> NationalAnswer:
        """本人確認情報 of the national level."""
        by = "code" if asked.resident_code else "number" if asked.my_number else "four"
        return recorded(
            self._journal,
            (press, session),
            Doing(ENQUIRE, asked.visit_id, what={"procedure": asked.procedure, "by": by}),
            lambda: self._terminal.enquire(press, session, asked),
            lambda found: {"hits": len(found.people), "more": found.more},
        )

    def show_number(self, press: Press, session: Session, proof: str) -> None:
        """個人番号 and 住民票コード of an answer are about to be shown. ``proof``: of the answer's record."""
        self._journal.write(session.act(press, "network.number_shown", about=proof))

    def card(self, press: Press, session: Session, asked: AskCard) -> CardView:
        """How a card stands."""
        return recorded(
            self._journal,
            (press, session),
            Doing("network.card_seen", asked.visit_id, asked.check_id),
            lambda: self._terminal.card(press, session, asked),
            lambda found: {"state": found.state},
        )

    def report_card(self, press: Press, session: Session, asked: ReportCard) -> CardReported:
        """A step of a card. Errors besides: Refused ``card_step``, ``card_person``."""
        return recorded(
            self._journal,
            (press, session),
            Doing(CARD, asked.visit_id, asked.event_id, {"step": asked.step, "lost": asked.lost}),
            lambda: self._terminal.report_card(press, session, asked),
            lambda found: {"state": found.state},
        )
