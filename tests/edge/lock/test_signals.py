"""The system's own signals, on a real message bus: each one locks, and its end does not."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.signals import SystemWatch
from tests.support.logind import logind
from tests.support.process import program, running, wait_for

LOGIN, SAVER = "org.freedesktop.login1", "org.freedesktop.ScreenSaver"
SLEEP = ("/org/freedesktop/login1", f"{LOGIN}.Manager.PrepareForSleep")
ACTIVE = ("/org/freedesktop/ScreenSaver", f"{SAVER}.ActiveChanged")


class Bus:
    """A message bus of its own, and somebody who speaks on it."""

    def __init__(self, folder: Path, number: int) -> None:
        self.address = f"unix:path={folder}/bus-{number}"
        self.name = f"test-{folder.name}-{number}"
        self.command = [program("dbus-daemon"), "--session", "--nofork", "--nopidfile", f"--address={self.address}"]

    def connection(self) -> QDBusConnection:
        return QDBusConnection.connectToBus(self.address, self.name)

    def say(self, path: str, signal: str, *words: str) -> None:
        command = [program("dbus-send"), f"--bus={self.address}", "--type=signal", path, signal, *words]
        subprocess.run(command, check=True, timeout=10)


@pytest.fixture
def buses(tmp_path: Path) -> Iterator[tuple[Bus, Bus]]:
    """The system's and the session's."""
    system, session = Bus(tmp_path, 1), Bus(tmp_path, 2)
    with running(system.command, log=tmp_path / "log"), running(session.command, log=tmp_path / "log"):
        wait_for(lambda: all((tmp_path / f"bus-{number}").exists() for number in (1, 2)), "the buses")
        yield system, session
        for bus in (system, session):
            QDBusConnection.disconnectFromBus(bus.name)


def test_sleep_the_screen_saver_and_the_desktop_s_own_lock_are_heard_and_their_end_is_not(
    buses: tuple[Bus, Bus], qapp: QApplication, qtbot: QtBot
) -> None:
    system, session = buses
    watch = SystemWatch(system.connection(), session.connection(), 1)
    heard: list[bool] = []
    watch.leaving.connect(lambda: heard.append(True))
    watch.start()
    for bus, said in (
        (system, (*SLEEP, "boolean:true")),
        (session, (*ACTIVE, "boolean:true")),
        (system, ("/org/freedesktop/login1/session/c1", f"{LOGIN}.Session.Lock")),
    ):
        with qtbot.waitSignal(watch.leaving, timeout=5000):
            bus.say(*said)
    assert len(heard) == 3
    for bus, said in ((system, (*SLEEP, "boolean:false")), (session, (*ACTIVE, "boolean:false"))):
        bus.say(*said)
    with qtbot.waitSignal(watch.leaving, timeout=5000):
        system.say(*SLEEP, "boolean:true")
    with qtbot.waitSignal(watch.leaving, timeout=5000):
        session.say(*ACTIVE, "boolean:true")
    assert len(heard) == 5


def test_another_session_at_the_front_of_this_pc_locks_this_one_and_no_other_change_does(
    buses: tuple[Bus, Bus], qapp: QApplication, qtbot: QtBot
) -> None:
    system, session = buses
    heard: list[bool] = []
    with logind(system.address, of_process=4711) as manager:
        watch = SystemWatch(system.connection(), session.connection(), 4711)
        watch.leaving.connect(lambda: heard.append(True))
        watch.start()
        with qtbot.waitSignal(watch.leaving, timeout=5000):
            manager.tell("hide")
        for quiet in ("show", "idle", "other"):
            manager.tell(quiet)
        sleep_twice(system, watch, qtbot)
        assert len(heard) == 3
        with qtbot.waitSignal(watch.leaving, timeout=5000):
            manager.tell("end")
    assert len(heard) == 4


def sleep_twice(system: Bus, watch: SystemWatch, qtbot: QtBot) -> None:
    """What was said before, and asked because of it, is over then."""
    for _ in range(2):
        with qtbot.waitSignal(watch.leaving, timeout=5000):
            system.say(*SLEEP, "boolean:true")


def test_a_program_that_logind_knows_no_session_of_hears_of_nobody_s(
    buses: tuple[Bus, Bus], qapp: QApplication, qtbot: QtBot
) -> None:
    system, session = buses
    heard: list[bool] = []
    with logind(system.address, of_process=4711) as manager:
        watch = SystemWatch(system.connection(), session.connection(), 4712)
        watch.leaving.connect(lambda: heard.append(True))
        watch.start()
        manager.tell("hide")
        sleep_twice(system, watch, qtbot)
    assert len(heard) == 2


def test_without_a_bus_nothing_is_heard_and_nothing_breaks(qapp: QApplication, tmp_path: Path) -> None:
    nowhere = QDBusConnection.connectToBus(f"unix:path={tmp_path}/none", "nowhere")
    SystemWatch(nowhere, nowhere, 1).start()
    assert not nowhere.isConnected()
