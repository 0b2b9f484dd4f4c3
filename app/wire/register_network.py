"""Messages about what the resident network told the register of a person."""

from datetime import date

from app.wire.message import Message


class AskNetworkState(Message, frozen=True):
    """Ask what the network said of one person."""

    business_number: str
    visit_id: str = ""
    reason: str = ""


class NetworkState(Message, frozen=True):
    """``card``: a ``CardState``, ``none`` where nothing was told; ``card_since``: since when it is so."""

    business_number: str
    card: str = "none"
    card_since: date | None = None
