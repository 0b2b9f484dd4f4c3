"""madoguchi-admin card: many readings with their times beside the link's floor, and a card that fails when told to."""

import json
import subprocess
import time

import pytest

from app.errors import CardRemoved, CardSilent
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from tests.edge.card.test_command import ADMIN, admin
from tests.support.cards import Counter, MakeCard
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for

pytestmark = pytest.mark.card

TIMES = 4


@pytest.fixture
def hasty(pcscd: Pcscd, test_anchors: CardAnchors):
    """A counter that gives a silent card half a second."""
    made = Counter(pcscd, test_anchors, silence_s=0.5)
    yield made
    made.close()


def test_many_readings_tell_their_times_and_the_floor_of_the_slot_and_nothing_of_the_holder(
    counter: Counter, make: MakeCard, pcscd: Pcscd
) -> None:
    chip, contactless = make("adult"), make("contactless")
    counter.put(chip)
    counter.right.put(contactless)
    assert counter.awaited(counter.right).reader == counter.right.name
    rows = []
    for slot in (counter.left, counter.right):
        words = ("read", "--code-b-stdin", "--training", "--json", "--repeat", str(TIMES), "--reader", slot.name)
        done = admin(pcscd, *words, entry=f"{ADULT.code_b}\n")
        assert done.returncode == 0, done.stderr
        assert ADULT.name not in done.stdout
        rows.append(json.loads(done.stdout))
    for row, card in zip(rows, (chip, contactless), strict=True):
        assert row["readings"] == TIMES
        assert len(card.log) == TIMES * row["commands"]
        assert sum(map(len, card.log)) == TIMES * row["bytes_to_card"]
        assert 0 < row["reading_s"]["p50"] <= row["reading_s"]["p95"]
        assert row["reading_s"]["p50"] < row["total_s"]["p50"]
    on_contacts, in_the_field = rows
    assert (on_contacts["reader"], on_contacts["slot"]) == (counter.left.name, "contact")
    (floor,) = on_contacts["floor_s"].items()
    assert floor[0] == "contact-9600"
    assert floor[1] == pytest.approx(
        11 * (on_contacts["bytes_to_card"] + on_contacts["bytes_from_card"]) / 9600, rel=0.15
    )
    assert in_the_field["slot"] == "contactless"
    floors = in_the_field["floor_s"]
    assert list(floors) == ["nfc-106", "nfc-212", "nfc-424", "nfc-848"]
    assert list(floors.values()) == sorted(floors.values(), reverse=True)


@pytest.mark.parametrize("times", ["0", "-1", "often"])
def test_a_number_of_readings_that_is_none_is_wrong_use(pcscd: Pcscd, times: str) -> None:
    assert admin(pcscd, "read", "--code-b-stdin", "--repeat", times).returncode == 2


def emulated(pcscd: Pcscd, *faults: str) -> subprocess.Popen[str]:
    """A card that is another process, printed: it lies on the left reader."""
    port = str(next(iter(pcscd.ports.values())))
    words = [*ADMIN, "emulate", "--profile", "adult", "--port", port, *faults]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert json.loads(child.stdout.readline())["code_b"] == ADULT.code_b
    return child


def test_a_card_of_the_shell_is_taken_off_hangs_and_is_slow_when_told_to(hasty: Counter, pcscd: Pcscd) -> None:
    for faults, error, least_s in (
        (("--pull-after", "20", "--latency-ms", "20"), CardRemoved, 0.4),
        (("--hang-after", "20"), CardSilent, 0.5),
    ):
        child = emulated(pcscd, *faults)
        at = hasty.awaited(hasty.left)
        began = time.monotonic()
        with pytest.raises(error):
            hasty.read.by_code_b(at, ADULT.code_b)
        assert least_s < time.monotonic() - began < least_s + 2
        if error is CardSilent:  # one that was taken off ends by itself
            child.terminate()
        assert child.communicate(timeout=10) == ("", None)
        assert child.returncode == 0
        wait_for(lambda: not hasty.readers.seen().cards, "the card to be gone")
