"""The lane: work leaves the window's thread, answers come home, nothing lingers."""

import gc
import subprocess
import sys
import threading
import weakref
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from pytestqt.qtbot import QtBot

from app.errors import AppError, NoCard
from app.ui.background import Lane, Ticket

_OFTEN = 300


@pytest.fixture
def lane(qapp):
    lane = Lane("test")
    yield lane
    assert lane.close()


def test_work_runs_on_another_thread_and_the_answer_comes_home(qtbot: QtBot, lane: Lane):
    seen = []
    owner = QObject()
    lane.run(
        threading.get_ident,
        owner=owner,
        done=lambda worker: seen.append((worker, threading.get_ident())),
        failed=seen.append,
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, home = seen[0]
    assert worker != threading.get_ident()
    assert home == threading.get_ident()


def test_an_error_of_the_office_goes_to_failed(qtbot: QtBot, lane: Lane):
    def work() -> None:
        raise NoCard

    failed: list[AppError] = []
    owner = QObject()
    lane.run(work, owner=owner, done=lambda _: pytest.fail("no result"), failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], NoCard)


def test_a_bug_is_told_as_crashed_and_the_lane_lives_on(qtbot: QtBot, lane: Lane, caplog):
    owner = QObject()
    with qtbot.waitSignal(lane.crashed) as crash:
        lane.run(lambda: 1 // 0, owner=owner, done=pytest.fail, failed=pytest.fail)
    assert isinstance(crash.args[0], ZeroDivisionError)
    assert "job failed" in caplog.text
    done: list[int] = []
    lane.run(lambda: 7, owner=owner, done=done.append, failed=pytest.fail)
    qtbot.waitUntil(lambda: done == [7])


def test_nothing_is_delivered_to_the_dead(qtbot: QtBot, lane: Lane):
    got: list[str] = []
    gate = threading.Event()
    owner = QObject()
    lane.run(gate.wait, owner=owner, done=lambda _: got.append("dead"), failed=pytest.fail)
    owner.deleteLater()
    qtbot.wait(1)
    gate.set()
    alive = QObject()
    lane.run(lambda: None, owner=alive, done=lambda _: got.append("alive"), failed=pytest.fail)
    qtbot.waitUntil(lambda: "alive" in got)
    assert got == ["alive"]


def test_a_cancelled_job_is_silent_and_the_others_keep_their_order(qtbot: QtBot, lane: Lane):
    gate = threading.Event()
    got: list[int] = []
    ran: list[int] = []
    owner = QObject()

    def work(n: int) -> int:
        gate.wait()
        ran.append(n)
        return n

    tickets = [lane.run(partial(work, n), owner=owner, done=got.append, failed=pytest.fail) for n in range(4)]
    tickets[0].cancel()  # perhaps running already: its answer is dropped
    tickets[2].cancel()  # surely waiting: it never runs
    gate.set()
    qtbot.waitUntil(lambda: got == [1, 3])
    assert 2 not in ran


def test_running_work_can_see_that_nobody_waits_any_more(qtbot: QtBot, lane: Lane):
    ticket = Ticket()
    gate = threading.Event()
    seen: list[bool] = []

    def work() -> None:
        gate.wait()
        seen.append(ticket.is_cancelled())

    owner = QObject()
    lane.run(work, owner=owner, done=pytest.fail, failed=pytest.fail, ticket=ticket)
    ticket.cancel()
    gate.set()
    # either it had not begun and never does, or it saw the cancellation
    done: list[None] = []
    lane.run(lambda: None, owner=owner, done=done.append, failed=pytest.fail)
    qtbot.waitUntil(lambda: bool(done))
    assert seen in ([], [True])


def test_a_hanging_job_does_not_hold_the_exit():
    program = (
        "import threading\n"
        "from PySide6.QtCore import QCoreApplication, QObject\n"
        "from app.ui.background import Lane\n"
        "app = QCoreApplication([])\n"
        "lane, owner, begun = Lane('hang'), QObject(), threading.Event()\n"
        "lane.run(lambda: (begun.set(), threading.Event().wait()), owner=owner, done=print, failed=print)\n"
        "begun.wait()\n"
        "raise SystemExit(3 if lane.close(0.1) else 0)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=20, check=False).returncode == 0


def test_nothing_of_a_job_is_kept_after_its_answer(qtbot: QtBot, lane: Lane):
    class Code:
        """Stands for a code bound into the work."""

    code = Code()
    trace = weakref.ref(code)
    done: list[bool] = []
    owner = QObject()
    lane.run(partial(lambda bound: bound is not None, code), owner=owner, done=done.append, failed=pytest.fail)
    del code
    qtbot.waitUntil(lambda: bool(done))

    def forgotten() -> bool:
        gc.collect()
        return trace() is None

    qtbot.waitUntil(forgotten)


def test_an_error_keeps_nothing_of_its_job_alive_without_the_collector(qtbot: QtBot, lane: Lane):
    """The collector may run on any thread, where windows must not be destroyed."""

    class Code:
        """Stands for a code in a frame that the error went through."""

    traces: list[weakref.ref[Code]] = []

    def asks() -> None:
        code = Code()
        traces.append(weakref.ref(code))
        try:
            {}[code]
        except KeyError:
            raise NoCard from None

    failed: list[AppError] = []
    owner = QObject()
    gc.disable()
    try:
        lane.run(asks, owner=owner, done=pytest.fail, failed=failed.append)
        qtbot.waitUntil(lambda: bool(failed))
        qtbot.waitUntil(lambda: traces[0]() is None)
    finally:
        gc.enable()
    assert isinstance(failed[0], NoCard)


def test_what_only_the_answer_knew_goes_on_the_thread_of_the_window(qtbot: QtBot, lane: Lane):
    gone: list[int] = []
    owner = QObject()

    def ask() -> None:
        screen = QObject()
        screen.destroyed.connect(lambda: gone.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)
        lane.run(lambda: None, owner=owner, done=lambda _: screen.objectName(), failed=print)

    for _ in range(_OFTEN):
        ask()
    qtbot.waitUntil(lambda: len(gone) == _OFTEN)
    assert set(gone) == {threading.get_ident()}


def test_a_bug_leaves_the_lane_idle(qtbot: QtBot, lane: Lane):
    owner = QObject()
    with qtbot.waitSignal(lane.crashed):
        lane.run(lambda: 1 // 0, owner=owner, done=pytest.fail, failed=pytest.fail)
    assert lane.is_idle()


def test_a_lane_left_while_its_worker_still_works_goes_on_the_thread_of_the_window(qtbot: QtBot):
    """Else the worker held the last of it, and took apart what the window was taking apart at that moment."""
    gate, gone = threading.Event(), []
    left, owner = Lane("left", threads=2), QObject()
    left.destroyed.connect(lambda: gone.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)
    for _ in range(2):
        left.run(gate.wait, owner=owner, done=print, failed=print)
    assert not left.close(grace_s=0.0)
    workers = [one for one in threading.enumerate() if one.name.startswith("left-")]
    del left
    gate.set()
    for worker in workers:
        worker.join(30)

    def is_gone() -> bool:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return bool(gone)

    qtbot.waitUntil(is_gone, timeout=30_000)
    assert gone == [threading.get_ident()]
