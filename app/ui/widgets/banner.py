"""Banners: what happened, why, what to do next, with a shape of its own for each kind."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.style import restyle
from app.ui.widgets.button import Button
from app.ui.widgets.chip import ICON_OF, Kind
from app.ui.widgets.icon import Icon
from app.ui.widgets.words import Words


class Banner(QFrame):
    """Hidden until something is said. Errors block (エラー), warnings ask (確認); the rest informs."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._texts = kit.texts.parts
        self.setProperty("role", "banner")
        self._icon = Icon(kit.look, "information", "information_mark", 32)
        self._words = (Words(role="heading"), Words(), Words(), Words(role="small"))
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(0, 8, 0, 0)
        self._buttons.setSpacing(8)
        self._row = QWidget()
        self._row.setLayout(self._buttons)
        self._row.hide()
        column = QVBoxLayout()
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        for words in self._words:
            column.addWidget(words)
        column.addWidget(self._row)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 4, 16, 4)
        line.setSpacing(16)
        self._stripe = QFrame()
        self._stripe.setProperty("role", "stripe")
        self._stripe.setFixedWidth(8)
        line.addWidget(self._stripe)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(column, 1)
        self.hide()

    def show_message(self, message: Message, kind: Kind = "error") -> None:
        """Show an error's message and have it read aloud at once."""
        code = self._texts.error_code(message.code) if message.code else ""
        self._say(kind, message.title, message.why, message.next, code)

    def show_text(self, kind: Kind, title: str, text: str = "", next_step: str = "") -> None:
        """Show anything else; read aloud politely unless it is an error."""
        self._say(kind, title, text, next_step, "")

    def add_button(self, button: Button) -> None:
        """A button under the words, from the left."""
        if self._buttons.count() == 0:
            self._buttons.addStretch(1)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        self._row.show()

    def clear(self) -> None:
        """Say nothing and take no room."""
        self.hide()
        for words in self._words:
            words.show_text("")

    def _say(self, kind: Kind, *words: str) -> None:
        for label, text in zip(self._words, words, strict=True):
            label.show_text(text)
            label.setVisible(bool(text))
        self._icon.show_icon(ICON_OF[kind], f"{kind}_mark")
        restyle(self, "kind", kind)
        restyle(self._stripe, "kind", kind)
        self.show()
        announce(self, " ".join(word for word in words[:3] if word), urgent=kind == "error")
