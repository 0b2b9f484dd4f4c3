"""特例転入: opens what was announced by who was checked, with the day on which it is gone."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.domain.era import wareki
from app.services.change_register import ENTER
from app.services.ports.seat import Session
from app.ui.flows.network_check import Checked
from app.ui.flows.network_flow import NetworkActs, NetworkFlow
from app.ui.kit import Kit
from app.ui.screens.network_moving import MoverShown, NetworkMovingScreen
from app.wire.jukinet_counter import MovingIn, OpenMovingIn
from app.wire.register_change import PersonItems

_SOON_DAYS = 7
"""So many days before its data are erased this is said. Assumed, as in the list of announcements."""


class MovingFlow(NetworkFlow[NetworkMovingScreen]):
    """``enter_asked`` carries the announcement's id, to enter the move-in from."""

    enter_asked = Signal(str)

    def __init__(self, kit: Kit, screen: NetworkMovingScreen, acts: NetworkActs) -> None:
        super().__init__(kit, screen, acts)
        self._announcement = ""

    def begin(self, session: Session, checked: Checked) -> None:
        """Open the announcement of who was checked."""
        self.enter(session)
        asked = OpenMovingIn(check_id=checked.answer.check_id, visit_id=checked.visit_id)
        self.read(lambda press, it: self._acts.use.moving_in(press, it, asked), self._on_opened)

    def end(self) -> None:
        super().end()
        self._announcement = ""

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"enter": lambda: self.enter_asked.emit(self._announcement)}

    def _on_opened(self, found: MovingIn) -> None:
        words, left = self._kit.texts.network_moving, (found.erase_on - self.today()).days
        self._announcement = found.data_id
        facts = (
            self._acts.place(found.moved_from),
            wareki(found.planned_on),
            words.erase_on(wareki(found.erase_on), left),
            found.from_address,
        )
        may = self.may(ENTER)
        self.screen.show_moving(facts, [self._mover(one) for one in found.persons], ("enter",) if may else ())
        if not may:
            self.screen.banner.show_text("information", words.other_title, words.other_text)
        elif left <= _SOON_DAYS:
            self.screen.banner.show_text("warning", words.soon_title(left), words.soon_text)

    def _mover(self, one: PersonItems) -> MoverShown:
        birth = one.birth_written or ("" if one.birth is None else wareki(one.birth))
        sex = self.word("sex", one.sex) if one.sex else ""
        return MoverShown(one.name or "", one.kana or "", birth, sex)
