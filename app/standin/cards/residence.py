"""A residence card made of software: its number opens it, secrets travel encrypted, one command at a time."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.standin.cards.command import Command, CommandFault
from app.standin.cards.plain_chip import PlainChip
from app.standin.cards.residence_suite import Suite, derived
from app.standin.cards.status import (
    CLOSED,
    CONDITIONS,
    NO_FILE_SELECTED,
    NO_SECURE_MESSAGING,
    NOT_FOUND,
    PAST_END,
    UNKNOWN_CLASS,
    UNKNOWN_INSTRUCTION,
    WRONG_LENGTH,
    WRONG_PARAMETERS,
)

MF = b""
DF1, DF2, DF3 = (bytes.fromhex(f"D392F0004F{place:02X}").ljust(16, b"\x00") for place in (2, 3, 4))
MISMATCH, BAD_OBJECT = 0x6300, 0x6988
"""Status words. Source: MOJ 在留カード等仕様書 V1.3 table 4-5, published."""
_SECURE = 0x08
_CHALLENGE, _SEALED, _GREETING = 8, 32, 40
_NUMBER_OBJECT, _LENGTH_OBJECT = bytes.fromhex("861101"), bytes.fromhex("9602")
_NUMBER_REFERENCE = 0x86
_SHORT_NAME = 0x80


class Access(Enum):
    """What a file asks for (V1.3 table 3-4): nothing, the card number, or the number and an encrypted answer."""

    FREE = "free"
    NUMBER = "number"
    SECURE = "secure"


@dataclass(frozen=True, slots=True)
class ResidenceFile:
    """Bytes with their rule."""

    content: bytes
    access: Access = Access.NUMBER


@dataclass(slots=True, kw_only=True)
class ResidenceChip(PlainChip):
    """在留カード or 特別永住者証明書. ``files``: by application and short number.

    Wrong numbers are not counted: tries are unlimited (V1.3 4.2.2).
    """

    number: bytes
    suite: Suite
    files: Mapping[bytes, Mapping[int, ResidenceFile]]
    _place: bytes = field(default=MF, init=False)
    _file: int | None = field(default=None, init=False)
    _challenge: bytes = field(default=b"", init=False)
    _session: bytes = field(default=b"", init=False)
    _verified: bool = field(default=False, init=False)

    def forget(self, *, codes: bool) -> None:
        """Back at the root; without power the session key is gone too."""
        self._place, self._file, self._challenge = MF, None, b""
        if codes:
            self._session, self._verified = b"", False

    def answer(self, command: Command) -> bytes:
        """Errors: CommandFault."""
        if command.cla not in {0x00, _SECURE}:
            raise CommandFault(UNKNOWN_CLASS)
        if command.cla == _SECURE and command.ins in {0xA4, 0x84, 0x82}:
            raise CommandFault(NO_SECURE_MESSAGING)
        match command.ins:
            case 0xA4:
                return self._select(command)
            case 0x84:
                return self._challenged(command)
            case 0x82:
                return self._authenticate(command)
            case 0x20:
                return self._verify(command)
            case 0xB0:
                return self._read(command)
            case _:
                raise CommandFault(UNKNOWN_INSTRUCTION)

    def _select(self, command: Command) -> bytes:
        match command.p1, command.data:
            case 0x00, b"" | b"\x3f\x00":
                self._place = MF
            case 0x04, aid if aid in self.files and aid:
                self._place = aid
            case ((0x00 | 0x04), _):
                raise CommandFault(NOT_FOUND)
            case _:
                raise CommandFault(WRONG_PARAMETERS)
        self._file = None
        return b""

    def _challenged(self, command: Command) -> bytes:
        if command.le != _CHALLENGE:
            raise CommandFault(WRONG_LENGTH)
        self._challenge = secrets.token_bytes(_CHALLENGE)
        return self._challenge

    def _authenticate(self, command: Command) -> bytes:
        challenge, self._challenge = self._challenge, b""
        if not challenge:
            raise CommandFault(CONDITIONS)
        if len(command.data) != _GREETING or command.le is None:
            raise CommandFault(WRONG_LENGTH)
        key, sealed = derived(self.number), command.data[:_SEALED]
        if self.suite.mac(key, sealed) != command.data[_SEALED:]:
            raise CommandFault(MISMATCH)
        plain = self.suite.decrypt(key, sealed)
        if plain[_CHALLENGE : 2 * _CHALLENGE] != challenge:
            raise CommandFault(MISMATCH)
        ours = secrets.token_bytes(16)
        mixed = bytes(a ^ b for a, b in zip(plain[2 * _CHALLENGE :], ours, strict=True))
        self._session, self._verified = derived(mixed + bytes.fromhex("00000001")), False
        reply = self.suite.encrypt(key, challenge + plain[:_CHALLENGE] + ours)
        return reply + self.suite.mac(key, reply)

    def _verify(self, command: Command) -> bytes:
        if command.p2 != _NUMBER_REFERENCE:
            raise CommandFault(WRONG_PARAMETERS)
        if command.cla != _SECURE or not self._session:
            raise CommandFault(CONDITIONS)
        head, sealed = command.data[:3], command.data[3:]
        if head != _NUMBER_OBJECT or len(sealed) != 16:  # noqa: PLR2004 - 12 characters and padding
            raise CommandFault(BAD_OBJECT)
        self._verified = self.suite.decrypt(self._session, sealed) == self.number + bytes.fromhex("80000000")
        if not self._verified:
            raise CommandFault(MISMATCH)
        return b""

    def _read(self, command: Command) -> bytes:
        number, offset = self._file, command.p1 << 8 | command.p2
        if command.p1 & _SHORT_NAME:
            number, offset = command.p1 & 0x1F, command.p2
        if number is None:
            raise CommandFault(NO_FILE_SELECTED)
        found = self.files[self._place].get(number)
        if found is None:
            raise CommandFault(NOT_FOUND)
        wanted = self._wanted(command, found)
        if offset >= len(found.content):
            raise CommandFault(PAST_END)
        self._file = number
        data = found.content[offset : offset + wanted]
        if command.cla != _SECURE:
            return data
        sealed = self.suite.encrypt(self._session, self.suite.pad(data))
        return b"\x86\x82" + (len(sealed) + 1).to_bytes(2, "big") + b"\x01" + sealed

    def _wanted(self, command: Command, found: ResidenceFile) -> int:
        """How many bytes are asked for, 0 meaning all, once the rule of the file is kept."""
        if found.access is not Access.FREE and not self._verified:
            raise CommandFault(CLOSED)
        if command.cla == _SECURE:
            if not self._session:
                raise CommandFault(CONDITIONS)
            if command.data[:2] != _LENGTH_OBJECT or len(command.data) != 4:  # noqa: PLR2004 - 96 02 and the length
                raise CommandFault(BAD_OBJECT)
            return int.from_bytes(command.data[2:], "big") or len(found.content)
        if found.access is Access.SECURE:
            raise CommandFault(CLOSED)
        return command.le or len(found.content)
