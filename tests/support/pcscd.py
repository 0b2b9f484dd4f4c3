"""A private pcscd with virtual readers: its own process, socket and ports, never the system's daemon."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.process import program, wait_for

DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
SLOTS = 2
"""Compiled into vpcd: two readers on two ports in a row; a second entry in the configuration stays dead (tried)."""

# libpcsclite reads this once per process: every pcscd of this process takes the same door, one after the other.
_ROOM = Path(tempfile.mkdtemp(prefix="pcscd-"))
DOOR = _ROOM / "door"
os.environ["PCSCLITE_CSOCK_NAME"] = str(DOOR)

_LAUNCH = """
import os, socket, sys
door, place, daemon = sys.argv[1:]
listening = socket.socket(socket.AF_UNIX)
listening.bind(door)
listening.listen(64)
os.dup2(listening.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(daemon, [daemon, "--foreground", "-c", place])
"""


class Pcscd:
    """The daemon; ``ports``: on which port which reader awaits a card, by the readers' names."""

    def __init__(self, folder: Path, door: Path = DOOR, driver: Path = DRIVER) -> None:
        self._folder = folder
        self.door = door
        self._process: subprocess.Popen[bytes] | None = None
        self._config = folder / "readers"
        self._config.mkdir(parents=True, exist_ok=True)
        first = _free_pair()
        self.ports = {f"Virtual PCD 00 {slot:02X}": first + slot for slot in range(SLOTS)}
        channel = f"0x{first:X}"
        (self._config / "vpcd").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{channel}\nLIBPATH {driver}\nCHANNELID {channel}\n'
        )

    def start(self) -> None:
        self.door.unlink(missing_ok=True)
        Path("/run/pcscd").mkdir(exist_ok=True)
        command = [sys.executable, "-c", _LAUNCH, str(self.door), str(self._config), program("pcscd")]
        with (self._folder / "pcscd.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(lambda: all(map(_listens, self.ports.values())), "pcscd's virtual readers")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(5)
        self._process = None
        self.door.unlink(missing_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """For programs that shall see these readers."""
        return dict(os.environ, PCSCLITE_CSOCK_NAME=str(self.door))


@contextlib.contextmanager
def private_pcscd(folder: Path, door: Path = DOOR, driver: Path = DRIVER) -> Iterator[Pcscd]:
    """A running pcscd with two readers; ended afterwards. ``driver``: vpcd, or one that stands in front of it."""
    program("pcscd")
    if not DRIVER.exists():
        pytest.skip("no vpcd driver")
    daemon = Pcscd(folder, door, driver)
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()


@pytest.fixture(scope="module")
def pcscd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pcscd]:
    """One pcscd for the module."""
    with private_pcscd(tmp_path_factory.mktemp("pcscd")) as daemon:
        yield daemon


def _listens(port: int) -> bool:
    """Whether somebody listens there, told without connecting: connecting would be a card."""
    wanted = f":{port:04X} "
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return any(wanted in line.split(" rem", 1)[0] and line.split()[3] == "0A" for line in lines)


def _free_pair() -> int:
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("", 0))
            port = first.getsockname()[1]
            with contextlib.suppress(OSError):
                second.bind(("", port + 1))
                return port
