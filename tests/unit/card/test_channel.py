"""Commands and their after-play: what a card may make us say again, and what it never may."""

from collections.abc import Callable

import pytest

from app.card.application import SelectedApplication
from app.card.channel import Channel
from app.domain.clock import SystemClock
from app.domain.secret import Secret
from app.errors import (
    BadCardData,
    CardBusy,
    CardError,
    CardRefused,
    CardRemoved,
    CardSilent,
    NoReader,
    ServiceDown,
)
from app.services.card_port import UNWATCHED, Key

Answers = Callable[[bytes], tuple[bytes, int]]
READ = bytes.fromhex("00B0840000")


class Spoken:
    """A card that answers by rule; ``heard`` is what it was told."""

    def __init__(self, answers: Answers) -> None:
        self.heard: list[bytes] = []
        self._answers = answers

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        self.heard.append(apdu)
        return self._answers(apdu)


def channel(card: Spoken) -> Channel:
    return Channel(card, UNWATCHED, clock=SystemClock(), beat=lambda: None)


def application(card: Spoken) -> SelectedApplication:
    return SelectedApplication(channel(card), {Key.ATTRIBUTES_PIN: 0x11})


def test_bytes_that_wait_are_fetched() -> None:
    parts = {READ: (b"a" * 40, 0x6128), bytes.fromhex("00C0000028"): (b"b" * 40, 0x6105)}
    card = Spoken(lambda apdu: parts.get(apdu, (b"c" * 5, 0x9000)))
    assert channel(card).send(READ) == (b"a" * 40 + b"b" * 40 + b"c" * 5, 0x9000)
    assert card.heard[-1] == bytes.fromhex("00C0000005")


@pytest.mark.parametrize("given", [0, 1, 31, 256])
def test_a_card_with_always_more_to_come_is_ended(given: int) -> None:
    card = Spoken(lambda _: (bytes(given), 0x6100))
    with pytest.raises(BadCardData):
        channel(card).send(READ)
    assert len(card.heard) < 300


@pytest.mark.parametrize("apdu", [READ, bytes.fromhex("802A0000020A0B00")])
def test_a_corrected_length_is_obeyed(apdu: bytes) -> None:
    card = Spoken(lambda said: (b"abc", 0x9000) if said[-1] == 3 else (b"", 0x6C03))
    assert channel(card).send(apdu) == (b"abc", 0x9000)
    assert card.heard == [apdu, apdu[:-1] + b"\x03"]


def test_a_correction_of_a_command_without_length_is_not_obeyed_and_no_code_is_sent_twice() -> None:
    card = Spoken(lambda _: (b"", 0x6C31))
    with pytest.raises(CardRefused):
        application(card).tries(Key.ATTRIBUTES_PIN)
    with pytest.raises(CardRefused):
        application(card).verify(Key.ATTRIBUTES_PIN, Secret(b"1234"))
    assert card.heard == [bytes.fromhex("00200091"), bytes.fromhex("0020009104") + b"1234"]


@pytest.mark.parametrize("lost", [CardRemoved, CardSilent, CardBusy, NoReader, ServiceDown])
def test_whatever_loses_the_answer_to_a_code_the_try_counts_as_spent(lost: type[CardError]) -> None:
    def loses(_: bytes) -> tuple[bytes, int]:
        raise lost

    card = Spoken(loses)
    with pytest.raises(lost) as told:
        application(card).verify(Key.ATTRIBUTES_PIN, Secret(b"1234"))
    assert told.value.data == {"during": "verify"}
    assert len(card.heard) == 1


@pytest.mark.parametrize("step", [0, 1, 31])
def test_a_file_that_comes_in_drops_is_no_file(step: int) -> None:
    card = Spoken(lambda apdu: (b"\x30\x82\x40\x00", 0x9000) if apdu[2] & 0x80 else (bytes(step), 0x9000))
    with pytest.raises(BadCardData):
        application(card).read(4)
    assert len(card.heard) == 2
