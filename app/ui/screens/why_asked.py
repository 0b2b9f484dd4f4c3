"""A question below a list or a sheet: what is about to be done, why, and perhaps one more thing to say."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.ui.kit import Kit
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words

_MOST = 200


class WhyAsked(Card):
    """``given`` carries the reason and what stands in the other field, "" where none is asked for."""

    given = Signal(str, str)
    cancelled = Signal()

    def __init__(self, kit: Kit, more: str = "", more_support: str = "") -> None:
        """``more``: the label of the other field."""
        super().__init__()
        self._words = kit.texts.office
        self._title = Words("", "label")
        self._why = TextField(kit, self._words.why, required=True, support=self._words.why_support)
        self._why.line.setMaxLength(_MOST)
        self._more = TextField(kit, more or self._words.value, required=True, support=more_support)
        self._more.line.setMaxLength(15)
        self._more.line.setFixedWidth(kit.look.px(200))
        yes, no = Button(self._words.send, final=True), Button(self._words.cancel)
        yes.clicked.connect(self.send)
        no.clicked.connect(self.cancelled)
        line = QHBoxLayout()
        line.setSpacing(20)
        line.addWidget(self._more)
        line.addWidget(self._why, 1)
        self.column.setContentsMargins(20, 8, 20, 8)
        self.column.setSpacing(6)
        self.column.addWidget(self._title)
        self.column.addLayout(line)
        self.column.addLayout(in_line(yes, no))
        self.hide()

    def ask(self, title: str, *, more: bool = False) -> None:
        """Ask why; ``more``: the other field too. The cursor goes into the first field."""
        self._title.show_text(title)
        self._more.setVisible(more)
        self.show()
        (self._more if more else self._why).setFocus()

    def wipe(self) -> None:
        """Nothing typed stays, and nothing is asked."""
        self.hide()
        for field in (self._why, self._more):
            field.show_text("")
            field.clear_error()
        self._title.show_text("")

    def show_more_wrong(self, text: str) -> None:
        """What is wrong in the other field."""
        self._more.show_error(text)
        self._more.setFocus()

    def send(self) -> None:
        """Give the reason that is typed; without one say that it lacks."""
        if self._why.text():
            self.given.emit(self._why.text(), "" if self._more.isHidden() else self._more.text())
        else:
            self._why.show_error(self._words.why_missing)
            self._why.setFocus()
