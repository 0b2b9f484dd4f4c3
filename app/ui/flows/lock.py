"""The lock: on Ctrl+L, after idling and when the system says so; off by the same person's card, password or both."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.secret import Secret
from app.errors import AppError, SignInRefused
from app.services.unlock import Needed
from app.ui.background import Lane
from app.ui.collecting import collect, uncollected
from app.ui.kit import Kit
from app.ui.lock_watch import LockWatch
from app.ui.messages import Message
from app.ui.resident_display import ResidentDisplay
from app.ui.screens.locked import LockedScreen, LockReason
from app.ui.window import Window

LONGEST_LOCKED_S = 900.0
"""Fifteen minutes, then the session ends. Assumed; an office sets it within the range."""
LOCKED_RANGE_S = (300.0, 3600.0)
COLLECT_AFTER_MS = 400
"""Once the lock is over, and before anybody has typed a PIN: it holds the window up for 0.1 s. Assumed."""


@dataclass(frozen=True, slots=True)
class LockActs:
    """What locking and unlocking mean beneath the window. ``seal`` and ``open`` run on the lane.

    ``leave``: called on the GUI thread once the window is covered: what was typed last is put on its way to the store.
    ``seal``: keys leave memory, it is recorded. ``put_away``: meanwhile, on the GUI thread, the work leaves the window.
    ``open``: the password is checked and the keys come back, the staff card answering where its PIN is given; raises
    ``SignInRefused``, ``TooManyTries`` or the card's errors. ``come_back``: called on the GUI thread before the window
    is uncovered: the work stands there again. ``needed``: on the lane, what unlocking asks for now.
    """

    leave: Callable[[], None]
    seal: Callable[[str], None]
    put_away: Callable[[], None]
    open: Callable[[Secret, Secret | None], None]
    come_back: Callable[[], None]
    needed: Callable[[], Needed]


@dataclass(frozen=True, slots=True)
class LockParts:
    """The parts of the window that the lock touches."""

    window: Window
    screen: LockedScreen
    display: ResidentDisplay
    watch: LockWatch


class LockFlow(QObject):
    """Covers the window at once, before anything slow is done. It acts only between ``begin`` and ``end`` of a session.

    ``locked`` carries the reason; ``other_person_asked``: the session should end for somebody else;
    ``given_up``: it should end because nobody came; the work is kept.
    """

    locked = Signal(str)
    unlocked = Signal()
    other_person_asked = Signal()
    given_up = Signal()

    def __init__(
        self, kit: Kit, parts: LockParts, lane: Lane, acts: LockActs, *, longest_s: float = LONGEST_LOCKED_S
    ) -> None:
        """``longest_s``: as in ``set_longest``."""
        super().__init__(parts.window)
        self._longest_s, self._locked_s = LONGEST_LOCKED_S, 0.0
        self.set_longest(longest_s)
        self._patience = QTimer(self, interval=1000)
        self._patience.timeout.connect(self.look)
        self._kit, self._lane, self._acts = kit, lane, acts
        self._window, self._screen, self._watch = parts.window, parts.screen, parts.watch
        self._display = parts.display
        self._staff_id, self._has_card = "", False
        self._window.lock_asked.connect(partial(self.lock, LockReason.ASKED))
        self._watch.timed_out.connect(partial(self.lock, LockReason.IDLE))
        self._watch.warned.connect(lambda seconds: self._window.show_warning(kit.texts.lock.soon(seconds)))
        self._watch.calmed.connect(lambda: self._window.show_warning(""))
        self._screen.unlock_asked.connect(self._on_unlock_asked)
        self._screen.other_person_asked.connect(self.other_person_asked)

    def set_longest(self, longest_s: float) -> None:
        """How long it may stay locked before the session ends: the office's policy, within ``LOCKED_RANGE_S``."""
        least, most = LOCKED_RANGE_S
        self._longest_s = min(max(longest_s, least), most)

    def begin(self, staff_id: str, *, has_card: bool = False) -> None:
        """A session has begun: from now on it can be locked. ``has_card``: unlocking asks for the staff card too."""
        self._staff_id, self._has_card = staff_id, has_card
        self._watch.start()

    def end(self) -> None:
        """The session has ended; the cover goes, the sign-in screen must be open by now."""
        self.close()
        self._window.show_warning("")
        if self._window.is_locked():
            self._window.unlock()

    def close(self) -> None:
        """The program ends: nothing is counted any more, and what is covered stays covered."""
        self._staff_id = ""
        self._patience.stop()
        self._watch.stop()

    def lock(self, reason: LockReason) -> None:
        """Lock now; nothing happens without a session or when locked already."""
        if not self._staff_id or self._window.is_locked():
            return
        with uncollected():
            self._cover(reason)
            self._acts.leave()
            seal = partial(self._acts.seal, reason.value)
            self._lane.run(seal, owner=self, done=self._on_sealed, failed=self._on_failed)
            self._ask_needed()
            self._acts.put_away()
        self.locked.emit(reason.value)

    def stand_locked(self, reason: LockReason, since_s: float) -> None:
        """The program began anew while it was locked: covered at once, there is nothing to put away.

        ``since_s``: since when, by the monotonic clock.
        """
        self._cover(reason)
        self._locked_s = since_s
        self._ask_needed()
        self.locked.emit(reason.value)

    def since_s(self) -> float:
        """When it was locked, by the monotonic clock."""
        return self._locked_s

    def show_left(self, text: str) -> None:
        """How long work may go on without the office, for the cover; "" while it answers."""
        self._screen.show_left(text)

    def look(self) -> None:
        """Whether it has been locked for too long; a timer asks each second. The PC's time of day plays no part."""
        if self._window.is_locked() and self._kit.clock.monotonic() - self._locked_s >= self._longest_s:
            self._patience.stop()
            self.given_up.emit()

    def _cover(self, reason: LockReason) -> None:
        """What a person sees goes first, painted at once: nothing below waits for the next turn of the loop."""
        self._screen.show_locked(reason, self._staff_id, has_card=self._has_card)
        self._window.lock()
        self._screen.repaint()
        self._display.blank()
        self._display.repaint()
        self._locked_s = self._kit.clock.monotonic()
        self._patience.start()
        self._watch.stop()

    def _on_sealed(self, _: object) -> None:
        QTimer.singleShot(COLLECT_AFTER_MS, self, self._collect)

    def _collect(self) -> None:
        if self._window.is_locked():
            collect()

    def _ask_needed(self) -> None:
        """Show what unlocking asks for; where this PC's store does not say it, all stays asked."""
        self._lane.run(self._acts.needed, owner=self, done=self._on_needed, failed=lambda _: None)

    def _on_needed(self, needed: Needed) -> None:
        if self._window.is_locked():
            self._screen.show_needed(card=needed.card, password=needed.password)

    def _on_unlock_asked(self, password: Secret, pin: Secret | None) -> None:
        self._screen.show_busy()
        self._lane.run(
            partial(self._open, password, pin), owner=self, done=lambda _: self._on_unlocked(), failed=self._on_failed
        )

    def _open(self, password: Secret, pin: Secret | None) -> None:
        try:
            self._acts.open(password, pin)
        finally:
            password.wipe()
            if pin is not None:
                pin.wipe()

    def _on_unlocked(self) -> None:
        self._screen.wipe()
        self._patience.stop()
        self._acts.come_back()
        self._window.unlock()
        self._watch.start()
        self.unlocked.emit()

    def _on_failed(self, error: AppError) -> None:
        message = self._kit.messages.of(error)
        if isinstance(error, SignInRefused):
            words = self._kit.texts.lock
            message = Message(words.refused_title, words.refused_why, words.refused_next, message.code)
        self._screen.show_error(message)
        self._ask_needed()
