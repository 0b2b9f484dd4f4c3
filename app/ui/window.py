"""The window: fixed strips around one screen, the lock over everything, and no name in its title."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui.announce import announce
from app.ui.keyboard import Keyboard
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.sheets import Sheets
from app.ui.widgets.alert_bar import AlertBar
from app.ui.widgets.alerts import AlertPanel
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.key_bar import KeyBar, KeyLabel
from app.ui.widgets.passing_line import PassingLine
from app.ui.widgets.plane import Pages, follow_focus, plane
from app.ui.widgets.top_strip import TopStrip, VisitShown
from app.ui.widgets.training_mark import TrainingMark

DESIGN_WIDTH, DESIGN_HEIGHT = 1366, 768
_WIDE_ENOUGH = 1000
"""From this width on (pixels as Qt counts them) alerts stand beside the screen. Assumed."""


class Window(QWidget):
    """Flows open screens here and say what the strips show; ``strip``, ``alerts``, ``notice`` are shown to directly.

    ``foot``: a place above the keys, for a strip that stands on every screen. ``lock_asked``: Ctrl+L.
    ``resident_display_asked``: F8; ``resident_asked`` carries that and each other action for the resident's display.
    ``closing``: the window is about to close (once). ``screen_opened`` carries the screen in the middle,
    ``left_over`` an action that it does not offer. ``restrained_shown``: somebody restrained stands on the open screen.
    ``part_made`` carries a part of the window that is made after the start (see ``Late``), while it is empty.
    ``current``: the screen in the middle; ``keyboard``: its keys.
    ``lock_screen`` covers work and strips while locked and is the only thing in the window then; ``turn`` does the same
    for the resident. ``turn_back_asked``: Esc while the window is turned.
    """

    lock_asked = Signal()
    resident_display_asked = Signal()
    resident_asked = Signal(str)
    turn_back_asked = Signal()
    screen_opened = Signal(object)
    left_over = Signal(str)
    restrained_shown = Signal()
    part_made = Signal(object)
    closing = Signal()

    def __init__(self, kit: Kit, application: QApplication, lock_screen: Screen, *, training: bool) -> None:
        super().__init__()
        self._kit, self._lock_screen, self._application = kit, lock_screen, application
        self.current: Screen | None = None
        self._before_lock, self._turned = _nobody(), _nobody()
        self._started_s: float | None = None
        self._always: tuple[KeyLabel, ...] = ()
        self.setObjectName("frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(kit.texts.frame.program)
        self.resize(DESIGN_WIDTH, DESIGN_HEIGHT)
        self.strip, self.alerts, self._bar = TopStrip(kit), AlertPanel(kit), KeyBar(kit)
        self.notice, self._warning = PassingLine(kit), _band(kit, "", "lock-warning")
        self._warning.hide()
        self._screens, self._whole, self.foot = Pages(), QStackedWidget(), QVBoxLayout()
        self._plane, self._lock_page = plane(self._screens), plane(lock_screen)
        self._alert_bar = AlertBar(kit, self.alerts)
        middle = _beside(self._plane, self.alerts)
        self._work = _below((self.strip, self._alert_bar), middle, self.foot, self._bar)
        for page in (self._work, self._lock_page):
            self._whole.addWidget(page)
        training_band = [_band(kit, kit.texts.frame.training_band, "training-band")] if training else []
        _stand(self, [*training_band, self._warning, self.notice], self._whole)
        self._mark = TrainingMark(kit, self) if training else None
        self._sheets = Sheets(kit, self)
        self._ring = FocusRing(kit, self, application)
        self.keyboard = Keyboard(kit.keys, self, application, lambda field: _moves_on(self.current, field))
        self._tick = QTimer(self, interval=1000)
        self._connect()

    def open_screen(self, screen: Screen) -> None:
        """Put ``screen`` in the middle, keep the others; the cursor goes to its first field unless locked.

        While the IME composes the old one stays in sight until it is done: moving the cursor would commit what is
        not converted yet.
        """
        self._sheets.close()
        if self.current is not None:
            self.current.offers_changed.disconnect(self._show_keys)
        self.current = screen
        screen.was_opened = True
        if self._screens.indexOf(screen) < 0:
            self._screens.addWidget(screen)
        screen.offers_changed.connect(self._show_keys)
        self._show_keys()
        if not self.keyboard.is_composing():
            self._bring(screen)
        self.screen_opened.emit(screen)

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
        self._sheets.close()
        self._bring_waiting()
        self._before_lock = self.focusWidget()
        self.show_warning("")
        QToolTip.hideText()
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._whole.setCurrentWidget(self._lock_page)
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
        return self._whole.currentWidget() is self._lock_page

    def show_warning(self, text: str) -> None:
        """A line across the window, read aloud when it appears; "" takes it away."""
        if text and self._warning.isHidden():
            announce(self, text, urgent=True)
        self._warning.setText(text)
        self._warning.setVisible(bool(text))

    def show_key(self, action: str, label: str) -> None:
        """A key that is live on every screen that does not offer it itself, "" to take it away."""
        others = tuple(one for one in self._always if one.action != action)
        self._always = (*others, KeyLabel(action, label)) if label else others
        self._show_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand_alerts()
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
        for area in (self._plane, self._lock_page):
            follow_focus(area, self._application)
        self.keyboard.composed.connect(self._bring_waiting)
        self._bar.asked.connect(self._on_action)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()

    def _bring(self, screen: Screen) -> None:
        """Show it and put the cursor there."""
        self._screens.setCurrentWidget(screen)
        self._stand_alerts()
        if self.is_locked():
            self._before_lock = screen.first_focus()
        else:
            screen.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_alerts(self) -> None:
        """Alerts stand at the side where there is room for both, else in a bar above the screen."""
        has_side, is_wide = self.current is not None and self.current.has_side, self.width() >= _WIDE_ENOUGH
        self.alerts.setVisible(has_side and is_wide)
        self._alert_bar.stand_in(has_side and not is_wide)

    def _bring_waiting(self) -> None:
        """A screen was opened while the IME composed: its time has come."""
        if self.current is not None and self._screens.currentWidget() is not self.current:
            self._bring(self.current)

    def _show_keys(self) -> None:
        always = (KeyLabel("help", self._kit.texts.sheet.help_key), *self._always)
        own = self.current.key_labels() if self.current else ()
        taken = {one.action for one in own}
        self._bar.show_keys((*own, *(one for one in always if one.action not in taken)))

    def _show_clock(self) -> None:
        if self._started_s is not None:
            self.strip.show_seconds(int(self._kit.clock.monotonic() - self._started_s))

    def _on_action(self, action: str) -> None:
        if self.is_locked():
            _heard_locked(self._lock_screen, self._sheets, action)
        elif self._turned is not None:
            return
        elif action == "help" and self.current is not None:
            self._sheets.toggle_help(self.current)
        elif action == "enlarge":
            self._sheets.toggle_names(self._work)
        elif action.startswith("resident_"):
            self.resident_asked.emit(action)
            if action == "resident_display":
                self.resident_display_asked.emit()
        elif self.current is not None and not self.current.do(action):
            self.left_over.emit(action)

    def _on_back(self) -> None:
        if self._sheets.close():
            return
        if self._turned is not None and not self.is_locked():
            self.turn_back_asked.emit()
            return
        screen = self._lock_screen if self.is_locked() else self.current
        if screen is not None:
            screen.back_asked.emit()


def _heard_locked(cover: Screen, sheets: Sheets, action: str) -> None:
    """What sends a sign-in off also sends off an unlocking; beside help nothing else is heard."""
    if action == "help":
        sheets.toggle_help(cover)
    elif action == "commit":
        cover.do(action)


def _nobody() -> QWidget | None:
    return None


def _stand(window: QWidget, bands: Sequence[QWidget], rest: QWidget) -> None:
    """Bands above, everything else below."""
    column = _column(window)
    for band in bands:
        column.addWidget(band)
    column.addWidget(rest, 1)


def _below(strips: Sequence[QWidget], middle: QHBoxLayout, foot: QVBoxLayout, keys: QWidget) -> QWidget:
    work = QWidget()
    column = _column(work)
    for strip in strips:
        column.addWidget(strip)
    column.addLayout(middle, 1)
    column.addLayout(foot)
    column.addWidget(keys)
    return work


def _beside(screens: QWidget, alerts: QWidget) -> QHBoxLayout:
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(screens, 1)
    middle.addWidget(alerts)
    return middle


def _column(inside: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _band(kit: Kit, text: str, role: str) -> QLabel:
    band = QLabel(text)
    band.setProperty("role", role)
    band.setFixedHeight(kit.look.px(24))
    band.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return band


def _moves_on(screen: Screen | None, field: QWidget) -> bool:
    """Whether the screen in the middle has itself seen to where Enter goes from there."""
    return screen is not None and screen.isAncestorOf(field) and screen.move_on(field)
