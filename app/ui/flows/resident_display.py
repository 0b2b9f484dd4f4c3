"""Showing the resident's display and what stands on it: by the clerk's keys, for this visit only, never by itself."""

from PySide6.QtCore import QObject, Signal

from app.domain.resident_view import CallOut, CheckPage, Page, ResidentView, SaidPage, SignPage
from app.services.card_port import Insertion
from app.ui.flows.pin_entry import Faces
from app.ui.kit import Kit
from app.ui.resident.words import BASE
from app.ui.restrained import has_restrained
from app.ui.screen import Screen
from app.ui.widgets.alerts import Note
from app.ui.widgets.resident_strip import LANGUAGE, ResidentStrip

_SAYS = {
    "resident_say_sign": CallOut.SIGN,
    "resident_say_wait": CallOut.WAIT,
    "resident_say_takes_time": CallOut.TAKES_TIME,
    "resident_say_document": CallOut.DOCUMENT,
    "resident_say_thanks": CallOut.THANKS,
}


class ResidentFlow(QObject):
    """``choose_asked``: the monitor has to be chosen, or is to be; ``more_asked``: a fee or place is to be shown.

    ``translated``: the language was changed, what stands there has to be shown anew by whoever showed it.
    """

    choose_asked = Signal()
    more_asked = Signal()
    translated = Signal()

    def __init__(self, kit: Kit, faces: Faces) -> None:
        super().__init__(faces.window)
        self._kit, self._words = kit, kit.texts.resident_display
        self._window, self._display = faces.window, faces.display
        self._strip = ResidentStrip(kit)
        self._page, self._is_held, self._is_alerted = _no_page(), False, False
        self._window.foot.addWidget(self._strip)
        self._strip.asked.connect(self._on_asked)
        self._window.resident_asked.connect(self._on_asked)
        self._window.restrained_shown.connect(self._on_restrained)
        self._window.screen_opened.connect(self._on_restrained)
        self._display.stood.connect(self._on_stood)
        self._display.changed.connect(self._show_state)
        self._display.lost.connect(self._on_lost)
        self._window.show_key("resident_display", self._words.show)

    @property
    def display_language(self) -> str:
        """In which language it speaks to this person."""
        return self._display.pages.language

    @property
    def is_shown(self) -> bool:
        """Whether it stands on its monitor."""
        return self._display.isVisible()

    def begin(self, ticket: str) -> None:
        """Somebody's turn: the ticket may stand there, in やさしい日本語 until another language is chosen."""
        self._display.pages.show_visit(ticket, BASE)
        self._show_language()

    def end(self) -> None:
        """Nothing of the person stays, nor the language."""
        self._page = None
        self._is_held = self._is_alerted = False
        self._display.set_alert(up=self._is_held or self._is_alerted)
        self._display.show_neutral()
        self._display.pages.show_visit("", BASE)
        self._show_language()

    def show_alerts(self, notes: tuple[Note, ...]) -> None:
        """While one of them is grave, the display shows nothing of anybody."""
        self._is_alerted = any(one.kind == "error" for one in notes)
        self._display.set_alert(up=self._is_held or self._is_alerted)

    def stand(self) -> bool:
        """Show the display on its monitor; False where there is none."""
        return self._display.stand_beside(self._window)

    def show_page(self, page: Page) -> bool:
        """Show ``page`` where the display stands; False where it does not, or an alert is up."""
        if not self.is_shown:
            return False
        self._page = page
        self._display.show_view(ResidentView(self._display.pages.ticket, page))
        return not self._display.is_neutral()

    def card_moved(self, at: Insertion | None) -> None:
        """Another card is meant now, or none: with the card goes what its holder was shown."""
        if at is None:
            self.blank()

    def blank(self) -> None:
        """Nothing of anybody stands there any more."""
        self._page = None
        self._display.blank()

    def _on_asked(self, action: str) -> None:
        if action == "resident_display":
            self._toggle()
        elif action == "resident_monitor":
            self.choose_asked.emit()
        elif not self.is_shown:
            return
        elif action in _SAYS:
            self._say(_SAYS[action])
        elif action == "resident_say_nothing":
            self.blank()
        elif action == "resident_say_more":
            self.more_asked.emit()
        elif action == LANGUAGE:
            self._next_language()

    def _on_restrained(self, screen: Screen | None = None) -> None:
        """Somebody restrained is before the clerk: nothing of anybody stands there until the clerk's key.

        ``screen``: one that was opened, which may show nobody restrained.
        """
        if screen is not None and not has_restrained(screen):
            return
        self._is_held = True
        self._display.set_alert(up=self._is_held or self._is_alerted)
        self._show_state()
        if self.is_shown:
            self._window.notice.say(self._words.held)

    def _toggle(self) -> None:
        if self._is_held:
            self._is_held = False
            self._display.set_alert(up=self._is_held or self._is_alerted)
            if not self.stand():
                self.choose_asked.emit()
                return
            self._window.notice.say(self._words.back)
            self._show_state()
        elif self.is_shown:
            self._display.put_away()
        elif not self.stand():
            monitor = self._display.monitor
            if monitor is not None:
                self._window.notice.say(self._words.not_there(monitor.said))
            self.choose_asked.emit()

    def _say(self, call: CallOut) -> None:
        if not self.show_page(SaidPage(call)):
            self._window.notice.say(self._words.held if self._is_held else self._words.alerted)

    def _next_language(self) -> None:
        pages, words = self._display.pages, self._display.words
        pages.show_visit(pages.ticket, words.next_after(pages.language))
        self._show_language()
        self.translated.emit()

    def _on_stood(self) -> None:
        if self.is_shown:
            self._window.activateWindow()  # a system may hand the keys to whatever was shown last
        self._strip.setVisible(self.is_shown)
        self._window.show_key("resident_display", self._words.hide if self.is_shown else self._words.show)
        self._show_state()
        self._show_language()

    def _on_lost(self, monitor: str) -> None:
        self._window.notice.say(self._words.lost(monitor))

    def _show_language(self) -> None:
        self._strip.show_language(self._display.words.language(self.display_language).name)

    def _show_state(self) -> None:
        if self._display.is_neutral():
            self._page = None
        self._strip.show_state(self._state())

    def _state(self) -> str:
        """What stands there, without anything of a person."""
        words, page = self._words, self._page
        if self._is_held or self._display.is_neutral():
            return words.state_held if self._is_held else words.state_neutral
        if self._display.pages.is_asking_pin():
            return words.state_pin
        match page:
            case CheckPage(at=at, of=of, asks_which=which):
                return words.state_which if which else words.state_check(at, of)
            case SignPage():
                return words.state_sign
            case SaidPage(call):
                return words.state_other(self._display.words.say(BASE, call.value).text)
            case _:
                return words.state_other(words.say_more)


def _no_page() -> Page | None:
    return None
