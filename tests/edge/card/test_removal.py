"""Cards that go away, hang or are swapped in the middle, on a real PC/SC reader: the next card always works."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.domain.verdict import Verified
from app.errors import CardRemoved, CardSilent, CodeBlocked, WrongCode
from app.services.card_port import Insertion, Progress, Watch
from app.standin.cards.chip import Chip, Faults
from app.standin.cards.files import ATTRIBUTE_AID, TEXT_B
from app.standin.cards.profiles import ADULT, RARE_NAME
from app.trust.card_proof import CardAnchors
from tests.support.cards import Counter, MakeCard, key_of
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for

pytestmark = pytest.mark.card


COMMANDS = 57
"""How many commands a reading by code B takes."""


@pytest.fixture
def hasty(pcscd: Pcscd, test_anchors: CardAnchors) -> Iterator[Counter]:
    """A counter whose watch-dog waits 0.4 s only."""
    found = Counter(pcscd, test_anchors, silence_s=0.4)
    yield found
    found.close()


@pytest.mark.fault
def test_a_card_pulled_out_at_any_command_ends_in_removed_and_the_next_card_works(
    counter: Counter, make: MakeCard, request: pytest.FixtureRequest
) -> None:
    """Every eighth command; all with ``--endurance``, and all without PC/SC in tests/edge/card/test_boundaries.py."""
    step = 1 if request.config.getoption("--endurance") else 8
    sound = make("adult")
    counter.read.by_code_b(counter.put(sound), ADULT.code_b)
    assert len(sound.log) == COMMANDS
    counter.take()
    for start in range(0, COMMANDS, step * len(counter.slots)):
        frail = {
            slot: replace(sound, faults=Faults(pull_after=answered), log=[])
            for slot, answered in zip(counter.slots, range(start, COMMANDS, step), strict=False)
        }
        for slot, chip in frail.items():
            slot.put(chip)
        for slot, chip in frail.items():
            with pytest.raises(CardRemoved):
                counter.read.by_code_b(counter.awaited(slot), ADULT.code_b)
            assert len(chip.log) == (chip.faults.pull_after or 0) + 1
        for slot in frail:
            slot.take()
        wait_for(lambda: not counter.readers.seen().cards, "the removals to be seen")
    assert counter.read.by_code_b(counter.put(sound), ADULT.code_b).proof.chip == Verified()


def test_a_card_taken_between_two_commands_ends_in_removed_too(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    at = counter.put(chip)

    def takes(_: Progress) -> None:
        if len(chip.log) == 30:
            counter.left.take()

    with pytest.raises(CardRemoved):
        counter.read.by_code_b(at, ADULT.code_b, watch=Watch(progress=takes))
    assert len(chip.log) == 30
    assert counter.read.by_code_b(counter.put(chip), ADULT.code_b).proof.chip == Verified()


def test_a_lost_answer_to_the_code_counts_as_spent_and_is_not_sent_again(counter: Counter, make: MakeCard) -> None:
    chip = make("adult")
    chip.faults.pull_after = 4
    with pytest.raises(CardRemoved) as lost:
        counter.read.by_code_b(counter.put(chip), ADULT.code_b)
    assert lost.value.data == {"during": "verify"}
    assert [len(apdu) > 4 for apdu in chip.log if apdu[1] == 0x20] == [False, False, True]


def test_a_hanging_card_is_ended_by_the_watch_dog_and_the_next_card_works(hasty: Counter, make: MakeCard) -> None:
    chip = make("adult")
    chip.faults.hang_after = 12
    at = hasty.put(chip)
    began = time.monotonic()
    with pytest.raises(CardSilent):
        hasty.read.by_code_b(at, ADULT.code_b)
    assert time.monotonic() - began < 2
    hasty.take()
    reading = hasty.read.by_code_b(hasty.put(make("rare_name")), RARE_NAME.code_b)
    assert reading.four.name == RARE_NAME.name


def test_while_one_reader_hangs_the_other_is_used(hasty: Counter, make: MakeCard) -> None:
    chip = make("adult")
    chip.faults.hang_after = 3
    at = hasty.put(chip)
    with pytest.raises(CardSilent):
        hasty.read.by_code_b(at, ADULT.code_b)
    hasty.right.put(make("rare_name"))
    wait_for(lambda: hasty.seen_on(hasty.right.name) is not None, "the right card")
    right = hasty.seen_on(hasty.right.name)
    assert right is not None
    assert hasty.read.by_code_b(right, RARE_NAME.code_b).four.name == RARE_NAME.name


def test_a_card_put_down_in_place_of_another_is_not_taken_for_it(counter: Counter, make: MakeCard) -> None:
    first = counter.put(make("adult"))
    second = counter.put(make("adult"))
    assert first.epoch != second.epoch
    with pytest.raises(CardRemoved):
        counter.read.by_code_b(first, ADULT.code_b)
    assert counter.read.by_code_b(second, ADULT.code_b).proof.chip == Verified()


def test_no_card_at_all_is_removed_too(counter: Counter, make: MakeCard) -> None:
    at = counter.put(make("adult"))
    counter.take()
    with pytest.raises(CardRemoved):
        counter.read.tries(Insertion(at.reader, at.epoch))


def test_three_tries_in_a_row_block_and_nothing_more_is_sent(counter: Counter, make: MakeCard) -> None:
    chip: Chip = make("adult")
    key_of(chip, ATTRIBUTE_AID, TEXT_B).left = 3
    at = counter.put(chip)
    wrong = ADULT.code_b[:-1] + "0"
    for left in (2, 1):
        with pytest.raises(WrongCode) as told:
            counter.read.by_code_b(at, wrong)
        assert told.value.left == left
    with pytest.raises(CodeBlocked):
        counter.read.by_code_b(at, wrong, last_try_confirmed=True)
    sent = len(chip.log)
    with pytest.raises(CodeBlocked):
        counter.read.by_code_b(at, ADULT.code_b)
    assert [apdu for apdu in chip.log[sent:] if apdu[1] == 0x20 and len(apdu) > 4] == []
