"""受付簿 and the till before who is signed in: the book, cases, papers, the board, what came by post, money."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.identity import Document
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.services.keep_till import CLOSE, TAKE, VOID, KeepTill
from app.services.ports.seat import Session
from app.services.tend_book import READ, RECEIVE
from app.ui.flows.book_list import BookFlow, HandoversFlow
from app.ui.flows.book_receive import ReceiveFlow
from app.ui.flows.case_board import BoardFlow
from app.ui.flows.case_card import CaseActs, CaseFlow, CasePapersFlow
from app.ui.flows.case_form import Asking, CaseFormFlow
from app.ui.flows.case_words import BoardReader, CaseReader
from app.ui.flows.fees_till import NOW, ClosingFlow, TillFlow
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.register_path import RegisterPath
from app.ui.kit import Kit
from app.ui.screens.admin import TaskShown
from app.ui.window import Window
from app.wire.desk_book import CaseCard
from app.wire.entry_draft import EntryDraft

BOOK, BOARD, OUTSIDE, TILL = "book.list", "book.board", "book.outside", "book.till"


@dataclass(frozen=True, slots=True)
class BookBooks:
    """Data of the office: procedures by id, kinds of documents."""

    procedures: Mapping[str, Procedure]
    documents: Sequence[Document]


class BookRoom(QObject):
    """See ``OtherRoom``. ``whole_asked`` carries an application's id: it is wanted in the review."""

    left = Signal()
    finished = Signal(str, str)
    whole_asked = Signal(str)

    def __init__(
        self, face: tuple[Kit, Window], means: OfficeMeans, acts: CaseActs, till: KeepTill, books: BookBooks
    ) -> None:
        kit, window = face
        super().__init__(window)
        self._kit, self._procedures = kit, books.procedures
        self._session: Session | None = None
        self._path = RegisterPath(window)
        procedures, reader = books.procedures, CaseReader(kit, books.procedures)
        self.book = BookFlow(kit, means, acts.book, procedures)
        self.handovers = HandoversFlow(kit, means, acts.book, procedures)
        self.case = CaseFlow(kit, means, acts, reader)
        self.papers = CasePapersFlow(kit, means, acts, reader)
        self.board = BoardFlow(kit, means, acts.book, BoardReader(kit, procedures))
        self.receive = ReceiveFlow(kit, means, acts.book, (procedures, books.documents))
        self.till = TillFlow(kit, means, till)
        self.past = TillFlow(kit, means, till)
        self.closing = ClosingFlow(kit, means, till)
        self.form = CaseFormFlow(kit, means)
        self._connect()

    @property
    def doors(self) -> tuple[TaskShown, ...]:
        """Its doors, in their order."""
        return book_doors(self._kit)

    def offers(self, session: Session) -> frozenset[str]:
        """The doors that are open to this person today."""
        return book_offers(self._kit, self._procedures, session)

    def begin(self, session: Session, door: str) -> None:
        """Go in by this door."""
        self._path.clear()
        self._session = session
        opening: dict[str, Callable[[], None]] = {
            BOOK: self._open_book,
            BOARD: self._open_board,
            OUTSIDE: self._open_receive,
            TILL: self._open_till,
        }
        opening[door]()

    def resume(self, session: Session, typed: EntryDraft) -> bool:
        """None of its forms is kept on this PC."""
        del session, typed
        return False

    def end(self) -> None:
        """Forget everything shown."""
        self._path.clear()
        self._session = None

    def save_now(self) -> None:
        """Nothing here is kept half typed."""

    def _connect(self) -> None:
        self._path.left.connect(self.left)
        self._path.finished.connect(self.finished)
        self.book.opened.connect(self._open_case)
        self.book.outside_asked.connect(self._open_receive)
        self.book.handovers_asked.connect(self._open_handovers)
        self.board.opened.connect(self._open_case)
        self.case.papers_asked.connect(self._open_papers)
        self.case.whole_asked.connect(self.whole_asked)
        self.till.closing_asked.connect(self._open_closing)
        self.closing.look_asked.connect(self._open_past)
        for asks in (self.case, self.papers, self.till, self.past, self.closing):
            asks.form_asked.connect(self._open_form)
        self.form.done.connect(lambda title, text: self._path.done([self.form.screen], title, text))
        self.receive.done.connect(lambda title, text: self._path.done([self.receive.screen], title, text))
        flows = (
            self.book, self.handovers, self.case, self.papers, self.board, self.receive, self.till, self.past,
            self.closing, self.form,
        )  # fmt: skip
        for flow in flows:
            flow.screen.back_asked.connect(self._path.back)

    def _open_book(self) -> None:
        if self._session is not None:
            self.book.begin(self._session)
            self._path.enter(self.book.screen, self.book.again, self.book.end)

    def _open_board(self) -> None:
        if self._session is not None:
            self.board.begin(self._session)
            self._path.enter(self.board.screen, self.board.again, self.board.end)

    def _open_handovers(self) -> None:
        if self._session is not None:
            self.handovers.begin(self._session)
            self._path.enter(self.handovers.screen, leave=self.handovers.end)

    def _open_receive(self) -> None:
        if self._session is not None:
            self.receive.begin(self._session)
            self._path.enter(self.receive.screen, leave=self.receive.end)

    def _open_case(self, application_id: str) -> None:
        if self._session is not None:
            self.case.begin(self._session, application_id)
            self._path.enter(self.case.screen, self.case.again, self.case.end)

    def _open_papers(self, card: CaseCard) -> None:
        if self._session is not None:
            self.papers.begin(self._session, card)
            self._path.enter(self.papers.screen, self.papers.again, self.papers.end)

    def _open_till(self) -> None:
        if self._session is not None:
            self.till.begin(self._session, NOW)
            self._path.enter(self.till.screen, self.till.again, self.till.end)

    def _open_past(self, position: int) -> None:
        if self._session is not None:
            self.past.begin(self._session, position)
            self._path.enter(self.past.screen, self.past.again, self.past.end)

    def _open_closing(self) -> None:
        if self._session is not None:
            self.closing.begin(self._session)
            self._path.enter(self.closing.screen, self.closing.again, self.closing.end)

    def _open_form(self, asking: Asking) -> None:
        if self._session is not None:
            self.form.begin(self._session, asking)
            self._path.enter(self.form.screen, leave=self.form.end)


def book_offers(kit: Kit, procedures: Iterable[str], session: Session) -> frozenset[str]:
    """The doors that are open to this person today; ``procedures``: the ids of all."""
    day, actor, names = business_date(kit.clock.now()), session.actor, tuple(procedures)

    def may(act: str) -> bool:
        return any(allowed(actor, act, name, ANY, day=day) for name in names)

    doors = {BOOK: may(READ), BOARD: may(READ), OUTSIDE: may(RECEIVE), TILL: may(TAKE) or may(CLOSE) or may(VOID)}
    return frozenset(door for door, is_open in doors.items() if is_open)


def book_doors(kit: Kit) -> tuple[TaskShown, ...]:
    """The doors of this room."""
    words = kit.texts.book
    return (
        TaskShown(BOOK, words.group, words.door, words.door_text),
        TaskShown(BOARD, words.group, words.board_door, words.board_door_text),
        TaskShown(OUTSIDE, words.group, words.outside_door, words.outside_door_text),
        TaskShown(TILL, words.group, words.till_door, words.till_door_text),
    )
