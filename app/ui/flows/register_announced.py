"""特例転入 that waits: the list, and the one whose person has come."""

from PySide6.QtCore import Signal

from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.flows.register_words import RegisterReader
from app.ui.kit import Kit
from app.ui.screens.register_announced import AnnouncedShown, RegisterAnnouncedScreen
from app.wire.register_change import Announcements

_SOON_DAYS = 7
"""So many days before its data are erased an announcement is marked. Assumed."""


class AnnouncedFlow(RegisterFlow[RegisterAnnouncedScreen]):
    """``opened`` carries an ``AnnouncementView``."""

    opened = Signal(object)

    def __init__(self, kit: Kit, screen: RegisterAnnouncedScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        screen.refresh_asked.connect(self.look)
        screen.opened.connect(self._on_open)

    def begin(self, occasion: Occasion, opens: str = "") -> None:
        """Open the list. ``opens``: the one whose person has come, by its id."""
        self.enter(occasion)
        self.look()
        if opens:
            self._on_open(opens)

    def look(self) -> None:
        """Read it (again)."""
        self.screen.show_working()
        self.ask(lambda press, it: self._acts.change.announcements(press, it.session), self._on_rows)

    def _on_rows(self, found: Announcements) -> None:
        reader, today = RegisterReader(self._kit, self._acts.rules), self.today()
        self.screen.show_rows([
            AnnouncedShown(
                announcement_id=one.announcement_id,
                names=reader.named(one.names),
                moved_from=one.moved_from,
                planned=reader.day(one.planned_on),
                received=reader.day(one.received_on),
                erase=reader.day(one.erase_on),
                is_soon=(one.erase_on - today).days <= _SOON_DAYS,
            )
            for one in found.rows
        ])

    def _on_open(self, announcement_id: str) -> None:
        change = self._acts.change
        self.ask(
            lambda press, it: change.announcement(press, it.session, announcement_id, it.visit.visit_id),
            self.opened.emit,
        )
