"""Alerts in one bar above the screen, where the window is too narrow for the panel: the first, and how many more."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.kit import Kit
from app.ui.style import restyle
from app.ui.widgets.alerts import AlertPanel
from app.ui.widgets.chip import ICON_OF
from app.ui.widgets.icon import Icon
from app.ui.widgets.words import Words


class AlertBar(QFrame):
    """Shows what the panel holds while that has no room. As discreet: no sound, no red screen."""

    def __init__(self, kit: Kit, panel: AlertPanel) -> None:
        super().__init__()
        self._kit, self._panel = kit, panel
        self.setProperty("role", "note")
        self._icon = Icon(kit.look, ICON_OF["warning"], "warning_mark", 20)
        self._words = Words("", "note-title")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.setSpacing(8)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        self._stands = False
        panel.changed.connect(self._show)
        self.hide()

    def stand_in(self, stands: bool) -> None:  # noqa: FBT001 -- one word, said by who decides
        """Show what there is in the panel's stead, or leave it to the panel."""
        self._stands = stands
        self._show()

    def _show(self) -> None:
        notes = self._panel.alerts()
        self.setVisible(self._stands and bool(notes))
        if notes:
            first = notes[0]
            more = self._kit.texts.frame.more_alerts(len(notes) - 1) if len(notes) > 1 else ""
            self._words.show_text("　".join(part for part in (first.title, first.text, more) if part))
            self._icon.show_icon(first.icon or ICON_OF[first.kind], f"{first.kind}_mark")
            restyle(self, "kind", first.kind)
        else:
            self._words.show_text("")
