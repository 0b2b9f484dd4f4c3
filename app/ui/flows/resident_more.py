"""A fee or a place shown to the resident, and the choice of the monitor that faces them."""

import unicodedata

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from app.domain.resident_view import FeePage, PlacePage, looks_like_number
from app.errors import AppError
from app.services.ports.resident_display import DisplayMemory, Monitor
from app.ui.background import Lane
from app.ui.flows.pin_entry import Faces
from app.ui.flows.resident_display import ResidentFlow
from app.ui.flows.visit_state import nothing
from app.ui.kit import Kit
from app.ui.resident.monitors import monitor_of
from app.ui.screens.resident_monitor import MonitorNumber, MonitorShown, ResidentMonitorScreen
from app.ui.screens.resident_say import ResidentSayScreen

_MOST_YEN = 7
"""Digits: no fee of a counter is higher than 9,999,999 yen. Assumed."""


class ResidentSayFlow(QObject):
    """Opens over whatever stands in the window, and goes back there by Esc."""

    def __init__(self, kit: Kit, faces: Faces, resident: ResidentFlow) -> None:
        self.screen = ResidentSayScreen(kit)
        super().__init__(self.screen)
        self._kit, self._window, self._resident = kit, faces.window, resident
        self._before = self._window.current
        resident.more_asked.connect(self._on_asked)
        self.screen.fee_asked.connect(self._on_fee)
        self.screen.place_asked.connect(self._on_place)
        self.screen.back_asked.connect(self._on_back)

    def end(self) -> None:
        """Nothing typed stays."""
        self.screen.wipe()
        self._before = None

    def _on_asked(self) -> None:
        if self._window.current is not self.screen:
            self._before = self._window.current
            self.screen.wipe()
            self._window.open_screen(self.screen)

    def _on_fee(self, typed: str) -> None:
        digits = unicodedata.normalize("NFKC", typed).replace(",", "").strip()
        if not digits.isdecimal() or len(digits) > _MOST_YEN:
            self.screen.fee.show_error(self._kit.texts.resident_say.fee_wrong)
            return
        self.screen.show_said(shown=self._resident.show_page(FeePage(int(digits))))

    def _on_place(self, typed: str) -> None:
        if not typed.strip() or looks_like_number(typed):
            self.screen.place.show_error(self._kit.texts.resident_say.place_wrong)
            return
        self.screen.show_said(shown=self._resident.show_page(PlacePage(typed.strip())))

    def _on_back(self) -> None:
        if self._before is not None:
            self._window.open_screen(self._before)


class ResidentMonitorFlow(QObject):
    """Numbers stand on all monitors while one is being chosen. ``chosen``: which, None for none.

    ``lane``: where the choice is written.
    """

    chosen = Signal(object)

    def __init__(self, kit: Kit, faces: Faces, resident: ResidentFlow, kept: tuple[DisplayMemory, Lane]) -> None:
        self.screen = ResidentMonitorScreen(kit)
        super().__init__(self.screen)
        self._kit, self._window, self._display = kit, faces.window, faces.display
        self._memory, self._lane = kept
        self._before = self._window.current
        self._numbers: list[MonitorNumber] = []
        self._screens: tuple[QScreen, ...] = ()
        resident.choose_asked.connect(self._on_asked)
        self.screen.choose_asked.connect(self._on_chosen)
        self.screen.forget_asked.connect(self._on_forget)
        self.screen.back_asked.connect(self.leave)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._on_changed)
            application.screenRemoved.connect(self._on_changed)

    def leave(self) -> None:
        """Back to where the clerk came from; the numbers go."""
        self._take_numbers()
        if self._before is not None and self._window.current is self.screen:
            self._window.open_screen(self._before)
        self._before = None

    def _on_asked(self) -> None:
        if self._window.current is not self.screen:
            self._before = self._window.current
            self.screen.wipe()
            self._window.open_screen(self.screen)
        self._look()

    def _on_changed(self, _screen: QScreen) -> None:
        if self._window.current is self.screen and not self._window.is_locked():
            self._look()

    def _look(self) -> None:
        self._take_numbers()
        self._screens = tuple(QGuiApplication.screens())
        for number, screen in enumerate(self._screens, 1):
            sign = MonitorNumber(self._kit, number)
            place = QRect(sign.rect())
            place.moveCenter(screen.geometry().center())
            sign.setScreen(screen)
            sign.setGeometry(place)
            if screen is not self._window.screen():
                sign.show()
            self._numbers.append(sign)
        self.screen.show_monitors([self._shown(number, one) for number, one in enumerate(self._screens, 1)])

    def _shown(self, number: int, screen: QScreen) -> MonitorShown:
        monitor, size = monitor_of(screen), screen.geometry().size()
        chosen = self._display.monitor
        return MonitorShown(
            number=number,
            said=monitor.said,
            connector=monitor.name,
            size=self._kit.texts.resident_monitor.size_text(size.width(), size.height()),
            is_own=screen is self._window.screen(),
            is_chosen=chosen is not None and chosen.is_same(monitor),
        )

    def _on_chosen(self, number: int) -> None:
        if not 0 < number <= len(self._screens):
            return
        words, monitor = self._kit.texts.resident_monitor, monitor_of(self._screens[number - 1])
        self._choose(monitor)
        self.screen.banner.show_text("success", words.chosen_title(monitor.said), words.chosen_text)
        self._look()

    def _on_forget(self) -> None:
        self._choose(None)
        self.screen.banner.show_text("information", self._kit.texts.resident_monitor.forgotten)
        self._look()

    def _choose(self, monitor: Monitor | None) -> None:
        self._display.choose(monitor)
        self._lane.run(lambda: self._memory.remember(monitor), owner=self, done=nothing, failed=self._on_not_kept)
        self.chosen.emit(monitor)

    def _on_not_kept(self, error: AppError) -> None:
        self.screen.banner.show_message(self._kit.messages.of(error))

    def _take_numbers(self) -> None:
        numbers, self._numbers = self._numbers, []
        for one in numbers:
            one.close()
            one.deleteLater()
