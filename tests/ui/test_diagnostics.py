"""The diagnosis in the window: part by part in the background, what is wrong first, a file for the help desk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.client.diagnostics import written
from app.errors import DiskFull, KeyringLocked
from app.services.diagnose import Diagnose, Finding, State
from app.ui.background import Lane, Mark
from app.ui.flows.diagnostics import DiagnosticsActs, DiagnosticsFlow
from app.ui.kit import Kit
from app.ui.screens.locked import LockedScreen
from app.ui.window import Window
from tests.support.screen_reader import screen_reader
from tests.ui.tables import LONG, Tables

LIST = "調べたもの"


@dataclass
class Pc:
    """What is looked at: the disk answers once it is let go; the keyring is locked."""

    may_go: Mark = field(default_factory=Mark)
    place: str | None = None
    asked: list[str] = field(default_factory=list)

    def disk(self) -> tuple[Finding, ...]:
        self.may_go.wait(20)
        return (Finding("disk", figures={"free_mb": 9000.0}),)

    def keyring(self) -> tuple[Finding, ...]:
        raise KeyringLocked

    def network(self) -> tuple[Finding, ...]:
        return (Finding("network"), Finding("clock", State.WARNED, "clock_apart", {"apart_s": 31.0}))

    def choose(self, title: str, name: str, kinds: str) -> str | None:
        self.asked.append(name)
        return self.place


@dataclass
class Looking(Tables):
    """Whoever looks after this PC."""

    flow: DiagnosticsFlow
    pc: Pc


@pytest.fixture
def looking(qtbot: QtBot, qapp: QApplication, kit: Kit) -> Iterator[Looking]:
    window, pc, lane = Window(kit, qapp, LockedScreen(kit), training=True), Pc(), Lane("diagnostics")
    qtbot.addWidget(window)
    diagnose = Diagnose({"disk": pc.disk, "keyring": pc.keyring, "network": pc.network})
    flow = DiagnosticsFlow(kit, lane, DiagnosticsActs(diagnose, "1.0", pc.choose, written))
    window.open_screen(flow.screen)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    flow.begin()
    yield Looking(window, qtbot, flow, pc)
    pc.may_go.reach()
    assert lane.close()


def test_parts_are_looked_at_one_after_the_other_while_the_window_goes_on(looking: Looking, kit: Kit):
    looking.sees("調べています（1／3　ディスクの空き）")
    looking.key(Qt.Key.Key_F1)
    looking.key(Qt.Key.Key_Escape)
    with screen_reader() as heard:
        looking.pc.may_go.reach()
        looking.sees("直すものが2件あります")
    assert any("直すものが2件" in one.text for one in heard)
    assert "異常" in looking.row_of(LIST, "鍵の保管庫")
    assert "空き 9,000 MB" in looking.row_of(LIST, "ディスクの空き")
    locked = kit.messages.of(KeyringLocked())
    assert locked.next in looking.shown()
    looking.mark(LIST, "時計")
    looking.sees(kit.messages.word("diagnosis_fix", "clock_apart"))


def test_who_goes_back_is_not_kept_waiting(looking: Looking, qtbot: QtBot):
    with qtbot.waitSignal(looking.flow.left, timeout=LONG):
        looking.key(Qt.Key.Key_Escape)
    assert looking.rows(LIST) == []


def test_the_result_is_saved_for_the_help_desk(looking: Looking, tmp_path: Path):
    looking.pc.may_go.reach()
    looking.sees("直すものが2件あります")
    looking.pc.place = str(tmp_path / "shindan.txt")
    looking.key(Qt.Key.Key_F11)
    looking.sees("結果を保存しました")
    text = (tmp_path / "shindan.txt").read_text(encoding="utf-8")
    assert "keyring\tunwell\tstore.keyring_locked" in text
    assert "clock\twarned\tclock_apart\tapart_s=31" in text


def test_nothing_is_saved_where_nobody_chose_a_place(looking: Looking):
    looking.pc.may_go.reach()
    looking.sees("直すものが2件あります")
    looking.key(Qt.Key.Key_F11)
    assert looking.pc.asked
    assert "結果を保存しました" not in looking.shown()


def test_a_place_that_can_not_be_written_to_is_told(tmp_path: Path):
    with pytest.raises(DiskFull):
        written(str(tmp_path / "absent" / "shindan.txt"), "")


def test_enter_on_the_list_does_nothing_by_accident(looking: Looking):
    looking.pc.may_go.reach()
    looking.sees("直すものが2件あります")
    QTest.keyClick(looking.focus(), Qt.Key.Key_Return)
    assert looking.screen is looking.flow.screen
