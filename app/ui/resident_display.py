"""The resident's display: a window of its own with its own allow-list, never a mirror of the clerk's screen."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.resident_view import ResidentView
from app.services.ports.resident_display import Monitor
from app.ui.kit import Kit
from app.ui.resident.monitors import find
from app.ui.resident.page_stack import PageStack
from app.ui.resident.type_sizes import DESIGN
from app.ui.resident.words import BASE, load_resident_words
from app.ui.style import make_look, palette_of
from app.ui.variants import NameFaces
from app.ui.widgets.pin_pad import PinAsk, PinKeys, PinPad
from app.ui.widgets.training_mark import TrainingMark

BLANK_AFTER_S = 120.0
"""Nobody touches it or shows anything for so long: it shows nothing of anybody any more. Assumed."""
_RETURNS_MS = (20, 200, 1000)
"""Put elsewhere by anything, it waits so long before it goes back to its own monitor; after the last it stays away."""
_NO_TASKBAR = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
"""A tool window has no button on the taskbar and no thumbnail; a touch takes no key from the clerk."""


class ResidentDisplay(QWidget):
    """Neutral until something is shown on purpose; neutral again on lock, at the visit's end, and when left alone.

    It stands on the one monitor that was chosen and nowhere else. ``pages``: what stands there. ``blanked``: it shows
    nothing any more, though nobody asked for that page to end; ``changed``: something else stands there; ``lost``: its
    monitor is gone, which is named, and it has hidden itself; ``stood``: it is shown, or no more.
    """

    blanked = Signal()
    changed = Signal()
    lost = Signal(str)
    stood = Signal()

    def __init__(self, kit: Kit, *, training: bool, office: str = "", monitor: Monitor | None = None) -> None:
        """``office``: whose it is, for the neutral page; ``monitor``: the one that was chosen on this PC."""
        super().__init__(None, _NO_TASKBAR)
        kit = self._black_on_white(kit)
        self._kit, self.monitor = kit, monitor
        self.words = load_resident_words(training=training)
        self.pages = PageStack(kit, self.words, office)
        self._is_alerted = self._is_watched = False
        self._returns = 0
        self._touched_s = 0.0
        self.setWindowTitle(kit.texts.resident_display.window_title)
        self.setProperty("role", "resident")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._mark = TrainingMark(kit, self) if training else None
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.look)
        self._tick.start()
        self.pages.touched.connect(self._on_touched)
        self.resize(DESIGN)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._on_screen_gone)

    def _black_on_white(self, kit: Kit) -> Kit:
        """Contrast colours that the clerk set for this PC are the clerk's: a resident reads black on white."""
        if not kit.look.high_contrast:
            return kit
        look = make_look(scale=kit.look.scale)
        self.setPalette(palette_of(look))
        self.setStyleSheet(look.sheet)
        return replace(kit, look=look, names=NameFaces(look))

    def choose(self, monitor: Monitor | None) -> None:
        """From now on it stands on that monitor; it is hidden until it is shown there."""
        self.monitor = monitor
        self.put_away()

    def set_alert(self, *, up: bool) -> None:
        """While an alert is up on the clerk's screen nothing of anybody is shown here."""
        self._is_alerted = up
        if up:
            self.blank()

    def show_view(self, view: ResidentView) -> None:
        """Show exactly this; nothing of anybody while an alert is up."""
        self._on_touched()
        self.pages.show_view(ResidentView(view.ticket) if self._is_alerted else view)
        self._after()

    def ask_pin(self, ask: PinAsk) -> PinPad:
        """Show the keypad and nothing else; it is gone and wiped with ``show_neutral``."""
        self._on_touched()
        pad = PinPad(self._kit, self._said(ask))
        pad.typed.connect(self._on_touched)
        self.pages.show_page(pad)
        self._after()
        return pad

    def _said(self, ask: PinAsk) -> PinAsk:
        """``ask`` in the language of this person; as it is where that may not be shown."""
        code = self.pages.language
        if not ask.name or code == BASE:
            return ask
        title = self.words.say(code, f"pin_{ask.name}")
        if title.language != code:
            return ask
        give, correct, cancel = (self.words.say(code, f"pin_{one}").text for one in ("give", "correct", "cancel"))
        short = self.words.say(code, "pin_short", least=str(ask.least)).text
        keys = PinKeys(give, correct, cancel, short, self.words.language(code).fonts)
        mark = f"※ {title.mark}" if title.mark else ""
        return replace(ask, title=title.text, second=ask.title, keys=keys, mark=mark)

    def stand_beside(self, window: QWidget) -> bool:
        """Show itself on the monitor that was chosen; False, and hidden, where that is not there or is ``window``'s."""
        screen = find(self.monitor, QGuiApplication.screens())
        if screen is None or screen is window.screen():
            self.put_away()
            return False
        if not self.isVisible():
            self._returns = 0
            self._stand(screen)
        return True

    def _stand(self, screen: QScreen) -> None:
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.show()
        if not self._is_watched:
            self._is_watched = True
            self.windowHandle().screenChanged.connect(self._on_moved)
        self.stood.emit()

    def put_away(self) -> None:
        """Not shown any more, and nothing of anybody on it."""
        was_shown = self.isVisible()
        self.hide()
        self.blank()
        if was_shown:
            self.stood.emit()

    def show_neutral(self) -> None:
        """Show nothing of anybody; nothing is kept."""
        if not self.is_neutral():
            self.pages.show_neutral()
            self._after()

    def blank(self) -> None:
        """As ``show_neutral``; whoever had something shown is told."""
        was_shown = not self.is_neutral()
        self.show_neutral()
        if was_shown:
            self.blanked.emit()

    def is_neutral(self) -> bool:
        """Whether it shows nothing of anybody."""
        return self.pages.is_neutral()

    def look(self) -> None:
        """Whether it has been left alone for too long; a timer asks each second."""
        if not self.is_neutral() and self._kit.clock.monotonic() - self._touched_s >= BLANK_AFTER_S:
            self.blank()

    def _after(self) -> None:
        if self._mark is not None:
            self._mark.raise_()
        self.changed.emit()

    def _on_touched(self) -> None:
        self._touched_s = self._kit.clock.monotonic()

    def _on_screen_gone(self, screen: QScreen) -> None:
        """Before the system puts its windows onto another screen, which is the clerk's."""
        if self.isVisible() and screen is self.screen():
            self._leave()

    def _on_moved(self, screen: QScreen) -> None:
        """Whatever moved it: it stands on its own monitor or nowhere.

        A window system that is busy may still tell of an old place after it has been put onto its monitor (measured
        under X11): where that is there, it goes back to it a few times, showing nothing of anybody.
        """
        own = find(self.monitor, QGuiApplication.screens())
        if not self.isVisible() or screen is own:
            return
        if own is None or self._returns == len(_RETURNS_MS):
            self._leave()
            return
        self.put_away()
        QTimer.singleShot(_RETURNS_MS[self._returns], self, self._return)
        self._returns += 1

    def _return(self) -> None:
        own = find(self.monitor, QGuiApplication.screens())
        if own is None:
            self._leave()
        elif not self.isVisible():
            self._stand(own)

    def _leave(self) -> None:
        self.put_away()
        self.lost.emit("" if self.monitor is None else self.monitor.said)
