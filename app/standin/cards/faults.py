"""What goes wrong with a card on purpose, for training and tests."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from time import sleep

Answer = tuple[bytes, int]
_STEP_S = 0.005


@dataclass(slots=True)
class Faults:
    """What happens to the card from outside, and odd habits seen on some cards.

    Counts are of commands answered since insertion. ``pull_after``: taken out when that many were answered and the next
    arrives; ``hang_after``: the next is not answered until the card is taken out; ``reset_after``: another program
    resets the card just before the next. ``first_command_fails``: 6F00 after power-up (card.md 4.6, one source);
    ``latency_s``: before every answer; ``answers``: by count, what is answered instead of the truth (``wrong_bit``,
    ``short``, ``refused``). ``keeps_state``: only power-down closes what a code opened, no reset or SELECT (the worse
    of two reports); ``survives_reset``: a warm reset changes nothing, as without contacts (card.md 1.3, one source).
    """

    pull_after: int | None = None
    hang_after: int | None = None
    reset_after: int | None = None
    first_command_fails: bool = False
    keeps_state: bool = False
    survives_reset: bool = False
    latency_s: float = 0.0
    answers: dict[int, Callable[[Answer], Answer]] | None = None

    def wait(self, answered: int, is_gone: Callable[[], bool]) -> None:
        """The slowness, or the silence if this is the command to hang at; ends when it is taken out."""
        left = inf if answered == self.hang_after else self.latency_s
        while left > 0 and not is_gone():
            sleep(min(left, _STEP_S))
            left -= _STEP_S

    def distort(self, answered: int, answer: Answer) -> Answer:
        """The answer as the reader gets it."""
        distortion = (self.answers or {}).get(answered)
        return answer if distortion is None else distortion(answer)


def wrong_bit(answer: Answer) -> Answer:
    """One bit in the middle of the data is another; without data the status word says something else."""
    data, status = answer
    middle = len(data) // 2
    if not data:
        return data, status ^ 0x0001
    return data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :], status


def short(answer: Answer) -> Answer:
    """Half of the data, and 9000 all the same."""
    data, status = answer
    return data[: len(data) // 2], status


def refused(status: int) -> Callable[[Answer], Answer]:
    """No data and this status word."""
    return lambda _: (b"", status)
