"""Long answers: found out when a card is put down, used from then on, given up for good where a reader refuses them."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.card_pace import PACES
from app.domain.verdict import Verified
from app.errors import CardCancelled, CardRemoved
from app.services.card_port import Proof, TriesLeft, Watch
from app.standin.cards.chip import Chip
from app.standin.cards.faults import Faults
from app.standin.cards.link import ATR_TYPE_B, LinkedCard
from app.standin.cards.profiles import ADULT
from tests.support.cards import Counter, MakeCard

pytestmark = pytest.mark.card

GENUINE = Proof(Verified(), Verified(), Verified())
SHORT_COMMANDS, LONG_COMMANDS = 57, 24


@pytest.fixture(scope="module")
def adult(make: MakeCard) -> Chip:
    return make("adult")


@pytest.fixture
def contactless(adult: Chip) -> Chip:
    """The card as a contactless reader shows it."""
    return replace(adult, atr=ATR_TYPE_B, log=[])


def is_long(apdu: bytes) -> bool:
    return apdu[1] == 0xB0 and len(apdu) == 7 and apdu[4] == 0


class Narrow:
    """A card behind a reader that does not pass long commands on, but does something else."""

    def __init__(self, card: Chip, instead: Callable[["Narrow"], tuple[bytes, int]]) -> None:
        self.card, self._instead = card, instead
        self.said: list[bytes] = []
        self.is_narrow = True

    @property
    def atr(self) -> bytes:
        return self.card.atr

    def insert(self) -> None:
        self.card.insert()

    def pull(self) -> None:
        self.card.pull()

    def power_down(self) -> None:
        self.card.power_down()

    def reset(self, kind: str = "reset") -> None:
        self.card.reset(kind)

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        self.said.append(apdu)
        if is_long(apdu) and self.is_narrow:
            return self._instead(self)
        return self.card.transmit(apdu)


def refuses(_: Narrow) -> tuple[bytes, int]:
    return b"", 0x6700


def loses_the_card(narrow: Narrow) -> tuple[bytes, int]:
    raise ConnectionError


def commands_of_a_reading(counter: Counter, chip: Chip) -> int:
    at = counter.put(chip)
    chip.log.clear()
    assert counter.read.by_code_b(at, ADULT.code_b).proof == GENUINE
    return len(chip.log)


def test_nothing_is_tried_while_a_code_is_at_stake(counter: Counter, contactless: Chip) -> None:
    assert commands_of_a_reading(counter, contactless) == SHORT_COMMANDS


def test_a_card_put_down_shows_that_its_reader_passes_long_answers_on(counter: Counter, contactless: Chip) -> None:
    counter.read.tries(counter.put(contactless))
    assert sum(map(is_long, contactless.log)) == 1
    assert commands_of_a_reading(counter, contactless) == LONG_COMMANDS
    contactless.log.clear()
    counter.read.tries(counter.put(contactless))
    assert not any(map(is_long, contactless.log)), "it is known by now"


def test_a_long_reading_can_be_cancelled_between_its_pieces_too(counter: Counter, contactless: Chip) -> None:
    at = counter.put(contactless)
    counter.read.tries(at)
    contactless.log.clear()
    with pytest.raises(CardCancelled):
        counter.read.by_code_b(at, ADULT.code_b, watch=Watch(cancelled=lambda: len(contactless.log) >= 15))
    assert len(contactless.log) == 15
    assert is_long(contactless.log[-1])
    assert max(int.from_bytes(apdu[5:]) for apdu in contactless.log if is_long(apdu)) == 1022


def test_contacts_are_never_asked_for_long_answers(counter: Counter, adult: Chip) -> None:
    adult.log.clear()
    counter.read.tries(counter.put(adult))
    assert not any(map(is_long, adult.log))


@pytest.mark.fault
def test_a_card_pulled_out_in_any_piece_of_a_long_reading_ends_in_removed_and_the_next_card_works(
    counter: Counter, contactless: Chip, request: pytest.FixtureRequest
) -> None:
    """Every eighth command; all with ``--endurance``."""
    counter.read.tries(counter.put(contactless))
    for answered in range(2, LONG_COMMANDS, 1 if request.config.getoption("--endurance") else 8):
        frail = replace(contactless, faults=Faults(pull_after=answered), log=[])
        with pytest.raises(CardRemoved):
            counter.read.by_code_b(counter.put(frail), ADULT.code_b)
        assert len(frail.log) == answered + 1
    assert commands_of_a_reading(counter, contactless) == LONG_COMMANDS


@pytest.mark.fault
def test_a_card_taken_while_an_answer_is_on_its_way_is_told_at_once(counter: Counter, contactless: Chip) -> None:
    at = counter.put(contactless)
    counter.read.tries(at)
    counter.take()
    counter.left.put(LinkedCard(contactless, PACES["nfc-106"], contactless=True))
    at = counter.awaited(counter.left)
    taken: list[float] = []

    def takes() -> None:
        taken.append(time.monotonic())
        counter.left.take()

    hand = threading.Timer(0.7, takes)
    hand.start()
    with pytest.raises(CardRemoved):
        counter.read.by_code_b(at, ADULT.code_b)
    assert time.monotonic() - taken[0] < PACES["nfc-106"].seconds(7, 1024) + 0.1
    hand.join()
    assert commands_of_a_reading(counter, contactless) == LONG_COMMANDS


@pytest.mark.parametrize("instead", [refuses, loses_the_card])
def test_a_reader_that_chokes_on_a_long_answer_is_asked_once_and_tells_the_tries_all_the_same(
    counter: Counter, contactless: Chip, instead: Callable[[Narrow], tuple[bytes, int]]
) -> None:
    narrow = Narrow(contactless, instead)
    counter.left.put(narrow)
    assert counter.read.tries(counter.awaited(counter.left)).attributes_b == TriesLeft(10)
    counter.take()
    assert commands_of_a_reading(counter, contactless) == SHORT_COMMANDS
    assert sum(map(is_long, narrow.said)) == 1


def test_a_reader_that_refuses_later_is_read_in_short_pieces_in_the_same_use(
    counter: Counter, contactless: Chip
) -> None:
    narrow = Narrow(contactless, refuses)
    narrow.is_narrow = False
    counter.left.put(narrow)
    at = counter.awaited(counter.left)
    counter.read.tries(at)
    narrow.said.clear()
    narrow.is_narrow = True
    assert counter.read.by_code_b(at, ADULT.code_b).proof == GENUINE
    assert sum(map(is_long, narrow.said)) == 1
    narrow.said.clear()
    assert counter.read.by_code_b(at, ADULT.code_b).proof == GENUINE
    assert not any(map(is_long, narrow.said))
