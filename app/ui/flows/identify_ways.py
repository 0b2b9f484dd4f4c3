"""Choosing a way of confirming who stands here, with what each needs, its attempts left, and what follows if none."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from app.domain.person import Capacity
from app.services.card_port import Blocked, KeyState, Tries, TriesLeft
from app.ui.flows.card_watch import FEW, CardWatch
from app.ui.flows.chip_ways import ChipWay
from app.ui.flows.person_checks import follows
from app.ui.flows.visit_acts import CounterBooks
from app.ui.flows.visit_state import Present
from app.ui.kit import Kit
from app.ui.screens.identify_ways import WayShown, WaysScreen
from app.ui.widgets.chip import Kind

CODE_B, EYE, QUESTIONS = "code_b", "by_eye", "questions"
"""Ways that are no ``ChipWay``; words under ``[word.confirm_way]``."""


class WaysFlow(QObject):
    """``chip_asked`` carries a ``ChipWay``; ``none_asked``: nobody can be confirmed, the visit goes on all the same."""

    card_asked = Signal()
    eye_asked = Signal()
    chip_asked = Signal(object)
    questions_asked = Signal()
    none_asked = Signal()

    def __init__(
        self, kit: Kit, screen: WaysScreen, cards: CardWatch, ways: tuple[ChipWay, ...], books: CounterBooks
    ) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._cards, self._books = kit, screen, cards, books
        self._ways = {way.id: way for way in ways}
        self._present: Present | None = None
        cards.counted.connect(lambda _: self._show())
        cards.stood.connect(lambda _: self._show())
        screen.chosen.connect(self._on_chosen)
        screen.none_asked.connect(self.none_asked)
        screen.back_asked.connect(self.card_asked)

    def begin(self, present: Present) -> None:
        """The clerk wants to choose."""
        self._present = present
        self._screen.wipe()
        self._show()

    def end(self) -> None:
        """The visit is over."""
        self._present = None
        self._screen.wipe()

    def _show(self) -> None:
        if self._present is not None:
            ids = (CODE_B, EYE, *self._ways, QUESTIONS)
            self._screen.show_ways([self._shown(one) for one in ids], follows(self._kit, self._books, self._present))

    def _shown(self, way: str) -> WayShown:
        word, words = self._kit.messages.word, self._kit.texts.ways
        name, needs = word("confirm_way", way), word("confirm_way_needs", way)
        if way == QUESTIONS and self._present is not None and self._present.capacity is not Capacity.SELF:
            return WayShown(way, name, needs, words.only_self, "quiet", open=False)
        if way != CODE_B and way not in self._ways:
            return WayShown(way, name, needs)
        if self._cards.at() is None:
            return WayShown(way, name, needs, words.no_card)
        tries = _tries_of(self._cards.state()).get(way)
        state, kind = self._state(tries)
        return WayShown(way, name, needs, state, kind, open=not isinstance(tries, Blocked))

    def _state(self, tries: Tries | None) -> tuple[str, Kind]:
        words = self._kit.texts.ways
        match tries:
            case TriesLeft(left):
                return words.left(left), "warning" if left <= FEW else "success"
            case Blocked():
                return words.blocked, "error"
            case _:
                return "", "quiet"

    def _on_chosen(self, way: str) -> None:
        match way:
            case "code_b":
                self.card_asked.emit()
            case "by_eye":
                self.eye_asked.emit()
            case "questions":
                self.questions_asked.emit()
            case _:
                self.chip_asked.emit(self._ways[way])


def _tries_of(state: KeyState | None) -> Mapping[str, Tries]:
    """The counters that are known when a card is laid down; those of other applications are asked when chosen."""
    return {} if state is None else {CODE_B: state.code_b, "pin": state.attributes_pin}
