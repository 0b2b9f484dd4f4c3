"""PIN pads of readers (PC/SC part 10, published): a PIN goes from the resident's fingers to the card, past this PC."""

import logging
import struct
from collections.abc import Callable, Mapping
from typing import Protocol

from smartcard import scard

from app.domain.tables import Table
from app.errors import CardBusy, CardError, PadFailed, PinNotTyped

log = logging.getLogger(__name__)

GET_FEATURES = scard.SCARD_CTL_CODE(3400)
"""Asks which features there are; the number differs between Windows and the others, the library knows it."""
VERIFY_PIN_DIRECT = 0x06
TIMEOUT_S = 30
"""How long the resident may take for all digits."""
_GRACE_S = 5.0
_ASCII_IN_BYTES = 0x82
_ENDS_BY_KEY = 0x02
_ONE_MESSAGE = 0x01
_JAPANESE = 0x0411
_STRUCTURE = struct.Struct("<BBBBBHBBHB3xI")
_FEATURE_HEAD, _CODE_BYTES = 2, 4
_FILLER = b"\xff"
_NOT_TYPED = {0x6400: "pad_too_slow", 0x6401: "pad_cancelled", 0x6403: "pad_wrong_length"}
"""The pad's own answers, of which none comes from the card (PC/SC part 10, 2.5.2, published)."""


class PadLine(Protocol):
    """What a pad is reached through. Errors: CardErrors of the reader."""

    def control(self, code: int, data: bytes) -> bytes:
        """One order to the reader itself."""
        ...


class PinPad:
    """The pad of the reader in use. ``patience`` tells the watch-dog for how long we may be silent."""

    def __init__(self, line: PadLine, patience: Callable[[float], None]) -> None:
        self._line = line
        self._patience = patience

    def verify(self, head: bytes, digits: int) -> int:
        """Have ``digits`` digits typed and put behind the VERIFY that begins with ``head``: the card's status word.

        Blocks for 30 s at most and can't be cancelled from here. Errors: PinNotTyped(how), PadFailed and those of the
        line: then nobody knows whether the card was asked.
        """
        code = features(self._line.control(GET_FEATURES, b"")).get(VERIFY_PIN_DIRECT)
        if code is None:
            raise PadFailed
        self._patience(TIMEOUT_S + _GRACE_S)
        answer = self._line.control(code, structure(head, digits))
        if len(answer) != 2:  # noqa: PLR2004
            raise PadFailed
        status = int.from_bytes(answer, "big")
        if status in _NOT_TYPED:
            raise PinNotTyped(how=_NOT_TYPED[status])
        return status


def features(told: bytes) -> Mapping[int, int]:
    """Which control code each feature has, from a reader's answer; what is not of the form ends the list."""
    found: dict[int, int] = {}
    while len(told) >= _FEATURE_HEAD + _CODE_BYTES and told[1] == _CODE_BYTES:
        found[told[0]] = int.from_bytes(told[_FEATURE_HEAD : _FEATURE_HEAD + _CODE_BYTES], "big")
        told = told[_FEATURE_HEAD + _CODE_BYTES :]
    return found


def structure(head: bytes, digits: int) -> bytes:
    """PIN_VERIFY_STRUCTURE: so many ASCII digits, no fewer and no more, at the start of the command's data.

    The command goes along whole, with FF where the digits will stand. Numbers are in the machine's order, which is
    the small end first wherever this program runs.
    """
    command = head + bytes([digits]) + _FILLER * digits
    block, both = digits, digits << 8 | digits
    return (
        _STRUCTURE.pack(
            TIMEOUT_S, 0, _ASCII_IN_BYTES, block, 0, both, _ENDS_BY_KEY, _ONE_MESSAGE, _JAPANESE, 0, len(command)
        )
        + command
    )


class PadKnowledge:
    """Which readers have a pad that can be trusted. ``liars``: parts of names of readers that announce one in vain."""

    def __init__(self, liars: tuple[str, ...]) -> None:
        self._liars = liars
        self._known: dict[str, bool] = {}

    def knows(self, reader: str) -> bool:
        """Whether this reader was asked already."""
        return reader in self._known

    def has(self, reader: str) -> bool:
        """Whether it has a pad."""
        return self._known.get(reader, False)

    def learn(self, reader: str, ask: Callable[[], bytes]) -> None:
        """Ask a reader once. One that can't answer has no pad, which is no fault; one held by others is asked later."""
        try:
            told = features(ask())
        except CardBusy:
            return
        except CardError as error:
            log.debug("reader tells no features", extra={"error": error.code})
            told = {}
        self._known[reader] = VERIFY_PIN_DIRECT in told and not any(part in reader for part in self._liars)

    def distrust(self, reader: str) -> None:
        """Its pad has failed: not offered again until the reader is plugged in anew."""
        log.warning("pin pad failed", extra={"reader": reader})
        self._known[reader] = False

    def keep(self, readers: tuple[str, ...]) -> None:
        """Forget readers that are gone."""
        for gone in self._known.keys() - set(readers):
            self._known.pop(gone, None)


def parse_liars(values: Mapping[str, object]) -> tuple[str, ...]:
    """The list of resources/tables/pin_pads.toml. Errors: DataFault."""
    table = Table(values, "pin_pads")
    table.count("version")
    return table.finish(tuple(row.finish(row.text("name")) for row in table.tables("liar")))
