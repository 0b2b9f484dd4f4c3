"""A pcscd whose readers have a PIN pad, compiled here; a test's ``PinPad`` is the fingers on it."""

import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.support.pcscd import DRIVER, Pcscd, private_pcscd
from tests.support.process import program

SOURCE = Path(__file__).with_name("reader.c")
HEADERS = Path("/usr/include/PCSC")
_HEAD = struct.Struct("<BBBBBHBBHB3xI")


@dataclass(frozen=True)
class Asked:
    """What a program asked the pad for (PC/SC part 10, PIN_VERIFY_STRUCTURE). ``template``: the command without PIN."""

    timeout_s: int
    format: int
    block: int
    fewest: int
    most: int
    ends_by: int
    messages: int
    template: bytes

    @classmethod
    def read(cls, raw: bytes) -> "Asked":
        timeout_s, _, form, block, _, extra, ends_by, messages, _, _, size = _HEAD.unpack_from(raw)
        template = raw[_HEAD.size :]
        assert len(template) == size
        return cls(timeout_s, form, block, extra >> 8, extra & 0xFF, ends_by, messages, template)


class PinPad:
    """What the resident does when the pad lights up: one thing per request, in the order said; nothing said: nothing.

    ``asked`` are the requests so far. A resident who does nothing runs into the request's own time limit.
    """

    def __init__(self, fingers: Path) -> None:
        self.asked: list[Asked] = []
        self._does: SimpleQueue[str] = SimpleQueue()
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(fingers))
        self._listening.listen(4)
        self._thread = threading.Thread(target=self._serve, name="fingers", daemon=True)
        self._thread.start()

    def types(self, pin: str) -> None:
        """Type these digits and the confirming key at the next request."""
        self._does.put(f"PIN {pin}\n")

    def cancels(self) -> None:
        """Press the cancelling key."""
        self._does.put("CANCEL\n")

    def is_too_slow(self) -> None:
        """Let the time run out, at once."""
        self._does.put("SLOW\n")

    def forget(self) -> None:
        """Nothing was said and nothing asked."""
        self.asked.clear()
        while not self._does.empty():
            self._does.get()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        waiting: list[socket.socket] = []
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                break
            self.asked.append(Asked.read(bytes.fromhex(line.makefile("r").readline())))
            if self._does.empty():
                waiting.append(line)
                continue
            with line, suppress(OSError):
                line.sendall(self._does.get().encode())
        for line in waiting:
            line.close()


@dataclass(frozen=True)
class PadReaders:
    """A running pcscd with a PIN pad on each of its readers, which may be unplugged."""

    pcscd: Pcscd
    pad: PinPad
    room: Path

    def unplug(self) -> None:
        """Pull the readers' cable: pcscd can't reach them any more."""
        (self.room / "unplugged").touch()

    def plug_in(self) -> None:
        """The readers are back."""
        (self.room / "unplugged").unlink()

    @contextmanager
    def mute_cards(self) -> Iterator[None]:
        """No card answers when it gets power: dirty contacts, turned over, broken."""
        (self.room / "mute").touch()
        try:
            yield
        finally:
            (self.room / "mute").unlink()


@contextmanager
def pad_readers(folder: Path, *, lies: bool = False) -> Iterator[PadReaders]:
    """Readers with PIN pads; ``lies``: they announce the pad and fail when it is used."""
    driver = folder / "libifdpinpad.so"
    defines = [f'-DROOM="{folder}"', f'-DVPCD="{DRIVER}"', f"-DLIES={int(lies)}"]
    command = [program("gcc"), "-std=gnu17", "-shared", "-fPIC", "-O1", f"-I{HEADERS}", *defines]
    subprocess.run([*command, str(SOURCE), "-o", str(driver), "-ldl"], check=True)
    pad = PinPad(folder / "fingers")
    try:
        with private_pcscd(folder / "pcscd", driver=driver) as daemon:
            yield PadReaders(daemon, pad, folder)
    finally:
        pad.close()


@pytest.fixture(scope="module")
def pin_pad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PadReaders]:
    """Honest PIN pads. Not in one module with ``pcscd`` or ``lying_pin_pad``: a process has one door to PC/SC."""
    with pad_readers(tmp_path_factory.mktemp("pad")) as found:
        yield found


@pytest.fixture(scope="module")
def lying_pin_pad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PadReaders]:
    """Readers that announce a PIN pad they can't use."""
    with pad_readers(tmp_path_factory.mktemp("pad"), lies=True) as found:
        yield found
