"""A security key at a USB port: the same authenticator behind CTAPHID packets, with a button to touch.

Source: CTAP 2.1 section 11.2 (channels, packets, commands, errors; touch times out after 30 s), published.
"""

import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import cbor2

from app.standin.authenticator.ctap import Authenticator

PACKET = 64
_INIT, _PING, _CBOR, _CANCEL, _ERROR, _KEEPALIVE, _WINK, _MSG = 0x86, 0x81, 0x90, 0x91, 0xBF, 0xBB, 0x88, 0x83
_BROADCAST = 0xFFFFFFFF
_FIRST, _NEXT = PACKET - 7, PACKET - 5
_MOST = _FIRST + 128 * _NEXT
_WRONG_COMMAND, _WRONG_LENGTH, _WRONG_ORDER, _BUSY, _WRONG_CHANNEL = 0x01, 0x03, 0x04, 0x06, 0x0B
_CANCELLED, _TIMED_OUT = b"\x2d", b"\x2f"
_UP_NEEDED = 2
_CAN = 0x01 | 0x04 | 0x08
"""Wink and CBOR, no U2F messages."""
_TICK_S, _PATIENCE_TICKS = 0.1, 300
_ASKS_TOUCH = {0x01: 7, 0x02: 5}
"""makeCredential and getAssertion, with the place of their options."""


@dataclass(slots=True)
class _Request:
    """A message on its way in. ``length`` bytes will have come when it is whole."""

    channel: int
    command: int
    length: int
    data: bytes
    place: int = 0


@dataclass(slots=True)
class HidKey:
    """One key. ``touched``: whether a finger is on it now. ``log``: the commands it was sent, by number.

    ``ticks``: how many tenths of a second it waits for the finger.
    """

    authenticator: Authenticator
    touched: Callable[[], bool]
    ticks: int = _PATIENCE_TICKS
    log: list[int] = field(default_factory=list)
    _channels: int = 0
    _request: _Request | None = None

    def serve(self, line: socket.socket) -> None:
        """Answer what comes over ``line``, one packet a message, until it is closed at the other end."""
        self.authenticator.power_up()
        with line:
            while packet := _received(line, None):
                for answer in self.answers(packet, line):
                    try:
                        line.send(answer)
                    except OSError:
                        return

    def answers(self, packet: bytes, line: socket.socket) -> Iterator[bytes]:
        """What one packet brings about. ``line``: where a cancel may come from while it waits for the finger."""
        channel, head = struct.unpack_from(">IB", packet)
        if head & 0x80:
            (length,) = struct.unpack_from(">H", packet, 5)
            yield from self._begun(_Request(channel, head, length, packet[7:]), line)
        else:
            yield from self._continued(channel, head, packet[5:], line)

    def _begun(self, asked: _Request, line: socket.socket) -> Iterator[bytes]:
        waiting = self._request
        if asked.command == _INIT:
            self._request = None if waiting is not None and waiting.channel == asked.channel else waiting
            yield from self._channel_given(asked)
        elif asked.channel in {0, _BROADCAST} or asked.channel > self._channels:
            yield _error(asked.channel, _WRONG_CHANNEL)
        elif asked.command == _CANCEL:
            return
        elif waiting is not None:
            yield _error(asked.channel, _BUSY if waiting.channel != asked.channel else _WRONG_ORDER)
        elif asked.length > _MOST:
            yield _error(asked.channel, _WRONG_LENGTH)
        else:
            self._request = asked
            yield from self._done(line)

    def _continued(self, channel: int, place: int, data: bytes, line: socket.socket) -> Iterator[bytes]:
        waiting = self._request
        if waiting is None or waiting.channel != channel:
            return
        if place != waiting.place:
            self._request = None
            yield _error(channel, _WRONG_ORDER)
            return
        waiting.data += data
        waiting.place += 1
        yield from self._done(line)

    def _done(self, line: socket.socket) -> Iterator[bytes]:
        """Nothing while parts are missing."""
        asked = self._request
        if asked is None or len(asked.data) < asked.length:
            return
        self._request = None
        data = asked.data[: asked.length]
        self.log.append(asked.command)
        if asked.command == _PING:
            yield from packets(asked.channel, _PING, data)
        elif asked.command == _WINK:
            yield from packets(asked.channel, _WINK, b"")
        elif asked.command == _CBOR:
            yield from self._touched_for(asked.channel, data, line)
        else:
            yield _error(asked.channel, _WRONG_COMMAND)

    def _touched_for(self, channel: int, message: bytes, line: socket.socket) -> Iterator[bytes]:
        for _ in range(self.ticks):
            if not _asks_touch(message) or self.touched():
                yield from packets(channel, _CBOR, self.authenticator.answer(message))
                return
            yield from packets(channel, _KEEPALIVE, bytes([_UP_NEEDED]))
            came = _received(line, _TICK_S)
            if came is not None and came[:5] == struct.pack(">IB", channel, _CANCEL):
                yield from packets(channel, _CBOR, _CANCELLED)
                return
        yield from packets(channel, _CBOR, _TIMED_OUT)

    def _channel_given(self, asked: _Request) -> Iterator[bytes]:
        if asked.length != 8:  # noqa: PLR2004 -- the nonce, as the standard has it
            yield _error(asked.channel, _WRONG_LENGTH)
            return
        given = asked.channel
        if asked.channel == _BROADCAST:
            self._channels += 1
            given = self._channels
        yield from packets(asked.channel, _INIT, asked.data[:8] + struct.pack(">IBBBBB", given, 2, 1, 0, 0, _CAN))


def packets(channel: int, command: int, data: bytes) -> Iterator[bytes]:
    """A message as it travels."""
    yield (struct.pack(">IBH", channel, command, len(data)) + data[:_FIRST]).ljust(PACKET, b"\0")
    for place, at in enumerate(range(_FIRST, len(data), _NEXT)):
        yield (struct.pack(">IB", channel, place) + data[at : at + _NEXT]).ljust(PACKET, b"\0")


def _error(channel: int, code: int) -> bytes:
    return next(packets(channel, _ERROR, bytes([code])))


def _asks_touch(message: bytes) -> bool:
    place = _ASKS_TOUCH.get(message[0]) if message else None
    if place is None:
        return False
    try:
        options = cbor2.loads(message[1:]).get(place) or {}
        return bool(options.get("up", True))
    except (cbor2.CBORDecodeError, AttributeError, ValueError):
        return False


def _received(line: socket.socket, timeout_s: float | None) -> bytes | None:
    """The next packet; None when the time is up, b"" when the other end has closed."""
    line.settimeout(timeout_s)
    try:
        return line.recv(PACKET + 1)[-PACKET:]
    except TimeoutError:
        return None
    except OSError:
        return b""
