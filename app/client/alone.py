"""The window without its office: the lock time by the rules, what is left of the lease, the lock when it is over."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.client.counter import Counter
from app.errors import AppError, OfficeError
from app.services.follow_rules import Followed
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.lock import LockFlow
from app.ui.kit import Kit
from app.ui.lock_watch import LockWatch
from app.ui.screens.locked import LockReason
from app.ui.screens.sign_in import SignInScreen
from app.ui.window import Window

LOOK_MS = 15_000
"""How often the lease is counted and kept. Assumed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the office answers, and what is left of the lease (s); None without one."""

    is_down: bool
    left_s: float | None

    @property
    def is_over(self) -> bool:
        """Whether nobody may work here any more until the office answers again."""
        return self.is_down and not self.left_s


@dataclass(frozen=True, slots=True)
class WindowParts:
    """The parts of the window that follow the office."""

    kit: Kit
    window: Window
    entrance: SignInScreen
    lock: LockFlow
    watch: LockWatch


class AloneWing(QObject):
    """On the window's thread, with a lane of its own: a line that hangs holds up nothing else."""

    def __init__(self, counter: Counter, parts: WindowParts, press: Callable[[], Press]) -> None:
        super().__init__()
        self._counter, self._parts, self._press = counter, parts, press
        self._session: Session | None = None
        self._is_looking = False
        self._lane = Lane("alone")
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        parts.lock.locked.connect(self.look)
        parts.lock.unlocked.connect(self._on_unlocked)

    def start(self) -> None:
        """The program begins: what is kept of the rules is proved; the entrance says when it does not count."""
        refused = self._follow(self._counter.cases.rules.at_start(self._press)).refused
        if refused is not None:
            self._parts.entrance.show_ended(self._parts.kit.messages.of(refused))

    def begin(self, session: Session) -> None:
        """Somebody works here now; the rules may be new since the office was asked."""
        self._session = session
        refused = self._follow(self._counter.cases.rules.last).refused
        current = self._parts.window.current
        if refused is not None and current is not None:
            current.banner.show_message(self._parts.kit.messages.of(refused))
        self._timer.start()
        self.look()

    def end(self) -> None:
        """Nobody works here any more."""
        self._session = None
        self._timer.stop()
        self._parts.window.strip.show_offline("")

    def close(self, wait_s: float) -> None:
        """End the lane."""
        self._session = None
        self._timer.stop()
        self._lane.close(wait_s)

    def look(self) -> None:
        """Ask an office that did not answer again, count the lease, show it; the timer does this."""
        session = self._session
        if session is None or self._is_looking:
            return
        self._is_looking = True
        work = partial(self._standing, session)
        self._lane.run(work, owner=self, done=self._on_standing, failed=self._on_failed)

    def _standing(self, session: Session) -> Standing:
        line = self._counter.office.line
        if line.is_down and self._session is session:
            with suppress(OfficeError):
                self._counter.office.counters.rules(self._press(), session)
        return Standing(line.is_down, self._counter.cases.alone.left_s(session.actor.staff_id))

    def _on_failed(self, _: AppError) -> None:
        """A store that is busy is asked again at the next look."""
        self._is_looking = False

    def _on_standing(self, standing: Standing) -> None:
        self._is_looking = False
        if self._session is None:
            return
        if standing.is_over and not self._parts.window.is_locked():
            self._parts.lock.lock(LockReason.LEASE)
            return
        left = self._left(standing) if standing.is_down else ""
        self._parts.lock.show_left(left)
        self._parts.window.strip.show_offline("" if standing.is_over else left)

    def _left(self, standing: Standing) -> str:
        texts = self._parts.kit.texts
        hours, minutes = divmod(int(standing.left_s or 0) // 60, 60)
        return texts.lock.lease_over if standing.is_over else texts.frame.offline_left(hours, minutes)

    def _on_unlocked(self) -> None:
        """The lease begins anew, with nobody waiting for it."""
        session = self._session
        if session is not None and not self._counter.office.line.is_down:
            settle = partial(self._counter.cases.unlock.settle, self._press(), session)
            self._lane.run(settle, owner=self, done=lambda _: None, failed=lambda _: None)
        self.look()

    def _follow(self, found: Followed) -> Followed:
        self._parts.watch.set_idle(found.rules.lock_after_s)
        self._parts.lock.set_longest(found.rules.sign_out_after_s)
        return found
