"""A field nobody types into: dashed border, chip 編集不可, and the reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.ui.kit import Kit
from app.ui.widgets.chip import Chip
from app.ui.widgets.field import Field


class ReadOnlyField(Field):
    """A value with the reason why it can't be edited here. It takes the focus, so that it can be read aloud."""

    def __init__(self, kit: Kit, label: str, *, reason: str) -> None:
        line = QLineEdit()
        line.setReadOnly(True)
        line.setProperty("part", "read-only")
        line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        super().__init__(kit, label, line, support=reason)
        self._line = line
        self.add_beside_label(Chip(kit, kit.texts.parts.read_only, "quiet", "lock"))

    def show_value(self, value: str) -> None:
        """Show ``value`` from its beginning."""
        self._line.setText(value)
        self._line.setCursorPosition(0)
