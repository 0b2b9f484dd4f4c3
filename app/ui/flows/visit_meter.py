"""Counts what a visit takes, step by step, and how its alerts are answered; nothing of whom it was about is kept."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.clock import Clock
from app.services.visit_tally import Took
from app.ui.screen import Screen
from app.ui.screens.application import ApplicationScreen
from app.ui.screens.authority import AuthorityScreen
from app.ui.screens.certificate_copies import CertificateCopiesScreen
from app.ui.screens.certificate_draft import CertificateDraftScreen
from app.ui.screens.certificate_request import CertificateRequestScreen
from app.ui.screens.hand_in import HandedInScreen, HandInScreen
from app.ui.screens.identify import IdentifyScreen
from app.ui.screens.identify_chip import ChipScreen
from app.ui.screens.identify_eye import EyeScreen
from app.ui.screens.identify_ways import WaysScreen
from app.ui.screens.number import NumberScreen
from app.ui.screens.questions import QuestionsScreen
from app.ui.screens.waiting import WaitingScreen
from app.ui.widgets.alerts import Note
from app.wire.desk_counts import AlertAnswer, StepMeasure

CALL, IDENTITY, SEARCH, FORM = "call", "identity", "search", "form"
CHECK, HAND_IN, CLOSE, VISIT = "check", "hand_in", "close", "visit"
HEEDED, OVERRIDDEN, HANDED_OVER = "heeded", "overridden", "handed_over"
_IDENTITY = (IdentifyScreen, ChipScreen, EyeScreen, WaysScreen, QuestionsScreen, AuthorityScreen, NumberScreen)
_LONGEST = 100_000
ISSUE = "issue"
_KINDS = {"": {"error": "block", "warning": "confirm"}, ISSUE: {"error": "restraint", "warning": "issue"}}
"""Alerts by where they stand (the panel, the room of certificates) and the kind of their note; others are no alerts."""
_MODIFIERS = frozenset({
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
})


_STEPS: tuple[tuple[str, tuple[type[Screen], ...]], ...] = (
    (CALL, (WaitingScreen,)),
    (IDENTITY, _IDENTITY),
    (FORM, (ApplicationScreen, CertificateRequestScreen)),
    (CHECK, (HandInScreen, CertificateDraftScreen)),
    (HAND_IN, (CertificateCopiesScreen,)),
    (CLOSE, (HandedInScreen,)),
)


def step_of(screen: Screen | None) -> str:
    """Which step of a visit a screen belongs to; whatever is chosen or found belongs to the search."""
    return next((step for step, kinds in _STEPS if isinstance(screen, kinds)), SEARCH)


def _is_focused(watched: QObject) -> bool:
    """Whether a key goes to it first: what it leaves is offered to those around it and counts no more."""
    return isinstance(watched, QWidget) and watched.window().focusWidget() in {watched, None}


class AlertWatch:
    """Alerts of one visit by kind and text; the texts leave with the visit, only counts remain."""

    def __init__(self) -> None:
        self._shown: dict[tuple[str, str], str] = {}
        self._by_place: dict[str, frozenset[tuple[str, str]]] = {}

    @property
    def _now(self) -> frozenset[tuple[str, str]]:
        return frozenset[tuple[str, str]]().union(*self._by_place.values())

    def show(self, notes: Sequence[Note], place: str = "") -> None:
        """These stand before the clerk in this ``place`` now; what went away was heeded."""
        before = self._now
        kinds = _KINDS[place]
        self._by_place[place] = frozenset((kinds[note.kind], note.title) for note in notes if note.kind in kinds)
        for gone in before - self._now:
            self._shown.setdefault(gone, HEEDED)

    def hand_over(self) -> None:
        """The responsible person is called because of those that stand now."""
        for one in self._now:
            self._shown[one] = HANDED_OVER

    def go_on(self) -> None:
        """Something is handed in or issued in spite of those that stand now."""
        for one in self._now:
            self._shown.setdefault(one, OVERRIDDEN)

    def answers(self) -> tuple[AlertAnswer, ...]:
        """How they were answered, each alert once; what still stands without anything done was heeded."""
        every = {**dict.fromkeys(self._now, HEEDED), **self._shown}
        counted: dict[tuple[str, str], int] = {}
        for (kind, _), answer in every.items():
            counted[kind, answer] = counted.get((kind, answer), 0) + 1
        return tuple(AlertAnswer(kind=kind, answer=answer, count=n) for (kind, answer), n in sorted(counted.items()))


class VisitMeter(QObject):
    """Watches key presses of the program. ``step``: where the clerk stands, ``is_open``: a visit runs."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.step, self.procedure, self.is_composing = "", "", False
        self.is_open = False
        self._since_s = 0.0
        self._took: dict[str, list[float]] = {}
        self._alerts = AlertWatch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key counts once, when it goes down, and not while unconverted text is pending."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_focused(watched):
            counts = not event.isAutoRepeat() and event.key() not in _MODIFIERS and not self.is_composing
            if counts and self.step:
                self._of(self.step)[1] += 1
        return False

    def stand(self, screen: Screen) -> None:
        """Another screen stands before the clerk now."""
        step = step_of(screen)
        if step == CLOSE or (step == HAND_IN and self.step != HAND_IN):
            self._alerts.go_on()
        if step == self.step:
            return
        self._count_time()
        if step == CALL and not self.is_open:
            self._took = {}
        self.step = step

    def begin(self) -> None:
        """A visit has begun; what was pressed to call it belongs to it."""
        self.is_open, self._alerts, self.procedure = True, AlertWatch(), ""

    def show_alerts(self, notes: Sequence[Note], place: str = "") -> None:
        """These alerts stand now, in the panel or in a ``place`` of their own."""
        if self.is_open:
            self._alerts.show(notes, place)

    def hand_over(self) -> None:
        """The responsible person is called."""
        self._alerts.hand_over()

    def end(self) -> Took:
        """The visit is over: what it took. Nothing of it stays here."""
        if not self.is_open:
            return Took()
        self._count_time()
        whole = [sum(column) for column in zip(*self._took.values(), strict=True)] or [0.0, 0.0]
        steps = tuple(self._measure(name, took) for name, took in (*self._took.items(), (VISIT, whole)))
        alerts = self._alerts.answers()
        self.is_open, self._took, self._alerts, self.procedure = False, {}, AlertWatch(), ""
        return Took(steps, alerts)

    def _measure(self, step: str, took: list[float]) -> StepMeasure:
        seconds, keys = (min(_LONGEST, round(one)) for one in took)
        return StepMeasure(step=step, procedure=self.procedure, seconds=seconds, keys=keys)

    def _count_time(self) -> None:
        """The time since the last change belongs to the step that ends; waiting for somebody is no part of a visit."""
        now = self._clock.monotonic()
        if self.is_open and self.step:
            self._of(self.step)[0] += now - self._since_s if self.step != CALL else 0.0
        self._since_s = now

    def _of(self, step: str) -> list[float]:
        return self._took.setdefault(step, [0.0, 0.0])
