"""A hub between programs and pcscd that unplugs and plugs readers while the service runs, as a USB hub would.

Between libpcsclite and its daemon, protocol 4.4 (winscard_msg.h of pcsc-lite 1.9.9, published): requests have a head of
size and command; the list of readers is sixteen records of 184 bytes; who waits for a change gets eight bytes.
"""

import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path

_HEAD = struct.Struct("=II")
_RECORD, _RECORDS, _NAME = 184, 16, 128
_LIST, _WAIT, _STOP = 0x12, 0x13, 0x14
_EVENT = bytes(8)
"""A change has come: no timeout, success."""


class ReaderHub:
    """Listens at ``door`` and speaks to the daemon at ``behind``. ``unplug`` and ``plug`` name one reader."""

    def __init__(self, door: Path, behind: Path) -> None:
        self._behind = behind
        self._gone: frozenset[str] = frozenset()
        self._lines: list[_Line] = []
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(door))
        self._listening.listen(16)
        self._thread = threading.Thread(target=self._accept, name="reader-hub", daemon=True)
        self._thread.start()

    def unplug(self, name: str) -> None:
        self._change(self._gone | {name})

    def plug(self, name: str) -> None:
        self._change(self._gone - {name})

    def close(self) -> None:
        """Let nobody in any more, and end what is open."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # wakes who accepts; closing alone does not
        self._thread.join(5)
        self._listening.close()
        for line in self._lines:
            line.close()

    def listed(self, raw: bytes) -> bytes:
        """The list without what is unplugged; empty records stand at the end."""
        records = [raw[at : at + _RECORD] for at in range(0, len(raw), _RECORD)]
        kept = [one for one in records if one[0] and _name(one) not in self._gone]
        return b"".join(kept).ljust(_RECORD * _RECORDS, b"\x00")

    def _change(self, gone: frozenset[str]) -> None:
        self._gone = gone
        for line in tuple(self._lines):
            line.wake()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                daemon = socket.socket(socket.AF_UNIX)
                daemon.connect(str(self._behind))
                line = _Line(self, client, daemon)
                self._lines.append(line)
                line.start()


class _Line:
    """One program's connection: a thread each way."""

    def __init__(self, hub: ReaderHub, client: socket.socket, daemon: socket.socket) -> None:
        self._hub, self._client, self._daemon = hub, client, daemon
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._lists = 0
        self._is_waiting = self._swallows = False

    def start(self) -> None:
        self._threads = [
            threading.Thread(target=work, name="reader-hub-line", daemon=True) for work in (self._up, self._down)
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        self._end()
        for thread in self._threads:
            thread.join(5)
        self._client.close()
        self._daemon.close()

    def wake(self) -> None:
        """Tell a program that waits; the daemon forgets that it waited, and its answer to that is not handed on."""
        with self._lock:
            if not self._is_waiting:
                return
            self._is_waiting, self._swallows = False, True
            self._daemon.sendall(_HEAD.pack(0, _STOP))
            self._client.sendall(_EVENT)

    def _up(self) -> None:
        with suppress(OSError):
            while (head := _exactly(self._client, _HEAD.size)) is not None:
                size, command = _HEAD.unpack(head)
                body = _exactly(self._client, size) if size else b""
                with self._lock:
                    if command in {_LIST, _WAIT}:
                        self._lists += 1
                    if command == _WAIT:
                        self._is_waiting = True
                    elif command == _STOP:
                        self._is_waiting = False
                    self._daemon.sendall(head + (body or b""))
        self._end()

    def _down(self) -> None:
        with suppress(OSError):
            while (first := self._daemon.recv(1)) != b"":
                self._hand_on(first)
        self._end()

    def _hand_on(self, first: bytes) -> None:
        if self._swallows:
            _exactly(self._daemon, len(_EVENT) - 1)
            self._swallows = False
        elif self._lists:
            rest = _exactly(self._daemon, _RECORD * _RECORDS - 1)
            self._lists -= 1
            self._client.sendall(self._hub.listed(first + (rest or b"")))
        else:
            more = self._daemon.recv(65536, socket.MSG_DONTWAIT) if _has_more(self._daemon) else b""
            with self._lock:
                self._is_waiting = False
                self._client.sendall(first + more)

    def _end(self) -> None:
        for one in (self._client, self._daemon):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def _has_more(line: socket.socket) -> bool:
    with suppress(BlockingIOError):
        return bool(line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    return False


def _name(record: bytes) -> str:
    return record[:_NAME].split(b"\x00", 1)[0].decode()


def _exactly(line: socket.socket, size: int) -> bytes | None:
    got = b""
    while len(got) < size:
        more = line.recv(size - len(got))
        if not more:
            return None
        got += more
    return got
