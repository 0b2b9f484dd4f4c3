"""A white card on the grey ground, and rows of buttons, as every screen of a visit has them."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.widgets.words import Words


class Column(QVBoxLayout):
    """A column that asks for no less than its parts need.

    Qt forgets the least height of what ignores its own wish as soon as a text that wraps stands beside it, and lays the
    one over the other (measured, 6.11).
    """

    _is_asked = False

    def heightForWidth(self, width: int) -> int:
        wish = super().heightForWidth(width)
        if self._is_asked:  # Qt asks back here for the least height
            return wish
        self._is_asked = True
        least = self.minimumHeightForWidth(width)
        self._is_asked = False
        return max(wish, least)


class Card(QFrame):
    """A box with a heading ("" for none); ``column`` takes its content."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = Column(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(12)
        if heading:
            label = QLabel(heading)
            label.setProperty("role", "heading")
            self.column.addWidget(label)

    def add_filling(self, widget: QWidget, least: int) -> None:
        """``widget`` takes the room that is left, at least ``least`` pixels; its own wish would make all scroll."""
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        widget.setMinimumHeight(least)
        self.column.addWidget(widget, 1)


class Fact(QWidget):
    """A label above a value that nobody edits here."""

    def __init__(self, label: str, value: QWidget | None = None) -> None:
        super().__init__()
        self._label = label
        self._words = Words("", "value")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QLabel(label)
        head.setProperty("role", "support")
        column.addWidget(head)
        column.addWidget(value or self._words)

    def show_value(self, text: str) -> None:
        """Show ``text``."""
        self._words.show_text(text)
        self._words.setAccessibleName(f"{self._label} {text}")


def in_line(*widgets: QWidget, spacing: int = 8) -> QHBoxLayout:
    """``widgets`` side by side from the left."""
    line = QHBoxLayout()
    line.setSpacing(spacing)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line
