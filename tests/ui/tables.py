"""A clerk before a window whose screens are tables, forms and doors."""

from dataclasses import dataclass

from PySide6.QtWidgets import QTableView

from app.ui.widgets.button import Button
from tests.ui.visit.conftest import Hands

LONG = 20_000
"""Milliseconds that a slow machine may take."""


@dataclass
class Tables(Hands):
    """What such a clerk sees and does."""

    def door(self, title: str) -> None:
        """Go in by a door of the room."""
        self.go_to(title)
        self.enter()

    def rows(self, name: str) -> list[str]:
        """A table's lines."""
        model = self._table(name).model()
        columns = range(model.columnCount())
        return [" ".join(str(model.index(row, n).data() or "") for n in columns) for row in range(model.rowCount())]

    def row_of(self, name: str, text: str) -> str:
        """The line with that text."""
        return next(row for row in self.rows(name) if text in row)

    def mark(self, name: str, text: str) -> None:
        """Go to the line with that text."""
        self._table(name).setFocus()
        place = next(at for at, row in enumerate(self.rows(name)) if text in row)
        self._table(name).selectRow(place)

    def waits_for(self, name: str, text: str) -> None:
        """Wait until a table shows a text."""
        self.bot.waitUntil(lambda: any(text in row for row in self.rows(name)), timeout=LONG)

    def sees(self, text: str) -> None:
        """Wait, however slow the machine is, until the window shows a text."""
        self.bot.waitUntil(lambda: text in self.shown(), timeout=LONG)

    def buttons(self) -> set[str]:
        """What can be pressed."""
        return {one.text() for one in self.screen.findChildren(Button) if one.isVisible()}

    def live_keys(self) -> set[str]:
        """The live function keys."""
        return {self.window._kit.keys.key_of(one.action) for one in self.screen.key_labels()}

    def _table(self, name: str) -> QTableView:
        found = [
            one for one in self.screen.findChildren(QTableView) if one.isVisible() and one.accessibleName() == name
        ]
        return found[0]
