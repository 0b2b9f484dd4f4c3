"""A line across the window that says one thing and goes away by itself."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from app.ui.announce import announce
from app.ui.kit import Kit

_SHOWN_MS = 8000
"""Long enough to read one line twice. Assumed."""


class PassingLine(QLabel):
    """Hidden until ``say``; read aloud, takes no focus and asks nothing."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setProperty("role", "lock-warning")
        self.setFixedHeight(kit.look.px(24))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._until = QTimer(self, interval=_SHOWN_MS, singleShot=True)
        self._until.timeout.connect(self.unsay)
        self.hide()

    def say(self, text: str) -> None:
        """Show ``text`` for some seconds from now."""
        self.setText(text)
        self.show()
        self._until.start()
        announce(self, text, urgent=True)

    def unsay(self) -> None:
        """Nothing is said any more."""
        self._until.stop()
        self.setText("")
        self.hide()
