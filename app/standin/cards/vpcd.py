"""A card behind vpcd, the virtual reader of pcscd: connecting puts it on the reader, closing takes it off.

Protocol (card.md 7.1, published and measured): frames of u16 big-endian length and body; bodies of one byte are power
off 0, power on 1, reset 2, ask ATR 4; anything longer is a command. Only vpcd starts; an empty answer would hang it.
"""

import socket
import struct
from contextlib import suppress

from app.standin.cards.virtual import VirtualCard

_QUICK_ACK = getattr(socket, "TCP_QUICKACK", None)


class VpcdSlot:
    """A slot of a virtual reader, on which one card lies while ``serve`` runs."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._address = (host, port)
        self._line: socket.socket | None = None
        self._chip: VirtualCard | None = None

    def serve(self, chip: VirtualCard) -> None:
        """Put the card on the reader and answer until it is off (by ``remove``, a fault, or the reader's end). Blocks.

        Errors: OSError if no virtual reader listens.
        """
        self.insert(chip)
        self.answer()

    def insert(self, chip: VirtualCard) -> None:
        """Connect; then call ``answer``."""
        line = socket.create_connection(self._address)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chip.insert()
        self._line, self._chip = line, chip

    def answer(self) -> None:
        """Answer until the card is off the reader."""
        line, chip = self._line, self._chip
        if line is None or chip is None:
            return
        with suppress(ConnectionError), line:
            while (body := _receive(line)) is not None:
                if (answer := _answer(chip, body)) is not None:
                    line.sendall(struct.pack(">H", len(answer)) + answer)
        chip.pull()

    def remove(self) -> None:
        """Take the card off, from any thread, also while a command runs."""
        if self._chip is not None:
            self._chip.pull()
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def _answer(chip: VirtualCard, body: bytes) -> bytes | None:
    match body:
        case b"\x00":
            chip.power_down()
        case b"\x01":
            chip.reset("up")
        case b"\x02":
            chip.reset()
        case b"\x04":
            return chip.atr
        case _:
            data, status = chip.transmit(body)
            return data + status.to_bytes(2, "big")
    return None


def _receive(line: socket.socket) -> bytes | None:
    head = _exactly(line, 2)
    return None if head is None else _exactly(line, int.from_bytes(head, "big"))


def _exactly(line: socket.socket, size: int) -> bytes | None:
    """``size`` bytes, None at the end.

    vpcd writes length and body apart: without an acknowledgement at once Nagle's rule costs 44 ms a command (measured).
    """
    got = b""
    while len(got) < size:
        if _QUICK_ACK is not None:
            line.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)
        more = line.recv(size - len(got))
        if not more:
            return None
        got += more
    return got
