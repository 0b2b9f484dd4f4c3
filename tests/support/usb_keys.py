"""A USB port of software: a virtual key speaks its packets over a socket pair, and the library reads them there."""

import contextlib
import socket
from dataclasses import dataclass, field
from threading import Thread

from fido2.hid.base import CtapHidConnection, HidDescriptor

from app.standin.authenticator.hid import PACKET, HidKey


class SocketLine(CtapHidConnection):
    """One end of the pair in the shape that the library asks for."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def read_packet(self) -> bytes:
        return self._line.recv(PACKET)

    def write_packet(self, data: bytes) -> None:
        self._line.send(data)

    def close(self) -> None:
        self._line.close()


@dataclass
class SoftPorts:
    """See ``Ports``: keys by their path; ``locked``: the system lets nobody open them."""

    keys: dict[str, HidKey] = field(default_factory=dict)
    locked: bool = False
    lines: list[socket.socket] = field(default_factory=list)

    def plugged(self) -> tuple[HidDescriptor, ...]:
        return tuple(HidDescriptor(path, 0xF1D0, 1, PACKET, PACKET, "key", None) for path in self.keys)

    def open(self, key: HidDescriptor) -> CtapHidConnection:
        if self.locked:
            raise PermissionError
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.lines.append(there)
        Thread(target=self.keys[str(key.path)].serve, args=(there,), daemon=True).start()
        return SocketLine(here)

    def pull(self) -> None:
        """Torn out: the key is gone and its lines are dead."""
        self.keys.clear()
        for line in self.lines:
            with contextlib.suppress(OSError):  # closed long ago
                line.shutdown(socket.SHUT_RDWR)
