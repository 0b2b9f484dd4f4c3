"""Chips: a short state in a soft colour, with an icon and a word so that colour never stands alone."""

from typing import Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from app.ui.kit import Kit
from app.ui.style import restyle
from app.ui.widgets.icon import Icon

Kind = Literal["success", "error", "warning", "information", "quiet"]
ICON_OF: dict[Kind, str] = {
    "success": "success",
    "error": "error",
    "warning": "warning",
    "information": "information",
    "quiet": "not-checked",
}


class Chip(QFrame):
    """One state. ``icon`` "" leaves the icon of the kind."""

    def __init__(self, kit: Kit, text: str, kind: Kind = "quiet", icon: str = "") -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self._icon = Icon(kit.look, icon or ICON_OF[kind], f"{kind}_mark", 16)
        self._word = QLabel(text)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 8, 2)
        line.setSpacing(4)
        line.addWidget(self._icon)
        line.addWidget(self._word)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(kit.look.px(28))
        self.show_state(text, kind, icon)

    def show_state(self, text: str, kind: Kind, icon: str = "") -> None:
        """Change word, colour and icon together."""
        self._word.setText(text)
        self._icon.show_icon(icon or ICON_OF[kind], f"{kind}_mark")
        restyle(self, "kind", kind)
        restyle(self._word, "kind", kind)

    def text(self) -> str:
        """The word it shows."""
        return self._word.text()
