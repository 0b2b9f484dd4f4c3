"""A card goes before or within any command of any flow: always "removed", nothing handed out, the next card works."""

from collections.abc import Iterator

import pytest

from app.card.given import GivenReaders
from app.domain.clock import SystemClock, SystemRandom
from app.errors import CardRemoved
from app.standin.cards.virtual import VirtualCard
from tests.support.bent import Answer
from tests.support.cards import MakeCard
from tests.support.flows import FLOWS, Anchors, Uses, new_card

READER = "reader"


class Torn:
    """``chip`` until so many commands were answered; then it is taken off, before the next or within it."""

    def __init__(self, chip: VirtualCard, after: int, *, within: bool) -> None:
        self.chip = chip
        self.said: list[bytes] = []
        self.is_dark = True
        self._after, self._within = after, within

    @property
    def atr(self) -> bytes:
        return self.chip.atr

    def insert(self) -> None:
        self.chip.insert()

    def pull(self) -> None:
        self.chip.pull()

    def power_down(self) -> None:
        self.is_dark = True
        self.chip.power_down()

    def reset(self, kind: str = "reset") -> None:
        self.chip.reset(kind)

    def transmit(self, apdu: bytes) -> Answer:
        self.is_dark = False
        self.said.append(apdu)
        gone = len(self.said) > self._after
        if gone and not self._within:
            raise ConnectionError
        answer = self.chip.transmit(apdu)
        if gone:
            raise ConnectionError
        return answer

    def codes(self) -> list[bytes]:
        return [apdu for apdu in self.said if apdu[1] == 0x20 and len(apdu) > 5]


@pytest.fixture(scope="module")
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER,), SystemClock())
    yield found
    found.close()


@pytest.fixture(scope="module")
def uses(readers: GivenReaders) -> Uses:
    return Uses(readers, Anchors.load(), SystemClock(), SystemRandom())


@pytest.mark.fault
@pytest.mark.parametrize("within", [False, True], ids=["before", "within"])
@pytest.mark.parametrize("name", FLOWS)
def test_a_card_gone_at_any_command_is_removed_and_the_next_works(
    name: str, readers: GivenReaders, uses: Uses, holder_card: MakeCard, *, within: bool
) -> None:
    flow = FLOWS[name]
    sound = Torn(new_card(flow.profile, holder_card), 10_000, within=False)
    flow.act(uses, readers.put(READER, sound))
    commands = len(sound.said)
    assert commands > 5
    for after in range(commands):
        frail = Torn(new_card(flow.profile, holder_card), after, within=within)
        with pytest.raises(CardRemoved) as lost:
            flow.act(uses, readers.put(READER, frail))
        assert len(frail.said) == after + 1
        assert frail.is_dark
        assert len(frail.codes()) == len(set(frail.codes()))
        assert (lost.value.data == {"during": "verify"}) == (frail.said[-1:] == frail.codes()[-1:])
    again = Torn(new_card(flow.profile, holder_card), 10_000, within=False)
    assert flow.act(uses, readers.put(READER, again)) is not None
    assert len(again.said) == commands
