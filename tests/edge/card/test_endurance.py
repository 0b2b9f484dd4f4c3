"""Cards put down and taken, services stopped and started, over and over: nothing is lost, nothing is mixed up.

A few times in the suite; ``--endurance`` as often as the acceptance list asks: every reader's card put down and taken
50 times, 20 restarts. The readers themselves stay plugged in here; see ``test_hotplug`` for what is known of theirs.
"""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Verified
from app.errors import CardRemoved
from app.services.card_port import Insertion, ReadersSeen
from app.services.read_card import ReadCard
from app.standin.cards.profiles import ADULT, RARE_NAME
from app.trust.card_proof import CardAnchors
from tests.support.cards import Counter, MakeCard
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for

pytestmark = [pytest.mark.card, pytest.mark.fault]

POLL_S = 0.4
"""How often the service looks at a virtual reader."""


@pytest.fixture
def replugs(request: pytest.FixtureRequest) -> int:
    return 50 if request.config.getoption("--endurance") else 10


@pytest.fixture
def restarts(request: pytest.FixtureRequest) -> int:
    return 20 if request.config.getoption("--endurance") else 3


def test_no_card_put_down_or_taken_goes_unnoticed_on_any_reader(counter: Counter, make: MakeCard, replugs: int) -> None:
    told: list[ReadersSeen] = []
    end = counter.readers.watch(told.append)
    cards = {slot: make("adult") for slot in counter.slots}
    for _ in range(replugs):
        for slot, chip in cards.items():
            slot.put(chip)
        wait_for(lambda: len(counter.readers.seen().cards) == len(cards), "all cards")
        for slot in cards:
            slot.take()
        wait_for(lambda: not counter.readers.seen().cards, "all cards to be gone")
    end()
    for slot in counter.slots:
        lay = [card for seen in told for card in seen.cards if card.reader == slot.name]
        assert len(set(lay)) == replugs, "each insertion is one of its own"
        steps = [any(card.reader == slot.name for card in seen.cards) for seen in told]
        came = sum(after and not before for before, after in zip([False, *steps], steps, strict=False))
        assert came == replugs, "and each was told to come and to go"
        assert not steps[-1]


def test_a_restarted_service_is_back_within_two_seconds_each_time(
    counter: Counter, make: MakeCard, restarts: int
) -> None:
    chip, insertions, back_s = make("adult"), set[Insertion](), []
    for _ in range(restarts):
        insertions.add(counter.put(chip))
        counter.left.take()
        counter.pcscd.stop()
        wait_for(lambda: not counter.readers.seen().service_runs, "the loss to be noticed", 4)
        counter.pcscd.start()
        began = time.monotonic()
        wait_for(lambda: len(counter.readers.seen().readers) == len(counter.slots), "the readers to be back", 4)
        back_s.append(time.monotonic() - began)
    assert max(back_s) < 2
    assert len(insertions) == restarts, "no insertion is taken for one before the restart"
    assert counter.read.by_code_b(counter.put(chip), ADULT.code_b).proof.chip == Verified()


def test_a_card_swapped_for_another_within_a_tenth_of_a_second_is_never_read_as_the_first(
    counter: Counter, make: MakeCard, restarts: int
) -> None:
    """Both answer a reset alike and the service misses the swap; it falls on another moment of its look each time."""
    first, second = make("adult"), make("rare_name")
    swaps = (restarts + 1) // 2
    for number in range(swaps):
        at = counter.put(first)
        time.sleep(POLL_S * number / swaps)
        began = time.monotonic()
        counter.left.put(second)
        assert time.monotonic() - began < 0.1
        for _ in range(2):
            with pytest.raises(CardRemoved):
                counter.read.by_code_b(at, RARE_NAME.code_b)
        assert second.log == []
        found = _other_than(counter, at)
        reading = counter.read.by_code_b(found, RARE_NAME.code_b)
        assert (reading.insertion, reading.four.name) == (found, RARE_NAME.name)
        second.log.clear()


@pytest.fixture
def slow_listener(pcscd: Pcscd) -> Iterator[PcscReaders]:
    with closing(PcscReaders(SystemClock())) as readers:
        wait_for(lambda: len(readers.seen().readers) == len(pcscd.ports), "all readers")
        yield readers


def test_a_swap_between_two_looks_is_noticed(
    counter: Counter, make: MakeCard, slow_listener: PcscReaders, test_anchors: CardAnchors
) -> None:
    """The monitor is kept busy while one card goes and another comes: it finds a card there as before."""
    told: list[ReadersSeen] = []

    def dawdles(seen: ReadersSeen) -> None:
        told.append(seen)
        if len(told) == 1:
            counter.take()
            counter.put(make("rare_name"))

    slow_listener.watch(dawdles)
    before = counter.put(make("adult"))
    wait_for(lambda: len(told) > 1, "the next look")
    assert [len(seen.cards) for seen in told[:2]] == [1, 1]
    assert told[0].cards[0] != told[1].cards[0]
    read = ReadCard(slow_listener, test_anchors, clock=SystemClock(), random=SystemRandom())
    with pytest.raises(CardRemoved):
        read.by_code_b(before, RARE_NAME.code_b)
    assert read.by_code_b(told[1].cards[0], RARE_NAME.code_b).four.name == RARE_NAME.name


def _other_than(counter: Counter, at: Insertion) -> Insertion:
    """What lies on the left reader, once that is not ``at``."""
    wait_for(lambda: counter.seen_on(counter.left.name) not in {at, None}, "another card", 3)
    found = counter.seen_on(counter.left.name)
    assert found is not None
    return found
