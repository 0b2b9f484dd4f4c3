"""The counter's window in a process of its own, offscreen: keys are pressed and memory is read from here."""

import base64
import contextlib
import gc
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.domain.clock import Clock, Random
from app.settings import CounterSettings
from tests.support.city import CounterPlace
from tests.support.process import wait_for
from tests.support.still_lives import live_in_python, live_in_qt

STILL_S = 2.0
"""How long a locked window is left alone before it begins anew, here."""

BETWEEN, ELSEWHERE = "次の応対", "別の端末でサインインしています"


@dataclass
class Focus:
    """The field with the cursor, as it stood when it was asked for."""

    name: str
    value: str

    def accessibleName(self) -> str:
        return self.name

    def text(self) -> str:
        return self.value


@dataclass
class FarWindow:
    """A clerk's hands and eyes. Every string sent or asked for is dropped over there at once."""

    process: subprocess.Popen[str]
    table: Any = None

    def ask(self, what: str, *words: object) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([what, *words]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the window's process has ended"
        return json.loads(line)

    def shown(self) -> str:
        return str(self.ask("shown"))

    def focus(self) -> Focus:
        return Focus(*self.ask("focus"))

    def is_locked(self) -> bool:
        return bool(self.ask("locked"))

    def type(self, text: str) -> None:
        self.ask("type", text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.ask("key", key.value, modifier.value)

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)

    def anew(self) -> None:
        """Wait until the program has begun anew and says that it is open."""
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], 100)[0]:
            raise AssertionError(f"it did not begin anew: {self.ask('quiet')}")
        assert json.loads(self.process.stdout.readline()) == "open"

    def go_to(self, label: str) -> None:
        for _ in range(80):
            if self.focus().name.startswith(label):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(label)

    def wait(self, condition: Callable[[], object], what: str) -> None:
        try:
            wait_for(condition, what, 30)
        except TimeoutError as error:
            raise AssertionError(f"{what}\n{self.shown()}") from error

    def at(self, title: str) -> None:
        self.wait(lambda: self.ask("title") == title, title)

    def says(self, text: str) -> None:
        self.wait(lambda: text in self.shown(), text)


def comes_in(window: FarWindow) -> None:
    """After the password: between two visits; a session that stayed open elsewhere is ended."""
    window.wait(lambda: window.ask("title") in {BETWEEN, ELSEWHERE}, BETWEEN)
    if window.ask("title") == ELSEWHERE:
        window.enter()
        window.at(BETWEEN)


def signs_out(window: FarWindow) -> None:
    """From between two visits to the sign-in screen of a process that begins anew."""
    window.go_to("サインアウト")
    window.enter()
    window.anew()
    window.at("サインイン")


def live(window: FarWindow, marks: Sequence[str]) -> list[str]:
    """Where any of these is in a live object of Python or Qt, the clipboard or what a screen reader hears."""
    return list(window.ask("live", [mark.encode().hex() for mark in marks]))


def left_alive(window: FarWindow, marks: Sequence[str], timeout_s: float = 30.0) -> list[str]:
    """As ``live``, once an answer that was under way has been let go of; what still lives after so long stays."""
    end = time.monotonic() + timeout_s
    while (places := live(window, marks)) and time.monotonic() < end:
        time.sleep(0.2)
    return places


def found(window: FarWindow, wanted: dict[str, bytes]) -> dict[str, int]:
    """How often each of these lies in the memory of that process, read from here; zeros are left out."""
    counts = dict.fromkeys(wanted, 0)
    for content in memory(window.process.pid):
        for name, value in wanted.items():
            counts[name] += content.count(value)
    return {name: count for name, count in counts.items() if count}


def memory(pid: int) -> Iterator[bytes]:
    """All that the process can write to and so may have written."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as content:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights, *_ = line.split()
            if not rights.startswith("rw") or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            begin, end = (int(one, 16) for one in place.split("-"))
            with contextlib.suppress(OSError):
                content.seek(begin)
                yield _written(content.read(end - begin))


def _written(content: bytes) -> bytes:
    """Without the pages that hold one byte only: never used, or overwritten when they were freed."""
    pages = (content[at : at + 4096] for at in range(0, len(content), 4096))
    return b"".join(page for page in pages if page.count(page[:1]) != len(page))


def writings(name: str, key: bytes) -> dict[str, bytes]:
    """A key as it may lie about: raw, hexadecimal in both cases, base64 at each of its three shifts."""
    found = {f"{name} raw": key, f"{name} hex": key.hex().encode(), f"{name} HEX": key.hex().upper().encode()}
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + key)
        found[f"{name} base64 {shift}"] = text[(shift * 8 + 5) // 6 : (shift + len(key)) * 8 // 6]
    return found


def text_writings(mark: str) -> dict[str, bytes]:
    """A text as Python, Qt and wires keep it."""
    return {f"{mark} {code}": mark.encode(code) for code in ("utf-8", "utf-16-le", "utf-32-le")}


@contextlib.contextmanager
def far_window(place: CounterPlace, env: dict[str, str], log: Path) -> Iterator[FarWindow]:
    """The window, open on its sign-in screen. ``env``: keyring and readers."""
    command = [sys.executable, "-m", "tests.support.far_window", str(place.path), place.url, place.service]
    known = {**os.environ, **env, "QT_QPA_PLATFORM": "offscreen"}
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=out, text=True, env=known
        )
    made = FarWindow(process)
    try:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == "open"
        yield made
    finally:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        process.stdout.close()  # type: ignore[union-attr]


class _Eyes:
    """In the window's process: tells what is asked."""

    def __init__(self, desktop: Any, application: QApplication) -> None:  # imported in main only
        self._desktop, self._application = desktop, application

    def do_title(self) -> str:
        current = self._desktop.window.current
        return "" if current is None else current.title

    def do_shown(self) -> str:
        from app.ui.widgets.words import Words

        labels = [one for one in self._desktop.window.findChildren(QLabel) if one.isVisible()]
        texts = [one.words() if isinstance(one, Words) else one.text() for one in labels]
        texts += [one.text() for one in self._desktop.window.findChildren(QLineEdit) if one.isVisible()]
        return "\n".join(texts)

    def do_focus(self) -> list[str]:
        at = self._desktop.window.focusWidget()
        return [at.accessibleName(), at.text() if isinstance(at, QLineEdit) else ""]

    def do_offers(self) -> dict[str, str]:
        """What each live key of this screen does."""
        return {one.action: one.label for one in self._desktop.window.current.key_labels()}

    def do_census(self) -> dict[str, int]:
        """What lives in this process, after all that is gone has gone."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        tops = self._application.topLevelWidgets()
        return {
            "widgets": len(self._application.allWidgets()),
            "qobjects": sum(len(one.findChildren(QObject)) for one in (self._application, self._desktop, *tops)),
            "objects": len(gc.get_objects()),
        }

    def do_locked(self) -> bool:
        return bool(self._desktop.window.is_locked())

    def do_quiet(self) -> dict[str, bool]:
        """What a new beginning waits for."""
        desktop = self._desktop
        lanes = {name: lane.is_idle() for name, lane in desktop._lanes.items()}
        return {"locked": self.do_locked(), "counts": desktop.renewal._timer.isActive(), **lanes}


class _Hands(_Eyes):
    """In the window's process: does what is asked, and forgets it."""

    def __init__(self, desktop: Any, application: QApplication) -> None:  # imported in main only
        super().__init__(desktop, application)
        self._rest = b""
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_words)

    def _on_words(self) -> None:
        got = os.read(0, 65536)
        if not got:
            self._notifier.setEnabled(False)
            self._desktop.window.close()
            return
        self._rest += got
        while b"\n" in self._rest:
            line, _, self._rest = self._rest.partition(b"\n")
            what, *words = json.loads(line)
            answer = getattr(self, f"do_{what}")(*words)
            os.write(1, json.dumps(answer).encode() + b"\n")

    def do_work_open(self) -> bool:
        return bool(self._desktop._counter.memory.work.is_open)

    def do_type(self, text: str) -> None:
        at = self._desktop.window.focusWidget()
        if text.isascii():
            QTest.keyClicks(at, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(at, event)

    def do_key(self, key: int, modifier: int) -> None:
        QTest.keyClick(self._desktop.window.focusWidget(), Qt.Key(key), Qt.KeyboardModifier(modifier))

    def do_copy(self, text: str) -> None:
        self._application.clipboard().setText(text)

    def do_live(self, hexed: list[str]) -> list[str]:
        QApplication.processEvents()
        gc.collect()
        marks = [bytes.fromhex(one).decode() for one in hexed]
        found = [f"python: {place}" for place in live_in_python(marks)]
        found += [f"qt: {place}" for place in live_in_qt(marks, self._application)]
        return found


def _counter(known: CounterSettings, clock: Clock, random: Random) -> Any:  # imported in main's process only
    """On the readers of this machine, those for staff cards as the settings name them."""
    from app.card.readers import PcscReaders
    from app.card.staff_card import FidoStaffCards, on_readers, watched
    from app.client.counter import open_counter

    own = frozenset(known.staff_readers)
    readers = PcscReaders(clock, serves=lambda name: name not in own)
    staff_cards = FidoStaffCards(partial(on_readers, known.staff_readers, clock), clock, watched(own, clock))
    return open_counter(known, readers, clock, random, staff_cards=staff_cards)


def main(words: Sequence[str]) -> int:
    """Be the window's process: the counter of the settings on the readers of this machine."""
    from app.desktop.process import handed_over, keep_private, start_anew

    keep_private(os.environ)
    before = handed_over(os.environ)
    from app.client.application import make_application
    from app.client.desktop import ANEW, Desktop
    from app.client.handover import handover
    from app.domain.clock import SystemClock, SystemRandom

    path, url, service = words
    known = CounterPlace(Path(path), url, service).settings()
    application = make_application()
    clock, random = SystemClock(), SystemRandom()
    counter = _counter(known, clock, random)
    counter.memory.postbox.start()
    desktop = Desktop(counter, application, clock, random, begins_anew=True)
    desktop.renewal.set_still(STILL_S)
    desktop.show(handover(before))
    desktop.window.activateWindow()
    hands = _Hands(desktop, application)
    os.write(1, b'"open"\n')
    code = application.exec()
    del hands
    desktop.close()
    if code == ANEW:
        start_anew(os.environ, desktop.handed_on())
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
