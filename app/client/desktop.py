"""The desktop: window, lanes and flows around one open counter; who is signed in, and what follows from it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.client.alone import AloneWing, WindowParts
from app.client.counter import Counter
from app.client.diagnostics import DiagnosticsWing
from app.client.display_wing import resident_display
from app.client.door import Door, SignedInHere
from app.client.handover import Handover
from app.client.leaving import Leaving
from app.client.put_away import PutAway
from app.client.renewal import Renewal
from app.client.rooms import Rooms
from app.client.session_wing import make_session_wings
from app.domain.clock import Clock, Random
from app.domain.secret import Secret
from app.errors import AppError, SessionEnded
from app.services.entrance import NOT_ASKED
from app.services.ports.seat import Session, press
from app.settings import CounterSettings
from app.ui.background import Lane
from app.ui.flows.lock import LockActs, LockFlow, LockParts
from app.ui.flows.sign_in import SignInActs, SignInFlow
from app.ui.flows.threshold import ended_message
from app.ui.flows.visit import VisitDesk
from app.ui.flows.visit_state import nothing
from app.ui.kit import Kit, open_kit
from app.ui.lock_watch import LockWatch
from app.ui.screens.locked import LockedScreen, LockReason
from app.ui.screens.sign_in import SignInScreen
from app.ui.set_aside import SetAside
from app.ui.widgets.top_strip import Place
from app.ui.window import DESIGN_HEIGHT, DESIGN_WIDTH, Window

CLOSING_S, LEAST_S = 2.5, 0.1
"""What the lanes together are given to finish, and what each is given at least: a line may hang. Assumed."""
SAVING_S = 1.0
"""What a save on its way is given before the work is closed over it. Assumed."""
ANEW = 75
"""The program's result when it is to be started again: EX_TEMPFAIL of sysexits.h, published."""
LANES = ("reader", "store", "office", "paper", "told", "news", "lock")
"""``lock``: its own, because another may wait for the office while keys must go."""


class Desktop(QObject):
    """One window on one counter. ``close`` ends lanes and counter; closing the window does so too."""

    _staff_card_gone = Signal()

    def __init__(
        self, counter: Counter, application: QApplication, clock: Clock, random: Random, *, begins_anew: bool = False
    ) -> None:
        """``begins_anew``: after a sign-out the program ends with ``ANEW``, and whoever runs it starts it again."""
        super().__init__()
        self._counter, self._application, self._begins_anew = counter, application, begins_anew
        self._clock, self._press = clock, partial(press, clock, random)
        self._session, self._later, self._handed = _nobody(), _nobody(), _no_secret()
        settings = counter.settings
        self.kit: Kit = open_kit(
            application, clock, authenticator=settings.staff_authenticator, office_keys=settings.keys
        )
        self._lanes = {name: Lane(name) for name in LANES}
        cover, door = LockedScreen(self.kit), Door(counter, self._press)
        self.window = Window(self.kit, application, cover, training=counter.settings.is_training)
        self.display = resident_display(counter, self.kit)
        self._sign_in_screen = SignInScreen(self.kit)
        self._sign_in = SignInFlow(
            self.kit, self._sign_in_screen, self._lanes["office"], SignInActs(door.ask_card, door.sign_in)
        )
        watch = LockWatch(clock, application, idle_s=counter.cases.rules.last.rules.lock_after_s)
        parts = LockParts(self.window, cover, self.display, watch)
        lock = LockActs(
            self._leave,
            lambda reason: self._leaving.seal(self._session, reason),
            lambda: self._leaving.put_away.put(),  # noqa: PLW0108 -- made further down
            lambda password, pin: door.unlock(self._session, password, pin),
            self._come_back,
            lambda: door.needed(self._session),
        )
        self._lock = LockFlow(self.kit, parts, self._lanes["lock"], lock)
        faces = (self.kit, self.window, self.display)
        self.rooms = Rooms(counter, application, faces, self._lanes, (clock, random))
        self.visit: VisitDesk = self.rooms.visit
        office = self._lanes["office"]
        self._threshold, self._watch = make_session_wings(counter, (self.kit, self.window), office, door, self._press)
        self._diagnostics = DiagnosticsWing(
            counter, (self.kit, self.window), office, (random, self._press), self._is_between
        )
        aside, all_lanes = (
            SetAside((self.window, self.display, self._sign_in_screen, *self.rooms.parts()), cover),
            tuple(self._lanes.values()),
        )
        self.window.part_made.connect(aside.learn)
        away = PutAway(aside, counter.memory.work, all_lanes, self._lock)
        self._leaving = Leaving(counter, self.visit, away, self._lanes["store"], self._press)
        self._alone = AloneWing(
            counter, WindowParts(self.kit, self.window, self._sign_in_screen, self._lock, watch), self._press
        )
        self.renewal = Renewal(application, clock, partial(_is_quiet, self.window, all_lanes))
        self._connect()

    def show(self, before: Handover | None = None) -> None:
        """Open the window on the sign-in screen; with what was ``before`` it stands locked as it did then."""
        self.window.strip.show_place(_place(self._counter.settings, None))
        self.window.open_screen(self._sign_in_screen)
        self._alone.start()
        if (ended := self._watch.entrance()) is not None:
            self._sign_in_screen.show_ended(ended)
        if before is not None:
            self._stand_locked(before)
        room = self.window.screen().availableGeometry()
        if room.width() <= DESIGN_WIDTH or room.height() <= DESIGN_HEIGHT:
            self.window.showMaximized()
        else:
            self.window.show()

    def handed_on(self) -> Secret | None:
        """What the next program needs to stand locked as this one did; None after a sign-out. It can be asked once."""
        handed, self._handed = self._handed, None
        return handed

    def leave_alone(self) -> None:
        """Nobody looks at this screen any more, as the system says: lock, where somebody is signed in."""
        self._lock.lock(LockReason.SYSTEM)

    def close(self) -> None:
        """End the session, the lanes and the counter, within about 3 s whatever hangs; safe to call twice."""
        lanes, self._lanes = self._lanes, {}
        if not lanes:
            return
        end_s = self._clock.monotonic() + CLOSING_S
        self.window.hide()
        self._lock.close()
        session, self._session = self._session, None
        self.renewal.end()
        if session is not None and self._handed is None:
            self.rooms.end()
            lanes["store"].close(SAVING_S)  # what was typed last is saved before its key goes
            self._counter.cases.sign_out(self._press(), session)
        self._alone.close(LEAST_S)
        self._watch.close(LEAST_S)
        self.rooms.close()
        for lane in lanes.values():
            lane.close(max(LEAST_S, end_s - self._clock.monotonic()))
        self._counter.close()

    def _connect(self) -> None:
        self._sign_in.signed_in.connect(self._on_signed_in)
        self._threshold.begun.connect(lambda session: self._on_signed_in(SignedInHere(session)))
        self._threshold.stopped.connect(partial(self.window.open_screen, self._sign_in_screen))
        self._watch.ended.connect(self._on_ended)
        self._watch.lost.connect(self.visit.look_again)
        self._lock.locked.connect(lambda _: self._watch.look())
        self._lock.unlocked.connect(self._watch.look)
        self._lock.other_person_asked.connect(self._sign_out)
        self._lock.given_up.connect(self._sign_out)
        self._lock.locked.connect(lambda _: self._on_locked(locked=True))
        self._lock.unlocked.connect(lambda: self._on_locked(locked=False))
        self._staff_card_gone.connect(self._on_staff_card_gone)
        self._counter.staff_cards.watch(self._staff_card_gone.emit)
        self.rooms.admin.card_missing.connect(partial(self._lock.lock, LockReason.CARD))
        self.rooms.sign_out_asked.connect(self._sign_out)
        self.window.closing.connect(self.close)
        self.renewal.due.connect(self._begin_anew)
        for asked in (self._sign_in_screen.diagnose_asked, self.visit.doors.diagnose):
            asked.connect(self._diagnostics.open)

    def _on_signed_in(self, signed: SignedInHere) -> None:
        if signed.held is not None:
            self._threshold.begin(signed.held)
            return
        session = signed.session
        self._know(session)
        self._begin_work(session)

    def _know(self, session: Session) -> None:
        """Somebody is signed in here, be it behind the lock."""
        self._session = session
        self.window.strip.show_place(_place(self._counter.settings, session))
        self._lock.begin(session.actor.staff_id, has_card=session.second_factor != NOT_ASKED)

    def _begin_work(self, session: Session) -> None:
        """The screens of whoever works here open."""
        self.rooms.begin(session)
        self._alone.begin(session)
        self._watch.begin(session)

    def _stand_locked(self, before: Handover) -> None:
        """Nothing is known here but whose session it is; work begins once the same person has unlocked."""
        session = self._later = before.session
        self._know(session)
        self._lock.stand_locked(before.reason, before.locked_s)
        self._lanes["office"].run(
            partial(self._counter.memory.postbox.serve, session), owner=self._lock, done=nothing, failed=nothing
        )
        self._alone.begin(session)
        self._watch.begin(session)
        if before.display:
            self.display.stand_beside(self.window)

    def _is_between(self) -> bool:
        """Whether nothing of anybody's work is on the screen."""
        return self.window.current is self._sign_in_screen or self.visit.where().is_between

    def _begin_anew(self) -> None:
        """Between two visits, locked and untouched: whoever comes back gets a process that has seen no resident."""
        if self._session is None:
            return
        lock = (self._leaving.reason, self._lock.since_s())
        self._handed = Handover(self._session, *lock, display=self.display.isVisible()).to_secret()
        self._application.exit(ANEW)

    def _sign_out(self) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        self._later = None
        self.renewal.end()
        self._leaving.put_away.forget()
        self._diagnostics.end()
        self.rooms.end()
        self._counter.memory.work.close()
        self._lanes["office"].run(
            partial(self._counter.cases.sign_out, self._press(), session),
            owner=self,
            done=lambda _: self._on_signed_out(),
            failed=self._on_sign_out_failed,
        )
        self._sign_in_screen.wipe()
        self._sign_in_screen.setDisabled(self._begins_anew)
        self.window.strip.show_place(_place(self._counter.settings, None))
        self.window.open_screen(self._sign_in_screen)
        self._lock.end()
        self._alone.end()
        self._watch.end()

    def _on_ended(self, error: SessionEnded) -> None:
        """The office ended the session: what was typed last is saved, then it ends here too; the screen says how."""
        if not self.window.is_locked():
            self._lock.lock(LockReason.SYSTEM)
        self._leaving.wait_for_saves()
        self._sign_out()
        self._sign_in_screen.show_ended(ended_message(self.kit, error))

    def _on_signed_out(self) -> None:
        """Whoever comes next gets a process in whose memory nobody has been."""
        if self._begins_anew:
            self._application.exit(ANEW)

    def _on_sign_out_failed(self, error: AppError) -> None:
        self._sign_in_screen.setDisabled(False)
        self._sign_in_screen.show_ended(self.kit.messages.of(error))

    def _leave(self) -> None:
        """Before the key goes. Between two visits the program may begin anew behind the lock."""
        if self._begins_anew and self.visit.where().is_between:
            self.renewal.begin()
        self._leaving.leave(self._lock)

    def _come_back(self) -> None:
        self.renewal.end()
        self._leaving.put_away.come_back()
        later, self._later = self._later, None
        if later is not None:
            self._begin_work(later)

    def _on_staff_card_gone(self) -> None:
        """Whoever signed in with a card leaves it on the reader while at work."""
        if self.rooms.admin.watches_card():
            self._lock.lock(LockReason.CARD)

    def _on_locked(self, *, locked: bool) -> None:
        self.window.strip.show_locked(locked=locked)
        if locked:
            self.rooms.copying.empty()


def _is_quiet(window: Window, lanes: Sequence[Lane]) -> bool:
    """Whether the window is locked and nothing is under way."""
    return window.is_locked() and all(lane.is_idle() for lane in lanes)


def _nobody() -> Session | None:
    """No session, yet."""
    return None


def _no_secret() -> Secret | None:
    """Nothing to hand on, yet."""
    return None


def _place(settings: CounterSettings, session: Session | None) -> Place:
    """What the strip says of where this is and who sits here."""
    office = settings.municipality_name if session is None else f"{session.municipality_name}　{session.office}"
    return Place(office, settings.window, "" if session is None else session.actor.name)
