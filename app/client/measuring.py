"""What a visit takes is counted, and the office hears every 20 s how this counter stands; neither names anybody."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.client.counter import Counter
from app.client.printing import open_printing, shipped_print_rules
from app.services.counter_state import CounterParts, Doing, TellCounter
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.visit import VisitDesk
from app.ui.flows.visit_meter import CALL, ISSUE, VisitMeter
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.window import Window

AGAIN_MS = 20_000
"""How often the office hears; it takes a counter for silent after 90 s. Assumed."""
FIRST_MS = 2_000
_WAITING, _LOCKED, _CLOSED, _OTHER, _CALLED = "waiting", "locked", "closed", "other", "supervisor"
_STOPS = "error"


class MeasuringWing(QObject):
    """Works between ``begin`` and ``end`` of a session."""

    def __init__(
        self, counter: Counter, face: tuple[QApplication, Kit, Window], lane: Lane, visit: VisitDesk,
        press: Callable[[], Press],
    ) -> None:  # fmt: skip
        self._application, self._kit, self._window = face
        super().__init__(self._window)
        self._tally, self._lane, self._visit, self._press = counter.cases.tally, lane, visit, press
        parts = CounterParts(
            counter.memory.postbox,
            counter.memory.work,
            counter.readers,
            partial(open_printing, counter.settings, shipped_print_rules()),
        )
        self._tell = TellCounter(counter.settings.window, parts, counter.cases.supervise)
        self._session: Session | None = None
        self._is_telling = self._is_called = False
        self._doing = Doing(_CLOSED, self._kit.clock.now())
        self._timer = QTimer(self, interval=AGAIN_MS)
        self._timer.timeout.connect(self._say)
        self.meter = VisitMeter(self._kit.clock, self)
        self._window.screen_opened.connect(self._on_screen)
        self._window.alerts.changed.connect(self._on_alerts)
        self._window.left_over.connect(self._on_left_over)
        visit.visit_over.connect(self._on_over)
        visit.doors.issue_alerts.connect(lambda notes: self.meter.show_alerts(notes, ISSUE))
        visit.doors.release.connect(lambda *_: self._call())

    def begin(self, session: Session) -> None:
        """Somebody works here now."""
        self._session, self._is_called = session, False
        self._application.installEventFilter(self.meter)  # not before: it is asked at every event of every widget
        self._timer.start()
        QTimer.singleShot(FIRST_MS, self, self._say)

    def end(self) -> None:
        """Nobody does; the office hears so once."""
        session, self._session = self._session, None
        self._application.removeEventFilter(self.meter)
        self._timer.stop()
        self._on_alerts()
        if session is not None:
            self._send(session, self._since(_CLOSED))

    def _on_screen(self, screen: Screen) -> None:
        where = self._visit.where()
        if where.visit_id and not self.meter.is_open:
            self.meter.begin()
        self.meter.procedure = where.procedure
        if where.visit_id or where.is_between:
            self.meter.stand(screen)
        else:
            self.meter.step = ""

    def _on_alerts(self) -> None:
        """Where something stands in the way F6 calls the responsible person; Enter does nothing with it."""
        notes = self._window.alerts.alerts()
        self.meter.show_alerts(notes)
        blocks = self._session is not None and any(note.kind == _STOPS for note in notes)
        self._window.show_key("to_supervisor", self._kit.texts.frame.to_supervisor if blocks else "")

    def _on_left_over(self, action: str) -> None:
        """F6: the supervisors' list says that somebody is wanted here; nothing is read aloud."""
        if action == "to_supervisor" and any(note.kind == _STOPS for note in self._window.alerts.alerts()):
            self._call()
            self._window.notice.say(self._kit.texts.frame.supervisor_called)

    def _call(self) -> None:
        self.meter.hand_over()
        self._is_called = True
        self._say()

    def _on_over(self) -> None:
        self.meter.procedure = self._visit.where().procedure
        self._tally.keep(self.meter.end())
        self._is_called = False

    def _state(self) -> str:
        if self._window.is_locked():
            return _LOCKED
        if self._is_called:
            return _CALLED
        if not self.meter.step:
            return _OTHER
        return self.meter.step if self.meter.is_open else _WAITING if self.meter.step == CALL else _OTHER

    def _since(self, state: str) -> Doing:
        if state != self._doing.state:
            self._doing = Doing(state, self._kit.clock.now())
        return self._doing

    def _say(self) -> None:
        if self._session is not None and not self._is_telling:
            self._send(self._session, self._since(self._state()))

    def _send(self, session: Session, doing: Doing) -> None:
        """Whether it was heard is nobody's trouble here: the next word comes anyway."""
        self._is_telling = True
        work = partial(self._tell, self._press(), session, doing)
        self._lane.run(work, owner=self, done=self._heard, failed=self._heard)

    def _heard(self, _: object) -> None:
        self._is_telling = False
