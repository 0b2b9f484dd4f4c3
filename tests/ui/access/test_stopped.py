"""止まった照会 on the screen (R-041): the cause in plain words, sent again or closed, what to tell the resident."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.backend.relay.service.tending import REASONS
from app.domain.clock import SystemRandom
from app.domain.secret import secret
from app.services.ports.seat import Session, press
from app.services.stopped_enquiries import TEND, TendStopped
from app.ui.background import Lane
from app.ui.flows.stopped_enquiries import StoppedActs, StoppedFlow
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from app.wire.relay_stopped import StoppedEnquiry
from tests.fakes.stopped import FakeStopped
from tests.support.patient_bot import soon
from tests.support.slices import MORNING, MovedClock, person
from tests.ui.admin.conftest import ActList
from tests.ui.visit.conftest import Hands

CHIEF = person("v600", TEND)


def stopped(name: str, cause: str, **more: str) -> StoppedEnquiry:
    kept = {"visit_id": "v1", "procedure": "p", "enquiry": "tax", "provider_name": "手本市", "staff_id": "k100"} | more
    return StoppedEnquiry(enquiry_id=name, laid_at=MORNING - timedelta(hours=20), attempts=8, cause=cause, **kept)


@dataclass
class Desk(Hands):
    """The supervisor's desk."""

    office: FakeStopped
    flow: StoppedFlow
    journal: ActList

    def come(self) -> None:
        session = Session(CHIEF, "見本市", "中央区役所", secret("t"), MORNING, MORNING.replace(year=2027), "key")
        self.window.open_screen(self.flow.screen)
        self.flow.begin(session)

    def rows(self) -> list[str]:
        model = next(one for one in self.screen.findChildren(QTableView) if one.isVisible()).model()
        columns = range(model.columnCount())
        return [" ".join(str(model.index(row, n).data()) for n in columns) for row in range(model.rowCount())]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit) -> Iterator[Desk]:
    clock, lane, journal = MovedClock(), Lane("office"), ActList()
    unread = StoppedEnquiry(enquiry_id="e3", laid_at=MORNING, attempts=1, cause="store.wrong_key")
    office = FakeStopped([stopped("e1", "office.not_understood"), stopped("e2", "never_heard_of"), unread])
    kit = replace(kit, clock=clock)
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    acts = StoppedActs(
        lambda: press(clock, SystemRandom()), lane, TendStopped(office, journal), {("p", "tax"): "所得の照会"}
    )
    flow = StoppedFlow(kit, window, acts)
    window.show()
    window.activateWindow()
    yield Desk(window, qtbot, office, flow, journal)
    flow.end()
    lane.close()


def test_each_stands_there_with_its_cause_and_what_to_tell_and_is_sent_again_by_a_key(desk: Desk) -> None:
    desk.come()
    desk.says("自動の送信をやめた照会が3件あります。")
    assert desk.rows() == [
        "11/19 14:00 所得の照会 手本市 k100 相手の答えを読み取れない 8回",
        "11/19 14:00 所得の照会 手本市 k100 送信できない 8回",
        "11/20 10:00 読み取れない照会   この照会の控えを読み取れない 1回",
    ]
    desk.says("電算担当に、相手先との版の違いを確かめてもらう")
    desk.says("申請の受付日は変わりません。")
    desk.key(Qt.Key.Key_F12)
    desk.says("送り直しました")
    assert desk.office.settled == [("e1", "")]
    assert soon(lambda: len(desk.journal.kinds()) == 3)
    assert desk.journal.kinds() == [
        "stopped_enquiries.shown", "stopped_enquiries.sent_again", "stopped_enquiries.shown",
    ]  # fmt: skip
    assert soon(lambda: len(desk.rows()) == 2)


def test_none_is_closed_without_its_reason(desk: Desk) -> None:
    desk.come()
    desk.says("3件あります")
    desk.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    desk.says("終える理由を選んでください。")
    assert desk.office.settled == []
    desk.flow.screen._reason.show_value("documents_asked")
    desk.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    desk.says("理由：本人に書類を求めた。")
    assert desk.office.settled == [("e1", "documents_asked")]
    assert desk.flow.screen._reason.value() == "", "a reason is chosen for each anew"


def test_one_that_somebody_else_settled_meanwhile_is_told_and_the_list_stays(desk: Desk) -> None:
    desk.come()
    desk.says("3件あります")
    desk.office.rows.pop(0)
    desk.key(Qt.Key.Key_F12)
    desk.says("この操作はできません")
    assert soon(lambda: desk.journal.kinds()[-1] == "stopped_enquiries.sent_again.refused")
    desk.key(Qt.Key.Key_F5)
    desk.says("2件あります")
    desk.flow.end()
    assert "手本市" not in desk.shown()


def test_the_reasons_offered_are_those_that_the_relay_takes(kit: Kit) -> None:
    assert {code for code, _ in kit.messages.words("stopped_reason")} == REASONS
