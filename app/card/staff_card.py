"""Staff cards over the readers named for them: FIDO2 by the library's own PC/SC client, the holder verified by PIN."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from fido2.pcsc import CtapPcscDevice

from app.card.fido import Typed, answer, register
from app.card.monitor import SILENCE_S, Life, ReaderThread
from app.card.pcsc import Context
from app.card.pcsc import Wire as PcscWire
from app.card.readers import PcscReaders
from app.domain.clock import Clock
from app.domain.secret import Secret
from app.errors import CardRemoved, NoReader, StaffCardAbsent, StaffCardUnknown
from app.services.card_port import ReadersSeen
from app.services.ports.staff_card import Answered, CardAsked


class Wire(Protocol):
    """The wire to one card. Errors: those of readers."""

    def transmit(self, apdu: bytes) -> tuple[bytes, int]: ...


class Lying(Protocol):
    """What lies on the readers for staff."""

    def seen(self) -> ReadersSeen: ...
    def watch(self, changed: Callable[[ReadersSeen], None]) -> Callable[[], None]: ...
    def close(self) -> None: ...


class FidoStaffCards:
    """See ``StaffCards``. ``open_card`` holds the card on the staff reader for a moment; errors: StaffCardAbsent.

    ``lying`` says what lies there.
    """

    def __init__(
        self,
        open_card: Callable[[Life], AbstractContextManager[Wire]],
        clock: Clock,
        lying: Lying,
        *,
        silence_s: float = SILENCE_S,
    ) -> None:
        self._open_card = open_card
        self._lying = lying
        self._thread = ReaderThread(clock, silence_s=silence_s)

    def answer(self, asked: CardAsked, pin: Secret, salt: bytes | None = None) -> Answered:
        return self._thread.run(lambda life: self._answer(life, asked, pin, salt))

    def register(self, asked: CardAsked, pin: Secret) -> str:
        return self._thread.run(lambda life: self._register(life, asked, pin))

    def is_there(self) -> bool:
        return bool(self._lying.seen().cards)

    def watch(self, gone: Callable[[], None]) -> None:
        last = bool(self._lying.seen().cards)

        def changed(seen: ReadersSeen) -> None:
            nonlocal last
            was, last = last, bool(seen.cards)
            if was and not last:
                gone()

        self._lying.watch(changed)

    def close(self) -> None:
        """End the threads."""
        self._lying.close()
        self._thread.close()

    def _answer(self, life: Life, asked: CardAsked, pin: Secret, salt: bytes | None) -> Answered:
        with self._device(life) as device:
            return answer(device, asked, Typed(pin), salt)

    def _register(self, life: Life, asked: CardAsked, pin: Secret) -> str:
        with self._device(life) as device:
            return register(device, asked, Typed(pin))

    @contextmanager
    def _device(self, life: Life) -> Iterator[CtapPcscDevice]:
        life.beat()
        with self._open_card(life) as wire:
            life.connected()
            yield _device(_Connection(wire, life))


class _Connection:
    """Our wire in the shape that the library asks for."""

    def __init__(self, wire: Wire, life: Life) -> None:
        self._wire, self._life = wire, life

    def connect(self) -> None:
        """It is connected."""

    def disconnect(self) -> None:
        """Whoever opened it lets it go."""

    def transmit(self, apdu: list[int], protocol: int | None = None) -> tuple[list[int], int, int]:  # noqa: ARG002 -- as asked
        self._life.beat()
        data, status = self._wire.transmit(bytes(apdu))
        self._life.beat()
        return list(data), status >> 8, status & 0xFF


@contextmanager
def on_readers(names: tuple[str, ...], clock: Clock, life: Life) -> Iterator[Wire]:
    """The one card that lies on a reader of these names, alone; powered down afterwards. Errors: StaffCardAbsent."""
    context = Context()
    try:
        lying = [name for name in names if name in context.names() and context.states({name: 0}, 0)[0].present]
        if len(lying) != 1:
            raise StaffCardAbsent
        wire = _connected(context, lying[0], life, clock)
        try:
            yield wire
        finally:
            wire.power_down()
    finally:
        context.release()


def watched(names: frozenset[str], clock: Clock) -> PcscReaders:
    """What lies on the readers of these names and on no other."""
    return PcscReaders(clock, serves=lambda name: name in names)


def _connected(context: Context, name: str, life: Life, clock: Clock) -> PcscWire:
    try:
        return context.connect(name, clock, life.beat)
    except (CardRemoved, NoReader):
        raise StaffCardAbsent from None


def _device(connection: _Connection) -> CtapPcscDevice:
    """Errors: StaffCardUnknown for a card without the applet."""
    try:
        return CtapPcscDevice(connection, "staff")
    except ValueError:
        raise StaffCardUnknown from None
