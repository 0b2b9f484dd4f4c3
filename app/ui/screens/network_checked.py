"""本人確認の結果: what came of the check, the card's state, the card's items against those of the network."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.compare import Compared, CompareTable


@dataclass(frozen=True, slots=True)
class CheckedShown:
    """A check as text. ``place``: where the person is registered; ``said``: what it means and what to do."""

    result: tuple[str, Kind]
    said: tuple[Kind, str, str]
    purpose: str
    card: tuple[str, Kind]
    place: str
    rows: tuple[Compared, ...] = field(repr=False)


class NetworkCheckedScreen(NetworkScreen):
    """Deeds: ``moving`` (open the announced move), ``wide`` (ask for a copy), ``card`` (its state)."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.network_check
        deeds = (
            Deed("moving", words.moving, "commit", words.moving_key, is_primary=True),
            Deed("wide", words.wide, "commit", words.wide_key, is_primary=True),
            Deed("card", words.card, "commit", words.card_key, is_primary=True),
        )
        super().__init__(kit, words.title_result, deeds)
        self._result, self._card = Chip(kit, ""), Chip(kit, "")
        self._purpose, self._place = Fact(words.purpose), Fact(words.place)
        self._rows = CompareTable(kit, words.compared, sides=(words.on_card, words.on_network), empty=words.nobody)
        card = Card()
        line = in_line(
            Fact(words.result, self._result),
            Fact(words.card_state, self._card),
            self._purpose,
            self._place,
            spacing=32,
        )
        card.column.addLayout(line)
        card.column.addWidget(self._rows)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._rows

    def show_checked(self, one: CheckedShown, deeds: Sequence[str]) -> None:
        """The result, and what may follow."""
        self._result.show_state(*one.result)
        self._card.show_state(*one.card)
        self._purpose.show_value(one.purpose)
        self._place.show_value(one.place)
        self._rows.show_compared(one.rows)
        self.banner.show_text(*one.said)
        self.show_deeds(deeds)

    def wipe(self) -> None:
        super().wipe()
        for chip in (self._result, self._card):
            chip.show_state("", "quiet")
        for fact in (self._purpose, self._place):
            fact.show_value("")
        self._rows.show_compared(())
        self.show_deeds(())
