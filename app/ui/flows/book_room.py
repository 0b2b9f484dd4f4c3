"""受付簿 and the till before who is signed in: the book, cases, papers, the board, what came by post, money."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

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
from app.ui.late import Late
from app.ui.screen import Screen
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
        self.book = Late(window, lambda: BookFlow(kit, means, acts.book, procedures))
        self.handovers = Late(window, lambda: HandoversFlow(kit, means, acts.book, procedures))
        self.case = Late(window, lambda: CaseFlow(kit, means, acts, reader))
        self.papers = Late(window, lambda: CasePapersFlow(kit, means, acts, reader))
        self.board = Late(window, lambda: BoardFlow(kit, means, acts.book, BoardReader(kit, procedures)))
        self.receive = Late(window, lambda: ReceiveFlow(kit, means, acts.book, (procedures, books.documents)))
        self.till = Late(window, lambda: TillFlow(kit, means, till))
        self.past = Late(window, lambda: TillFlow(kit, means, till))
        self.closing = Late(window, lambda: ClosingFlow(kit, means, till))
        self.form = Late(window, lambda: CaseFormFlow(kit, means))
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
        self.book.when_made(self._connect_book)
        self.board.when_made(lambda flow: flow.opened.connect(self._open_case))
        self.case.when_made(lambda flow: flow.papers_asked.connect(self._open_papers))
        self.case.when_made(lambda flow: flow.whole_asked.connect(self.whole_asked))
        self.till.when_made(lambda flow: flow.closing_asked.connect(self._open_closing))
        self.closing.when_made(lambda flow: flow.look_asked.connect(self._open_past))
        for asks in (self.case, self.papers, self.till, self.past, self.closing):
            asks.when_made(lambda flow: flow.form_asked.connect(self._open_form))
        for sent in (self.form, self.receive):
            sent.when_made(lambda flow: flow.done.connect(partial(self._on_done, flow.screen)))
        pages = (
            self.book, self.handovers, self.case, self.papers, self.board, self.receive, self.till, self.past,
            self.closing, self.form,
        )  # fmt: skip
        for page in pages:
            page.when_made(lambda flow: flow.screen.back_asked.connect(self._path.back))

    def _connect_book(self, flow: BookFlow) -> None:
        flow.opened.connect(self._open_case)
        flow.outside_asked.connect(self._open_receive)
        flow.handovers_asked.connect(self._open_handovers)

    def _on_done(self, screen: Screen, title: str, text: str) -> None:
        self._path.done([screen], title, text)

    def _open_book(self) -> None:
        if self._session is not None:
            flow = self.book.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_board(self) -> None:
        if self._session is not None:
            flow = self.board.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_handovers(self) -> None:
        if self._session is not None:
            flow = self.handovers.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_receive(self) -> None:
        if self._session is not None:
            flow = self.receive.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, leave=flow.end)

    def _open_case(self, application_id: str) -> None:
        if self._session is not None:
            flow = self.case.now()
            flow.begin(self._session, application_id)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_papers(self, card: CaseCard) -> None:
        if self._session is not None:
            flow = self.papers.now()
            flow.begin(self._session, card)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_till(self) -> None:
        if self._session is not None:
            flow = self.till.now()
            flow.begin(self._session, NOW)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_past(self, position: int) -> None:
        if self._session is not None:
            flow = self.past.now()
            flow.begin(self._session, position)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_closing(self) -> None:
        if self._session is not None:
            flow = self.closing.now()
            flow.begin(self._session)
            self._path.enter(flow.screen, flow.again, flow.end)

    def _open_form(self, asking: Asking) -> None:
        if self._session is not None:
            flow = self.form.now()
            flow.begin(self._session, asking)
            self._path.enter(flow.screen, leave=flow.end)


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
