"""The reception book, long cases and the till over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.book import CaseChange, FeeChange
from app.services.ports.seat import Press, Session
from app.wire import desk_book, desk_case, desk_fees
from app.wire.desk import Receipt
from app.wire.message import Message

_CASE: dict[type[Message], str] = {
    desk_book.GiveCase: "book/give",
    desk_book.HandOver: "book/hand-over",
    desk_book.AnswerHandover: "book/answer",
    desk_case.BeginStage: "case/step/begin",
    desk_case.FinishStage: "case/step/finish",
    desk_case.TellDelay: "case/delay",
    desk_case.MarkPaper: "case/paper",
    desk_case.RequestPapers: "case/papers/request",
    desk_case.TendRequest: "case/papers/tend",
}
_FEE: dict[type[Message], str] = {
    desk_fees.TakeFee: "take",
    desk_fees.VoidFee: "void",
    desk_fees.DecideVoid: "void/decide",
    desk_fees.CorrectEntry: "correct",
}
_CLOSING: dict[type[Message], str] = {desk_fees.CloseTill: "close", desk_fees.SignClosing: "sign"}


class HttpBook:
    """See ``BookOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def book(self, press: Press, session: Session, asked: desk_book.AskBook) -> desk_book.BookPage:
        return self._line.ask("/desk/v1/book", asked, desk_book.BookPage, headers(press, session))

    def case(self, press: Press, session: Session, application_id: str) -> desk_book.CaseCard:
        asked = desk_book.AskCase(application_id=application_id)
        return self._line.ask("/desk/v1/book/case", asked, desk_book.CaseCard, headers(press, session))

    def change_case(self, press: Press, session: Session, asked: CaseChange) -> desk_book.CaseDone:
        path = f"/desk/v1/{_CASE[type(asked)]}"
        return self._line.ask(path, asked, desk_book.CaseDone, headers(press, session))

    def receive(self, press: Press, session: Session, asked: desk_book.ReceiveOutside) -> Receipt:
        return self._line.ask("/desk/v1/book/receive", asked, Receipt, headers(press, session))

    def board(self, press: Press, session: Session, asked: desk_case.AskBoard) -> desk_case.Board:
        return self._line.ask("/desk/v1/board", asked, desk_case.Board, headers(press, session))


class HttpTill:
    """See ``TillOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def till(self, press: Press, session: Session, position: int) -> desk_fees.Till:
        asked = desk_fees.AskTill(position=position)
        return self._line.ask("/desk/v1/till", asked, desk_fees.Till, headers(press, session))

    def change_fee(self, press: Press, session: Session, asked: FeeChange) -> desk_fees.FeeDone:
        path = f"/desk/v1/till/{_FEE[type(asked)]}"
        return self._line.ask(path, asked, desk_fees.FeeDone, headers(press, session))

    def close_till(
        self, press: Press, session: Session, asked: desk_fees.CloseTill | desk_fees.SignClosing
    ) -> desk_fees.ClosingDone:
        path = f"/desk/v1/till/{_CLOSING[type(asked)]}"
        return self._line.ask(path, asked, desk_fees.ClosingDone, headers(press, session))
