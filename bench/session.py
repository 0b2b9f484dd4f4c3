"""A session at the window: signing in, lock, unlock, and the wipe of a visit: each until it is over."""
# ruff: noqa: ANN401, SLF001 -- the window is looked into, and its types are imported late

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.figures import Figure, p50, p95

LOCK_S, UNLOCK_S, WIPE_S = 0.2, 0.5, 0.5
PERSONA = "claimant_moved_in"
SCALE = "window offscreen, office on the same machine, the form of a visit open; keys pressed by program"


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """One window. Its own stores are always SQLCipher; the office's play no part in what is measured here."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as folder, _window(Path(folder)) as desk:
        rounds = 5 if small else 30
        sign_in = [desk.sign_in() for _ in range(3 if small else 10) if desk.signed_out()]
        lock, unlock, wipe = [], [], []
        for _ in range(rounds):
            desk.open_form()
            lock.append(desk.lock())
            unlock.append(desk.unlock())
            wipe.append(desk.close_visit())
        floor = desk.floor()
    rows = [Figure("sign_in_p50", p50(sign_in), "s", floor=2 * floor, scale=SCALE)]
    rows += [Figure("sign_in_p95", p95(sign_in), "s", floor=2 * floor, scale=SCALE)]
    rows += [Figure("lock_p95", p95(lock), "s", goal=LOCK_S, scale=SCALE)]
    rows += [Figure("unlock_p50", p50(unlock), "s", floor=2 * floor, scale=SCALE)]
    rows += [Figure("unlock_p95", p95(unlock), "s", floor=2 * floor, goal=UNLOCK_S, scale=SCALE)]
    rows += [Figure("wipe_p95", p95(wipe), "s", goal=WIPE_S, scale=SCALE)]
    return [row.row() for row in rows]


@contextmanager
def _window(folder: Path) -> Iterator["_Desk"]:
    from app.domain.clock import SystemClock, SystemRandom
    from tests.support.city import two_cities
    from tests.support.keyring_session import keyring_session

    with keyring_session(folder / "keyring") as found:
        os.environ.update(found)
        with two_cities(folder / "cities", "sqlcipher", "sqlcipher") as cities:
            from app.client.application import make_application
            from app.client.desktop import Desktop
            from app.training.cards import TrainingCards

            application = make_application()
            cards = TrainingCards(cities.city, SystemClock())
            counter = cities.counter(cards.readers)
            desktop = Desktop(counter, application, SystemClock(), SystemRandom())
            desktop.show()
            desktop.window.activateWindow()
            try:
                yield _Desk(desktop, application, cards, cities)
            finally:
                desktop.window.close()
                desktop.close()


class _Desk:
    """A clerk who waits for nothing but the program."""

    def __init__(self, desktop: Any, application: Any, cards: Any, cities: Any) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self._desktop, self._application, self._cards, self._cities = desktop, application, cards, cities
        self.window = desktop.window
        self._key, self._test = Qt.Key, QTest
        self._shift, self._control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

    def signed_out(self) -> bool:
        if self._desktop._session is not None:
            self._desktop._sign_out()
        return self._until(lambda: self._title() == "サインイン") >= 0

    def sign_in(self) -> float:
        self._type("k1001")
        self._press(self._key.Key_Return)
        self._type(self._cities.password.text())
        begun = time.monotonic()
        self._press(self._key.Key_F12)
        self._until(lambda: self._title() == "次の応対")
        return time.monotonic() - begun

    def open_form(self) -> None:
        from tests.ui.visit.conftest import Hands

        def says(text: str) -> bool:
            return text in Hands.shown(self)  # type: ignore[arg-type]

        self._press(self._key.Key_F2)
        self._until(lambda: self._title() == "本人確認")
        self._cards.put(PERSONA)
        self._until(lambda: says("あと10回"))
        self._go_to("照合番号B")
        self._type(self._cities.city.personas[PERSONA].card.code_b)
        self._press(self._key.Key_Return)
        self._press(self._key.Key_Return)
        self._until(lambda: "はい" in self._focus().accessibleName())
        self._type("1")
        self._press(self._key.Key_F12)
        self._until(lambda: self._title() == "住民検索" and says("個人番号は登録済み"))
        self._press(self._key.Key_F12)
        self._until(lambda: self._title() == "手続の選択")
        self._press(self._key.Key_Return)
        self._until(lambda: self._title() == "申請入力")
        self._cards.take()
        self._go_to("電話番号")
        self._type("0901")

    def lock(self) -> float:
        """Until nothing is shown, the clipboard is empty and the key has gone."""
        self._application.clipboard().setText("x")
        begun = time.monotonic()
        self._press(self._key.Key_L, self._control)
        self._until(
            lambda: (
                self._desktop.window.is_locked()
                and not self._desktop._counter.memory.work.is_open
                and not self._application.clipboard().text()
                and self._desktop.display.is_neutral()
            )
        )
        return time.monotonic() - begun

    def unlock(self) -> float:
        """From the key press after the password until the form stands there again."""
        self._type(self._cities.password.text())
        self._press(self._key.Key_Return)
        begun = time.monotonic()
        self._press(self._key.Key_Return)
        self._until(lambda: not self._desktop.window.is_locked())
        taken = time.monotonic() - begun
        assert self._focus().text() == "0901", "the work is not there"
        return taken

    def close_visit(self) -> float:
        """Until every screen of the visit is empty and the next ticket can be typed."""
        begun = time.monotonic()
        self._press(self._key.Key_F2, self._shift)
        self._until(lambda: self._title() == "次の応対" and self._desktop.visit._present is None)
        return time.monotonic() - begun

    def floor(self) -> float:
        """One check of a password: the office does one and this PC another, for its own file."""
        from app.domain.secret import secret
        from app.trust.passwords import ORDINARY, key_from_password

        begun = time.monotonic()
        for _ in range(5):
            key_from_password(secret("a password"), b"0" * 16, ORDINARY)
        return (time.monotonic() - begun) / 5

    def _title(self) -> str:
        current = self._desktop.window.current
        return "" if current is None else str(current.title)

    def _focus(self) -> Any:
        return self._desktop.window.focusWidget()

    def _go_to(self, label: str) -> None:
        for _ in range(80):
            if self._focus().accessibleName().startswith(label):
                return
            self._press(self._key.Key_Tab)
        raise AssertionError(label)

    def _type(self, text: str) -> None:
        self._test.keyClicks(self._focus(), text)
        self._application.processEvents()

    def _press(self, key: Any, *modifiers: Any) -> None:
        self._test.keyClick(self._focus(), key, *modifiers)
        self._application.processEvents()

    def _until(self, condition: Callable[[], object], timeout_s: float = 30.0) -> float:
        begun = time.monotonic()
        while not condition():
            self._application.processEvents()
            if time.monotonic() - begun > timeout_s:
                raise TimeoutError(self._title())
            time.sleep(0.001)
        return time.monotonic() - begun
