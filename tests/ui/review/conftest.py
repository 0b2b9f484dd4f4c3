"""Reviewers before the real desk on an encrypted store of its own; only the line in between is left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.backend.desk import store
from app.backend.desk.service import DeskService, Neighbours, desk_service
from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.domain.rights import Actor
from app.domain.secret import secret
from app.domain.verdict import Failed, Verdict, Verified
from app.errors import AppError, LedgerError, Unreachable
from app.server.registered_addresses import RegisteredAddresses
from app.services.compose_form import Issuer
from app.services.enquire import Enquire
from app.services.form_words import parse_form_words
from app.services.ports.memory import Outgoing
from app.services.ports.seat import Press, Session, press
from app.services.read_timeline import ReadTimeline
from app.services.review import Review
from app.services.show_paper import ShowPaper
from app.shipped import read_toml
from app.trust.receipt import check_receipt, log_of, parse_receipt
from app.trust.sign import VerifyKey
from app.ui.background import Lane
from app.ui.flows.review import ReviewDesk
from app.ui.flows.review_acts import ReviewActs, ReviewBooks, ReviewLanes
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.words import Words
from app.ui.window import Window
from app.wire import desk as wire
from app.wire.desk_review import BatchDone, HoldCase, LetGo, PassBatch
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
from tests.edge.backend.desk.conftest import FACTS, PROCEDURE, hand_in, having
from tests.support.documents import DOCUMENTS, RULES
from tests.support.printing import Printed, forms
from tests.support.slices import KITA, MovedClock, OpenSlice, call, open_slice, person
from tests.support.stores import sqlcipher_addresses

THERE = "131016"
MARRIED = FACTS | {
    "spouse_exists": True,
    "spouse_name": "髙橋　次郎",
    "spouse_birth": "1988-01-01",
    "spouse_together": True,
    "spouse_jan1": THERE,
    "spouse_occupation": "employee",
}
READS = ("application.read",)
CLERK = person("001", *having(*READS, "application.receive", "application.check", "application.examine"))
CHECKER = person("002", *having(*READS, "application.check"), "visit.read")
EXAMINER = person("003", *having(*READS, "application.examine", "application.decide", "enquiry.make", "enquiry.read"))
DECIDER = person("004", *having(*READS, "application.decide", "enquiry.read"))


@dataclass
class NearDesk:
    """``DeskOffice``: the desk's own service in this process; the line may be down."""

    service: DeskService
    is_down: bool = False
    keys: list[str] = field(default_factory=list)

    def _use(self) -> DeskService:
        if self.is_down:
            raise Unreachable
        return self.service

    def rules(self, press: Press, session: Session) -> object:
        return self._use()

    def queue(self, press: Press, session: Session, asked: wire.AskQueue) -> wire.Queue:
        return self._use().review.queue(session.call(press), asked)

    def open_application(self, press: Press, session: Session, application_id: str) -> wire.ApplicationView:
        asked = wire.OpenApplication(application_id=application_id)
        return self._use().review.open(session.call(press), asked)

    def check_reception(self, press: Press, session: Session, step: wire.CheckReception) -> wire.StepDone:
        self.keys.append(press.key)
        return self._use().review.check(session.call(press), step)

    def examine(self, press: Press, session: Session, step: wire.Examine) -> wire.StepDone:
        return self._use().review.examine(session.call(press), step)

    def decide(self, press: Press, session: Session, step: wire.Decide) -> wire.StepDone:
        return self._use().review.decide(session.call(press), step)

    def hold(self, press: Press, session: Session, asked: HoldCase) -> None:
        self._use().holding.hold(session.call(press), asked)

    def let_go(self, press: Press, session: Session, application_id: str) -> None:
        self._use().holding.let_go(session.call(press), LetGo(application_id=application_id))

    def pass_batch(self, press: Press, session: Session, asked: PassBatch) -> BatchDone:
        return self._use().batch.run(session.call(press), asked)

    def timeline(self, press: Press, session: Session, visit_id: str) -> wire.Timeline:
        return self._use().visits.timeline(session.call(press), wire.AskTimeline(visit_id=visit_id))


NOBODY = RuledProvider(provider="", name="", why="")


@dataclass
class NearExchange:
    """``ExchangeOffice``, and the desk's own view of it: what was asked waits until it is answered with ``kind``."""

    clock: MovedClock
    made: dict[str, MakeEnquiry] = field(default_factory=dict)
    ruled: dict[str, RuledProvider] = field(default_factory=dict)
    kind: str = ""
    refusal: str = ""

    def make(self, press: Press, session: Session, asked: MakeEnquiry) -> EnquiryAccepted:
        self.made[asked.enquiry_id] = asked
        return EnquiryAccepted(
            enquiry_id=asked.enquiry_id,
            provider=THERE,
            provider_name="見本市",
            path="nws",
            accepted_at=press.at,
            proof="",
        )

    def providers(self, press: Press, session: Session, asked: AskProviders) -> Providers:
        found = [self.ruled.get(one.enquiry, NOBODY) for one in asked.questions]
        return Providers(found=tuple(found))

    def states(self, press: Press, session: Session, asked: AskEnquiries) -> EnquiryStates:
        known = [self.made[one] for one in asked.enquiry_ids if one in self.made]
        return EnquiryStates(states=tuple(self._state(one) for one in known))

    def answers(self, call: Call, enquiry_ids: Sequence[str]) -> dict[str, wire.AnswerMark]:
        """As the relay tells the desk."""
        states = [self._state(self.made[one]) for one in enquiry_ids if one in self.made]
        return {one.enquiry_id: one.answer for one in states if one.answer is not None}

    def _state(self, one: MakeEnquiry) -> EnquiryState:
        answer = None
        if self.kind:
            answer = wire.AnswerMark(
                enquiry_id=one.enquiry_id,
                enquiry=one.enquiry,
                subject=one.subject,
                path="nws",
                provider=THERE,
                provider_name="見本市",
                tax_year=one.tax_year,
                kind=self.kind,
                items={"income": 3_100_000} if self.kind == "value" else {},
                answered_at=self.clock.now(),
                process_number="990001",
            )
        return EnquiryState(
            enquiry_id=one.enquiry_id,
            procedure=one.procedure,
            visit_id=one.visit_id,
            state="refused" if self.refusal else "answered" if self.kind else "no_code",
            reason=self.refusal,
            next_at=None,
            attempts=1,
            answer=answer,
        )


@dataclass
class ActList:
    """``Journal`` as a list. ``refusal``: why it keeps nothing just now."""

    acts: list[Act] = field(default_factory=list)
    refusal: AppError | None = None

    def write(self, act: Act, *outgoing: Outgoing) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.acts.append(act)


@dataclass
class Office:
    """The desk at the other end, for what other people do there."""

    desk: DeskService
    slice: OpenSlice

    def call(self, actor: Actor) -> Call:
        return call(actor, self.slice.clock.at)

    def receive(self, application_id: str = "a1", **more: object) -> wire.Receipt:
        return self.desk.reception.hand_in(self.call(CLERK), hand_in(application_id, **more))

    def check(self, actor: Actor, outcome: str = "passed", reason: str = "", field: str = "") -> None:
        asked = wire.CheckReception(application_id="a1", version=1, outcome=outcome, reason=reason, field=field)
        self.desk.review.check(self.call(actor), asked)

    def examine(self, actor: Actor) -> None:
        asked = wire.Examine(application_id="a1", version=2, outcome="passed")
        self.desk.review.examine(self.call(actor), asked)


@dataclass
class Desk:
    """One counter for reviewers, driven by its keys."""

    office: Office
    line: NearDesk
    exchange: NearExchange
    journal: ActList
    window: Window
    review: ReviewDesk
    qtbot: QtBot
    left: list[bool] = field(default_factory=list)

    def sign_in(self, actor: Actor) -> None:
        now = self.office.slice.clock.at
        session = Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "not_asked")
        self.review.end()
        self.review.begin(session)
        self.sees("件が待っています", "待っている申請はありません")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = self.window.focusWidget() or self.window
        QTest.keyClick(at, key, modifier)
        QApplication.processEvents()

    def give_back(self) -> None:
        self.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)

    def open_first(self) -> None:
        self.press(Qt.Key.Key_Return)
        self.sees("受付番号")
        self.qtbot.waitUntil(lambda: "これまでの経過" in self.words())

    def words(self) -> str:
        """Everything readable on the window now."""
        shown = [one.words() for one in self.window.findChildren(Words) if one.isVisible()]
        return "\n".join(shown)

    def sees(self, *any_of: str) -> None:
        try:
            self.qtbot.waitUntil(lambda: any(one in self.words() for one in any_of), timeout=4000)
        except Exception as error:
            raise AssertionError(f"none of {any_of} in:\n{self.words()}") from error

    def find(self, kind: type[QWidget], name: str = "") -> QWidget:
        """The first of that kind and name that stands there, as soon as it does."""

        def found() -> list[QWidget]:
            return [one for one in self.window.findChildren(kind) if one.isVisible() and name in one.accessibleName()]

        self.qtbot.waitUntil(lambda: bool(found()))
        return found()[0]


Receipts = Callable[[str], Verdict]


def receipts_of(office: Office) -> Receipts:
    """The check a counter makes with the desk's public key."""
    key: VerifyKey = office.slice.signing.public

    def check(text: str) -> Verdict:
        try:
            receipt = parse_receipt(text.encode())
            check_receipt(receipt, {log_of(receipt): key})
        except LedgerError:
            return Failed("receipt_broken")
        return Verified()

    return check


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit, tmp_path: Path) -> Iterator[Desk]:
    clock = MovedClock(datetime(2026, 11, 20, 1, 0, tzinfo=UTC))
    kit = replace(kit, clock=clock)
    opened = open_slice("desk", store, sqlcipher_addresses(tmp_path / "stores")("desk"), clock)
    exchange, journal = NearExchange(clock), ActList()
    book = store.DeskStore(opened.database, opened.cells, opened.answers, opened.pen, opened.logbook)
    neighbours = Neighbours(exchange, RegisteredAddresses(None))
    office = Office(desk_service(book, {PROCEDURE.id: PROCEDURE}, RULES, neighbours), opened)
    line = NearDesk(office.desk)
    words = parse_form_words(read_toml("text", "forms.toml"), training=True)
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    make_press = partial(press, clock, SystemRandom())
    printed = Printed((kit, window), make_press, journal, tmp_path / "papers")
    acts = ReviewActs(
        press=make_press,
        review=Review(line, journal),
        read_timeline=ReadTimeline(line, journal),
        enquire=Enquire(exchange, journal),
        show_paper=ShowPaper(journal, forms(), words, Issuer("北市中央区長", "北市", "見本県"), line.rules),
        check_receipt=receipts_of(office),
        open_paper=printed.desk.show,
    )
    lanes = ReviewLanes(Lane("office"), Lane("paper"), Lane("news"))
    review = ReviewDesk(
        kit, window, lanes, acts, ReviewBooks((PROCEDURE,), words, ((KITA, "北市"), (THERE, "見本市")), DOCUMENTS)
    )
    made = Desk(office, line, exchange, journal, window, review, qtbot)
    review.left.connect(lambda: made.left.append(True))
    window.show()
    window.activateWindow()
    yield made
    review.end()
    printed.close()
    lanes.office.close()
    lanes.paper.close()
    opened.database.close()
