"""個人番号カードの運用状況: how a card stands here, and what is reported to have happened to it."""

from collections.abc import Sequence

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.words import Words


class NetworkCardScreen(NetworkScreen):
    """Deeds: ``look`` how it stands, ``check`` the card that was brought, ``report`` a step."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.network_card
        deeds = (
            Deed("look", words.look, "search", words.look_key),
            Deed("report", words.report, "commit", words.report_key, is_primary=True, question=words.report_question),
            Deed("check", words.check, "copy", words.check_key),
        )
        super().__init__(kit, words.title, deeds, columns=3)
        self._words = words
        self._state, self._number, self._steps = Chip(kit, ""), Fact(words.card_number), Fact(words.next_steps)
        self._still, self._still_head = Words(""), Words(words.still, "label")
        upper, middle, lower = Card(), Card(), Card()
        upper.column.addWidget(Words(words.lead, "support"))
        line = in_line(Fact(words.state, self._state), self._number, self._steps, spacing=32)
        middle.column.addLayout(line)
        lower.column.addWidget(self._still_head)
        lower.column.addWidget(self._still)
        upper.column.addWidget(self.fields)
        upper.column.addWidget(self.status)
        self._after = lower
        for card in (middle, upper, lower):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.wipe()

    def show_state(self, state: tuple[str, Kind], number: str, steps: str) -> None:
        """How the card stands, and what may follow."""
        self._state.show_state(*state)
        self._number.show_value(number)
        self._steps.show_value(steps)

    def show_still(self, said: Sequence[str]) -> None:
        """What the holder is to be asked for besides."""
        self._still.show_text("\n".join(said))
        self._after.setVisible(bool(said))

    def wipe(self) -> None:
        super().wipe()
        self.show_state((self._words.unknown, "quiet"), self._words.none, self._words.none)
        self.show_still(())
        self.show_deeds(("look", "check"))
