"""The tests' own reader with a PIN pad keeps to PC/SC part 10: else what is shown on it would show nothing."""

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from smartcard import scard

from app.standin.cards.chip import Chip
from app.standin.cards.files import ATTRIBUTE_AID, PIN
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from tests.support.cards import Counter, MakeCard, key_of
from tests.support.pinpad.pad import PadReaders

pytestmark = pytest.mark.card

FEATURES = 0x4200_0000 + 3400
SELECT = b"\x00\xa4\x04\x0c\x0a" + ATTRIBUTE_AID
EXACT = bytes([0x00, 0x20, 0x00, 0x80 | PIN, 0x04]) + b"\xff" * 4


def structure(template: bytes, *, timeout_s: int = 5, fewest: int = 4, most: int = 4) -> bytes:
    """A request for a PIN in ASCII, at the beginning of the data."""
    extra = fewest << 8 | most
    return struct.pack("<BBBBBHBBHB3xI", timeout_s, 0, 0x82, 0, 0, extra, 2, 1, 0x0411, 0, len(template)) + template


@pytest.fixture
def padded(pin_pad: PadReaders, test_anchors: CardAnchors) -> Iterator[Counter]:
    pin_pad.pad.forget()
    found = Counter(pin_pad.pcscd, test_anchors)
    yield found
    found.close()


@contextmanager
def connected(reader: str) -> Iterator[int]:
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    result, card, _ = scard.SCardConnect(context, reader, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1)
    assert result == 0
    assert scard.SCardTransmit(card, scard.SCARD_PCI_T1, list(SELECT))[1] == [0x90, 0x00]
    try:
        yield card
    finally:
        scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)
        scard.SCardReleaseContext(context)


def control(card: int, asked: bytes) -> tuple[int, str]:
    """Result and answer of the announced feature."""
    result, told = scard.SCardControl(card, FEATURES, [])
    assert result == 0
    tag, size, code = struct.unpack(">BBI", bytes(told))
    assert (tag, size) == (0x06, 4)
    result, answer = scard.SCardControl(card, code, list(asked))
    return result & 0xFFFF_FFFF, bytes(answer).hex()


def verified(chip: Chip) -> list[bytes]:
    return [apdu for apdu in chip.log if apdu[1] == 0x20]


@pytest.mark.parametrize("template", [EXACT, EXACT[:4], EXACT[:4] + b"\x00"])
def test_the_pin_typed_is_put_into_the_command_and_never_comes_back(
    padded: Counter, pin_pad: PadReaders, make: MakeCard, template: bytes
) -> None:
    chip = make("adult")
    pin_pad.pad.types(ADULT.pin)
    with connected(padded.put(chip).reader) as card:
        assert control(card, structure(template)) == (0, "9000")
    assert verified(chip) == [EXACT[:5] + ADULT.pin.encode()]
    (asked,) = pin_pad.pad.asked
    assert (asked.timeout_s, asked.fewest, asked.most, asked.template) == (5, 4, 4, template)


def test_a_wrong_pin_gives_the_cards_own_status(padded: Counter, pin_pad: PadReaders, make: MakeCard) -> None:
    chip = make("adult")
    pin_pad.pad.types("9999")
    with connected(padded.put(chip).reader) as card:
        assert control(card, structure(EXACT)) == (0, "63c2")
    assert key_of(chip, ATTRIBUTE_AID, PIN).left == 2


def test_cancelled_too_slow_and_too_short_are_the_pads_answers_and_spend_no_try(
    padded: Counter, pin_pad: PadReaders, make: MakeCard
) -> None:
    chip = make("adult")
    pin_pad.pad.cancels()
    pin_pad.pad.is_too_slow()
    pin_pad.pad.types("123")
    with connected(padded.put(chip).reader) as card:
        answers = [control(card, structure(EXACT))[1] for _ in range(3)]
        began = time.monotonic()
        answers.append(control(card, structure(EXACT, timeout_s=1))[1])
        assert 0.9 < time.monotonic() - began < 3
        answers.append(control(card, structure(EXACT[:3]))[1])
    assert answers == ["6401", "6400", "6403", "6400", "6b80"]
    assert verified(chip) == []


def test_a_card_taken_while_the_pad_waits_is_noticed(padded: Counter, make: MakeCard, pin_pad: PadReaders) -> None:
    from threading import Timer

    at = padded.put(make("adult"))
    with connected(at.reader) as card:
        hand = Timer(0.2, padded.left.take)
        hand.start()
        result, answer = control(card, structure(EXACT))
        hand.join(5)
    assert (result != 0, answer) == (True, "")


def test_readings_go_through_such_a_reader_as_through_any(padded: Counter, make: MakeCard) -> None:
    assert padded.read.by_code_b(padded.put(make("adult")), ADULT.code_b).four.name == ADULT.name
