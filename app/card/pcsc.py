"""A thin layer over the operating system's PC/SC calls; results become the office's errors here and nowhere else."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import sleep

from smartcard import scard

from app.domain.clock import Clock
from app.errors import (
    CardBusy,
    CardCancelled,
    CardError,
    CardMute,
    CardRemoved,
    CardReset,
    CardSilent,
    NoReader,
    ReaderGone,
    ServiceDown,
)

log = logging.getLogger(__name__)

PLUG_AND_PLAY = "\\\\?PnP?\\Notification"
"""A reader that is none: its state changes when readers come or go (Windows, pcsc-lite; published)."""
_BUSY_S = 1.5
_BUSY_STEP_S = 0.05
_STATUS_BYTES = 2
_HARMLESS = bytes.fromhex("00A4000C")

_RESULTS: dict[int, type[CardError]] = {
    0x8010_001D: ServiceDown,  # no service
    0x8010_001E: ServiceDown,  # service stopped: Windows stops it with the last reader
    0x8010_0003: ServiceDown,  # invalid handle: the service was restarted under us
    0x8010_0013: ServiceDown,  # communication error with the service
    0x8010_0009: NoReader,  # unknown reader
    0x8010_0017: ReaderGone,  # reader unavailable: unplugged in the middle
    0x8010_002E: NoReader,  # no readers
    0x8010_000C: CardRemoved,  # no card
    0x8010_0069: CardRemoved,  # removed
    0x8010_0016: CardRemoved,  # not transacted: gone, not yet noticed (measured)
    0x8010_002F: CardRemoved,  # data lost on the way
    0x0000_0000: CardRemoved,  # success without an answer: torn out within the command (measured)
    0x8010_000B: CardBusy,  # sharing violation
    0x8010_0068: CardReset,  # reset by another program
    0x8010_0066: CardMute,  # unresponsive: no answer to reset
    0x8010_0067: CardMute,  # unpowered: power-up failed (measured)
    0x8010_000A: CardSilent,  # timeout
    0x8010_0002: CardCancelled,  # a wait ended by ``Context.cancel``
}


def translate(result: int) -> CardError:
    """The error for a PC/SC result. One that is not listed is logged and counts as no answer."""
    code = result & 0xFFFF_FFFF
    kind = _RESULTS.get(code)
    if kind is None:
        log.warning("PC/SC result not listed", extra={"result": f"{code:08X}"})
        kind = CardSilent
    return kind()


def _must(result: int) -> None:
    if result != scard.SCARD_S_SUCCESS:
        raise translate(result)


@dataclass(frozen=True, slots=True)
class SlotState:
    """A reader's state word, split: flags, number of insertions and removals so far (16 bits), answer to reset."""

    name: str
    flags: int
    count: int
    atr: bytes

    @property
    def present(self) -> bool:
        """Whether a card lies there."""
        return bool(self.flags & scard.SCARD_STATE_PRESENT)

    @property
    def word(self) -> int:
        """What to hand in when waiting for the next change."""
        return self.count << 16 | self.flags & ~int(scard.SCARD_STATE_CHANGED)


class Context:
    """A PC/SC context; belongs to the thread that made it, but for ``cancel``. Errors: ServiceDown."""

    def __init__(self) -> None:
        result, self._handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        _must(result)

    def names(self) -> tuple[str, ...]:
        """The readers there are."""
        result, names = scard.SCardListReaders(self._handle, [])
        if result == scard.SCARD_E_NO_READERS_AVAILABLE:
            return ()
        _must(result)
        return tuple(names)

    def states(self, known: dict[str, int], timeout_s: float) -> tuple[SlotState, ...]:
        """Wait until a reader's state word differs from the known one (0: not known), at most ``timeout_s``."""
        asked = list(known.items())
        result, states = scard.SCardGetStatusChange(self._handle, round(timeout_s * 1000), asked)
        if result & 0xFFFF_FFFF not in {scard.SCARD_S_SUCCESS & 0xFFFF_FFFF, scard.SCARD_E_TIMEOUT & 0xFFFF_FFFF}:
            raise translate(result)
        return tuple(SlotState(name, word & 0xFFFF, word >> 16 & 0xFFFF, bytes(atr)) for name, word, atr in states)

    def cancel(self) -> None:
        """End a wait in ``states``; from any thread."""
        scard.SCardCancel(self._handle)

    def connect(self, reader: str, clock: Clock, wait: Callable[[], None]) -> "Wire":
        """Take the card for us alone. ``wait`` is called between tries while another program holds it (1.5 s at most).

        Errors: NoReader, CardRemoved, CardBusy, CardSilent.
        """
        end = clock.monotonic() + _BUSY_S
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        while True:
            wait()
            result, card, protocol = scard.SCardConnect(self._handle, reader, scard.SCARD_SHARE_EXCLUSIVE, protocols)
            if result == scard.SCARD_S_SUCCESS:
                return Wire(card, protocol)
            error = translate(result)
            if not isinstance(error, CardBusy) or clock.monotonic() > end:
                raise error
            sleep(_BUSY_STEP_S)

    def ask(self, reader: str, code: int) -> bytes:
        """What a reader itself says to one order, card or not; nothing if it knows no such order.

        The reader is taken from nobody, its card is left as it is. Errors: as ``connect``.
        """
        result, card, _ = scard.SCardConnect(self._handle, reader, scard.SCARD_SHARE_DIRECT, 0)
        _must(result)
        try:
            result, answer = scard.SCardControl(card, code, [])
            return bytes(answer) if result == scard.SCARD_S_SUCCESS else b""
        finally:
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)

    def tell(self, reader: str, attributes: tuple[int, ...]) -> dict[int, bytes]:
        """Which of these attributes (SCARD_ATTR_...) the reader's driver tells. Errors: as ``connect``."""
        result, card, _ = scard.SCardConnect(self._handle, reader, scard.SCARD_SHARE_DIRECT, 0)
        _must(result)
        try:
            told = {each: scard.SCardGetAttrib(card, each) for each in attributes}
            return {each: bytes(value) for each, (result, value) in told.items() if result == scard.SCARD_S_SUCCESS}
        finally:
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)

    def release(self) -> None:
        """Give the context back; a service that has gone is no error."""
        scard.SCardReleaseContext(self._handle)


class Wire:
    """The wire to one card through PC/SC, held by us alone."""

    def __init__(self, card: int, protocol: int) -> None:
        self._card = card
        self._frame = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """One command. Errors: CardRemoved, CardReset (from outside), ReaderGone, ServiceDown, CardSilent."""
        result, answer = scard.SCardTransmit(self._card, self._frame, list(apdu))
        if result != scard.SCARD_S_SUCCESS or len(answer) < _STATUS_BYTES:
            raise translate(result)
        return bytes(answer[:-2]), answer[-2] << 8 | answer[-1]

    def control(self, code: int, data: bytes) -> bytes:
        """One order to the reader itself. Errors: as ``transmit``."""
        result, answer = scard.SCardControl(self._card, code, list(data))
        _must(result)
        return bytes(answer)

    def demand_card(self) -> None:
        """Say something harmless (select what is above all). Errors: CardRemoved and others of ``transmit``.

        Of a card torn off within an answer, readers hand out noise or a status of their own (measured with vpcd).
        """
        self.transmit(_HARMLESS)

    def power_down(self) -> None:
        """Let go and take the power away: nothing else ends what a code has opened.

        If our card has gone meanwhile the power is left alone: it may be the next card's.
        """
        result = scard.SCardStatus(self._card)[0]
        gone = result != scard.SCARD_S_SUCCESS and isinstance(translate(result), CardRemoved)
        scard.SCardDisconnect(self._card, scard.SCARD_LEAVE_CARD if gone else scard.SCARD_UNPOWER_CARD)
