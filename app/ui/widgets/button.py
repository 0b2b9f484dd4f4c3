"""Buttons: one primary per screen, plain for the rest, text for what matters least."""

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

_LEAST = 112
FINAL = "final"
"""Property of a button that Enter must not press (Space and its function key do): its act is not easily undone."""


class Button(QPushButton):
    """A button with a word. ``final``: Enter goes no further than onto it."""

    def __init__(self, text: str, kind: Literal["plain", "primary", "text"] = "plain", *, final: bool = False) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setProperty(FINAL, final)
        self.setAccessibleName(text)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """Its word, and never narrower than a finger finds it."""
        return super().sizeHint().expandedTo(QSize(_LEAST, 0))

    def minimumSizeHint(self) -> QSize:
        """Its word is never cut: a least width in the style sheet would let a layout do that."""
        return self.sizeHint()

    def show_text(self, text: str) -> None:
        """Change its word."""
        self.setText(text)
        self.setAccessibleName(text)
