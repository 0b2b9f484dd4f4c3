"""A chip that is no My Number card: power, resets and faults; what it answers is its kind's own matter."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from app.standin.cards.answer_to_reset import contactless
from app.standin.cards.command import Command, CommandFault
from app.standin.cards.faults import Faults
from app.standin.cards.status import OK, UNEXPLAINED

ATR = contactless(bytes.fromhex("4B51FF00"))
"""As a reader makes it up for a Type B card (PC/SC part 3); never used to tell what card it is."""


@dataclass(slots=True, kw_only=True)
class PlainChip(ABC):
    """One card. Errors of ``transmit``: ConnectionError when it was taken out, before or within the command."""

    atr: bytes = ATR
    faults: Faults = field(default_factory=Faults)
    log: list[bytes] = field(default_factory=list)
    power: list[str] = field(default_factory=list, init=False)
    pulled: bool = field(default=False, init=False)
    _answered: int = field(default=0, init=False)
    _fresh: bool = field(default=True, init=False)

    @abstractmethod
    def forget(self, *, codes: bool) -> None:
        """Nothing is selected any more; with ``codes`` nothing is open either. Counters stay."""

    @abstractmethod
    def answer(self, command: Command) -> bytes:
        """The data of the answer. Errors: CommandFault with the status word."""

    def insert(self) -> None:
        """Put on a reader: without power before, so without memory of what was opened."""
        self.pulled = False
        self._answered = 0
        self.power_down()

    def pull(self) -> None:
        """Take off the reader, also in the middle of a command."""
        self.pulled = True

    def power_down(self) -> None:
        """No power."""
        self.power.append("down")
        self._fresh = True
        self.forget(codes=True)

    def reset(self, kind: str = "reset") -> None:
        """Warm reset or power-up."""
        self.power.append(kind)
        if not self.faults.survives_reset:
            self._fresh = True
            self.forget(codes=not self.faults.keeps_state)

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """Answer one command: data and status word."""
        self.log.append(apdu)
        self._suffer()
        try:
            answer = self._first_answer(Command.parse(apdu)), OK
        except CommandFault as fault:
            answer = b"", fault.status
        answer = self.faults.distort(self._answered, answer)
        self._answered += 1
        return answer

    def _first_answer(self, command: Command) -> bytes:
        first, self._fresh = self._fresh, False
        if first and self.faults.first_command_fails:
            raise CommandFault(UNEXPLAINED)
        return self.answer(command)

    def _suffer(self) -> None:
        if self._answered == self.faults.pull_after:
            self.pulled = True
        if self._answered == self.faults.reset_after:
            self.reset()
        self.faults.wait(self._answered, lambda: self.pulled)
        if self.pulled:
            raise ConnectionError
