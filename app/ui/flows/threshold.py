"""Between signing in and work: what has to be decided first, one thing after the other, on the lane to the office."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.clock import TOKYO
from app.domain.era import wareki, wareki_short
from app.domain.secret import Secret
from app.errors import AppError, PasswordChanged, SessionEnded
from app.services.ports.seat import Session
from app.services.sign_in import Former, Held
from app.ui.background import Lane, Ticket
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Screen
from app.ui.screens.elsewhere import ElsewhereScreen
from app.ui.screens.former import FormerScreen
from app.ui.screens.password import PasswordScreen
from app.ui.window import Window

PATIENCE_MS = 180_000
"""How long something waits to be decided before the session is given up: as long as the lock waits. Assumed."""


@dataclass(frozen=True, slots=True)
class ThresholdActs:
    """What is done beneath the window; all of it runs on the lane.

    ``change``: a given password for a new one, with the card's PIN where there is a card. ``begin`` raises
    ``PasswordChanged`` where older work here needs a former password.
    """

    end_elsewhere: Callable[[Held], Held]
    change: Callable[[Held, Secret, Secret | None], Held]
    begin: Callable[[Held, Former | None], Session]
    stop: Callable[[Held], None]


class ThresholdFlow(QObject):
    """``begun`` carries the session; ``stopped``: back to signing in."""

    begun = Signal(object)
    stopped = Signal()

    def __init__(self, kit: Kit, window: Window, lane: Lane, acts: ThresholdActs) -> None:
        super().__init__(window)
        self._kit, self._window, self._lane, self._acts = kit, window, lane, acts
        self._held: Held | None = None
        self._given: Secret | None = None
        self._ticket = Ticket()
        self._elsewhere, self._password, self._former = ElsewhereScreen(kit), PasswordScreen(kit), FormerScreen(kit)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.stop)
        self._elsewhere.go_on_asked.connect(self._on_go_on)
        self._password.change_asked.connect(self._on_change)
        self._former.open_asked.connect(lambda former: self._begin(Former(former)))
        self._former.leave_asked.connect(lambda: self._begin(Former(None)))
        for screen in self._screens():
            screen.back_asked.connect(self.stop)

    def begin(self, held: Held) -> None:
        """Somebody has shown who they are, and something waits to be decided."""
        self._held = held
        self._next()

    def stop(self) -> None:
        """The session ends before it began; what is signed in elsewhere goes on."""
        held = self._held
        if held is None:
            return
        self._forget()
        self._lane.run(partial(self._acts.stop, held), owner=self, done=_nothing, failed=_nothing)
        self.stopped.emit()

    def _next(self) -> None:
        held = self._held
        if held is None:
            return
        self._patience.start()
        session = held.session
        if session.elsewhere:
            where = self._kit.texts.elsewhere.where
            rows = [(where(one.terminal, one.window), moment(one.started_at)) for one in session.elsewhere]
            self._elsewhere.show_others(rows)
            self._window.open_screen(self._elsewhere)
        elif session.must_change:
            self._password.show_for(is_given=True, has_card=session.second_factor != "not_asked")
            self._window.open_screen(self._password)
        elif held.needs_former:
            self._former.wipe()
            self._window.open_screen(self._former)
        else:
            self._begin(None if self._given is None else Former(self._given))

    def _on_go_on(self) -> None:
        held = self._held
        if held is not None:
            self._elsewhere.show_busy()
            self._run(partial(self._acts.end_elsewhere, held), self._on_decided, self._elsewhere.show_error)

    def _on_change(self, _: Secret | None, new: Secret, pin: Secret | None) -> None:
        held = self._held
        if held is None:
            return
        self._password.show_busy()
        self._given = Secret(held.proof.shown.password.reveal())

        def change() -> Held:
            try:
                return self._acts.change(held, new, pin)
            finally:
                _wipe(new, pin)

        self._run(change, self._on_decided, self._password.show_error)

    def _on_decided(self, held: Held) -> None:
        self._held = held
        self._next()

    def _begin(self, former: Former | None) -> None:
        held = self._held
        if held is None:
            return
        self._former.show_busy()

        def begin() -> Session | Held:
            try:
                return self._acts.begin(held, former)
            except PasswordChanged:
                return replace(held, needs_former=True)
            finally:
                _wipe(None if former is None else former.password)

        self._run(begin, self._on_begun, self._former.show_error)

    def _on_begun(self, found: Session | Held) -> None:
        if isinstance(found, Session):
            self._forget()
            self.begun.emit(found)
            return
        was_asked = self._held is not None and self._held.needs_former
        self._given, self._held = None, found
        if was_asked:
            self._former.show_wrong()
        else:
            self._next()

    def _run(self, work: Callable[[], object], done: Callable[..., None], failed: Callable[[Message], None]) -> None:
        self._patience.start()

        def on_failed(error: AppError) -> None:
            failed(self._kit.messages.of(error))

        self._ticket = self._lane.run(work, owner=self, done=done, failed=on_failed)

    def _forget(self) -> None:
        self._ticket.cancel()
        self._patience.stop()
        _wipe(self._given)
        self._held = self._given = None
        for screen in self._screens():
            screen.wipe()

    def _screens(self) -> tuple[Screen, ...]:
        return self._elsewhere, self._password, self._former


def moment(at: datetime) -> str:
    """Day and time in the office."""
    local = at.astimezone(TOKYO)
    return f"{wareki_short(local.date())} {local:%H:%M}"


def ended_message(kit: Kit, error: SessionEnded) -> Message:
    """How a session ended, in words: by its own person elsewhere, by a supervisor, or otherwise."""
    words, data = kit.texts.elsewhere, error.data
    where = words.where(str(data.get("terminal", "")), str(data.get("window", "")))
    at = datetime.fromtimestamp(int(data.get("at", 0)), TOKYO)
    time = f"{wareki(at.date())} {at:%H:%M}"
    match data.get("why"):
        case "elsewhere":
            return Message(words.ended_elsewhere, words.ended_elsewhere_why(where, time), words.ended_next, error.code)
        case "supervisor":
            name, staff_id = str(data.get("name", "")), str(data.get("by", ""))
            why = words.ended_supervisor_why(name, staff_id, where, time)
            return Message(words.ended_supervisor, why, words.ended_next, error.code)
        case _:
            return kit.messages.of(error)


def _wipe(*secrets: Secret | None) -> None:
    for one in secrets:
        if one is not None:
            one.wipe()


def _nothing(_: object) -> None:
    return
