"""整合性の確認を始める: which level the city's file is held against, and whether everybody or some by chance."""

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card
from app.ui.widgets.words import Words


class NetworkStartScreen(NetworkScreen):
    """Deed: ``start``."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.network_start
        super().__init__(kit, words.title, (Deed("start", words.start, "commit", words.start_key, is_primary=True),))
        card = Card()
        card.column.addWidget(Words(words.lead, "support"))
        card.column.addWidget(self.fields)
        card.column.addWidget(self.status)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.wipe()
