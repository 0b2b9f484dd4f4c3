"""運用停止 or 臨時運用 is entered, or an end of one: from when, until when, why; another person approves it."""

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card
from app.ui.widgets.words import Words


class BoundarySpanScreen(NetworkScreen):
    """Deed: ``send``."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.boundary_span
        super().__init__(kit, words.title, (Deed("send", words.send, "commit", words.send_key, is_primary=True),))
        self._lead = Words("", "support")
        card = Card()
        card.column.addWidget(self._lead)
        card.column.addWidget(self.fields)
        card.column.addWidget(self.status)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.wipe()

    def show_lead(self, text: str) -> None:
        """What is entered."""
        self._lead.show_text(text)

    def wipe(self) -> None:
        super().wipe()
        self.show_lead("")
