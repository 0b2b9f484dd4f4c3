"""The resident's display on a real screen, in a process of its own: keys come in, what stands where goes out."""

import json
import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.clock import SystemClock
from app.domain.resident_view import Audience, CheckPage, Item, ResidentView
from app.services.ports.resident_display import Monitor
from app.ui.background import Lane
from app.ui.flows.pin_entry import Faces
from app.ui.flows.resident_display import ResidentFlow
from app.ui.flows.resident_more import ResidentMonitorFlow
from app.ui.kit import open_kit
from app.ui.resident_display import ResidentDisplay
from app.ui.screen import Screen
from app.ui.screens.locked import LockedScreen
from app.ui.screens.resident_monitor import MonitorNumber
from app.ui.widgets.table import Table
from app.ui.window import Window

NAME = "kunren hanako"


class Remembered:
    """``DisplayMemory`` for as long as the process lives."""

    def __init__(self) -> None:
        self.kept: Monitor | None = None

    def monitor(self) -> Monitor | None:
        return self.kept

    def remember(self, monitor: Monitor | None) -> None:
        self.kept = monitor


class Place:
    """One window, one display, and the flows between them. Each line that comes in is answered by one."""

    def __init__(self, application: QApplication) -> None:
        kit = open_kit(application, SystemClock())
        self.window, self.work = Window(kit, application, LockedScreen(kit), training=False), Screen(kit, "work")
        self.display, self.memory, self.lane = ResidentDisplay(kit, training=False), Remembered(), Lane("store")
        faces = Faces(self.window, self.display)
        self.resident = ResidentFlow(kit, faces)
        self.monitors = ResidentMonitorFlow(kit, faces, self.resident, (self.memory, self.lane))
        self.stood: set[str] = set()
        self.display.changed.connect(self.note)
        self.display.stood.connect(self.note)
        self.window.open_screen(self.work)
        self.window.setGeometry(0, 0, 1366, 700)
        self.window.show()
        self.window.activateWindow()
        self._lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._lines.activated.connect(self.hear)

    def note(self) -> None:
        """On which monitor something of a person has stood."""
        if self.display.isVisible() and not self.display.is_neutral():
            self.stood.add(self.display.screen().name())

    def hear(self) -> None:
        line = sys.stdin.readline().strip()
        if not line:
            QCoreApplication.quit()
            return
        kind, _, what = line.partition(" ")
        if kind == "key":
            pressed = QKeySequence(what)[0]
            QTest.keyClick(self.focus(), pressed.key(), pressed.keyboardModifiers())
        elif kind == "row":
            self.window.findChild(Table).selectRow(int(what))
        elif kind == "page":
            item = Item("name", "name", NAME)
            self.display.show_view(ResidentView("A1", CheckPage(Audience(frozenset()), (item,))))
        elif kind == "push":
            self.display.move(0, 0)
        QApplication.processEvents()
        sys.stdout.write(json.dumps(self.state()) + "\n")
        sys.stdout.flush()

    def focus(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def state(self) -> dict[str, object]:
        place, current = self.display.geometry(), self.window.current
        chosen = self.memory.kept
        numbers = [one for one in QApplication.topLevelWidgets() if isinstance(one, MonitorNumber) and one.isVisible()]
        return {
            "screens": [one.name() for one in QGuiApplication.screens()],
            "own": self.window.screen().name(),
            "visible": self.display.isVisible(),
            "on": self.display.screen().name() if self.display.isVisible() else "",
            "left": place.left(),
            "size": [place.width(), place.height()],
            "neutral": self.display.is_neutral(),
            "stood": sorted(self.stood),
            "title": "" if current is None else current.title,
            "notice": self.window.notice.text(),
            "chosen": "" if chosen is None else chosen.name,
            "numbers": [one.screen().name() for one in numbers],
            "names": [one.windowTitle() for one in QApplication.topLevelWidgets()],
            "tool": bool(self.display.windowFlags() & Qt.WindowType.Tool),
        }


def main(words: Sequence[str]) -> int:
    """Until the input ends."""
    application = QApplication(list(words[:1]))
    place = Place(application)
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    code = application.exec()
    place.lane.close(1.0)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv))
