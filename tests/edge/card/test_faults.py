"""What can go wrong with a card, row by row: its own code, three sentences, within 2 s, and the next card works."""

import re
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Verified
from app.errors import (
    AppError,
    BadCardData,
    BadFormat,
    CardCancelled,
    CardRefused,
    CardRemoved,
    CardSilent,
    CodeBlocked,
    LastTry,
    NotThisCard,
    WrongCode,
)
from app.services.card_port import Insertion, Watch
from app.services.read_card import ReadCard
from app.standin.cards.chip import Chip, Faults
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID, FACE_B, JPKI_AID, PIN, TEXT_B
from app.standin.cards.profiles import ADULT, RARE_NAME
from app.standin.cards.virtual import VirtualCard
from app.trust.card_proof import CardAnchors
from app.ui.messages import Messages, load_messages
from tests.support.bent import Bend, Bent, at, cut, reading, replaced, status
from tests.support.cards import RESOURCES, MakeCard, key_of

READER = "reader"
WITHIN_S = 2.0
NAME, NUMBER = ADULT.name.encode(), ADULT.my_number.encode()
BIRTH = f"{ADULT.birth:%Y%m%d}".encode()

Act = Callable[[ReadCard, Insertion], object]
Arrange = Callable[[Chip], VirtualCard]


def by_code_b(read: ReadCard, at: Insertion) -> object:
    return read.by_code_b(at, ADULT.code_b)


def by_pin(read: ReadCard, at: Insertion) -> object:
    return read.number_by_pin(at, ADULT.pin)


def by_wrong_code(read: ReadCard, at: Insertion) -> object:
    return read.by_code_b(at, RARE_NAME.code_b)


def by_short_code(read: ReadCard, at: Insertion) -> object:
    return read.by_code_b(at, ADULT.code_b[:-1])


def cancelled_on_the_way(read: ReadCard, at: Insertion) -> object:
    said: list[object] = []
    return read.by_code_b(at, ADULT.code_b, watch=Watch(lambda: len(said) > 10, said.append))


def bent(bend: Callable[[], Bend]) -> Arrange:
    return lambda chip: Bent(chip, bend())


def faulty(**faults: int | bool) -> Arrange:
    return lambda chip: replace(chip, faults=Faults(**faults), log=[])


def with_tries(left: int, aid: bytes = ATTRIBUTE_AID, number: int = TEXT_B) -> Arrange:
    def arrange(chip: Chip) -> VirtualCard:
        key_of(chip, aid, number).left = left
        return chip

    return arrange


def only_jpki(chip: Chip) -> VirtualCard:
    return replace(chip, applications=(chip.application(JPKI_AID),), log=[])


@dataclass(frozen=True)
class Fault:
    """Arranged on a sound card, met by ``act``; ``data`` tells it from others of the same class."""

    ends: type[AppError]
    arrange: Arrange
    act: Act = by_code_b
    data: dict[str, str | int] = field(default_factory=dict)


FAULTS = {
    "a card of another kind": Fault(NotThisCard, only_jpki, data={"application": "face"}),
    "taken off in the middle": Fault(CardRemoved, faulty(pull_after=20)),
    "taken off while it compares the code": Fault(CardRemoved, faulty(pull_after=4), data={"during": "verify"}),
    "hangs while it compares the code": Fault(CardSilent, faulty(hang_after=4)),
    "another object than the file's": Fault(
        BadCardData, bent(lambda: reading(2, replaced(b"\xff\x20", b"\xff\x21"))), data={"what": "FF20"}
    ),
    "an object that is missing": Fault(
        BadCardData, bent(lambda: reading(2, replaced(b"\xdf\x24", b"\xdf\x2e"))), data={"what": "DF24"}
    ),
    "an object longer than its file": Fault(
        BadCardData, bent(lambda: reading(2, replaced(b"\xdf\x25\x01", b"\xdf\x25\x7f"))), data={"what": "length"}
    ),
    "a tag without end": Fault(
        BadCardData, bent(lambda: reading(2, replaced(b"\xdf\x21\x08\x00", b"\xdf\xa1\x88\x80"))), data={"what": "tag"}
    ),
    "a file as long as no file": Fault(
        BadCardData, bent(lambda: reading(2, lambda _: (b"\xff\x20\x83\xff\xff\xff", 0x9000))), data={"what": "file 02"}
    ),
    "a file that comes in drops": Fault(
        BadCardData,
        bent(lambda: lambda _, apdu, answer: cut(9)(answer) if apdu[:2] == b"\x00\xb0" else answer),
        data={"what": "file 02"},
    ),
    "an empty answer": Fault(BadCardData, bent(lambda: reading(2, cut(0))), data={"what": "length"}),
    "always more to come": Fault(
        BadCardData, bent(lambda: lambda _, apdu, answer: (b"", 0x6100) if apdu[1] in {0xB0, 0xC0} else answer)
    ),
    "a name that is no text": Fault(
        BadCardData,
        bent(lambda: reading(2, replaced(NAME[:3], b"\xff\xfe\xfd"))),
        data={"what": "name"},
    ),
    "a day that is none": Fault(
        BadCardData, bent(lambda: reading(2, replaced(BIRTH, b"19880230"))), data={"what": "birth"}
    ),
    "a number that is none": Fault(
        BadCardData, bent(lambda: reading(1, replaced(NUMBER, b"111111111119"))), by_pin, {"what": "number"}
    ),
    "refuses the application": Fault(CardRefused, bent(lambda: at(0, status(0x6581))), data={"status": "6581"}),
    "refuses the code for its length": Fault(CardRefused, bent(lambda: at(4, status(0x6700))), data={"status": "6700"}),
    "another program closed what was open": Fault(CardRefused, faulty(reset_after=5), data={"status": "6A82"}),
    "6F00 again": Fault(CardRefused, bent(lambda: lambda *_: (b"", 0x6F00)), data={"status": "6F00"}),
    "the wrong code": Fault(WrongCode, with_tries(10), by_wrong_code, {"left": 9, "key": "attributes_b"}),
    "the wrong code in the second application": Fault(
        WrongCode, bent(lambda: second_verify(0x63C4)), data={"left": 4, "key": "face_b"}
    ),
    "one try is left": Fault(LastTry, with_tries(1), data={"key": "attributes_b"}),
    "one try is left in the second application": Fault(
        LastTry, with_tries(1, FACE_AID, FACE_B), data={"key": "face_b"}
    ),
    "a blocked code": Fault(CodeBlocked, with_tries(0), data={"key": "attributes_b"}),
    "a code blocked in the second application": Fault(
        CodeBlocked, with_tries(0, FACE_AID, FACE_B), data={"key": "face_b"}
    ),
    "a blocked code without a counter": Fault(
        CodeBlocked, bent(lambda: at(3, status(0x6984))), data={"key": "attributes_b"}
    ),
    "a code blocked by this very entry": Fault(
        CodeBlocked, bent(lambda: at(4, status(0x63C0))), data={"key": "attributes_b"}
    ),
    "ended by the clerk": Fault(CardCancelled, lambda chip: chip, cancelled_on_the_way),
    "a code of the wrong form": Fault(BadFormat, lambda chip: chip, by_short_code, {"field": "code_b_length"}),
}


def second_verify(word: int) -> Bend:
    """Another answer to the second code that is presented."""
    seen = 0

    def bend(_: int, apdu: bytes, answer: tuple[bytes, int]) -> tuple[bytes, int]:
        nonlocal seen
        seen += apdu[1] == 0x20 and len(apdu) > 4
        return (b"", word) if apdu[1] == 0x20 and len(apdu) > 4 and seen == 2 else answer

    return bend


@pytest.fixture(scope="module")
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER,), SystemClock())
    yield found
    found.close()


@pytest.fixture(scope="module")
def read(readers: GivenReaders, test_anchors: CardAnchors) -> ReadCard:
    return ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())


@pytest.fixture(scope="module")
def sound(make: MakeCard) -> Chip:
    return make("adult")


@pytest.fixture
def card(sound: Chip) -> Iterator[Chip]:
    """A sound card with all its tries."""
    yield sound
    for aid, number in ((ATTRIBUTE_AID, TEXT_B), (ATTRIBUTE_AID, PIN), (FACE_AID, FACE_B)):
        key_of(sound, aid, number).left = key_of(sound, aid, number).most


@pytest.fixture(scope="module")
def messages() -> Messages:
    return load_messages()


@pytest.mark.fault
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_ends_in_its_code_and_the_next_card_works(
    name: str, card: Chip, readers: GivenReaders, read: ReadCard
) -> None:
    fault = FAULTS[name]
    at = readers.put(READER, fault.arrange(card))
    began = time.monotonic()
    with pytest.raises(fault.ends) as told:
        fault.act(read, at)
    assert time.monotonic() - began < WITHIN_S
    assert type(told.value) is fault.ends
    assert {name: told.value.data.get(name) for name in fault.data} == fault.data
    for aid, number in ((ATTRIBUTE_AID, TEXT_B), (FACE_AID, FACE_B)):
        key_of(card, aid, number).left = 10
    again = read.by_code_b(readers.put(READER, replace(card, faults=Faults(), log=[])), ADULT.code_b)
    assert (again.four.name, again.proof.chip) == (ADULT.name, Verified())


JAPANESE = re.compile(r"[ぁ-ん]")
OPEN_PLACE = re.compile(r"[{}―]")


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_says_what_why_and_what_now(name: str, messages: Messages) -> None:
    fault = FAULTS[name]
    error = WrongCode(**fault.data) if fault.ends is WrongCode else fault.ends(**fault.data)  # type: ignore[arg-type]
    told = messages.of(error)
    assert error.code in tomllib.loads((RESOURCES / "text" / "ja.toml").read_text("utf-8"))["error"]
    for sentence in (told.title, told.why, told.next):
        assert JAPANESE.search(sentence)
        if fault.data:
            assert not OPEN_PLACE.search(sentence)
