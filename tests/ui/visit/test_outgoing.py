"""送信の状況: a clerk sees why something has not arrived and what to tell; a supervisor mends what was given up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.rights import Right
from app.services.ports.memory import Kind, OutgoingState, Standing
from app.services.tend_outgoing import TEND, TendOutgoing
from app.ui.background import Lane
from app.ui.flows.outgoing import OutgoingActs, OutgoingFlow
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from tests.ui.visit.conftest import Hands
from tests.unit.services.conftest import Desk
from tests.unit.services.test_outgoing import Given

SHIFT = Qt.KeyboardModifier.ShiftModifier


class Outgoing(Hands):
    """The screen over a list of items."""

    given: Given
    flow: OutgoingFlow
    desk: Desk


@pytest.fixture
def outgoing(qtbot: QtBot, qapp: QApplication, kit: Kit) -> Iterator[Outgoing]:
    desk, lane = Desk(clock=kit.clock), Lane("store")
    now = kit.clock.now()
    waits = OutgoingState(
        "w1", Kind.HAND_IN, "c001", "v1", now, Standing.WAITING, 4, "office.unreachable", now + timedelta(minutes=8),
        "nobody",
    )  # fmt: skip
    dead = replace(waits, item_id="d1", standing=Standing.DEAD, cause="office.refused", can_act="supervisor")
    closing = replace(dead, item_id="d2", kind=Kind.VISIT_CLOSED)
    given = Given(waits, dead, closing)
    flow = OutgoingFlow(kit, lane, OutgoingActs(desk.press, TendOutgoing(given, given, desk.journal)))
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    window.open_screen(flow.screen)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    hands = Outgoing(window, qtbot)
    hands.given, hands.flow, hands.desk = given, flow, desk
    yield hands
    flow.end()
    assert lane.close()


def begin(outgoing: Outgoing, *rights: str) -> None:
    session = outgoing.desk.sign_in()
    rights_had = tuple(Right(act) for act in rights)
    outgoing.flow.begin(replace(session, actor=replace(session.actor, rights=rights_had)))
    outgoing.bot.waitUntil(lambda: bool(outgoing.flow.screen._table.items()), timeout=6000)


def test_what_waits_says_why_when_again_who_and_what_to_tell_the_resident(outgoing: Outgoing):
    begin(outgoing)
    outgoing.says("受付番号は届きしだいお知らせします")
    row = outgoing.flow.screen._table.items()[0]
    assert (row.what, row.state, row.tries, row.may_act) == ("申請の提出", "サーバーにつながりません", "4回", False)
    assert row.next_try != "まもなく"
    assert row.who.startswith("対応は不要")
    assert "もう一度送る" not in [label.label for label in outgoing.flow.screen.key_labels()]


def test_a_supervisor_sends_again_by_one_key_and_closes_only_with_a_reason(outgoing: Outgoing):
    begin(outgoing, TEND)
    outgoing.key(Qt.Key.Key_Down)
    outgoing.key(Qt.Key.Key_Down)
    outgoing.says("案内は要りません")
    outgoing.key(Qt.Key.Key_F12)
    outgoing.bot.waitUntil(lambda: ("again", "d2") in outgoing.given.done, timeout=6000)
    outgoing.key(Qt.Key.Key_F12, SHIFT)
    outgoing.says("理由を選んでください")
    outgoing.type("2")
    outgoing.key(Qt.Key.Key_F12, SHIFT)
    outgoing.bot.waitUntil(lambda: ("aside", "d2") in outgoing.given.done, timeout=6000)
    assert outgoing.desk.kinds[-2:] == ["outgoing.sent_again", "outgoing.laid_aside"]


def test_a_clerk_may_take_back_the_own_application_that_the_office_refused(outgoing: Outgoing):
    begin(outgoing)
    outgoing.key(Qt.Key.Key_Down)
    outgoing.says("受付の処理が止まっています")
    assert outgoing.flow.screen._table.items()[1].may_act
    assert not outgoing.flow.screen._table.items()[2].may_act


def test_an_empty_list_says_that_all_has_arrived_and_esc_leads_back(outgoing: Outgoing):
    outgoing.given.states = ()
    outgoing.flow.begin(outgoing.desk.sign_in())
    outgoing.bot.waitUntil(lambda: "すべて届いています" in outgoing.shown(), timeout=6000)
    with outgoing.bot.waitSignal(outgoing.flow.left):
        outgoing.key(Qt.Key.Key_Escape)
