"""The office as far as the reception book, long cases and the till ask it; errors as in the port of the office."""

from typing import Protocol

from app.services.ports.seat import Press, Session
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
from app.wire.desk_fees import (
    CloseTill,
    ClosingDone,
    CorrectEntry,
    DecideVoid,
    FeeDone,
    SignClosing,
    TakeFee,
    Till,
    VoidFee,
)

CaseChange = (
    GiveCase
    | HandOver
    | AnswerHandover
    | BeginStage
    | FinishStage
    | TellDelay
    | MarkPaper
    | RequestPapers
    | TendRequest
)
"""Everything that is done with a case outside the review."""
FeeChange = TakeFee | VoidFee | DecideVoid | CorrectEntry
"""Everything that is done with one fee."""


class BookOffice(Protocol):
    """The desk's book."""

    def book(self, press: Press, session: Session, asked: AskBook) -> BookPage: ...
    def case(self, press: Press, session: Session, application_id: str) -> CaseCard: ...
    def change_case(self, press: Press, session: Session, asked: CaseChange) -> CaseDone: ...
    def receive(self, press: Press, session: Session, asked: ReceiveOutside) -> Receipt: ...
    def board(self, press: Press, session: Session, asked: AskBoard) -> Board: ...


class TillOffice(Protocol):
    """The till of this terminal."""

    def till(self, press: Press, session: Session, position: int) -> Till: ...
    def change_fee(self, press: Press, session: Session, asked: FeeChange) -> FeeDone: ...
    def close_till(self, press: Press, session: Session, asked: CloseTill | SignClosing) -> ClosingDone: ...
