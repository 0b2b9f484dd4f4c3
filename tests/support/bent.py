"""A card whose answers are changed on their way to the reader: what a broken, strange or hostile card would say."""

from collections.abc import Callable

from app.standin.cards.virtual import VirtualCard

Answer = tuple[bytes, int]
Change = Callable[[Answer], Answer]
Bend = Callable[[int, bytes, Answer], Answer]
"""Number of the command since insertion (from 0), the command, and its true answer: what the reader gets instead."""

OK = 0x9000


class Bent:
    """``chip``, answering through ``bend``. ``said``: the commands since insertion."""

    def __init__(self, chip: VirtualCard, bend: Bend) -> None:
        self.chip = chip
        self.said: list[bytes] = []
        self._bend = bend

    @property
    def atr(self) -> bytes:
        return self.chip.atr

    def insert(self) -> None:
        self.said = []
        self.chip.insert()

    def pull(self) -> None:
        self.chip.pull()

    def power_down(self) -> None:
        self.chip.power_down()

    def reset(self, kind: str = "reset") -> None:
        self.chip.reset(kind)

    def transmit(self, apdu: bytes) -> Answer:
        self.said.append(apdu)
        return self._bend(len(self.said) - 1, apdu, self.chip.transmit(apdu))


def at(number: int, change: Change) -> Bend:
    """Change the answer to one command, by its number since insertion."""
    return lambda index, _, answer: change(answer) if index == number else answer


def reading(number: int, change: Change, *, time: int = 1) -> Bend:
    """Change the head of file ``number``, the ``time``-th time its beginning is read."""
    seen = 0

    def bend(_: int, apdu: bytes, answer: Answer) -> Answer:
        nonlocal seen
        if apdu[:4] != bytes([0x00, 0xB0, 0x80 | number, 0x00]):
            return answer
        seen += 1
        return change(answer) if seen == time else answer

    return bend


def status(word: int) -> Change:
    """No data and this status word."""
    return lambda _: (b"", word)


def replaced(old: bytes, new: bytes) -> Change:
    """``new`` for the first ``old`` in the data, which must be there."""

    def change(answer: Answer) -> Answer:
        assert old in answer[0], old.hex()
        return answer[0].replace(old, new, 1), answer[1]

    return change


def cut(size: int) -> Change:
    """Only so many bytes, and 9000 all the same."""
    return lambda answer: (answer[0][:size], answer[1])
