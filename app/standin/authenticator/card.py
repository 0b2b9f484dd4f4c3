"""The staff card on a contactless reader: the FIDO applet's commands. Source: CTAP 2.1 section 11.3, published."""

from dataclasses import dataclass, field

from app.standin.authenticator.apdu import Apdu, parse
from app.standin.authenticator.ctap import Authenticator

AID = bytes.fromhex("A0000006472F0001")
ATR = bytes.fromhex("3B8980014A434F5033315632337A")
"""Of a Java card on a contactless reader."""
_OK, _WRONG_LENGTH, _NOT_FOUND, _INSTRUCTION, _CLASS = 0x9000, 0x6700, 0x6A82, 0x6D00, 0x6E00
_CONDITIONS = 0x6985
_MORE, _CHAINED = 0x6100, 0x10
_SHORT = 256


@dataclass(slots=True)
class StaffCard:
    """A VirtualCard with the FIDO applet and nothing else."""

    authenticator: Authenticator
    log: list[bytes] = field(default_factory=list)
    pulled: bool = field(default=False, init=False)
    _selected: bool = field(default=False, init=False)
    _collected: bytes = field(default=b"", init=False)
    _waiting: bytes = field(default=b"", init=False)

    @property
    def atr(self) -> bytes:
        return ATR

    def insert(self) -> None:
        self.pulled = False
        self.power_down()

    def pull(self) -> None:
        self.pulled = True

    def power_down(self) -> None:
        self._selected, self._collected, self._waiting = False, b"", b""
        self.authenticator.power_up()

    def reset(self, kind: str = "reset") -> None:  # noqa: ARG002
        self.power_down()

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """One command. Errors: ConnectionError when the card was taken off."""
        if self.pulled:
            raise ConnectionError
        self.log.append(apdu)
        asked = parse(apdu)
        return (b"", _WRONG_LENGTH) if asked is None else self._answer(asked)

    def _answer(self, asked: Apdu) -> tuple[bytes, int]:
        match asked.cla, asked.ins:
            case 0x00, 0xA4:
                return self._select(asked.data)
            case 0x00, 0xC0:
                return self._more(asked.most)
            case 0x80 | 0x90, 0x10:
                return self._message(asked)
            case 0x80, 0x12:
                self._selected = False
                return b"", _OK
            case _:
                return b"", _INSTRUCTION if asked.cla in {0x00, 0x80, 0x90} else _CLASS

    def _select(self, name: bytes) -> tuple[bytes, int]:
        self._selected = name == AID
        self._collected = b""
        return (b"FIDO_2_0", _OK) if self._selected else (b"", _NOT_FOUND)

    def _message(self, asked: Apdu) -> tuple[bytes, int]:
        if not self._selected:
            return b"", _CONDITIONS
        self._collected += asked.data
        if asked.cla & _CHAINED:
            return b"", _OK
        message, self._collected = self._collected, b""
        self._waiting = self.authenticator.answer(message)
        return self._more(asked.most)

    def _more(self, most: int) -> tuple[bytes, int]:
        """The next part of what waits, and how much waits behind it."""
        part, self._waiting = self._waiting[:most], self._waiting[most:]
        if not self._waiting:
            return part, _OK
        return part, _MORE | (len(self._waiting) & 0xFF if len(self._waiting) < _SHORT else 0)
