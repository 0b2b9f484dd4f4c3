"""The window: fixed strips around one screen, the lock over everything, and no name in its title."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui.announce import announce
from app.ui.keyboard import Keyboard
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.widgets.alerts import AlertPanel
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.key_bar import KeyBar, KeyLabel
from app.ui.widgets.passing_line import PassingLine
from app.ui.widgets.top_strip import TopStrip, VisitShown
from app.ui.widgets.training_mark import TrainingMark

DESIGN_WIDTH, DESIGN_HEIGHT = 1366, 768


class Window(QWidget):
    """Flows open screens here and say what the strips show; ``strip``, ``alerts``, ``notice`` are shown to directly.

    ``lock_asked``: Ctrl+L. ``resident_display_asked``: F8. ``closing``: the window is about to close (once).
    ``current``: the screen in the middle; ``keyboard``: its keys.
    ``lock_screen`` covers work and strips while locked and is the only thing in the window then; ``turn`` does the same
    for the resident. ``turn_back_asked``: Esc while the window is turned.
    """

    lock_asked = Signal()
    resident_display_asked = Signal()
    turn_back_asked = Signal()
    closing = Signal()

    def __init__(self, kit: Kit, application: QApplication, lock_screen: Screen, *, training: bool) -> None:
        super().__init__()
        self._kit, self._lock_screen = kit, lock_screen
        self.current: Screen | None = None
        self._before_lock, self._turned = _nobody(), _nobody()
        self._started_s: float | None = None
        self._always: tuple[KeyLabel, ...] = ()
        self.setObjectName("frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(kit.texts.frame.program)
        self.resize(DESIGN_WIDTH, DESIGN_HEIGHT)
        self.strip, self.alerts, self._bar = TopStrip(kit), AlertPanel(kit), KeyBar(kit)
        self.notice, self._warning = PassingLine(kit), self._make_band("", "lock-warning")
        self._warning.hide()
        self._screens = QStackedWidget()
        self._whole = QStackedWidget()
        self._work = self._make_work()
        for page in (self._work, lock_screen):
            self._whole.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if training:
            column.addWidget(self._make_band(kit.texts.frame.training_band, "training-band"))
        column.addWidget(self._warning)
        column.addWidget(self.notice)
        column.addWidget(self._whole, 1)
        self._mark = TrainingMark(kit, self) if training else None
        self._ring = FocusRing(kit, self, application)
        self.keyboard = Keyboard(kit.keys, self, application)
        self._tick = QTimer(self, interval=1000)
        self._connect()

    def open_screen(self, screen: Screen) -> None:
        """Put ``screen`` in the middle, keep the others; the cursor goes to its first field unless locked."""
        if self.current is not None:
            self.current.offers_changed.disconnect(self._show_keys)
        self.current = screen
        screen.was_opened = True
        if self._screens.indexOf(screen) < 0:
            self._screens.addWidget(screen)
        self._screens.setCurrentWidget(screen)
        screen.offers_changed.connect(self._show_keys)
        self.alerts.setVisible(screen.has_side)
        self._show_keys()
        if self.is_locked():
            self._before_lock = screen.first_focus()
        else:
            screen.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def drop_screen(self, screen: Screen) -> None:
        """Forget a screen for good, as at the end of a visit."""
        screen.wipe()
        self._screens.removeWidget(screen)
        if screen is self.current:
            self.current = None
            self._show_keys()
        screen.deleteLater()

    def show_visit(self, visit: VisitShown | None, *, started_s: float | None = None) -> None:
        """The visit under way, None between visits. ``started_s``: its start by the monotonic clock."""
        self._started_s = started_s if visit is not None else None
        self.strip.show_visit(visit)
        self._show_clock()

    def lock(self) -> None:
        """Cover everything at once. Inputs stay as they are behind the cover."""
        if self.is_locked():
            return
        self._before_lock = self.focusWidget()
        self.show_warning("")
        QToolTip.hideText()
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._whole.setCurrentWidget(self._lock_screen)
        if self._mark:
            self._mark.raise_()
        self._lock_screen.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def unlock(self) -> None:
        """Back to the same field with the same input and cursor."""
        self._whole.setCurrentWidget(self._turned or self._work)
        if self._before_lock is not None and isValid(self._before_lock):
            self._before_lock.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before_lock = None

    def turn(self, page: QWidget | None) -> None:
        """Show nothing but ``page``: the clerk turns the window to the resident. None: back to the work."""
        before, self._turned = self._turned, page
        if page is not None:
            self._whole.addWidget(page)
            if not self.is_locked():
                self._whole.setCurrentWidget(page)
                page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before is not None and not self.is_locked():
            self._whole.setCurrentIndex(0)
        if before is not None:
            self._whole.removeWidget(before)
            before.deleteLater()
        self._ring.raise_()

    def is_locked(self) -> bool:
        """Whether the cover is on."""
        return self._whole.currentWidget() is self._lock_screen

    def show_warning(self, text: str) -> None:
        """A line across the window, read aloud when it appears; "" takes it away."""
        if text and self._warning.isHidden():
            announce(self, text, urgent=True)
        self._warning.setText(text)
        self._warning.setVisible(bool(text))

    def show_resident_display_key(self, label: str) -> None:
        """What F8 does now on every screen, "" while there is no display to show."""
        self._always = (KeyLabel("resident_display", label),) if label else ()
        self._show_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._mark:
            self._mark.setGeometry(self.rect())
            self._mark.raise_()
        self._ring.raise_()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tick.stop()
        self.closing.emit()
        super().closeEvent(event)

    def _connect(self) -> None:
        self.keyboard.action_pressed.connect(self._on_action)
        self.keyboard.lock_pressed.connect(self.lock_asked)
        self.keyboard.back_pressed.connect(self._on_back)
        self._bar.asked.connect(self._on_action)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()

    def _make_work(self) -> QWidget:
        work = QWidget()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._screens, 1)
        middle.addWidget(self.alerts)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(middle, 1)
        column.addWidget(self._bar)
        return work

    def _make_band(self, text: str, role: str) -> QLabel:
        band = QLabel(text)
        band.setProperty("role", role)
        band.setFixedHeight(self._kit.look.px(24))
        band.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return band

    def _show_keys(self) -> None:
        self._bar.show_keys((*(self.current.key_labels() if self.current else ()), *self._always))

    def _show_clock(self) -> None:
        if self._started_s is not None:
            self.strip.show_seconds(int(self._kit.clock.monotonic() - self._started_s))

    def _on_action(self, action: str) -> None:
        if self.is_locked() or self._turned is not None:
            return
        if action == "resident_display":
            self.resident_display_asked.emit()
        elif self.current is not None:
            self.current.do(action)

    def _on_back(self) -> None:
        if self._turned is not None and not self.is_locked():
            self.turn_back_asked.emit()
            return
        screen = self._lock_screen if self.is_locked() else self.current
        if screen is not None:
            screen.back_asked.emit()


def _nobody() -> QWidget | None:
    return None
