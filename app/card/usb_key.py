"""Staff keys at a USB port: FIDO2 over HID, the holder verified by PIN and touch; only keys the office has registered.

Source: CTAP 2.1 section 11.2 (published), spoken by the library. Linux: /dev/hidraw*, opened for who sits there by the
system's own rules (systemd's 70-uaccess). Windows opens them for administrators only: there ``app.card.windows_key``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Protocol, cast

from fido2.hid import CtapHidDevice, list_descriptors, open_connection
from fido2.hid.base import CtapHidConnection, HidDescriptor

from app.card.fido import Typed, answer, register
from app.card.monitor import SILENCE_S, Life, ReaderThread, Watching
from app.domain.clock import Clock
from app.domain.secret import Secret
from app.errors import CardError, CardSilent, StaffCardAbsent
from app.services.ports.staff_card import Answered, CardAsked

_LOOK_S = 0.5


class Ports(Protocol):
    """The USB ports of this PC, as far as FIDO keys are at them."""

    def plugged(self) -> tuple[HidDescriptor, ...]:
        """The keys that are there now."""
        ...

    def open(self, key: HidDescriptor) -> CtapHidConnection:
        """A line to one of them. Errors: OSError when it is gone or not ours to open."""
        ...


class HidPorts:
    """Those of the operating system."""

    def plugged(self) -> tuple[HidDescriptor, ...]:
        return tuple(list_descriptors())  # type: ignore[no-untyped-call]

    def open(self, key: HidDescriptor) -> CtapHidConnection:
        return cast(CtapHidConnection, open_connection(key))  # type: ignore[no-untyped-call]


class UsbStaffKeys:
    """See ``StaffCards``. Among several keys none is chosen; one that waits for a touch says so ten times a second."""

    def __init__(self, ports: Ports, clock: Clock, *, silence_s: float = SILENCE_S, look_s: float = _LOOK_S) -> None:
        self._ports, self._look_s = ports, look_s
        self._thread = ReaderThread(clock, silence_s=silence_s)
        self._seen: tuple[str | bytes, ...] = ()
        self._listeners: tuple[Callable[[], None], ...] = ()
        self._woken: SimpleQueue[None] = SimpleQueue()
        self._watching = Watching(self._look, _lost, lambda: self._woken.put(None))

    def answer(self, asked: CardAsked, pin: Secret, salt: bytes | None = None) -> Answered:
        return self._thread.run(lambda life: self._answer(life, asked, pin, salt))

    def register(self, asked: CardAsked, pin: Secret) -> str:
        return self._thread.run(lambda life: self._register(life, asked, pin))

    def is_there(self) -> bool:
        return bool(self._seen)

    def watch(self, gone: Callable[[], None]) -> None:
        self._listeners = (*self._listeners, gone)

    def close(self) -> None:
        """End the threads."""
        self._watching.close()
        self._thread.close()

    def _answer(self, life: Life, asked: CardAsked, pin: Secret, salt: bytes | None) -> Answered:
        with self._device(life) as device:
            return answer(device, asked, Typed(pin), salt)

    def _register(self, life: Life, asked: CardAsked, pin: Secret) -> str:
        with self._device(life) as device:
            return register(device, asked, Typed(pin))

    @contextmanager
    def _device(self, life: Life) -> Iterator[CtapHidDevice]:
        """Errors: StaffCardAbsent without a key or with several; CardSilent for one that breaks off."""
        life.beat()
        keys = self._ports.plugged()
        if len(keys) != 1:
            raise StaffCardAbsent
        try:
            line = _Line(self._ports.open(keys[0]), life)
        except OSError:
            raise StaffCardAbsent from None
        try:
            life.connected()
            yield CtapHidDevice(keys[0], line)
        except (OSError, ConnectionError, ValueError) as error:
            raise CardSilent from error
        finally:
            line.close()

    def _look(self) -> None:
        before, self._seen = self._seen, tuple(key.path for key in self._ports.plugged())
        if set(before) - set(self._seen):
            for gone in self._listeners:
                gone()
        with suppress(Empty):
            self._woken.get(timeout=self._look_s)


class _Line(CtapHidConnection):
    """Each packet is a sign of life."""

    def __init__(self, line: CtapHidConnection, life: Life) -> None:
        self._line, self._life = line, life

    def read_packet(self) -> bytes:
        packet = self._line.read_packet()
        if not packet:
            raise OSError
        self._life.beat()
        return packet

    def write_packet(self, data: bytes) -> None:
        self._life.beat()
        self._line.write_packet(data)

    def close(self) -> None:
        self._line.close()


def _lost(_: CardError) -> None:
    """The ports tell no error of their own."""
