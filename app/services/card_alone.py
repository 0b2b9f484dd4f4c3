"""The staff card without the office: asked and checked on this PC, by what the office stated of it in the lease."""

from collections.abc import Mapping

from app.domain.clock import Random
from app.errors import SecondFactorRefused
from app.services.ports.alone import Uptime
from app.services.ports.staff_card import Answered, CardAsked, key_name
from app.trust.second_factor import Factor, SecondFactor, factor_of
from app.wire.counter_rules import StatedCard, StatedCards

FRESH_S = 180.0
"""Time to lay the card down and type its PIN, as the office gives. Assumed."""
_OWN = "alone-"
_CHALLENGE_BYTES = 32


class CardAlone:
    """Asks for one answer at a time, each good once and briefly. Not for two threads at once."""

    def __init__(self, random: Random, uptime: Uptime) -> None:
        self._random = random
        self._uptime = uptime
        self._open: tuple[str, bytes, float] | None = None

    def ask(self, cards: StatedCards) -> CardAsked:
        """What one of ``cards`` is to answer; what was asked before is good no more."""
        challenge = self._random.token(_CHALLENGE_BYTES)
        name = _OWN + self._random.token(16).hex()
        self._open = (name, challenge, self._uptime.reading().since_boot_s)
        ids = [factor.credential_id for factor in _factors(cards, {})]
        return CardAsked(name, SecondFactor(cards.rp_id, cards.rp_id).ask(ids, challenge))

    @staticmethod
    def is_own(asked: CardAsked) -> bool:
        """Whether this was asked here and not by the office."""
        return asked.asked.startswith(_OWN)

    @staticmethod
    def name_of(card: StatedCard) -> str:
        """What the card is called (``key_name``). Errors: SecondFactorRefused where it is none."""
        return key_name(factor_of(card.attested, card.counter).credential_id)

    def check(self, cards: StatedCards, counters: Mapping[str, int], asked: CardAsked, answer: Answered) -> int:
        """The counter that the card shows now. ``counters``: what each last showed here, by ``key_name``.

        Errors: SecondFactorRefused(reason), as the office's own check.
        """
        opened, self._open = self._open, None
        if opened is None or opened[0] != asked.asked:
            raise SecondFactorRefused(reason="replayed")
        age_s = self._uptime.reading().since_boot_s - opened[2]
        if not 0 <= age_s < FRESH_S:
            raise SecondFactorRefused(reason="missing")
        known = _factors(cards, counters)
        return SecondFactor(cards.rp_id, cards.rp_id).check(answer.assertion, opened[1], known).counter


def _factors(cards: StatedCards, counters: Mapping[str, int]) -> list[Factor]:
    """The cards with the later of two counters: what the office saw and what was seen here."""
    found = [factor_of(card.attested, card.counter) for card in cards.cards]
    return [
        Factor(one.credential_id, one.attested, max(one.counter, counters.get(key_name(one.credential_id), 0)))
        for one in found
    ]
