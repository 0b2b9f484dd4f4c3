"""The counter's window, waiting for a card in a visit: tells when the reader's event came and when the notice stood.

``python -m bench.cards.window FOLDER``, under a screen and a keyring: signs in by keys, prints a line "signed in"; told
to go on by a line, opens a visit, prints "ready", then one JSON object for each card laid down. Ends with its input.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.card.readers import PcscReaders
from app.client.desktop import Desktop
from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import Secret
from app.services.card_port import ReadersSeen
from app.ui.screens.identify import IdentifyScreen
from app.ui.widgets.chip import Chip
from tests.support.city import two_cities

PATIENCE_S = 30.0
CLERK = "k1001"
"""The clerk of the section, of the shipped training team."""


class Notice(QObject):
    """Between the reader's event and the painted notice. The event's moment is taken on the monitor's thread."""

    def __init__(self, readers: PcscReaders) -> None:
        super().__init__()
        self._event_s: float | None = None
        self._lay = False
        self._idle: dict[Chip, str] = {}
        self._end = readers.watch(self._on_seen)

    def wait_on(self, screen: QWidget) -> None:
        """From now on the chips of this screen are the notice; what they say now means: no card."""
        self._idle = {chip: chip.text() for chip in screen.findChildren(Chip)}
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._event_s is not None and self._is_changed(watched):
            event_s, self._event_s = self._event_s, None
            QTimer.singleShot(0, lambda: _say({"event": event_s, "painted": time.monotonic()}))
        return False

    def close(self) -> None:
        self._end()

    def _is_changed(self, watched: QObject) -> bool:
        return isinstance(watched, Chip) and watched.text() != self._idle.get(watched, watched.text())

    def _on_seen(self, seen: ReadersSeen) -> None:
        now = time.monotonic()
        was, self._lay = self._lay, bool(seen.cards)
        if self._lay and not was and self._idle:
            self._event_s = now


def main() -> None:
    """Open, wait, tell."""
    readers = PcscReaders(SystemClock())
    readers.settle(PATIENCE_S)
    with closing(Notice(readers)) as notice, two_cities(Path(sys.argv[1]), "sqlcipher", "sqlcipher") as cities:
        application = QApplication([])
        desktop = Desktop(cities.counter(readers), application, SystemClock(), SystemRandom())
        _sign_in(desktop, cities.password)
        print("signed in", flush=True)
        sys.stdin.readline()
        _open_visit(desktop)
        notice.wait_on(_current(desktop))
        ended = QSocketNotifier(0, QSocketNotifier.Type.Read)
        ended.activated.connect(application.quit)
        print("ready", flush=True)
        application.exec()
        desktop.close()
    readers.close()


def _sign_in(desktop: Desktop, password: Secret) -> None:
    """By keys, as a clerk; so is all that follows."""
    desktop.show()
    desktop.window.activateWindow()
    _until(desktop.window.isActiveWindow)
    first = _current(desktop)
    QTest.keyClicks(_focus(desktop), CLERK)
    QTest.keyClick(_focus(desktop), Qt.Key.Key_Return)
    QTest.keyClicks(_focus(desktop), password.text())
    QTest.keyClick(_focus(desktop), Qt.Key.Key_F12)
    _until(lambda: _current(desktop) is not first)


def _open_visit(desktop: Desktop) -> None:
    QTest.keyClicks(_focus(desktop), "A012")
    QTest.keyClick(_focus(desktop), Qt.Key.Key_F2)
    _until(lambda: isinstance(_current(desktop), IdentifyScreen))
    QTest.qWait(500)


def _current(desktop: Desktop) -> QWidget:
    assert desktop.window.current is not None
    return desktop.window.current


def _focus(desktop: Desktop) -> QWidget:
    at = desktop.window.focusWidget()
    assert at is not None
    return at


def _until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "the window does not get there"
        QTest.qWait(10)


def _say(words: dict[str, float]) -> None:
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main()
