"""Virtual cards, and virtual readers to lay them on."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock, SystemRandom
from app.services.card_port import Insertion
from app.services.read_card import ReadCard
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.chip import Chip, KeyFile
from app.standin.cards.drawing import Drawing
from app.standin.cards.profiles import make_card
from app.standin.cards.virtual import VirtualCard
from app.standin.cards.vpcd import VpcdSlot
from app.trust.card_proof import CardAnchors, load_anchors
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for

RESOURCES = Path(__file__).parents[2] / "resources"

MakeCard = Callable[[str], Chip]


class VirtualReader:
    """One virtual reader of pcscd; ``put`` and ``take`` are what a hand does."""

    def __init__(self, port: int, name: str) -> None:
        self.name = name
        self._port = port
        self._slot: VpcdSlot | None = None
        self._thread: threading.Thread | None = None

    def put(self, chip: VirtualCard) -> None:
        self.take()
        slot = VpcdSlot(self._port)
        slot.insert(chip)
        self._slot, self._thread = slot, threading.Thread(target=slot.answer, name="virtual-card", daemon=True)
        self._thread.start()

    def line(self) -> socket.socket:
        """The line between pcscd and the card that lies here."""
        assert self._slot is not None
        assert self._slot._line is not None
        return self._slot._line

    def take(self) -> None:
        if self._slot is not None and self._thread is not None:
            self._slot.remove()
            self._thread.join(10)
            assert not self._thread.is_alive()
        self._slot = self._thread = None


class Counter:
    """Readers with the program that uses them: what a clerk's PC is to these tests."""

    def __init__(self, pcscd: Pcscd, anchors: CardAnchors, *, silence_s: float = 5.0) -> None:
        self.pcscd = pcscd
        self.slots = [VirtualReader(port, name) for name, port in pcscd.ports.items()]
        self.left, self.right = self.slots[:2]
        self.readers = PcscReaders(SystemClock(), silence_s=silence_s)
        self.read = ReadCard(self.readers, anchors, clock=SystemClock(), random=SystemRandom())
        wait_for(lambda: len(self.readers.seen().readers) == len(self.slots), "all readers")

    def put(self, chip: Chip, slot: VirtualReader | None = None) -> Insertion:
        """Lay the card on a reader (the left one), instead of what lies there; the program has seen it then."""
        slot = slot or self.left
        self.take(slot)
        slot.put(chip)
        return self.awaited(slot)

    def awaited(self, slot: VirtualReader) -> Insertion:
        """The card on this reader, once the program has seen it."""
        wait_for(lambda: self.seen_on(slot.name), "the card to be seen")
        at = self.seen_on(slot.name)
        assert at is not None
        return at

    def take(self, slot: VirtualReader | None = None) -> None:
        """Take the card off and wait until that is seen: pcscd looks every 0.4 s and misses a quick swap."""
        slot = slot or self.left
        slot.take()
        wait_for(lambda: self.seen_on(slot.name) is None, "the card to be gone")

    def seen_on(self, name: str) -> Insertion | None:
        return next((each.insertion for each in self.readers.seen().readers if each.name == name), None)

    def close(self) -> None:
        for slot in self.slots:
            slot.take()
        wait_for(lambda: not self.readers.seen().cards, "all cards to be gone")
        self.readers.close()


def key_of(chip: Chip, aid: bytes, number: int) -> KeyFile:
    """A code's file, for looking at its counter."""
    key = chip.application(aid).files[number]
    assert isinstance(key, KeyFile)
    return key


@pytest.fixture(scope="session")
def authority() -> TrainingAuthority:
    return TrainingAuthority.load(RESOURCES / "training" / "card")


@pytest.fixture(scope="session")
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture(scope="session")
def test_anchors() -> CardAnchors:
    return load_anchors(RESOURCES / "anchors", production=False)


@pytest.fixture(scope="session")
def make(authority: TrainingAuthority, drawing: Drawing) -> MakeCard:
    """A new card by profile."""
    return lambda profile: make_card(profile, authority, drawing)


@pytest.fixture
def counter(pcscd: Pcscd, test_anchors: CardAnchors) -> Iterator[Counter]:
    """A counter with two virtual readers, both empty."""
    found = Counter(pcscd, test_anchors)
    yield found
    found.close()
