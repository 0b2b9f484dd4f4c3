"""Every card that the training panel offers can be laid down, and what is printed beside it opens it."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.clock import SystemClock, SystemRandom
from app.services.read_card import ReadCard
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.standin.city.values import City
from app.training.cards import TrainingCards
from app.trust.card_proof import CardAnchors
from app.trust.licence_proof import load_licence_anchors
from app.trust.residence_proof import load_residence_anchors
from app.ui.training_panel import CAPTIONS
from tests.support.cards import RESOURCES

ANCHORS = RESOURCES / "anchors"


@pytest.fixture
def cards() -> Iterator[TrainingCards]:
    found = TrainingCards(City(1, 1, 0, date(2026, 11, 20), (), {}), SystemClock())
    yield found
    found.readers.close()


def test_every_card_of_the_panel_lies_on_the_reader_and_has_a_caption_for_what_opens_it(cards: TrainingCards) -> None:
    offered = cards.personas()
    assert len(offered) > 20
    for one in offered:
        assert cards.put(one.key)
        assert cards.readers.seen().cards
        assert {name for name, _ in one.codes} <= set(CAPTIONS)


def test_the_codes_beside_a_card_open_it(cards: TrainingCards, test_anchors: CardAnchors) -> None:
    codes = {one.key: dict(one.codes) for one in cards.personas()}
    clock, random = SystemClock(), SystemRandom()

    def laid(name: str) -> dict[str, str]:
        cards.put(f"profile:{name}")
        return codes[f"profile:{name}"]

    def at():
        return cards.readers.seen().cards[0]

    code_b = laid("rare_name")["code_b"].replace(" ", "")
    assert ReadCard(cards.readers, test_anchors, clock=clock, random=random).by_code_b(at(), code_b).photo is not None
    pins = laid("licence")
    licence = ReadLicence(cards.readers, load_licence_anchors(ANCHORS, production=False), clock=clock)
    assert licence.by_both_pins(at(), pins["pin_1"], pins["pin_2"]).photo is not None
    number = laid("residence_second")["card_number"]
    anchors = load_residence_anchors(ANCHORS, production=False)
    assert ReadResidence(cards.readers, anchors, clock=clock, random=random).by_number(at(), number).record.photo
