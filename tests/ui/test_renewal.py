"""When a locked window begins anew, and what the next one is handed."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.client.handover import Handover, handover
from app.client.renewal import STILL_S, Renewal
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.services.ports.seat import Elsewhere, Session
from app.ui.background import Held, Lane
from app.ui.screens.locked import LockReason
from tests.support.slices import MovedClock

AT = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
SESSION = Session(
    actor=Actor("991007", "k1001", "訓練 花子", "窓口課", "T-01", (Right("application.receive", since=AT.date()),)),
    municipality_name="見本市",
    office="見本市役所",
    token=secret("a token"),
    started_at=AT,
    expires_at=AT + timedelta(hours=8),
    second_factor="key",
    elsewhere=(Elsewhere("T-02", "2", AT),),
)


@dataclass
class Quiet:
    is_so: bool = True

    def __call__(self) -> bool:
        return self.is_so


def test_the_next_window_is_handed_the_session_and_since_when_it_was_locked() -> None:
    handed = Handover(SESSION, LockReason.IDLE, 1234.5, display=True).to_secret()
    assert handover(handed) == Handover(SESSION, LockReason.IDLE, 1234.5, display=True)
    assert handed.reveal() == bytes(len(handed)), "what was handed on is overwritten once it is read"


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[1"])
def test_what_is_no_handover_lets_somebody_sign_in_anew(content: bytes) -> None:
    assert handover(secret(content.decode("latin-1"))) is None
    assert handover(None) is None


def test_a_locked_window_begins_anew_once_nobody_has_touched_it_for_a_while(qapp: QApplication, qtbot: QtBot) -> None:
    clock, quiet, due = MovedClock(), Quiet(), []
    renewal = Renewal(qapp, clock, quiet)
    renewal.due.connect(lambda: due.append(1))
    renewal.begin()
    clock.move(seconds=STILL_S - 1)
    field = QLineEdit()
    qtbot.addWidget(field)
    QTest.keyClick(field, Qt.Key.Key_1)
    clock.move(seconds=STILL_S - 1)
    renewal.look()
    assert due == [], "somebody types a PIN"
    clock.move(seconds=2)
    quiet.is_so = False
    renewal.look()
    assert due == [], "something is under way"
    quiet.is_so = True
    renewal.look()
    renewal.look()
    assert due == [1]
    renewal.begin()
    renewal.end()
    clock.move(seconds=2 * STILL_S)
    renewal.look()
    assert due == [1], "it was unlocked"


def test_a_lane_is_idle_when_everything_asked_of_it_was_answered_or_given_up(qapp: QApplication, qtbot: QtBot) -> None:
    lane, owner = Lane("office"), QObject()
    assert lane.is_idle()
    answered: list[int] = []
    lane.run(lambda: 1, owner=owner, done=answered.append, failed=print)
    ticket = lane.run(lambda: 2, owner=owner, done=answered.append, failed=print)
    ticket.cancel()
    assert not lane.is_idle()
    qtbot.waitUntil(lane.is_idle, timeout=5000)
    assert answered == [1]
    assert lane.close()


def test_an_answer_that_waits_behind_the_lock_keeps_no_window_from_beginning_anew(
    qapp: QApplication, qtbot: QtBot
) -> None:
    """The last visit was still being closed, or a list read, when the clerk locked: whoever comes back reads anew."""
    lane, owner, lock = Lane("store"), QObject(), QObject()
    answered: list[int] = []
    lane.run(lambda: 1, owner=owner, done=answered.append, failed=print)
    lane.hold(Held(lock, lambda value: value, lambda value: value))
    assert not lane.is_idle()
    qtbot.waitUntil(lane.is_idle, timeout=5000)
    assert answered == [], "nobody may see it"
    lane.release(deliver=True)
    assert answered == [1]
    assert lane.close()


def test_a_session_that_must_change_its_password_is_handed_on_as_such() -> None:
    held = replace(SESSION, must_change=True)
    back = handover(Handover(held, LockReason.CARD, 0.0, display=False).to_secret())
    assert back is not None
    assert back.session.must_change
