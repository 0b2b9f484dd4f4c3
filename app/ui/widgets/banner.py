"""Banners: what happened, why, what to do next, with a shape of its own for each kind."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.ui.announce import announce
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.style import restyle
from app.ui.widgets.button import Button
from app.ui.widgets.chip import ICON_OF, Kind
from app.ui.widgets.icon import Icon


class Banner(QFrame):
    """Hidden until something is said. Errors block (エラー), warnings ask (確認); the rest informs."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._icon = Icon(kit.look, "information", "information_mark", 32)
        self._title, self._text, self._next, self._code = QLabel(), QLabel(), QLabel(), QLabel()
        for label, role in (
            (self._title, "heading"),
            (self._text, "body"),
            (self._next, "body"),
            (self._code, "small"),
        ):
            label.setProperty("role", role)
            label.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (self._title, self._text, self._next, self._code):
            words.addWidget(label)
        words.addLayout(self._buttons)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(16)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.hide()

    def show_message(self, message: Message, kind: Kind = "error") -> None:
        """Show an error's message and have it read aloud at once."""
        self._say(kind, message.title, message.why, message.next, message.code)

    def show_text(self, kind: Kind, title: str, text: str = "", next_step: str = "") -> None:
        """Show anything else; read aloud politely unless it is an error."""
        self._say(kind, title, text, next_step, "")

    def add_button(self, button: Button) -> None:
        """A button under the words, from the left."""
        if self._buttons.count() == 0:
            self._buttons.addStretch(1)
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def clear(self) -> None:
        """Say nothing and take no room."""
        self.hide()
        for label in (self._title, self._text, self._next, self._code):
            label.clear()

    def _say(self, kind: Kind, *words: str) -> None:
        labels = (self._title, self._text, self._next, self._code)
        for label, text in zip(labels, words, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self._icon.show_icon(ICON_OF[kind], f"{kind}_mark")
        restyle(self, "kind", kind)
        restyle(self._title, "kind", kind)
        self.show()
        announce(self, " ".join(word for word in words[:3] if word), urgent=kind == "error")
