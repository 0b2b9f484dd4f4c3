"""個人番号カード管理システム and the PIN check of the 統合端末, as stand-ins: cards with state, PIN and tries."""

import hashlib
from dataclasses import dataclass, field

from app.domain.resident_network import CardState, CardStep, after_step
from app.wire.jukinet import CardEvent, DeliveryAddress
from app.wire.jukinet_network import NetCardCheck, NetCardChecked
from app.wire.message import Message, encode

TRIES = 3
"""Tries of the 住民基本台帳用 PIN. Source: published for the four-digit PINs of the card."""


class PinSet(Message, frozen=True):
    """Training and tests: a card is in somebody's hand with this PIN."""

    card_number: str
    resident_code: str
    pin: str


@dataclass
class Card:
    """One card."""

    card_number: str
    resident_code: str
    state: CardState = CardState.NONE
    pin: str = ""
    left: int = TRIES


@dataclass
class CardManagement:
    """All cards, deliveries and what came before."""

    cards: dict[str, Card] = field(default_factory=dict)
    deliveries: dict[str, DeliveryAddress] = field(default_factory=dict)
    received: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    count: int = 0

    def known(self, item_id: str, content: Message) -> tuple[str, str] | None:
        """Receipt and refusal for an item that came before."""
        found = self.received.get(item_id)
        if found is None:
            return None
        return (found[1], "") if found[0] == _digest(content) else ("", "other_content")

    def state_of(self, resident_code: str) -> CardState:
        """The state of a person's newest card."""
        mine = [one for one in self.cards.values() if one.resident_code == resident_code]
        return mine[-1].state if mine else CardState.NONE

    def refusal(self, one: CardEvent) -> str:
        """Why a step is not taken; "" if it is."""
        card = self.cards.get(one.card_number)
        if card is not None and card.resident_code != one.resident_code:
            return "no_such_person"
        if card is None and one.event != CardStep.ISSUE:
            return "no_such_person"
        state = CardState.NONE if card is None else card.state
        return "" if after_step(state, CardStep(one.event)) is not None else "bad_state"

    def step(self, one: CardEvent) -> str:
        """Take a step that is not refused; its receipt."""
        card = self.cards.setdefault(one.card_number, Card(one.card_number, one.resident_code))
        card.state = after_step(card.state, CardStep(one.event)) or card.state
        return self._receipt(one.event_id, one)

    def deliver(self, one: DeliveryAddress) -> str:
        """Keep where to send; its receipt."""
        self.deliveries[one.delivery_id] = one
        return self._receipt(one.delivery_id, one)

    def hold(self, one: PinSet) -> None:
        """A card that is in use, with a PIN."""
        card = Card(one.card_number, one.resident_code, CardState.ISSUED, one.pin)
        self.cards[one.card_number] = card

    def check(self, asked: NetCardCheck) -> NetCardChecked:
        """Whether the PIN is the card's; each wrong one counts, a right one sets the tries back."""
        card = self.cards.get(asked.card_number)
        if card is None or not card.pin:
            return NetCardChecked(result="unknown")
        if card.left == 0:
            return NetCardChecked(result="blocked", card_state=card.state.value)
        if card.pin != asked.pin:
            card.left -= 1
            result = "wrong_pin" if card.left else "blocked"
            return NetCardChecked(result=result, left=card.left, card_state=card.state.value)
        card.left = TRIES
        if card.state is not CardState.ISSUED:
            whose = card.resident_code if card.state is CardState.SUSPENDED else ""
            return NetCardChecked(result="not_in_use", resident_code=whose, card_state=card.state.value)
        return NetCardChecked(
            result="verified", resident_code=card.resident_code, left=TRIES, card_state=card.state.value
        )

    def _receipt(self, item_id: str, content: Message) -> str:
        self.count += 1
        receipt = f"c-{self.count:08}"
        self.received[item_id] = (_digest(content), receipt)
        return receipt


def _digest(content: Message) -> bytes:
    return hashlib.sha256(encode(content)).digest()
