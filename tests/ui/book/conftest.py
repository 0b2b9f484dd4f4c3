"""Clerks of a section before the real slice on an encrypted store; only the line is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.backend.desk import store
from app.client.counter import shipped_documents
from app.domain.clock import SystemRandom
from app.domain.rights import Actor
from app.domain.secret import secret
from app.errors import Unreachable
from app.paper.press import FormPress
from app.services.compose_form import Issuer
from app.services.entry_drafts import EntryDrafts
from app.services.form_words import parse_form_words
from app.services.keep_till import KeepTill
from app.services.paper import Paper
from app.services.ports.book import CaseChange, FeeChange
from app.services.ports.seat import Press, Session, press
from app.services.show_case_letter import ShowCaseLetter, parse_case_letter_words
from app.services.tend_book import TendBook
from app.shipped import read_toml, resource
from app.ui.background import Lane
from app.ui.flows.book_room import BookBooks, BookRoom
from app.ui.flows.case_card import CaseActs
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.other_rooms import OtherRoomsDesk
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire import desk, desk_book, desk_case, desk_fees
from tests.edge.backend.book.conftest import PROCEDURES, BookOffice, book_on
from tests.fakes.memory import MemoryWork
from tests.support.slices import MovedClock, open_slice
from tests.support.stores import sqlcipher_addresses
from tests.ui.admin.conftest import ActList
from tests.ui.tables import Tables


@dataclass
class Near:
    """``BookOffice`` and ``TillOffice``: the slice's own services; the line may be down."""

    office: BookOffice
    is_down: bool = False
    keys: list[str] = field(default_factory=list)

    def book(self, at: Press, session: Session, asked: desk_book.AskBook) -> desk_book.BookPage:
        return self.room.book.page(session.call(at), asked)

    def case(self, at: Press, session: Session, application_id: str) -> desk_book.CaseCard:
        return self.room.book.card(session.call(at), desk_book.AskCase(application_id=application_id))

    def board(self, at: Press, session: Session, asked: desk_case.AskBoard) -> desk_case.Board:
        return self.room.board.board(session.call(at), asked)

    def receive(self, at: Press, session: Session, asked: desk_book.ReceiveOutside) -> desk.Receipt:
        return self.office.desk.reception.receive_outside(session.call(at), asked)

    def change_case(self, at: Press, session: Session, asked: CaseChange) -> desk_book.CaseDone:
        self.keys.append(at.key)
        room, call = self.room, session.call(at)
        does = {
            desk_book.GiveCase: room.handing.give,
            desk_book.HandOver: room.handing.hand_over,
            desk_book.AnswerHandover: room.handing.answer,
            desk_case.BeginStage: room.track.begin,
            desk_case.FinishStage: room.track.finish,
            desk_case.TellDelay: room.delays.tell,
            desk_case.MarkPaper: room.papers.mark,
            desk_case.RequestPapers: room.papers.request,
            desk_case.TendRequest: room.papers.tend,
        }
        return does[type(asked)](call, asked)

    def till(self, at: Press, session: Session, position: int) -> desk_fees.Till:
        return self.room.till.till(session.call(at), desk_fees.AskTill(position=position))

    def change_fee(self, at: Press, session: Session, asked: FeeChange) -> desk_fees.FeeDone:
        fees = self.room.fees
        does = {
            desk_fees.TakeFee: fees.take,
            desk_fees.VoidFee: fees.ask_void,
            desk_fees.DecideVoid: fees.decide_void,
            desk_fees.CorrectEntry: fees.correct,
        }
        return does[type(asked)](session.call(at), asked)

    def close_till(self, at: Press, session: Session, asked: desk_fees.CloseTill) -> desk_fees.ClosingDone:
        till = self.room.till
        return (till.close if isinstance(asked, desk_fees.CloseTill) else till.sign)(session.call(at), asked)

    @property
    def room(self):
        if self.is_down:
            raise Unreachable
        return self.office.room


@dataclass
class Section(Tables):
    """The doors, the room behind them, and the slice behind that. ``papers``: what was shown to be printed."""

    office: BookOffice
    line: Near
    desk: OtherRoomsDesk
    room: BookRoom
    journal: ActList
    papers: list[Paper]
    wholes: list[str]

    def come(self, actor: Actor) -> None:
        """Somebody sits down and opens the doors."""
        now = self.office.slice.clock.now()
        self.desk.end()
        self.desk.begin(Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "key"))
        self.at("ほかの業務")

    def press_button(self, word: str) -> None:
        """Tab to a button and press it."""
        self.go_to(word)
        self.focus().click()

    def choose(self, label: str, value: str) -> None:
        """Choose in a list by its value."""
        self.go_to(label)
        box = self.focus()
        box.setCurrentIndex(box.findData(value))


@pytest.fixture
def section(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path: Path) -> Iterator[Section]:
    clock = MovedClock()
    opened = open_slice("desk", store, sqlcipher_addresses(tmp_path)("desk"), clock)
    office = book_on(opened)
    lanes, journal, numbers, papers, wholes = (
        (Lane("office"), Lane("store"), Lane("paper")),
        ActList(),
        count(1),
        [],
        [],
    )
    kit, line = replace(kit, clock=clock), Near(office)
    means = OfficeMeans(
        partial(press, clock, SystemRandom()),
        lambda: f"n{next(numbers)}",
        *lanes[:2],
        EntryDrafts(MemoryWork(), journal),
    )
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    form_words = parse_form_words(read_toml("text", "forms.toml"), training=True)
    words = (parse_case_letter_words(read_toml("text", "case_letters.toml")), form_words)
    issuer = Issuer("北市中央区長", "北市", "見本県")
    letters = ShowCaseLetter(journal, FormPress(resource("forms")), words, issuer, lambda *_: None)
    acts = CaseActs(TendBook(line, journal), letters, lambda _, paper: papers.append(paper), lanes[2])
    room = BookRoom((kit, window), means, acts, KeepTill(line, journal), BookBooks(PROCEDURES, shipped_documents()))
    room.whole_asked.connect(wholes.append)
    desk_ = OtherRoomsDesk(kit, window, (room,))
    window.show()
    window.activateWindow()
    yield Section(window, qtbot, office, line, desk_, room, journal, papers, wholes)
    desk_.end()
    for lane in lanes:
        lane.close()
    opened.database.close()
