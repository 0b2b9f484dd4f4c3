"""What came back is corrected by who received it, under its number and day, and then checked as a difference."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from app.backend.desk.service import DeskService
from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.identity import Regime
from app.domain.rights import Actor
from app.domain.secret import secret
from app.services.close_visit import CloseVisit
from app.services.confirm_number import ConfirmNumber
from app.services.confirm_person import ConfirmPerson
from app.services.correct_application import CorrectApplication
from app.services.enquire import Enquire
from app.services.known_facts import Relations
from app.services.open_visit import OpenVisit
from app.services.ports.office import Carriage
from app.services.ports.seat import Session
from app.services.prepare_application import PrepareApplication
from app.services.read_card import ReadCard
from app.services.save_draft import ResumeDraft
from app.services.work_status import work_status
from app.shipped import read_toml
from app.trust.card_proof import CardAnchors
from app.trust.seal import open_box
from app.ui.background import Lane
from app.ui.flows.pin_entry import Faces
from app.ui.flows.visit import VisitDesk
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.resident_display import ResidentDisplay
from app.ui.widgets.table import Table
from app.wire.desk import ApplicationView, HandIn, OpenApplication
from app.wire.evidence import under
from app.wire.message import decode, encode
from app.wire.parcel import Parcel, parcel_context
from tests.edge.backend.desk.conftest import PROCEDURE, having
from tests.fakes.office import FakeDesk, Line
from tests.support.claims import HERE
from tests.support.documents import CAPACITIES, DOCUMENTS
from tests.support.identity import identity_acts
from tests.support.interviews import held
from tests.support.proving import KnowingOffice
from tests.support.slices import KITA, MovedClock, call, person
from tests.ui.review.conftest import CHECKER, CLERK, READS, Desk
from tests.ui.review.test_review import texts_of
from tests.ui.visit.conftest import Hands
from tests.unit.services.conftest import Desk as Counter

OTHER_CLERK = person("006", *having(*READS, "application.receive"))


class DeskBehindPostbox(FakeDesk):
    """What the postbox delivers is taken in by the desk's own service."""

    service: DeskService
    clock: MovedClock

    def carry(self, session: Session, way: Carriage, parcel: Parcel) -> bytes:
        if parcel.kind != HandIn.__name__:
            return super().carry(session, way, parcel)
        self._line.use()
        body = open_box(self.box, parcel.box, parcel_context(HERE, parcel.kind, way.key))
        asked = call(session.actor, self.clock.now(), way.key)
        return encode(self.service.reception.hand_in(asked, decode(body, HandIn)))


@dataclass
class Both(Hands):
    """A clerk's own desk beside the list of what waits."""

    desk: Desk
    visit: VisitDesk
    counter: Counter
    line: Line

    def sign_in(self, actor: Actor) -> None:
        now = self.desk.office.slice.clock.at
        session = Session(actor, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "not_asked")
        self.counter.work.open(actor.staff_id, secret("x"), None)
        self.counter.postbox.serve(session)
        self.visit.begin(session, may_review=True)
        self.desk.sign_in(actor)

    def case(self) -> ApplicationView:
        asked = OpenApplication(application_id="a1")
        return self.desk.office.desk.review.open(self.desk.office.call(CHECKER), asked)

    def come_back(self, reason: str = "entry_wrong", field: str = "") -> str:
        """An application is received and returned; its number."""
        number = self.desk.office.receive().number
        self.desk.office.check(CHECKER, outcome="returned", reason=reason, field=field)
        return number

    def open_form(self) -> None:
        self.sign_in(CLERK)
        self.desk.open_first()
        self.key(Qt.Key.Key_F12)
        self.at("申請入力")


@pytest.fixture
def both(desk: Desk, test_anchors: CardAnchors) -> Iterator[Both]:
    clock = desk.office.slice.clock
    counter, line = Counter(clock=clock), Line()
    behind = DeskBehindPostbox(line, HERE, clock)
    behind.service, behind.clock = desk.office.desk, clock
    counter.postbox._desk = behind
    readers = GivenReaders((), SystemClock())
    cards = ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())
    lanes = VisitLanes(Lane("reader"), Lane("store"), Lane("office"), Lane("news"))
    acts = VisitActs(
        press=counter.press,
        readers=readers,
        read_card=cards,
        open_visit=OpenVisit(counter.journal),
        close_visit=CloseVisit(counter.journal),
        confirm_person=ConfirmPerson(counter.journal, DOCUMENTS),
        **identity_acts(readers, counter.journal, KnowingOffice()),
        find_person=counter.find,
        confirm_number=ConfirmNumber(counter.journal, cards, DOCUMENTS, CAPACITIES, None),
        prepare=PrepareApplication(counter.journal, Relations.parse(read_toml("tables", "relations.toml")), CAPACITIES),
        save_draft=counter.save,
        resume_draft=ResumeDraft(counter.work, counter.journal),
        correct=CorrectApplication(counter.work, counter.journal),
        hand_in=counter.hand_in,
        work_status=lambda: work_status(counter.postbox, counter.work),
        enquire=Enquire(desk.exchange, counter.journal),
        interview=held(counter.journal),
        slip=lambda *given: (given[-1].number.encode(),),
        visit_slip=lambda *_: (b"",),
        sheet=lambda *_: b"",
        show_paper=lambda *_: None,
    )
    visit = VisitDesk(
        desk.review._kit,
        Faces(desk.window, ResidentDisplay(desk.review._kit, training=True)),
        lanes,
        acts,
        CounterBooks((PROCEDURE,), ((KITA, "北市"),), DOCUMENTS, CAPACITIES),
    )
    desk.review.correct_asked.connect(desk.review.end)
    desk.review.correct_asked.connect(visit.correct)
    yield Both(desk.window, desk.qtbot, desk, visit, counter, line)
    visit.end()
    visit.close()
    for lane in (lanes.reader, lanes.store, lanes.office):
        assert lane.close()
    readers.close()


def test_who_received_it_sees_in_the_list_that_it_came_back_and_why(both: Both) -> None:
    number = both.come_back("paper_missing")
    both.sign_in(CLERK)
    row = texts_of(both.desk.find(QTableView))
    assert "差戻し" in row
    assert "補正（差戻し）" in row
    both.says(f"{number} 差戻しの理由：必要な書類がそろっていない")


def test_the_form_opens_with_what_was_handed_in_and_the_reason_stands_beside_it(both: Both) -> None:
    number = both.come_back("account_wrong")
    both.open_form()
    both.says(f"{number} を補正しています")
    shown = both.shown()
    assert "振込先を確かめる必要がある" in shown
    assert "髙橋　花子" in shown
    assert "0110000000" in shown
    both.key(Qt.Key.Key_PageDown)
    both.says("振込先を確かめる必要がある")


def test_the_field_it_came_back_for_says_why_and_the_cursor_stands_there(both: Both) -> None:
    both.come_back("entry_wrong", "claimant_phone")
    both.open_form()
    both.bot.waitUntil(lambda: both.focus().accessibleName().startswith("電話番号"))
    note = f"差戻しの理由：記入に誤りまたは漏れがある（{CHECKER.name}）"
    both.says(note)
    assert note in both.focus().accessibleDescription()
    both.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    both.type("0119999999")
    both.key(Qt.Key.Key_Tab)
    both.says(note)
    both.key(Qt.Key.Key_PageDown)
    both.bot.waitUntil(lambda: note not in both.shown())
    both.key(Qt.Key.Key_PageUp)
    both.says(note)


def test_what_is_corrected_keeps_number_and_day_and_is_checked_as_a_difference(both: Both) -> None:
    number = both.come_back()
    first = both.case()
    both.desk.office.slice.clock.move(days=3)
    both.open_form()
    both.go_to("電話番号")
    both.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    both.type("0119999999")
    both.key(Qt.Key.Key_F12)
    both.at("提出の確認")
    both.says(f"受付番号 {number}、受付日 令和8年11月20日 は変わりません")
    both.key(Qt.Key.Key_F12)
    both.at("提出の結果")
    both.says("補正した申請を提出しました")
    shown = both.shown()
    assert number in shown
    assert "令和8年11月20日" in shown
    assert "別の手続" not in shown
    again = both.case()
    assert (again.state, again.number, again.receipt_date) == ("received", first.number, first.receipt_date)
    assert (again.visit_id, again.roles) == (first.visit_id, first.roles)
    assert again.evidence == under(Regime.NUMBER, first.evidence)
    assert both.counter.kinds.count("application.correction_begun") == 1
    both.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    both.at("次の応対")
    both.desk.sign_in(CHECKER)
    both.desk.open_first()
    both.desk.sees("変わった1項目だけ")
    changes = texts_of(both.desk.find(Table, "変わったところ"))
    assert changes.startswith("電話番号　0110000000　0119999999")


def test_a_correction_that_was_left_goes_on_from_the_drafts_with_its_reason(both: Both) -> None:
    both.come_back("identity_unclear")
    both.open_form()
    both.go_to("電話番号")
    both.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    both.type("0112222222")
    both.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    both.at("次の応対")
    both.bot.waitUntil(lambda: PROCEDURE.title in texts_of(both.desk.find(Table, "再開できる下書き")))
    both.desk.find(Table, "再開できる下書き").setFocus()
    both.enter()
    both.at("申請入力")
    both.says("本人確認または番号確認の記録が足りない")
    both.says("0112222222")


def test_a_correction_begun_before_is_not_begun_anew_from_the_list(both: Both) -> None:
    both.come_back()
    both.open_form()
    both.go_to("電話番号")
    both.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    both.type("0112222222")
    both.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    both.at("次の応対")
    both.open_form()
    both.says("0112222222")
    assert len(both.counter.work.drafts()) == 1


def test_a_correction_that_waits_to_be_sent_is_not_made_twice(both: Both) -> None:
    number = both.come_back()
    both.line.is_down = True
    both.open_form()
    both.key(Qt.Key.Key_F12)
    both.at("提出の確認")
    both.key(Qt.Key.Key_F12)
    both.at("提出の結果")
    both.says("送信待ち")
    assert number in both.shown()
    both.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    both.at("次の応対")
    both.sign_in(CLERK)
    both.desk.open_first()
    both.key(Qt.Key.Key_F12)
    both.says("この補正は、もう提出されています")
    both.line.is_down = False
    both.counter.postbox.settle(0)
    assert both.case().state == "received"


def test_somebody_else_reads_why_it_came_back_and_can_not_correct_it(both: Both) -> None:
    both.come_back("account_wrong")
    both.sign_in(OTHER_CLERK)
    assert not texts_of(both.desk.find(QTableView))
    both.desk.review.open("a1")
    both.desk.sees("この申請は差し戻されています")
    both.desk.sees("理由：振込先を確かめる必要がある")
    both.key(Qt.Key.Key_F12)
    assert both.screen.title != "申請入力"
    assert both.case().state == "returned"


def test_an_application_under_review_can_not_be_taken_back_to_the_form(both: Both) -> None:
    both.desk.office.receive()
    session = replace(both.counter.sign_in(), actor=CLERK)
    both.counter.work.open("001", secret("x"), None)
    view = both.desk.office.desk.review.open(both.desk.office.call(CLERK), OpenApplication(application_id="a1"))
    correct = CorrectApplication(both.counter.work, both.counter.journal)
    with pytest.raises(Exception, match="wrong_state"):
        correct(both.counter.press(), session, view, PROCEDURE)
    assert both.counter.kinds[-1] == "application.correction_begun.refused"
    assert both.counter.work.drafts() == ()
