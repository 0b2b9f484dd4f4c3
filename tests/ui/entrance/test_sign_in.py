"""Signing in, as the clerk meets it."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.errors import SignInRefused, StaffPinWrong, Unreachable
from app.services.ports.staff_card import CardAsked
from app.ui.background import Lane
from app.ui.flows.sign_in import SignInActs, SignInFlow
from app.ui.kit import Kit
from app.ui.screens.sign_in import SignInScreen
from app.ui.widgets.button import Button
from app.ui.widgets.words import Words
from tests.ui.entrance.conftest import Office, Session, fields, said


@pytest.fixture
def entrance(qtbot: QtBot, kit: Kit, lane: Lane, office: Office):
    screen = SignInScreen(kit, "0.1.0")
    qtbot.addWidget(screen)
    screen.show()
    flow = SignInFlow(kit, screen, lane, SignInActs(office.ask_card, office.sign_in))
    return screen, flow


def type_in(screen, staff_id: str, password: str) -> None:
    first, second = fields(screen)[:2]
    first.setText(staff_id)
    QTest.keyClicks(second, password)


def test_the_right_password_opens_a_session_and_leaves_nothing_on_the_screen(qtbot, entrance, office):
    screen, flow = entrance
    type_in(screen, "K0001", "open sesame")
    with qtbot.waitSignal(flow.signed_in) as signed_in:
        screen.do("commit")
    assert signed_in.args == [Session("K0001")]
    assert [one.text() for one in fields(screen)[:2]] == ["", ""]
    assert office.received[0].reveal() == bytes(len(b"open sesame"))


def test_a_refusal_says_not_which_part_was_wrong_and_keeps_the_staff_number(qtbot, entrance, kit: Kit):
    screen, _ = entrance
    type_in(screen, "K0001", "wrong")
    screen.do("commit")
    qtbot.waitUntil(lambda: bool(said(screen)))
    assert kit.messages.of(SignInRefused()).title in said(screen)
    assert [one.text() for one in fields(screen)[:2]] == ["K0001", ""]


ASKED = CardAsked("a1", "{}")


def test_the_staff_card_is_asked_after_the_password_and_its_own_trouble_asks_again(qtbot, entrance, office, kit: Kit):
    screen, flow = entrance
    office.asks, office.card_error = ASKED, StaffPinWrong(left=5)
    type_in(screen, "K0001", "open sesame")
    screen.do("commit")
    qtbot.waitUntil(lambda: not fields(screen)[2].isHidden() and fields(screen)[2].isVisible())
    assert not fields(screen)[1].isVisible()
    QTest.keyClicks(fields(screen)[2], "482916")
    screen.do("commit")
    qtbot.waitUntil(lambda: kit.messages.of(StaffPinWrong(left=5)).title in said(screen))
    assert fields(screen)[2].text() == ""
    office.card_error = None
    QTest.keyClicks(fields(screen)[2], "482917")
    with qtbot.waitSignal(flow.signed_in):
        screen.do("commit")
    assert office.given == [("482917", None)]
    assert [one.text() for one in fields(screen)] == [""] * 4
    assert fields(screen)[1].isVisible()


def test_a_pass_takes_the_card_s_place(qtbot, entrance, office, kit: Kit):
    screen, flow = entrance
    office.asks = ASKED
    type_in(screen, "K0001", "open sesame")
    screen.do("commit")
    qtbot.waitUntil(fields(screen)[2].isVisible)
    words = kit.texts.sign_in
    next(one for one in screen.findChildren(Button) if one.text() == words.use_pass).click()
    screen.do("commit")
    assert words.empty_pass in " ".join(one.words() for one in screen.findChildren(Words))
    QTest.keyClicks(fields(screen)[3], "ABCD-EFGH-JKMN")
    with qtbot.waitSignal(flow.signed_in):
        screen.do("commit")
    assert office.given == [(None, "ABCD-EFGH-JKMN")]


def test_beginning_again_forgets_the_password_and_a_refusal_asks_for_it_again(qtbot, entrance, office, kit: Kit):
    screen, _ = entrance
    office.asks = ASKED
    type_in(screen, "K0001", "wrong")
    screen.do("commit")
    qtbot.waitUntil(fields(screen)[2].isVisible)
    QTest.keyClicks(fields(screen)[2], "482916")
    screen.do("commit")
    qtbot.waitUntil(lambda: kit.messages.of(SignInRefused()).title in said(screen))
    assert fields(screen)[1].isVisible()
    assert office.received[0].reveal() == bytes(len(b"wrong"))
    type_in(screen, "K0001", "open sesame")
    screen.do("commit")
    qtbot.waitUntil(fields(screen)[2].isVisible)
    next(one for one in screen.findChildren(Button) if one.text() == kit.texts.sign_in.card_back).click()
    assert fields(screen)[1].isVisible()
    assert not fields(screen)[2].isVisible()


def test_out_of_reach_is_said_as_such_and_signing_in_works_afterwards(qtbot, entrance, office, kit: Kit):
    screen, flow = entrance
    office.reachable = False
    type_in(screen, "K0001", "open sesame")
    screen.do("commit")
    qtbot.waitUntil(lambda: kit.messages.of(Unreachable()).title in said(screen))
    office.reachable = True
    QTest.keyClicks(fields(screen)[1], "open sesame")
    with qtbot.waitSignal(flow.signed_in):
        screen.do("commit")


def test_empty_fields_ask_nobody_and_say_what_is_missing(qtbot, entrance, office, kit: Kit):
    screen, _ = entrance
    screen.do("commit")
    shown = " ".join(one.words() for one in screen.findChildren(Words) if not one.isHidden())
    assert kit.texts.sign_in.empty_staff_id in shown
    assert kit.texts.sign_in.empty_password in shown
    assert office.received == []


def test_a_second_press_while_the_answer_is_awaited_asks_nothing(qtbot, entrance, office):
    screen, flow = entrance
    type_in(screen, "K0001", "open sesame")
    with qtbot.waitSignal(flow.signed_in):
        screen.do("commit")
        QTest.keyClicks(fields(screen)[1], "again")
        screen.do("commit")
    assert len(office.received) == 1


def test_the_screen_says_that_use_is_traced_and_that_the_staff_card_comes_next(entrance, kit: Kit):
    """C-13, R-056: use outside the work can be traced, and the sign-in screen says so."""
    screen, _ = entrance
    shown = " ".join(one.words() for one in screen.findChildren(Words))
    assert kit.texts.sign_in.trace_notice in shown
    assert kit.texts.sign_in.second_text in shown
