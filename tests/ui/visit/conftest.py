"""A counter with its window: real use cases and a real (virtual) card, before an office that lives in this process."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Right
from app.errors import AppError
from app.services.close_visit import CloseVisit
from app.services.compose_visit_slip import Served
from app.services.confirm_number import ConfirmNumber
from app.services.confirm_person import ConfirmPerson
from app.services.correct_application import CorrectApplication
from app.services.enquire import Enquire
from app.services.known_facts import Relations
from app.services.open_visit import OpenVisit
from app.services.paper import Paper, PaperMark
from app.services.ports.seat import Press, Session, Visit
from app.services.prepare_application import PrepareApplication
from app.services.read_card import ReadCard
from app.services.save_draft import ResumeDraft
from app.services.work_status import work_status
from app.shipped import read_toml
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from app.ui.background import Lane
from app.ui.flows.pin_entry import Faces
from app.ui.flows.visit import VisitDesk
from app.ui.flows.visit_acts import CounterBooks, ReceiptSlip, VisitActs, VisitLanes
from app.ui.kit import Kit
from app.ui.resident_display import ResidentDisplay
from app.ui.screen import Screen
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.words import Words
from app.ui.window import Window
from app.wire.desk import AnswerMark
from app.wire.register import Record
from app.wire.relay import (
    AskEnquiries,
    AskProviders,
    EnquiryAccepted,
    EnquiryState,
    EnquiryStates,
    MakeEnquiry,
    Providers,
    RuledProvider,
)
from tests.support.cards import MakeCard
from tests.support.claims import CLAIM, HERE, MOVE, THERE
from tests.support.documents import CAPACITIES, DOCUMENTS
from tests.support.identity import identity_acts
from tests.support.interviews import carrying, held
from tests.support.proving import KnowingOffice
from tests.support.sheets import sheet_of
from tests.unit.services.conftest import Desk, hit, member, record

READER, OTHER_READER = "訓練用リーダー", "もう一つのリーダー"
AT = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
RIGHTS = ("session.own", "register.search", "register.open", "number.search", "application.receive", "enquiry.make")


ELSEWHERE = "993000"
NOBODY = RuledProvider(provider="", name="", why="")


@dataclass
class Exchange:
    """``ExchangeOffice`` in memory: accepts, or refuses with what it was told; answers what it was told."""

    refusal: AppError | None = None
    answer: str = ""
    made: list[MakeEnquiry] = field(default_factory=list)
    ruled: dict[str, RuledProvider] = field(default_factory=dict)
    news: Event = field(default_factory=Event)
    waited: list[int] = field(default_factory=list)

    def make(self, press: Press, session: Session, asked: MakeEnquiry) -> EnquiryAccepted:
        if self.refusal is not None:
            raise self.refusal
        self.made.append(asked)
        return EnquiryAccepted(
            enquiry_id=asked.enquiry_id, provider=THERE, provider_name="手本市", path="nws", accepted_at=AT, proof=""
        )

    def providers(self, press: Press, session: Session, asked: AskProviders) -> Providers:
        found = [self.ruled.get(one.enquiry, NOBODY) for one in asked.questions]
        return Providers(found=tuple(found))

    def states(self, press: Press, session: Session, asked: AskEnquiries) -> EnquiryStates:
        if asked.wait_s:
            self.waited.append(len(asked.enquiry_ids))
            self.news.wait(asked.wait_s)
        known = [one for one in self.made if one.enquiry_id in asked.enquiry_ids]
        return EnquiryStates(states=tuple(self._state(one) for one in known))

    def _state(self, made: MakeEnquiry) -> EnquiryState:
        answer = None
        if self.answer not in {"", "no_code"}:
            answer = AnswerMark(
                enquiry_id=made.enquiry_id, enquiry=made.enquiry, subject=made.subject, path="nws", provider=THERE,
                provider_name="手本市", tax_year=made.tax_year, kind=self.answer, items={}, answered_at=AT,
            )  # fmt: skip
        state = "answered" if answer else self.answer or "waiting"
        return EnquiryState(
            enquiry_id=made.enquiry_id, procedure=made.procedure, visit_id=made.visit_id, state=state,
            reason="", next_at=None, attempts=1,
            answer=answer,
        )  # fmt: skip


@dataclass
class Leave:
    """``NumberLeave`` over the line of the desk: given, unless the line is down."""

    desk: Desk

    def ask(self, press: Press, session: Session, visit_id: str, procedure: str) -> None:
        self.desk.line.use()


def holder_record(**changed: object) -> Record:
    """The register's record of who holds the training card, with a family."""
    found = hit(
        "2001", name=ADULT.name, kana="ミホン　タロウ", birth=ADULT.birth, sex="1", address=ADULT.address, **changed
    )
    household = (
        member("2001", ADULT.name, ADULT.birth, "世帯主"),
        member("2002", "見本　花子", date(1990, 2, 3), "妻"),
        member("2003", "見本　芽生", date(2026, 11, 10), "子"),
    )
    return record(found, household=household)


@dataclass
class Hands:
    """What a clerk sees and does at the window."""

    window: Window
    bot: QtBot

    @property
    def screen(self) -> Screen:
        """The screen in the middle of the window."""
        return next(one for one in self.window.findChildren(Screen) if one.isVisible())

    def at(self, title: str) -> None:
        """Wait until that screen is open."""
        self.bot.waitUntil(lambda: self.screen.title == title, timeout=6000)

    def says(self, text: str) -> None:
        """Wait until the window shows ``text`` somewhere."""
        self.bot.waitUntil(lambda: text in self.shown(), timeout=6000)

    def shown(self) -> str:
        """Everything that can be read in the window now, fields included."""
        labels = [one for one in self.window.findChildren(QLabel) if one.isVisible()]
        texts = [one.words() if isinstance(one, Words) else one.text() for one in labels]
        texts += [one.text() for one in self.window.findChildren(QLineEdit) if one.isVisible()]
        return "\n".join(texts)

    def focus(self) -> QWidget:
        at = self.window.focusWidget()
        assert at is not None
        return at

    def type(self, text: str) -> None:
        """Type; what is not on the keyboard comes converted from the IME."""
        if text.isascii():
            QTest.keyClicks(self.focus(), text)
            QApplication.processEvents()
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focus(), event)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, modifier)
        QApplication.processEvents()

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)

    def go_to(self, label: str) -> None:
        """Press Tab until the cursor stands in the field with that label."""
        for _ in range(80):
            if self.focus().accessibleName().startswith(label):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"{label} is not reached: {self.focus().accessibleName()}")


@dataclass
class Counter(Hands):
    """What a clerk has before him. ``papers``: what was shown as a paper; ``knowing``: who knows what was revoked.

    ``until``: whatever is put here is how long the PC's certificate holds.
    """

    desk: Desk
    visit: VisitDesk
    readers: GivenReaders
    exchange: Exchange
    make: MakeCard
    papers: list[tuple[str, bytes]]
    knowing: KnowingOffice
    display: ResidentDisplay
    until: list[datetime]

    def put_card(self, profile: str = "adult") -> None:
        self.readers.put(READER, self.make(profile))

    def start(self, ticket: str = "A012") -> None:
        self.type(ticket)
        self.key(Qt.Key.Key_F2)
        self.at("本人確認")

    def read_card(self, code: str = "") -> None:
        """Type the code printed on the card and press the button that reads."""
        self.go_to("照合番号B")
        self.type(code or ADULT.code_b)
        self.enter()
        self.enter()

    def confirm_face(self) -> None:
        self.bot.waitUntil(lambda: "はい" in self.focus().accessibleName(), timeout=6000)
        self.type("1")
        self.key(Qt.Key.Key_F12)

    def find_by_card(self) -> None:
        """From the ticket to the person who was found by the card."""
        self.start()
        self.put_card()
        self.read_card()
        self.confirm_face()
        self.at("住民検索")
        self.says("個人番号は登録済み")

    def open_form(self) -> None:
        """From the ticket to the form, the number being linked."""
        self.find_by_card()
        self.key(Qt.Key.Key_F12)
        self.at("手続の選択")
        self.enter()
        self.at("申請入力")


@pytest.fixture
def display(kit: Kit) -> ResidentDisplay:
    """A display without a monitor."""
    return ResidentDisplay(kit, training=True)


@pytest.fixture
def counter(
    qtbot: QtBot, qapp: QApplication, kit: Kit, make: MakeCard, test_anchors: CardAnchors, display: ResidentDisplay
) -> Iterator[Counter]:
    desk = Desk(clock=kit.clock)
    desk.register.records.append(holder_record())
    session = desk.sign_in()
    session = replace(session, actor=replace(session.actor, rights=tuple(Right(act) for act in RIGHTS)))
    knowing = KnowingOffice()
    readers, exchange, papers = GivenReaders((READER, OTHER_READER), SystemClock()), Exchange(), []
    until: list[datetime] = []
    cards = ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())
    relations = Relations.parse(read_toml("tables", "relations.toml"))
    lanes = VisitLanes(Lane("reader"), Lane("store"), Lane("office"), Lane("news"))
    acts = VisitActs(
        press=desk.press,
        readers=readers,
        read_card=cards,
        open_visit=OpenVisit(desk.journal),
        close_visit=CloseVisit(desk.journal),
        confirm_person=ConfirmPerson(desk.journal, DOCUMENTS),
        **identity_acts(readers, desk.journal, knowing),
        find_person=desk.find,
        confirm_number=ConfirmNumber(desk.journal, cards, DOCUMENTS, CAPACITIES, Leave(desk)),
        prepare=PrepareApplication(desk.journal, relations, CAPACITIES),
        save_draft=desk.save,
        resume_draft=ResumeDraft(desk.work, desk.journal),
        correct=CorrectApplication(desk.work, desk.journal),
        hand_in=desk.hand_in,
        work_status=lambda: work_status(desk.postbox, desk.work, until[-1] if until else None),
        enquire=Enquire(exchange, desk.journal),
        interview=held(desk.journal),
        slip=_slip,
        visit_slip=_visit_slip,
        sheet=_sheet,
        show_paper=lambda title, pdf: papers.append((title, pdf)),
    )
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    qtbot.addWidget(display)
    visit = VisitDesk(
        kit,
        Faces(window, display),
        lanes,
        acts,
        CounterBooks(
            (CLAIM, MOVE),
            ((HERE, "見本市"), (THERE, "手本市"), (ELSEWHERE, "例示市")),
            DOCUMENTS,
            CAPACITIES,
            carrying=carrying(),
        ),
    )
    visit.begin(session)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    exchange.news.clear()
    yield Counter(window, qtbot, desk, visit, readers, exchange, make, papers, knowing, display, until)
    exchange.news.set()
    visit.end()
    visit.close()
    for lane in (lanes.reader, lanes.store, lanes.office, lanes.news):
        assert lane.close()
    readers.close()


def _visit_slip(press: Press, session: Session, visit: Visit, served: Served) -> tuple[bytes, ...]:
    numbers = " ".join("―" if receipt is None else receipt.number for _, receipt in served.applications)
    return (f"{visit.ticket} {served.name} {numbers}".encode(),)


def _slip(press: Press, session: Session, slip: ReceiptSlip) -> bytes:
    return f"{slip.number} {slip.receipt_date} {slip.procedure.title}".encode()


def _sheet(press: Press, session: Session, slip: ReceiptSlip) -> Paper:
    content = sheet_of(slip)
    return Paper(content.title, PaperMark(content.form, content.number), content, ())
