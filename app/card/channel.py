"""Commands to the card and their answers: counted, timed, cancellable between two, never logged with their content."""

import logging
from collections.abc import Callable
from typing import Protocol

from app.card.reach import Reach
from app.domain.clock import Clock
from app.errors import BadCardData, CardCancelled, CardRefused, PadFailed
from app.services.card_port import Progress, Stage, Traffic, Watch

log = logging.getLogger(__name__)

OK = 0x9000
_END_OF_FILE = 0x6282
_HEAD = 4
_MORE_WAITS, _OTHER_LENGTH, _UNSURE_START = 0x61, 0x6C, 0x6F00
LEAST_STEP, _MOST_BYTES = 32, 0x1_0000
"""Bytes: a card that gives less at a time, or more to one command, would keep us waiting for ever (assumed)."""
_INS = {0xA4: "select", 0xB0: "read", 0x20: "verify", 0x2A: "sign", 0xC0: "more"}


class Line(Protocol):
    """The wire to one card. Errors: CardRemoved and other CardErrors of the reader."""

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """One command: data and status word. Blocks as long as the card does."""
        ...


class Pad(Protocol):
    """The reader's own PIN pad."""

    def verify(self, head: bytes, digits: int) -> int:
        """Have digits typed into the command that begins so. Errors: PinNotTyped, PadFailed, CardErrors."""
        ...


class Channel:
    """One use of a card, on its reader's thread. ``beat`` tells the watch-dog we live; it raises when given up.

    ``pad``: the reader's own PIN pad, None without one. ``reach``: how much it passes on at once, None: short answers.
    """

    def __init__(
        self,
        line: Line,
        watch: Watch,
        *,
        clock: Clock,
        beat: Callable[[], None],
        pad: Pad | None = None,
        reach: Reach | None = None,
    ) -> None:
        self._line = line
        self._watch = watch
        self._clock = clock
        self._beat = beat
        self._pad = pad
        self.reach = reach or Reach(worth_trying=False)
        self._stage = Stage.CONNECTING
        self._commands = self._sent = self._received = 0
        self._signing_s = 0.0

    @property
    def traffic(self) -> Traffic:
        """What went over the line so far."""
        return Traffic(self._commands, self._sent, self._received, self._signing_s)

    def say(self, progress: Progress) -> None:
        """Tell the asker; what is read from now on belongs to this stage."""
        self._stage = progress.stage
        self._watch.progress(progress)

    def read_so_far(self, read: int, total: int) -> None:
        """Tell the asker how much of a file is read."""
        self._watch.progress(Progress(self._stage, read, total))

    def send(self, apdu: bytes) -> tuple[bytes, int]:
        """One command with its after-play: waiting bytes are fetched, a corrected length is obeyed.

        A card was seen that answers 6F00 to its very first command (card.md 4.6): then it is said once more.
        """
        data, status = self._exchange(apdu)
        if status == _UNSURE_START and self._commands == 1:
            data, status = self._exchange(apdu)
        if status >> 8 == _OTHER_LENGTH and _wants_data(apdu):
            data, status = self._exchange(apdu[:-1] + bytes([status & 0xFF]))
        while status >> 8 == _MORE_WAITS:
            more, status = self._exchange(bytes([0x00, 0xC0, 0x00, 0x00, status & 0xFF]))
            data += more
            if status >> 8 == _MORE_WAITS and (len(more) < LEAST_STEP or len(data) > _MOST_BYTES):
                raise BadCardData(what="length")
        return data, status

    def verify_on_pad(self, head: bytes, digits: int) -> int:
        """A VERIFY whose digits are typed on the reader's pad: its status word. Errors: PinNotTyped, PadFailed."""
        if self._pad is None:
            raise PadFailed
        if self._watch.cancelled():
            raise CardCancelled
        self._beat()
        self._commands += 1
        try:
            return self._pad.verify(head, digits)
        finally:
            self._beat()

    def fetch(self, apdu: bytes) -> bytes:
        """The data of a command that must succeed. Errors: CardRefused."""
        data, status = self.send(apdu)
        if status not in {OK, _END_OF_FILE}:
            raise CardRefused(status=f"{status:04X}")
        return data

    def fetch_signature(self, apdu: bytes) -> bytes:
        """As ``fetch``; the time waited counts as the card's signing."""
        began = self._clock.monotonic()
        try:
            return self.fetch(apdu)
        finally:
            self._signing_s += self._clock.monotonic() - began

    def _exchange(self, apdu: bytes) -> tuple[bytes, int]:
        if self._watch.cancelled():
            raise CardCancelled
        self._beat()
        began = self._clock.monotonic()
        self._commands += 1
        self._sent += len(apdu)
        data, status = self._line.transmit(apdu)
        self._beat()
        self._received += len(data) + 2
        taken_ms = round((self._clock.monotonic() - began) * 1000, 1)
        name = _INS.get(apdu[1], "other")
        log.debug(
            "exchange", extra={"ins": name, "out": len(apdu), "in": len(data), "sw": f"{status:04X}", "ms": taken_ms}
        )
        return data, status


def _wants_data(apdu: bytes) -> bool:
    """Whether a short command ends with the length it wants; the last byte of any other is part of what it says."""
    return len(apdu) == _HEAD + 1 or (len(apdu) > _HEAD + 1 and len(apdu) == _HEAD + apdu[_HEAD] + 2)
