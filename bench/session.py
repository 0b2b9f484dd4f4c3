"""A session at the window: signing in, lock, unlock, and the wipe of a visit: each until it is over."""
# ruff: noqa: ANN401, SLF001 -- the window is looked into, and its types are imported late

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.figures import Figure, p50, p95

LOCK_S, UNLOCK_S, WIPE_S = 0.2, 0.5, 0.5
PERSONA, PIN = "claimant_moved_in", "482916"
AWAY_S = 1.0
"""Between lock and unlock: nobody types a PIN sooner."""
SCALE = "window offscreen, office on the same machine, the form of a visit open; keys pressed by program"
CARD, PASSWORD = f"{SCALE}; by staff card and PIN", f"{SCALE}; by password alone"


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """One window. Its own stores are always SQLCipher; the office's play no part in what is measured here.

    ``lock_p95`` is all of it: neutral and painted, clipboard empty, key gone, work sealed.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as folder, _window(Path(folder)) as desk:
        sign_in = [desk.sign_in() for _ in range(3 if small else 10) if desk.signed_out()]
        times = [_round(desk) for _ in range(5 if small else 30)]
        desk.signed_out()
        desk.sign_in(who="k1001", has_card=False)
        by_password = [_round(desk).unlock for _ in range(3 if small else 10)]
        from bench.floors import session as floors

        check, write = floors.password_check(), floors.durable_write()
        opened, paint = floors.open_and_write(), floors.repaint()
    rows = [Figure("sign_in_p50", p50(sign_in), "s", floor=check + opened, scale=CARD)]
    rows += [Figure("sign_in_p95", p95(sign_in), "s", floor=check + opened, scale=CARD)]
    neutral, lock = ([getattr(one, name) for one in times] for name in ("neutral", "lock"))
    rows += [Figure("lock_neutral_p95", p95(neutral), "s", floor=paint, goal=LOCK_S, scale=SCALE)]
    rows += [Figure("lock_p50", p50(lock), "s", floor=paint + write, scale=SCALE)]
    rows += [Figure("lock_p95", p95(lock), "s", floor=paint + write, goal=LOCK_S, scale=SCALE)]
    rows += [Figure("lock_cpu_p95", p95([one.cpu for one in times]), "s", scale=f"{SCALE}; this process alone")]
    unlock, wipe = ([getattr(one, name) for one in times] for name in ("unlock", "wipe"))
    rows += [Figure("unlock_p50", p50(unlock), "s", floor=opened + paint, scale=CARD)]
    rows += [Figure("unlock_p95", p95(unlock), "s", floor=opened + paint, goal=UNLOCK_S, scale=CARD)]
    rows += [Figure("unlock_by_password_p95", p95(by_password), "s", floor=2 * check + opened, scale=PASSWORD)]
    rows += [Figure("wipe_p95", p95(wipe), "s", floor=paint, goal=WIPE_S, scale=SCALE)]
    guess = "argon2id of RFC 9106, 64 MiB, 5 passes, alone"
    rows += [Figure("password_check", check, "s", goal=0.25, sense="value>=goal", scale=guess)]
    return [row.row() for row in rows]


@dataclass(frozen=True, slots=True)
class _Round:
    """One visit's times (s)."""

    neutral: float
    lock: float
    cpu: float
    unlock: float
    wipe: float


def _round(desk: "_Desk") -> _Round:
    desk.open_form()
    neutral, lock, cpu = desk.lock()
    desk.away()
    return _Round(neutral, lock, cpu, desk.unlock(), desk.close_visit())


@contextmanager
def _window(folder: Path) -> Iterator["_Desk"]:
    from app.domain.clock import SystemClock, SystemRandom
    from tests.support.city import two_cities
    from tests.support.keyring_session import keyring_session

    with keyring_session(folder / "keyring") as found:
        os.environ.update(found)
        with two_cities(folder / "cities", "sqlcipher", "sqlcipher") as cities:
            from app.card.staff_card import FidoStaffCards
            from app.client.application import make_application
            from app.client.desktop import Desktop
            from app.training.cards import TrainingCards
            from app.training.staff_cards import StaffReader

            application = make_application()
            cards = TrainingCards(cities.city, SystemClock())
            staff = StaffReader(folder / "no cards")
            staff.put(cities.staff_card())
            counter = cities.counter(cards.readers, staff_cards=FidoStaffCards(staff.hold, SystemClock(), staff))
            desktop = Desktop(counter, application, SystemClock(), SystemRandom())
            desktop.show()
            desktop.window.activateWindow()
            try:
                yield _Desk(desktop, application, cards, cities)
            finally:
                desktop.window.close()
                desktop.close()


def _painted_since(widget: Any) -> "Callable[[], float | None]":
    """When ``widget`` was first painted from now on (monotonic, s)."""
    from PySide6.QtCore import QEvent, QObject

    class Eye(QObject):
        at_s: float | None = None

        def eventFilter(self, _: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and self.at_s is None:
                self.at_s = time.monotonic()
            return False

    eye = Eye(widget)
    widget.installEventFilter(eye)
    return lambda: eye.at_s


class _Desk:
    """A clerk who waits for nothing but the program."""

    def __init__(self, desktop: Any, application: Any, cards: Any, cities: Any) -> None:
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QAbstractButton

        from app.ui.screens.locked import LockedScreen

        self._desktop, self._application, self._cards, self._cities = desktop, application, cards, cities
        self.window = desktop.window
        self._key, self._test = Qt.Key, QTest
        self._button, self._cover, self._deleted = QAbstractButton, LockedScreen, QEvent.Type.DeferredDelete
        self._shift, self._control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

    def signed_out(self) -> bool:
        if self._desktop._session is not None:
            self._desktop._sign_out()
        return self._until(lambda: self._title() == "サインイン") >= 0

    def sign_in(self, who: str = "y1001", *, has_card: bool = True) -> float:
        """From the last key press until the next ticket can be typed."""
        self._has_card = has_card
        self._type(who)
        self._press(self._key.Key_Return)
        self._type(self._cities.password.text())
        if has_card:
            self._press(self._key.Key_F12)
            self._until(lambda: "暗証番号" in self._focus().accessibleName())
            self._type(PIN)
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

    def lock(self) -> tuple[float, float, float]:
        """Until the neutral screen is painted; until all else is done too; and what this process reckoned (s)."""
        self._application.clipboard().setText("x")
        painted = _painted_since(self.window.findChild(self._cover))
        cpu, begun = time.process_time(), time.monotonic()
        self._press(self._key.Key_L, self._control)
        self._until(
            lambda: (
                self._desktop.window.is_locked()
                and painted() is not None
                and not self._desktop._counter.memory.work.is_open
                and self._desktop._leaving.put_away._sealed is not None
                and not self._application.clipboard().text()
                and self._desktop.display.is_neutral()
            )
        )
        return (painted() or 0.0) - begun, time.monotonic() - begun, time.process_time() - cpu

    def away(self) -> None:
        """The clerk is not there."""
        end = time.monotonic() + AWAY_S
        self._until(lambda: time.monotonic() > end)

    def unlock(self) -> float:
        """From the last key press, after the PIN or the password, until the form stands there again."""
        while not isinstance(self._focus(), self._button):
            self._type(PIN if "暗証番号" in self._focus().accessibleName() else self._cities.password.text())
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
            self._application.sendPostedEvents(None, self._deleted)  # a loop of its own would do this by itself
            if time.monotonic() - begun > timeout_s:
                raise TimeoutError(self._title())
            time.sleep(0.001)
        return time.monotonic() - begun
