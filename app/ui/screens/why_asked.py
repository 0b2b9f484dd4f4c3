"""A question below a list or a sheet: what is about to be done, why, and perhaps one more thing to say."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.ui.kit import Kit
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words

_MOST, _SHORT = 200, 32


class WhyAsked(Card):
    """``given`` carries the reason and what stands in the other field, "" where none is asked for."""

    given = Signal(str, str)
    cancelled = Signal()

    def __init__(self, kit: Kit, *mores: tuple[str, str]) -> None:
        """``mores``: label and support of each other field that may be asked for."""
        super().__init__()
        self._words = kit.texts.office
        self._title = Words("", "label")
        self._why = TextField(kit, self._words.why, required=True, support=self._words.why_support)
        self._why.line.setMaxLength(_MOST)
        self._mores = [TextField(kit, label, required=True, support=support) for label, support in mores]
        self._at = -1
        yes, no = Button(self._words.send, final=True), Button(self._words.cancel)
        yes.clicked.connect(self.send)
        no.clicked.connect(self.cancelled)
        line = QHBoxLayout()
        line.setSpacing(20)
        for one in self._mores:
            one.line.setMaxLength(_SHORT)
            one.setFixedWidth(kit.look.px(260))
            line.addWidget(one)
        line.addWidget(self._why, 1)
        self.column.setContentsMargins(20, 8, 20, 8)
        self.column.setSpacing(6)
        self.column.addWidget(self._title)
        self.column.addLayout(line)
        self.column.addLayout(in_line(yes, no))
        self.hide()

    def ask(self, title: str, more: int = -1) -> None:
        """Ask why; ``more``: which of the other fields too. The cursor goes into the first field."""
        self._title.show_text(title)
        self._at = more
        for place, one in enumerate(self._mores):
            one.setVisible(place == more)
        self.show()
        (self._mores[more] if more >= 0 else self._why).setFocus()

    def wipe(self) -> None:
        """Nothing typed stays, and nothing is asked."""
        self.hide()
        for field in (self._why, *self._mores):
            field.show_text("")
            field.clear_error()
        self._title.show_text("")

    def show_more_wrong(self, text: str) -> None:
        """What is wrong in the other field."""
        self._mores[self._at].show_error(text)
        self._mores[self._at].setFocus()

    def send(self) -> None:
        """Give the reason that is typed; without one say that it lacks."""
        if self._why.text():
            self.given.emit(self._why.text(), self._mores[self._at].text() if self._at >= 0 else "")
        else:
            self._why.show_error(self._words.why_missing)
            self._why.setFocus()
