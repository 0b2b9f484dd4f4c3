"""A code that opens two applications has a counter in each: both are asked before the first try is spent."""

from collections.abc import Callable, Iterator

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Verified
from app.errors import CodeBlocked, LastTry, WrongCode
from app.services.card_port import Blocked, Insertion, Key, Proof, Tries, TriesLeft, Uncounted, fewer
from app.services.read_card import ReadCard
from app.standin.cards.chip import Chip
from app.standin.cards.files import ATTRIBUTE_AID, FACE_A, FACE_AID, FACE_B, TEXT_A, TEXT_B
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from tests.support.cards import MakeCard, key_of

READER = "reader"
Act = Callable[..., Proof]


def by_code_b(read: ReadCard, at: Insertion, *, confirmed: bool) -> Proof:
    return read.by_code_b(at, ADULT.code_b, last_try_confirmed=confirmed).proof


def by_code_a(read: ReadCard, at: Insertion, *, confirmed: bool) -> Proof:
    return read.number_by_code_a(at, ADULT.my_number, last_try_confirmed=confirmed).proof


Place = tuple[bytes, int, Key]
CODES: dict[str, tuple[Act, tuple[Place, Place]]] = {
    "code A": (by_code_a, ((FACE_AID, FACE_A, Key.FACE_A), (ATTRIBUTE_AID, TEXT_A, Key.ATTRIBUTES_A))),
    "code B": (by_code_b, ((FACE_AID, FACE_B, Key.FACE_B), (ATTRIBUTE_AID, TEXT_B, Key.ATTRIBUTES_B))),
}
EACH = [(name, place) for name in CODES for place in (0, 1)]


@pytest.fixture
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER,), SystemClock())
    yield found
    found.close()


@pytest.fixture
def read(readers: GivenReaders, test_anchors: CardAnchors) -> ReadCard:
    return ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())


def given(chip: Chip) -> list[bytes]:
    """The codes that reached the card, in whichever application."""
    return [apdu for apdu in chip.log if apdu[1] == 0x20 and len(apdu) > 4]


@pytest.mark.parametrize(("name", "place"), EACH)
def test_the_last_try_in_either_application_is_used_only_when_that_is_confirmed(
    name: str, place: int, readers: GivenReaders, read: ReadCard, make: MakeCard
) -> None:
    act, (aid, number, key) = CODES[name][0], CODES[name][1][place]
    chip = make("adult")
    key_of(chip, aid, number).left = 1
    at = readers.put(READER, chip)
    with pytest.raises(LastTry) as told:
        act(read, at, confirmed=False)
    assert told.value.data == {"key": key}
    assert given(chip) == []
    assert act(read, at, confirmed=True).chip == Verified()
    assert len(given(chip)) == 2


@pytest.mark.parametrize(("name", "place"), EACH)
def test_a_code_blocked_in_either_application_is_given_in_none_even_if_the_last_try_is_confirmed(
    name: str, place: int, readers: GivenReaders, read: ReadCard, make: MakeCard
) -> None:
    act, (aid, number, key) = CODES[name][0], CODES[name][1][place]
    other_aid, other, _ = CODES[name][1][1 - place]
    chip = make("adult")
    key_of(chip, aid, number).left = 0
    key_of(chip, other_aid, other).left = 1
    at = readers.put(READER, chip)
    for confirmed in (False, True):
        with pytest.raises(CodeBlocked) as told:
            act(read, at, confirmed=confirmed)
        assert told.value.data == {"key": key}
    assert given(chip) == []
    assert key_of(chip, other_aid, other).left == 1


def test_a_wrong_code_spends_a_try_in_one_application_only(
    readers: GivenReaders, read: ReadCard, make: MakeCard
) -> None:
    chip = make("adult")
    with pytest.raises(WrongCode) as told:
        read.by_code_b(readers.put(READER, chip), ADULT.code_b[:-1] + "0")
    assert told.value.data == {"left": 9, "key": Key.ATTRIBUTES_B}
    assert (key_of(chip, ATTRIBUTE_AID, TEXT_B).left, key_of(chip, FACE_AID, FACE_B).left) == (9, 10)
    assert len(given(chip)) == 1


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (TriesLeft(10), TriesLeft(1), TriesLeft(1)),
        (TriesLeft(2), TriesLeft(2), TriesLeft(2)),
        (Blocked(), TriesLeft(1), Blocked()),
        (TriesLeft(3), Uncounted(), TriesLeft(3)),
        (Uncounted(), Uncounted(), Uncounted()),
    ],
)
def test_of_two_counters_the_one_that_ends_first_is_told(first: Tries, second: Tries, told: Tries) -> None:
    assert fewer(first, second) == fewer(second, first) == told


def test_a_code_has_as_many_tries_as_the_application_that_has_fewer(
    readers: GivenReaders, read: ReadCard, make: MakeCard
) -> None:
    chip = make("adult")
    key_of(chip, FACE_AID, FACE_B).left = 4
    key_of(chip, FACE_AID, FACE_A).left = 3
    state = read.tries(readers.put(READER, chip))
    assert (state.code_b, state.code_a) == (TriesLeft(4), TriesLeft(3))
