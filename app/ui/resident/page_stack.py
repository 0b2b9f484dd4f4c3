"""What the resident's display shows now: one page, in one language, of which nothing stays when the next one comes."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QStackedWidget, QWidget

from app.domain.resident_view import CheckPage, ResidentView, SignPage
from app.ui.kit import Kit
from app.ui.resident.neutral_page import NeutralView
from app.ui.resident.pages import CheckView, SaidView, room_for
from app.ui.resident.paging import Room
from app.ui.resident.sign_page import SignView
from app.ui.resident.type_sizes import Type
from app.ui.resident.words import BASE, ResidentWords
from app.ui.widgets.pin_pad import PinPad

_TOUCHED = frozenset({
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
    QEvent.Type.KeyPress,
})


class PageStack(QStackedWidget):
    """``touched``: the resident does something here. ``language``: in which it speaks; ``ticket``: whose turn it is."""

    right_said = Signal()
    wrong_said = Signal()
    pointed = Signal(str)
    signed = Signal(object)
    touched = Signal()

    def __init__(self, kit: Kit, words: ResidentWords, office: str) -> None:
        super().__init__()
        self._kit, self._words, self._office = kit, words, office
        self.language, self.ticket = BASE, ""
        self._view = _no_view()
        self.show_neutral()

    def show_visit(self, ticket: str, language: str) -> None:
        """Whose turn it is, and in which language; what is shown stays."""
        self.ticket, self.language = ticket, language
        self._rebuild()

    def show_view(self, view: ResidentView) -> None:
        """Show exactly this."""
        self._forget()
        self.ticket = view.ticket
        if view.page is None:
            self.show_neutral()
        else:
            self._view = view
            self._open(self._page(view))

    def show_page(self, page: QWidget) -> None:
        """Show a part of its own, as the keypad; it is gone with the next page."""
        self._forget()
        self._open(page)

    def show_neutral(self) -> None:
        """Show nothing of anybody; nothing is kept."""
        self._forget()
        self._open(NeutralView(self._type(), self._office, self.ticket))

    def is_neutral(self) -> bool:
        """Whether it shows nothing of anybody."""
        return isinstance(self.currentWidget(), NeutralView)

    def is_asking_pin(self) -> bool:
        """Whether the keypad stands there."""
        return isinstance(self.currentWidget(), PinPad)

    def room(self) -> Room:
        """How much of items fits on a page here."""
        return room_for(self._type(), self.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHED:
            self.touched.emit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rebuild()

    def _type(self) -> Type:
        return Type(self._kit, self._words, self.language, self.size())

    def _rebuild(self) -> None:
        """The same in another size or language; a signature or PIN under way is left alone."""
        view = self._view
        if self.is_neutral():
            self.show_neutral()
        elif view is not None and not isinstance(view.page, SignPage):
            self.show_view(view)

    def _page(self, view: ResidentView) -> QWidget:
        style, page = self._type(), view.page
        if isinstance(page, CheckPage):
            check = CheckView(style, view.ticket, page)
            check.right_said.connect(self.right_said)
            check.wrong_said.connect(self.wrong_said)
            check.pointed.connect(self.pointed)
            return check
        if isinstance(page, SignPage):
            sign = SignView(style, view.ticket, page)
            sign.signed.connect(self.signed)
            return sign
        return NeutralView(style, self._office, view.ticket) if page is None else SaidView(style, view.ticket, page)

    def _open(self, page: QWidget) -> None:
        self.addWidget(page)
        self.setCurrentWidget(page)
        for one in (page, *page.findChildren(QWidget)):
            one.installEventFilter(self)

    def _forget(self) -> None:
        """Not the view, and no word in a label that Qt deletes later."""
        self._view = None
        while (page := self.widget(0)) is not None:
            self.removeWidget(page)
            page.hide()
            _empty(page)
            page.deleteLater()


def _empty(page: QWidget) -> None:
    for one in (page, *page.findChildren(QWidget)):
        if isinstance(one, QLabel | QAbstractButton):
            one.setText("")
        one.setAccessibleName("")
        one.setAccessibleDescription("")
        one.setToolTip("")
    if isinstance(page, SignView):
        page.pad.erase()


def _no_view() -> ResidentView | None:
    return None
