"""Idling, locking and unlocking, as the clerk meets them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.secret import secret
from app.errors import PasswordDue, StoreBusy
from app.services.unlock import Needed
from app.ui.background import Lane
from app.ui.flows.lock import LockActs, LockFlow, LockParts
from app.ui.kit import Kit
from app.ui.lock_watch import LockWatch
from app.ui.screens.locked import LockReason
from app.ui.widgets.words import Words
from tests.support.screen_reader import Heard, screen_reader
from tests.ui.entrance.conftest import Desk, Office, fields, said, unlock_by_keys


def test_after_180_idle_seconds_it_locks_and_20_before_it_says_so(qtbot, desk: Desk, office, kit: Kit, clock):
    """C-07, R-027: personal data leave every display after a short time, the resident's too."""
    clock.move(159)
    desk.watch.look()
    assert not desk.window.is_locked()
    with qtbot.waitSignal(desk.watch.warned) as warned:
        clock.move(1)
        desk.watch.look()
    assert warned.args == [20]
    clock.move(20)
    desk.watch.look()
    assert desk.window.is_locked()
    assert desk.display.is_neutral()
    qtbot.waitUntil(lambda: office.sealed == ["idle"])


def test_a_key_in_time_takes_the_warning_back(qtbot, desk: Desk, kit: Kit, clock):
    clock.move(170)
    desk.watch.look()
    with qtbot.waitSignal(desk.watch.calmed):
        QTest.keyClick(desk.window, Qt.Key.Key_Shift)
    clock.move(179)
    desk.watch.look()
    assert not desk.window.is_locked()
    clock.move(1)
    desk.watch.look()
    assert desk.window.is_locked()


def test_a_screen_reader_says_the_warning_once_at_once_and_again_when_it_comes_again(desk: Desk, kit: Kit, clock):
    """C-07: who does not see the line hears it in time to press a key."""
    with screen_reader() as heard:
        clock.move(159)
        desk.watch.look()
        assert heard == []
        for _ in range(3):
            clock.move(1)
            desk.watch.look()
        assert heard == [Heard(kit.texts.lock.soon(20), urgent=True)]
        assert "20" in heard[0].text
        assert kit.texts.lock.soon(18) in [one.text() for one in desk.window.findChildren(QLabel) if one.isVisible()]
        QTest.keyClick(desk.window, Qt.Key.Key_Shift)
        assert kit.texts.lock.soon(18) not in [one.text() for one in desk.window.findChildren(QLabel)]
        clock.move(165)
        desk.watch.look()
        assert heard[1:] == [Heard(kit.texts.lock.soon(15), urgent=True)]


def test_setting_the_clock_of_the_pc_neither_locks_nor_keeps_open(desk: Desk, clock):
    clock._now = clock._now.replace(year=2030)
    desk.watch.look()
    assert not desk.window.is_locked()


def test_an_office_can_not_set_the_idle_time_beyond_five_minutes(qapp, clock, qtbot):
    watch = LockWatch(clock, qapp, idle_s=3600)
    watch.start()
    clock.move(300)
    with qtbot.waitSignal(watch.timed_out):
        watch.look()
    watch.stop()


def test_a_program_that_ends_counts_no_more_and_what_is_covered_stays_covered(desk: Desk, clock, qtbot):
    desk.flow.close()
    with qtbot.assertNotEmitted(desk.watch.warned), qtbot.assertNotEmitted(desk.watch.timed_out):
        clock.move(300)
        desk.watch.look()
    assert not desk.window.is_locked()
    desk.flow.begin("K0001")
    desk.flow.lock(LockReason.ASKED)
    desk.flow.close()
    assert desk.window.is_locked()


def test_the_same_person_unlocks_and_goes_on_in_the_same_field(qtbot, desk: Desk):
    """C-06, R-025: a lock opens by the same person's authentication."""
    first = fields(desk.screen)[0]
    first.setFocus()
    first.setText("half typ")
    first.setCursorPosition(4)
    desk.flow.lock(LockReason.ASKED)
    assert desk.window.is_locked()
    unlock_by_keys("open sesame")
    qtbot.waitUntil(lambda: not desk.window.is_locked())
    assert desk.window.focusWidget() is first
    assert (first.text(), first.cursorPosition()) == ("half typ", 4)


def test_a_wrong_password_keeps_it_locked_and_says_so(qtbot, desk: Desk, kit: Kit):
    desk.flow.lock(LockReason.ASKED)
    unlock_by_keys("wrong")
    qtbot.waitUntil(lambda: kit.texts.lock.refused_title in said(desk.cover))
    assert desk.window.is_locked()
    assert not fields(desk.cover)[0].text()


def test_the_cover_names_no_person(desk: Desk, kit: Kit):
    desk.flow.lock(LockReason.IDLE)
    shown = " ".join(one.words() for one in desk.cover.findChildren(Words))
    assert "K0001" in shown
    assert "訓練 花子" not in shown


def test_without_a_session_there_is_nothing_to_lock(desk: Desk, office):
    desk.flow.end()
    desk.window.lock_asked.emit()
    assert not desk.window.is_locked()
    assert office.sealed == []


def test_the_cover_is_on_even_when_sealing_fails(qtbot, desk: Desk, office, kit: Kit):
    office.seal_fails = True
    desk.flow.lock(LockReason.SYSTEM)
    assert desk.window.is_locked()
    qtbot.waitUntil(lambda: kit.messages.of(StoreBusy()).title in said(desk.cover))
    assert desk.window.is_locked()


def test_somebody_else_may_ask_to_sign_in_instead(qtbot, desk: Desk):
    desk.flow.lock(LockReason.ASKED)
    with qtbot.waitSignal(desk.flow.other_person_asked):
        desk.cover.other_person_asked.emit()
    desk.flow.end()
    assert not desk.window.is_locked()


def test_after_15_locked_minutes_the_session_ends_and_a_moved_clock_of_the_pc_changes_nothing(
    qtbot, desk: Desk, clock, kit: Kit
):
    """C-05, R-026: whoever stays away is logged out."""
    ended = []
    desk.flow.given_up.connect(lambda: ended.append(True))
    desk.flow.lock(LockReason.ASKED)
    clock._now = clock._now.replace(year=2030)
    clock.move(899)
    desk.flow.look()
    assert ended == []
    clock.move(1)
    desk.flow.look()
    assert ended == [True]
    desk.flow.end()
    desk.flow.look()
    assert ended == [True]


@pytest.mark.parametrize(("asked_s", "given_s"), [(60, 300), (1800, 1800), (86_400, 3600)])
def test_an_office_sets_the_locked_time_between_5_and_60_minutes(
    qtbot, desk: Desk, lane: Lane, office: Office, asked_s: float, given_s: float
):
    clock = desk.clock
    acts = LockActs(lambda: None, office.seal, lambda: None, office.check, lambda: None, office.needed)
    parts = LockParts(desk.window, desk.cover, desk.display, desk.watch)
    flow = LockFlow(desk.kit, parts, lane, acts, longest_s=asked_s)
    flow.begin("K0001")
    flow.lock(LockReason.ASKED)
    clock.move(given_s - 1)
    flow.look()
    with qtbot.waitSignal(flow.given_up):
        clock.move(1)
        flow.look()
    flow.end()


def shown_fields(desk: Desk) -> list[str]:
    return [one.accessibleName() for one in fields(desk.cover) if one.isVisible()]


def test_with_the_staff_card_its_pin_alone_unlocks_and_the_password_is_not_asked(qtbot, desk: Desk, office, kit: Kit):
    """C-06: the same person, by the card in the hand."""
    office.wants, office.password = Needed(card=True, password=False), secret("")
    desk.flow.end()
    desk.flow.begin("K0001", has_card=True)
    desk.flow.lock(LockReason.ASKED)
    qtbot.waitUntil(lambda: shown_fields(desk) == [kit.texts.lock.card_pin])
    assert kit.texts.lock.card_lead in " ".join(one.words() for one in desk.cover.findChildren(Words))
    unlock_by_keys("482916")
    qtbot.waitUntil(lambda: not desk.window.is_locked())
    assert office.pins == ["482916"]


def test_when_the_password_is_due_it_is_asked_besides_and_the_cursor_stands_in_it(qtbot, desk: Desk, office, kit: Kit):
    """R-025: after failed tries and after some hours the password is asked for again."""
    office.wants = Needed(card=True, password=False)
    desk.flow.end()
    desk.flow.begin("K0001", has_card=True)
    desk.flow.lock(LockReason.IDLE)
    qtbot.waitUntil(lambda: len(shown_fields(desk)) == 1)
    office.wants, office.open_error = Needed(card=True, password=True), PasswordDue()
    unlock_by_keys("482916")
    qtbot.waitUntil(lambda: kit.messages.of(PasswordDue()).title in said(desk.cover))
    qtbot.waitUntil(lambda: len(shown_fields(desk)) == 2)
    assert desk.window.focusWidget().accessibleName() == kit.texts.lock.password
    assert kit.texts.lock.both_lead in " ".join(one.words() for one in desk.cover.findChildren(Words))
    office.open_error = None
    QTest.keyClicks(QApplication.focusWidget(), "open sesame")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    unlock_by_keys("482916")
    qtbot.waitUntil(lambda: not desk.window.is_locked())


def test_the_cover_says_how_long_work_may_go_on_without_the_office(desk: Desk, kit: Kit):
    desk.flow.lock(LockReason.IDLE)
    desk.flow.show_left(kit.texts.frame.offline_left(7, 59))
    assert "あと7時間59分" in " ".join(one.words() for one in desk.cover.findChildren(Words) if one.isVisible())
    desk.flow.show_left("")
    assert "あと7時間59分" not in " ".join(one.words() for one in desk.cover.findChildren(Words) if one.isVisible())
