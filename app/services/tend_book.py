"""受付簿 at a counter: lists, one case, what is done with it, what came by post; each kept in the journal first."""

from app.domain.act import Detail
from app.services.ports.book import BookOffice, CaseChange
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk import Receipt
from app.wire.desk_book import AnswerHandover, AskBook, BookPage, CaseCard, CaseDone, GiveCase, HandOver, ReceiveOutside
from app.wire.desk_case import (
    AskBoard,
    BeginStage,
    Board,
    FinishStage,
    MarkPaper,
    RequestPapers,
    TellDelay,
    TendRequest,
)
from app.wire.message import Message

READ, TEND, RECEIVE = "application.read", "case.tend", "application.receive"
_KINDS: dict[type[Message], str] = {
    GiveCase: "case.given",
    HandOver: "case.handed_over",
    AnswerHandover: "case.hand_over_answered",
    BeginStage: "case.step_begun",
    FinishStage: "case.step_ended",
    TellDelay: "case.delayed",
    MarkPaper: "case.paper_marked",
    RequestPapers: "case.papers_requested",
    TendRequest: "case.papers_tended",
}


class TendBook:
    """The use cases of who keeps the book of a section."""

    def __init__(self, office: BookOffice, journal: Journal) -> None:
        self._office = office
        self._journal = journal

    def page(self, press: Press, session: Session, asked: AskBook) -> BookPage:
        """The applications that were looked for."""
        doing = Doing("book.shown")
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.book(press, session, asked), _counted
        )

    def card(self, press: Press, session: Session, application_id: str) -> CaseCard:
        """How one case stands."""
        doing = Doing("case.shown", about=application_id)
        return recorded(
            self._journal, (press, session), doing, lambda: self._office.case(press, session, application_id)
        )

    def change(self, press: Press, session: Session, asked: CaseChange) -> CaseDone:
        """Do something with a case. Errors besides: Refused with its reason; Conflict when somebody was first."""
        about = asked.handover_id if isinstance(asked, AnswerHandover) else asked.application_id
        doing = Doing(_KINDS[type(asked)], about=about)
        return recorded(self._journal, (press, session), doing, lambda: self._office.change_case(press, session, asked))

    def receive(self, press: Press, session: Session, asked: ReceiveOutside) -> Receipt:
        """Take in what came by post or telephone."""
        what: dict[str, Detail] = {"channel": asked.channel, "arrived": asked.arrived_on.isoformat()}
        doing = Doing("application.came", about=asked.application_id, what=what)
        return recorded(self._journal, (press, session), doing, lambda: self._office.receive(press, session, asked))

    def board(self, press: Press, session: Session, asked: AskBoard) -> Board:
        """What falls due."""
        doing = Doing("board.shown")
        return recorded(self._journal, (press, session), doing, lambda: self._office.board(press, session, asked))


def _counted(page: BookPage) -> dict[str, Detail]:
    return {"entries": len(page.rows)}
