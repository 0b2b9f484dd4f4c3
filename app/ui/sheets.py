"""What can be laid over the window beside its screens: help, and names enlarged; the cursor returns where it was."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.ui.help import help_content
from app.ui.kit import Kit
from app.ui.name_sheet import enlarged, names_at
from app.ui.screen import Screen
from app.ui.widgets.sheet import Sheet

_ABOVE, _BELOW = 64, 48


class Sheets(QObject):
    """One sheet at a time. Its content is made when it opens and gone when it closes: nothing of a person stays."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit, self._window = kit, window
        self._sheet = Sheet(kit, window)
        self._sheet.stand_between(kit.look.px(_ABOVE), kit.look.px(_BELOW))
        self._sheet.closed.connect(self._on_closed)
        self._before, self._shows = _nobody(), ""

    def toggle_help(self, screen: Screen) -> None:
        """Help for ``screen``, or away with it."""
        if self._shows == "help":
            self._sheet.put_away()
            return
        self._open("help", self._kit.texts.sheet.help_of(screen.title), *help_content(self._kit, screen))

    def toggle_names(self, place: QWidget) -> None:
        """The names at the cursor, enlarged, or away with them."""
        if self._shows == "names":
            self._sheet.put_away()
            return
        if names := names_at(self._before if self._shows else self._window.focusWidget(), place):
            self._open("names", self._kit.texts.sheet.names, *enlarged(self._kit, names))

    def close(self) -> bool:
        """Whether there was one; it is put away and the cursor is where it was before."""
        was_open = bool(self._shows)
        if was_open:
            self._sheet.put_away()
        return was_open

    def _open(self, shows: str, title: str, content: QWidget, spoken: str) -> None:
        if not self._shows:
            self._before = self._window.focusWidget()
        self._shows = shows
        self._sheet.open_with(title, content, spoken)

    def _on_closed(self) -> None:
        before, self._before, self._shows = self._before, None, ""
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)


def _nobody() -> QWidget | None:
    return None
