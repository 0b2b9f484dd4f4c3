"""From handing in to the resident's check, and from what is wrong there to its field."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.ui.flows.visit_rooms import Rooms
from app.ui.flows.visit_state import Present
from app.ui.kit import Kit
from app.ui.screens.application import Place


class CheckStep(QObject):
    """``opened`` carries the screen that is needed. ``present``: the visit under way, None between visits."""

    opened = Signal(object)

    def __init__(self, kit: Kit, rooms: Rooms, present: Callable[[], Present | None]) -> None:
        super().__init__(rooms.check_screen)
        self._kit, self._rooms, self._present = kit, rooms, present
        rooms.hand_in_screen.check_asked.connect(self._on_check)
        rooms.check.opened.connect(self.opened)
        rooms.check.wrong.connect(self._on_wrong)
        rooms.check.left.connect(lambda: self.opened.emit(rooms.hand_in_screen))

    def _on_check(self) -> None:
        present, draft = self._present(), self._rooms.form.draft()
        if present is not None and present.procedure is not None and draft is not None:
            self._rooms.check.begin(present, present.procedure, draft)

    def _on_wrong(self, place: Place | None, label: str) -> None:
        """The resident says that something is wrong: the clerk stands in that field."""
        if self._present() is not None and place is not None:
            words = self._kit.texts.resident_check
            self.opened.emit(self._rooms.form_screen)
            self._rooms.form.go_to(place)
            self._rooms.form_screen.banner.show_text("warning", words.wrong_title(label), words.wrong_text)
