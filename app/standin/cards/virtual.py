"""What any card made of software is: the reader gives it power, commands and takes it away."""

from typing import Protocol


class VirtualCard(Protocol):
    """One card, whatever its applications. It may lie on one reader at a time."""

    @property
    def atr(self) -> bytes:
        """Its answer to reset, 1-33 bytes; may differ at each insertion."""
        ...

    def insert(self) -> None:
        """Put on a reader, from a state without power."""
        ...

    def pull(self) -> None:
        """Take off the reader, from any thread, also in the middle of a command."""
        ...

    def power_down(self) -> None:
        """No power: what a code has opened is closed, counters stay."""
        ...

    def reset(self, kind: str = "reset") -> None:
        """Warm reset ("reset") or power-up ("up")."""
        ...

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """Answer one command: data and status word. Errors: ConnectionError when it was taken out."""
        ...
