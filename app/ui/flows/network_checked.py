"""What came of a check: who it is at the network, what is not the same, and what may follow."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.domain.era import wareki
from app.domain.resident_network import CardState, CheckPurpose, CheckResult
from app.services.ports.seat import Session
from app.services.use_network import CARD, MOVING_IN, WIDE_AREA
from app.ui.flows.network_check import Checked
from app.ui.flows.network_flow import NetworkActs, NetworkFlow
from app.ui.kit import Kit
from app.ui.screens.network_checked import CheckedShown, NetworkCheckedScreen
from app.ui.widgets.chip import Kind
from app.ui.widgets.compare import Compared, Match
from app.wire.jukinet_counter import NetworkFour, NetworkHit

KINDS: dict[str, Kind] = {
    CheckResult.SAME: "success",
    CheckResult.DIFFERS: "warning",
    CheckResult.REMOVED: "warning",
    CheckResult.NOT_IN_USE: "warning",
    CheckResult.NOT_FOUND: "error",
}
CARD_KINDS: dict[str, Kind] = {CardState.ISSUED: "success", CardState.SUSPENDED: "warning", CardState.NONE: "quiet"}
_AFTER = {
    CheckPurpose.MOVING_IN: ("moving", MOVING_IN),
    CheckPurpose.WIDE_AREA: ("wide", WIDE_AREA),
    CheckPurpose.CARD: ("card", CARD),
}


class CheckedFlow(NetworkFlow[NetworkCheckedScreen]):
    """``moving_asked``, ``wide_asked`` and ``card_asked`` carry the ``Checked``."""

    moving_asked = Signal(object)
    wide_asked = Signal(object)
    card_asked = Signal(object)

    def __init__(self, kit: Kit, screen: NetworkCheckedScreen, acts: NetworkActs) -> None:
        super().__init__(kit, screen, acts)
        self._checked: Checked | None = None

    def begin(self, session: Session, checked: Checked) -> None:
        """Show it."""
        self.enter(session)
        self._checked = checked
        answer, words, word = checked.answer, self._kit.texts.network_check, self.word
        person = answer.person
        kind, state = KINDS.get(answer.result, "error"), answer.card_state
        self.screen.show_checked(
            CheckedShown(
                result=(word("check_result", answer.result), kind),
                said=(kind, word("check_result_title", answer.result), word("check_result_next", answer.result)),
                purpose=word("check_purpose", checked.purpose.value),
                card=(word("card_state", state or CardState.NONE.value), CARD_KINDS.get(state, "error")),
                place=words.unknown if person is None else self._acts.place(person.municipality),
                rows=() if person is None else self._rows(checked.shown, person, answer.differences),
            ),
            self._offered(checked),
        )

    def end(self) -> None:
        super().end()
        self._checked = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {
            "moving": lambda: self.moving_asked.emit(self._checked),
            "wide": lambda: self.wide_asked.emit(self._checked),
            "card": lambda: self.card_asked.emit(self._checked),
        }

    def _offered(self, checked: Checked) -> tuple[str, ...]:
        deed, act = _AFTER.get(checked.purpose, ("", ""))
        return (deed,) if deed and checked.answer.result == CheckResult.SAME and self.may(act) else ()

    def _rows(self, shown: NetworkFour, person: NetworkHit, differs: tuple[str, ...]) -> tuple[Compared, ...]:
        word = self.word
        sides = {
            "name": (shown.name, person.name),
            "address": (shown.address, person.address),
            "birth": ("" if shown.birth is None else wareki(shown.birth), wareki(person.birth)),
            "sex": (word("sex", shown.sex) if shown.sex else "", word("sex", person.sex)),
        }
        return tuple(
            Compared(word("basic", item), here, there, Match.DIFFERENT if item in differs else Match.SAME)
            for item, (here, there) in sides.items()
        )
