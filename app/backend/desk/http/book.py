"""What the reception book and the till offer over the network."""

from app.backend.desk.service.book_room import BookRoom
from app.backend.desk.service.fees import CLOSE, TAKE, VOID
from app.backend.desk.service.reception import Reception
from app.backend.desk.service.shelf import READ, RECEIVE, TEND
from app.wire.desk import Receipt
from app.wire.desk_book import (
    AnswerHandover,
    AskBook,
    AskCase,
    BookPage,
    CaseCard,
    CaseDone,
    GiveCase,
    HandOver,
    ReceiveOutside,
)
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
    AskTill,
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
from app.wire.endpoint import Endpoint


def book_endpoints(room: BookRoom, reception: Reception) -> tuple[Endpoint, ...]:
    """The book, hand-overs, long cases, papers, the board, the till; each behind its right."""
    at, handing, outside = "/desk/v1/book", room.handing, reception.receive_outside
    return (
        Endpoint(path=at, act=READ, takes=AskBook, gives=BookPage, does=room.book.page),
        Endpoint(path=f"{at}/case", act=READ, takes=AskCase, gives=CaseCard, does=room.book.card),
        Endpoint(path=f"{at}/give", act=TEND, takes=GiveCase, gives=CaseDone, does=handing.give),
        Endpoint(path=f"{at}/hand-over", act=READ, takes=HandOver, gives=CaseDone, does=handing.hand_over),
        Endpoint(path=f"{at}/answer", act=READ, takes=AnswerHandover, gives=CaseDone, does=handing.answer),
        Endpoint(path=f"{at}/receive", act=RECEIVE, takes=ReceiveOutside, gives=Receipt, does=outside),
        *_cases(room),
        *_till(room),
    )


def _cases(room: BookRoom) -> tuple[Endpoint, ...]:
    at, track, papers = "/desk/v1/case", room.track, room.papers
    return (
        Endpoint(path=f"{at}/step/begin", act=TEND, takes=BeginStage, gives=CaseDone, does=track.begin),
        Endpoint(path=f"{at}/step/finish", act=TEND, takes=FinishStage, gives=CaseDone, does=track.finish),
        Endpoint(path=f"{at}/delay", act=TEND, takes=TellDelay, gives=CaseDone, does=room.delays.tell),
        Endpoint(path=f"{at}/paper", act=TEND, takes=MarkPaper, gives=CaseDone, does=papers.mark),
        Endpoint(path=f"{at}/papers/request", act=TEND, takes=RequestPapers, gives=CaseDone, does=papers.request),
        Endpoint(path=f"{at}/papers/tend", act=TEND, takes=TendRequest, gives=CaseDone, does=papers.tend),
        Endpoint(path="/desk/v1/board", act=READ, takes=AskBoard, gives=Board, does=room.board.board),
    )


def _till(room: BookRoom) -> tuple[Endpoint, ...]:
    at, fees, till = "/desk/v1/till", room.fees, room.till
    return (
        Endpoint(path=at, act=TAKE, takes=AskTill, gives=Till, does=till.till),
        Endpoint(path=f"{at}/take", act=TAKE, takes=TakeFee, gives=FeeDone, does=fees.take),
        Endpoint(path=f"{at}/void", act=TAKE, takes=VoidFee, gives=FeeDone, does=fees.ask_void),
        Endpoint(path=f"{at}/void/decide", act=VOID, takes=DecideVoid, gives=FeeDone, does=fees.decide_void),
        Endpoint(path=f"{at}/correct", act=VOID, takes=CorrectEntry, gives=FeeDone, does=fees.correct),
        Endpoint(path=f"{at}/close", act=CLOSE, takes=CloseTill, gives=ClosingDone, does=till.close),
        Endpoint(path=f"{at}/sign", act=CLOSE, takes=SignClosing, gives=ClosingDone, does=till.sign),
    )
