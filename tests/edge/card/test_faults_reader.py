"""What can go wrong with reader, service and other programs, on real PC/SC: own code, within 2 s, next card works."""

import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from smartcard import scard

from app.card.pcsc import translate
from app.domain.verdict import Verified
from app.errors import CardBusy, CardError, CardMute, CardRemoved, CardReset, NoReader, ReaderGone, ServiceDown
from app.standin.cards.chip import Chip
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from app.ui.messages import load_messages
from tests.support.bent import Answer, Bent, at
from tests.support.cards import Counter, MakeCard
from tests.support.pinpad.pad import PadReaders
from tests.support.process import wait_for

pytestmark = pytest.mark.card

WITHIN_S = 2.0
PCSCD_S = 1.0
"""pcscd itself takes so long to let go of a reader that is not there any more (measured)."""


@pytest.fixture
def counter(pin_pad: PadReaders, test_anchors: CardAnchors) -> Iterator[Counter]:
    """A counter before readers that can be unplugged."""
    found = Counter(pin_pad.pcscd, test_anchors)
    yield found
    found.close()


@pytest.fixture(scope="module")
def sound(make: MakeCard) -> Chip:
    return make("adult")


@contextmanager
def told_soon(error: type[CardError], within_s: float = WITHIN_S) -> Iterator[None]:
    began = time.monotonic()
    with pytest.raises(error) as told:
        yield
    assert time.monotonic() - began < within_s
    assert type(told.value) is error


def assert_next_card_works(counter: Counter, card: Chip) -> None:
    """Put down again where the reader was still coming back: the service may lose a replugged one a few times."""
    for left in reversed(range(10)):
        try:
            reading = counter.read.by_code_b(counter.put(card), ADULT.code_b)
        except (CardRemoved, ReaderGone):
            assert left, "the reader does not come back"
            counter.left.take()
        else:
            break
    assert reading.proof.chip == Verified()


def does(what: Callable[[], object]) -> Callable[[Answer], Answer]:
    """Something happens in the room just before the answer."""

    def change(answer: Answer) -> Answer:
        what()
        return answer

    return change


@pytest.mark.fault
def test_a_service_that_stops_in_the_middle(counter: Counter, sound: Chip) -> None:
    frail = Bent(sound, at(20, does(counter.pcscd.stop)))
    there = counter.put(frail)
    with told_soon(ServiceDown):
        counter.read.by_code_b(there, ADULT.code_b)
    counter.left.take()
    wait_for(lambda: not counter.readers.seen().service_runs, "the loss to be noticed", WITHIN_S)
    with told_soon(ServiceDown):
        counter.read.by_code_b(there, ADULT.code_b)
    counter.pcscd.start()
    assert_next_card_works(counter, sound)


@pytest.mark.fault
def test_a_reader_unplugged_in_the_middle(counter: Counter, sound: Chip, pin_pad: PadReaders) -> None:
    frail = Bent(sound, at(20, does(pin_pad.unplug)))
    there = counter.put(frail)
    with told_soon(ReaderGone, WITHIN_S + PCSCD_S):
        counter.read.by_code_b(there, ADULT.code_b)
    counter.left.take()
    pin_pad.plug_in()
    assert_next_card_works(counter, sound)


def test_a_reader_that_is_not_there(counter: Counter, sound: Chip) -> None:
    there = counter.put(sound)
    with told_soon(NoReader):
        counter.read.by_code_b(replace(there, reader="another"), ADULT.code_b)
    assert counter.read.by_code_b(there, ADULT.code_b).proof.chip == Verified()


@pytest.mark.fault
def test_a_card_that_does_not_answer_when_it_gets_power(counter: Counter, sound: Chip, pin_pad: PadReaders) -> None:
    with pin_pad.mute_cards():
        there = counter.put(sound)
        assert [reader.mute for reader in counter.readers.seen().readers] == [True, False]
        with told_soon(CardMute):
            counter.read.by_code_b(there, ADULT.code_b)
    assert_next_card_works(counter, sound)


def connected(reader: str, mode: int) -> tuple[int, int, int]:
    """Another program's context, result and card."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    result, card, _ = scard.SCardConnect(context, reader, mode, scard.SCARD_PROTOCOL_T1)
    return context, result & 0xFFFF_FFFF, card


@pytest.mark.fault
def test_a_card_that_another_program_holds(counter: Counter, sound: Chip) -> None:
    there = counter.put(sound)
    context, result, card = connected(there.reader, scard.SCARD_SHARE_SHARED)
    assert result == 0
    try:
        with told_soon(CardBusy):
            counter.read.by_code_b(there, ADULT.code_b)
    finally:
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
        scard.SCardReleaseContext(context)
    assert counter.read.by_code_b(there, ADULT.code_b).proof.chip == Verified()


@pytest.mark.fault
def test_another_program_can_not_come_between_and_does_not_harm(counter: Counter, sound: Chip) -> None:
    results: list[int] = []

    def comes_between() -> None:
        context, result, _ = connected(counter.left.name, scard.SCARD_SHARE_SHARED)
        results.append(result)
        scard.SCardReleaseContext(context)

    there = counter.put(Bent(sound, at(20, does(comes_between))))
    assert counter.read.by_code_b(there, ADULT.code_b).proof.chip == Verified()
    assert results == [0x8010_000B]


def test_a_reset_from_outside_has_its_own_code() -> None:
    assert type(translate(scard.SCARD_W_RESET_CARD)) is CardReset


@pytest.mark.fault
def test_a_card_torn_off_while_its_answer_is_on_the_way(counter: Counter, sound: Chip) -> None:
    class Torn(Bent):
        """A card of whose answer only the beginning arrives."""

        def transmit(self, apdu: bytes) -> Answer:
            answer = super().transmit(apdu)
            if len(self.said) < 20:
                return answer
            line = counter.left.line()
            line.sendall(struct.pack(">H", 258) + answer[0][:100])
            raise ConnectionError

    there = counter.put(Torn(sound, lambda *given: given[2]))
    with told_soon(CardRemoved):
        counter.read.by_code_b(there, ADULT.code_b)
    assert_next_card_works(counter, sound)


def test_an_answer_too_short_for_a_status_is_none(counter: Counter, sound: Chip) -> None:
    class OneByte(bytes):
        """Stays one byte whatever status is put behind it."""

        def __add__(self, _: object) -> bytes:
            return bytes(self)

    there = counter.put(Bent(sound, at(20, lambda answer: (OneByte(b"\x90"), answer[1]))))
    with told_soon(CardRemoved):
        counter.read.by_code_b(there, ADULT.code_b)
    assert_next_card_works(counter, sound)


@pytest.mark.parametrize("kind", [ServiceDown, NoReader, ReaderGone, CardMute, CardBusy, CardReset, CardRemoved])
def test_each_of_them_says_something_of_its_own(kind: type[CardError]) -> None:
    messages = load_messages()
    told, general = messages.of(kind()), messages.of(CardError())
    assert (told.title, told.next) != (general.title, general.next)
    assert told.code == kind.code
