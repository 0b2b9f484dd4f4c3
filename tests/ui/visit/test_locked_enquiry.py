"""What is under way when the counter is locked: it finishes, nobody sees it, and it is there after unlocking."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.client.put_away import PutAway
from app.services.unlock import Needed
from app.ui.background import Lane
from app.ui.flows.lock import LockActs, LockFlow, LockParts
from app.ui.kit import Kit
from app.ui.lock_watch import LockWatch
from app.ui.screens.locked import LockedScreen
from app.ui.set_aside import SetAside
from app.wire.relay import EnquiryAccepted
from tests.support.counter_memory import CounterPc
from tests.support.screen_reader import screen_reader
from tests.ui.visit.conftest import Counter
from tests.ui.visit.test_set_aside import qt_texts
from tests.ui.visit.test_visit import agree, to_enquiries

pytestmark = pytest.mark.keyring

ANSWER, SENT = "未申告", "照会を送りました"


@dataclass
class Locking:
    """The program's own lock around the counter. ``office``: the lane to the office."""

    counter: Counter
    pc: CounterPc
    office: Lane

    def unlock(self) -> None:
        self.counter.type(self.pc.password("c001").text())
        self.counter.enter()
        self.counter.enter()
        self.counter.bot.waitUntil(lambda: not self.counter.window.is_locked(), timeout=6000)


@pytest.fixture
def locking(counter: Counter, pc: CounterPc, kit: Kit, qapp: QApplication) -> Iterator[Locking]:
    """The work store is a real one: with its key gone, nothing that was sealed is read."""
    pc.at_work()
    lanes, lane, work = counter.visit._lanes, Lane("lock"), pc.memory.work
    cover = counter.window.findChild(LockedScreen)
    acts = LockActs(
        leave=lambda: away.begin(),  # noqa: PLW0108 -- made further down
        seal=lambda _: work.close(),
        put_away=lambda: away.put(),  # noqa: PLW0108 -- made further down
        open=lambda password, _: work.open("c001", password, None),
        come_back=lambda: away.come_back(),  # noqa: PLW0108 -- made further down
        needed=lambda: Needed(card=False, password=True),
    )
    flow = LockFlow(kit, LockParts(counter.window, cover, counter.display, LockWatch(kit.clock, qapp)), lane, acts)
    aside = SetAside((counter.window, counter.visit), cover)
    away = PutAway(aside, work, (lanes.reader, lanes.store, lanes.office, lane), flow)
    flow.begin("c001")
    yield Locking(counter, pc, lanes.office)
    flow.end()
    assert lane.close()


def test_an_enquiry_under_way_at_the_lock_is_answered_meanwhile_unseen_and_shown_after_unlocking(
    locking: Locking,
) -> None:
    counter, answered = locking.counter, Event()
    counter.exchange.answer = "undeclared"
    to_enquiries(counter)
    counter.bot.waitUntil(locking.office.is_idle)
    locking.office.run(answered.wait, owner=counter.window, done=lambda _: None, failed=pytest.fail)  # a slow line
    counter.key(Qt.Key.Key_Down)
    agree(counter)
    counter.key(Qt.Key.Key_F12)
    counter.key(Qt.Key.Key_F5)
    counter.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    counter.bot.waitUntil(lambda: not locking.pc.memory.work.is_open)
    assert counter.window.is_locked()
    assert counter.exchange.made == []
    with screen_reader() as heard:
        answered.set()
        counter.bot.waitUntil(lambda: locking.office._unanswered == 0)
        counter.bot.wait(50)
    (made,) = counter.exchange.made
    assert (made.subject.business_number, heard) == ("2002", [])
    assert [word for word in (ANSWER, SENT) if word in qt_texts()] == []
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [counter.window]
    assert counter.display.is_neutral()
    assert not any(isinstance(one.value, EnquiryAccepted | tuple) for one in locking.office._held[1])
    locking.unlock()
    counter.at("情報照会")
    assert ANSWER in counter.shown()
    assert SENT in counter.shown()
