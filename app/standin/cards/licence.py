"""A driving licence made of software: two PINs, three applications, one command at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.standin.cards.command import Command, CommandFault
from app.standin.cards.contents import KeyFile
from app.standin.cards.plain_chip import PlainChip
from app.standin.cards.status import (
    BLOCKED,
    CLOSED,
    NO_FILE_SELECTED,
    NOT_FOUND,
    PAST_END,
    TRIES,
    UNKNOWN_CLASS,
    UNKNOWN_INSTRUCTION,
    WRONG_LENGTH,
    WRONG_PARAMETERS,
    WRONG_TYPE,
)

MF = b""
DF1 = bytes.fromhex("A0000002310100000000000000000000")
DF2 = bytes.fromhex("A0000002310200000000000000000000")
DF3 = bytes.fromhex("A0000002480300000000000000000000")
COMMON, PINS_SET = 0x2F01, 0x000A
PIN_1, PIN_2 = 0x0001, 0x0002
ENTRIES, DOMICILE, CHARACTERS, CHANGES, CHANGED_CHARACTERS, CHANGED_DOMICILE, SIGNATURE = range(1, 8)
PHOTO = 0x0001
TRIES_AT_MOST = 3

ONE, BOTH = frozenset({PIN_1}), frozenset({PIN_1, PIN_2})
ACCESS: Mapping[bytes, Mapping[int, frozenset[int]]] = {
    MF: {COMMON: frozenset(), PINS_SET: frozenset()},
    DF1: {
        ENTRIES: ONE,
        DOMICILE: BOTH,
        CHARACTERS: ONE,
        CHANGES: ONE,
        CHANGED_CHARACTERS: ONE,
        CHANGED_DOMICILE: BOTH,
        SIGNATURE: ONE,
    },
    DF2: {PHOTO: BOTH},
    DF3: {},
}
"""Which PINs open a file. Source: card.md 8.1 and three readers (NPA V7-V10, published); CHARACTERS, CHANGED_CHARACTERS
and SIGNATURE by the first PIN alone is assumed. DF3 exists, its purpose is not known."""
_CURRENT, _SHORT_NAME = 0x80, 0x80
_MASTER = b"\x3f\x00"


@dataclass(slots=True, kw_only=True)
class LicenceChip(PlainChip):
    """運転免許証. ``files``: contents by application and number; ``pins``: by number.

    What a PIN has opened stays open when another application is selected.
    """

    files: Mapping[bytes, Mapping[int, bytes]]
    pins: Mapping[int, KeyFile]
    _place: bytes = field(default=MF, init=False)
    _file: int | None = field(default=None, init=False)
    _open: set[int] = field(default_factory=set, init=False)

    def forget(self, *, codes: bool) -> None:
        """Back at the root; without power the PINs are closed."""
        self._place, self._file = MF, None
        if codes:
            self._open.clear()

    def answer(self, command: Command) -> bytes:
        """Errors: CommandFault."""
        if command.cla:
            raise CommandFault(UNKNOWN_CLASS)
        match command.ins:
            case 0xA4:
                return self._select(command)
            case 0xB0:
                return self._read(command)
            case 0x20:
                return self._verify(command)
            case _:
                raise CommandFault(UNKNOWN_INSTRUCTION)

    def _select(self, command: Command) -> bytes:
        match command.p1:
            case 0x00 if command.data in {b"", _MASTER}:
                self._place, self._file = MF, None
            case 0x04 if command.data in ACCESS and command.data:
                self._place, self._file = command.data, None
            case 0x02 if self._has(int.from_bytes(command.data, "big")):
                self._file = int.from_bytes(command.data, "big")
            case 0x00 | 0x02 | 0x04:
                raise CommandFault(NOT_FOUND)
            case _:
                raise CommandFault(WRONG_PARAMETERS)
        return b""

    def _has(self, number: int) -> bool:
        return number in self.files[self._place] or (self._place == MF and number in self.pins)

    def _read(self, command: Command) -> bytes:
        short = bool(command.p1 & _SHORT_NAME)
        number = command.p1 & 0x1F if short else self._file
        if number is None:
            raise CommandFault(NO_FILE_SELECTED)
        if self._place == MF and number in self.pins:
            raise CommandFault(WRONG_TYPE)
        content = self.files[self._place].get(number)
        if content is None:
            raise CommandFault(NOT_FOUND)
        if not ACCESS[self._place][number] <= self._open:
            raise CommandFault(CLOSED)
        self._file = number
        offset = command.p2 if short else command.p1 << 8 | command.p2
        if offset >= len(content):
            raise CommandFault(PAST_END)
        return content[offset : offset + (command.le or 0)]

    def _verify(self, command: Command) -> bytes:
        number = self._file if command.p2 == _CURRENT else command.p2 & 0x1F
        pin = self.pins.get(number or 0) if self._place == MF else None
        if pin is None or number is None:
            raise CommandFault(NO_FILE_SELECTED if number is None else NOT_FOUND)
        self._file = number
        if not command.data:
            raise CommandFault(TRIES | pin.left)
        if len(command.data) != len(pin.code):
            raise CommandFault(WRONG_LENGTH)
        if pin.left == 0:
            raise CommandFault(BLOCKED)
        if command.data != pin.code:
            pin.left -= 1
            self._open.discard(number)
            raise CommandFault(TRIES | pin.left)
        pin.left = pin.most
        self._open.add(number)
        return b""
