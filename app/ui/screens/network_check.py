"""本人確認 at the 統合端末: what it is for, the card, what stands on it; then its holder enters the PIN."""

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card
from app.ui.widgets.words import Words


class NetworkCheckScreen(NetworkScreen):
    """Deeds: ``read`` (the card, by 照合番号B) and ``check``."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.network_check
        deeds = (
            Deed("check", words.check, "commit", words.check_key, is_primary=True),
            Deed("read", words.read, "search", words.read_key),
        )
        super().__init__(kit, words.title, deeds, columns=3)
        card = Card()
        card.column.addWidget(Words(words.lead, "support"))
        card.column.addWidget(self.fields)
        card.column.addWidget(self.status)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.wipe()
