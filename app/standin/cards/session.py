"""What a chip remembers while it has power: the application, the file, and which codes were right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from app.standin.cards.command import CommandFault
from app.standin.cards.contents import Application, DataFile, File, KeyFile, RecordFile, SigningKey
from app.standin.cards.status import CLOSED, NO_FILE_SELECTED, NOT_FOUND, WRONG_TYPE

_CURRENT, _SHORT_NAMES, _SHORT_NUMBER = 0x80, 0x80, 0x1F
_BLOCK_BYTES = 16


@dataclass(slots=True)
class SecretKey:
    """AES-128 and the count of the command it is used for; the count makes the initial vector, for both directions."""

    key: bytes
    count: int = 1

    def sealed(self, data: bytes, count: int) -> bytes:
        """Padded (80, then zeros, always) and encrypted."""
        padded = data + b"\x80"
        encryptor = self._cipher(count).encryptor()
        return encryptor.update(padded + bytes(-len(padded) % _BLOCK_BYTES)) + encryptor.finalize()

    def opened(self, data: bytes, count: int) -> bytes:
        """Decrypted, without padding. Errors: ValueError."""
        decryptor = self._cipher(count).decryptor()
        plain, mark, zeros = (decryptor.update(data) + decryptor.finalize()).rpartition(b"\x80")
        if not mark or zeros.strip(b"\x00") or len(zeros) >= _BLOCK_BYTES:
            raise ValueError(count)
        return plain

    def _cipher(self, count: int) -> Cipher[CBC]:
        first = Cipher(AES(self.key), CBC(bytes(_BLOCK_BYTES))).encryptor()
        return Cipher(AES(self.key), CBC(first.update(count.to_bytes(_BLOCK_BYTES, "big"))))


@dataclass(slots=True)
class Session:
    """The state of one chip, and what is on it.

    ``application``: None straight after power-up, where the card itself answers with ``objects``; ``keeps_state``: an
    application selected again finds open what was open.
    """

    applications: tuple[Application, ...]
    objects: Mapping[int, bytes]
    opened: set[tuple[bytes, int]] = field(default_factory=set)
    keeps_state: bool = False
    application: Application | None = None
    number: int | None = None
    secret: SecretKey | None = None

    def enter(self, application: Application | None) -> None:
        """Go into an application: no file is selected there yet, and nothing is open."""
        self.application, self.number, self.secret = application, None, None
        if not self.keeps_state:
            self.opened.clear()

    def find(self, number: int | None) -> File:
        """A file of the application. Errors: CommandFault 6986 with no number, 6A82."""
        if number is None:
            raise CommandFault(NO_FILE_SELECTED)
        found = self.application.files.get(number) if self.application is not None else None
        if found is None:
            raise CommandFault(NOT_FOUND)
        return found

    def code(self, number: int | None) -> tuple[int, KeyFile]:
        """A code's file, which is the current one then. Errors: CommandFault 6986, 6A82, 6981."""
        found = self.find(number)
        if not isinstance(found, KeyFile) or number is None:
            raise CommandFault(WRONG_TYPE)
        self.number = number
        return number, found

    def named(self, reference: int) -> int | None:
        """The file that a parameter names: 80 the current one, 81-9E by short number."""
        return self.number if reference == _CURRENT else reference & _SHORT_NUMBER

    def short(self, p1: int) -> int | None:
        """The file that P1 of a reading command names by short number, None if it names none."""
        return p1 & _SHORT_NUMBER if p1 & _SHORT_NAMES else None

    def require(self, file: DataFile | RecordFile | SigningKey) -> None:
        """Errors: CommandFault 6982 while none of the file's codes was right."""
        if file.keys and not any(self.is_open(key) for key in file.keys):
            raise CommandFault(CLOSED)

    def is_open(self, number: int) -> bool:
        """Whether this code of the application was right."""
        return self._mark(number) in self.opened

    def note(self, number: int, *, right: bool) -> None:
        """Remember how the comparison of a code ended."""
        if right:
            self.opened.add(self._mark(number))
        else:
            self.opened.discard(self._mark(number))

    def _mark(self, number: int) -> tuple[bytes, int]:
        """A code within its application: numbers repeat between applications."""
        if self.application is None:
            raise CommandFault(NO_FILE_SELECTED)
        return self.application.aid, number
