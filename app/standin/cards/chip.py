"""The chip: access rules, counters and status words of a My Number card, one command at a time."""

from dataclasses import dataclass, field
from time import sleep

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from app.standin.cards.authority import raw_sign
from app.standin.cards.command import Command, CommandFault

ATR_CONTACT = bytes.fromhex("3BE000FF8131FE4514")
_OK, _LENGTH, _TYPE, _CLOSED, _BLOCKED, _NO_FILE_SELECTED = 0x9000, 0x6700, 0x6981, 0x6982, 0x6984, 0x6986
_NOT_FOUND, _PARAMETERS, _PAST_END, _INSTRUCTION, _TRIES, _FIRST = 0x6A82, 0x6A86, 0x6B00, 0x6D00, 0x63C0, 0x6F00
_MOST_CODE_BYTES, _MOST_SIGNED_BYTES = 16, 245
_BY_NAME, _BY_NUMBER = 0x04, 0x02
_SHORT_NAME, _CURRENT = 0x80, 0x80


@dataclass(frozen=True, slots=True)
class DataFile:
    """Bytes that any one of ``keys`` opens; no keys: free."""

    content: bytes
    keys: frozenset[int] = frozenset()


@dataclass(slots=True)
class KeyFile:
    """A code to compare, with its counter. The counter outlives power and reset."""

    code: bytes
    most: int
    left: int = -1

    def __post_init__(self) -> None:
        if self.left < 0:
            self.left = self.most


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs and can't be read."""

    key: RSAPrivateKey


File = DataFile | KeyFile | SigningKey


@dataclass(frozen=True, slots=True)
class Application:
    """An application: its files by number; ``default_key`` signs when a command names no key."""

    aid: bytes
    files: dict[int, File]
    default_key: int | None


@dataclass(slots=True)
class Faults:
    """What happens to the card from outside, and odd habits seen on some cards.

    ``pull_after``: taken out when that many commands were answered and the next arrives; ``hang_after``: the next is
    not answered until the card is taken out; ``first_command_fails``: 6F00 after power-up (card.md 4.6, one source);
    ``keeps_state``: only power-down closes what a code opened, no reset or SELECT (the worse of two reports).
    """

    pull_after: int | None = None
    hang_after: int | None = None
    first_command_fails: bool = False
    keeps_state: bool = False


@dataclass(slots=True)
class Chip:
    """One card. Errors of ``transmit``: ConnectionError when it was taken out, before or within the command."""

    applications: tuple[Application, ...]
    atr: bytes = ATR_CONTACT
    faults: Faults = field(default_factory=Faults)
    log: list[bytes] = field(default_factory=list)
    power: list[str] = field(default_factory=list, init=False)
    pulled: bool = field(default=False, init=False)
    _current: Application | None = field(default=None, init=False)
    _file: int | None = field(default=None, init=False)
    _opened: set[int] = field(default_factory=set, init=False)
    _answered: int = field(default=0, init=False)
    _fresh: bool = field(default=True, init=False)

    def application(self, aid: bytes) -> Application:
        """The application with this name. Errors: StopIteration if the card has none."""
        return next(each for each in self.applications if each.aid == aid)

    def insert(self) -> None:
        """Put on a reader: without power before, so without memory of what was opened."""
        self.pulled = False
        self._answered = 0
        self.power_down()

    def pull(self) -> None:
        """Take off the reader, also in the middle of a command."""
        self.pulled = True

    def power_down(self) -> None:
        """No power: nothing is selected or open, counters stay."""
        self.power.append("down")
        self._forget()
        self._opened.clear()

    def reset(self, kind: str = "reset") -> None:
        """Warm reset or power-up."""
        self.power.append(kind)
        self._forget()
        if not self.faults.keeps_state:
            self._opened.clear()

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """Answer one command: data and status word."""
        self.log.append(apdu)
        self._suffer()
        try:
            data, status = self._answer(Command.parse(apdu))
        except CommandFault as fault:
            data, status = b"", fault.status
        self._answered += 1
        return data, status

    def _forget(self) -> None:
        self._current, self._file, self._fresh = None, None, True

    def _suffer(self) -> None:
        if self._answered == self.faults.pull_after:
            self.pulled = True
        while self._answered == self.faults.hang_after and not self.pulled:
            sleep(0.005)
        if self.pulled:
            raise ConnectionError

    def _answer(self, command: Command) -> tuple[bytes, int]:
        first, self._fresh = self._fresh, False
        if first and self.faults.first_command_fails:
            raise CommandFault(_FIRST)
        match command.cla, command.ins:
            case 0x00, 0xA4:
                return b"", self._select(command)
            case 0x00, 0xB0:
                return self._read(command), _OK
            case 0x00, 0x20:
                return b"", self._verify(command)
            case 0x80, 0x2A:
                return self._sign(command), _OK
            case _:
                raise CommandFault(_INSTRUCTION)

    def _select(self, command: Command) -> int:
        if command.p1 == _BY_NAME:
            chosen = next((each for each in self.applications if each.aid == command.data), None)
            if chosen is None:
                raise CommandFault(_NOT_FOUND)
            self._current, self._file = chosen, None
            if not self.faults.keeps_state:
                self._opened.clear()
            return _OK
        if command.p1 != _BY_NUMBER:
            raise CommandFault(_PARAMETERS if self._current is None else _NOT_FOUND)
        number = int.from_bytes(command.data, "big")
        self._find(number)
        self._file = number
        return _OK

    def _find(self, number: int | None) -> File:
        if number is None:
            raise CommandFault(_NO_FILE_SELECTED)
        found = self._current.files.get(number) if self._current is not None else None
        if found is None:
            raise CommandFault(_NOT_FOUND)
        return found

    def _named(self, reference: int) -> int | None:
        """The file that P1 or P2 names: 80 the current one, 81-9E by short number."""
        return self._file if reference == _CURRENT else reference & 0x1F

    def _read(self, command: Command) -> bytes:
        short = bool(command.p1 & _SHORT_NAME)
        number = command.p1 & 0x1F if short else self._file
        found = self._find(number)
        if not isinstance(found, DataFile):
            raise CommandFault(_TYPE)
        if found.keys and not any(self._is_open(key) for key in found.keys):
            raise CommandFault(_CLOSED)
        self._file = number
        offset = command.p2 if short else command.p1 << 8 | command.p2
        if offset >= len(found.content):
            raise CommandFault(_PAST_END)
        return found.content[offset : offset + (command.le or 0)]

    def _verify(self, command: Command) -> int:
        number = self._named(command.p2)
        found = self._find(number)
        if not isinstance(found, KeyFile) or number is None:
            raise CommandFault(_TYPE)
        self._file = number
        if not command.data:
            return _TRIES | found.left
        if len(command.data) > _MOST_CODE_BYTES:
            raise CommandFault(_LENGTH)
        if found.left == 0:
            raise CommandFault(_BLOCKED)
        if command.data != found.code:
            self._opened.discard(self._mark(number))
            found.left -= 1
            return _TRIES | found.left
        found.left = found.most
        self._opened.add(self._mark(number))
        return _OK

    def _mark(self, number: int) -> int:
        """A key within its application: numbers repeat between applications."""
        if self._current is None:
            raise CommandFault(_NO_FILE_SELECTED)
        return self.applications.index(self._current) << 8 | number

    def _is_open(self, number: int) -> bool:
        return self._mark(number) in self._opened

    def _sign(self, command: Command) -> bytes:
        if command.p1 != 0:
            raise CommandFault(_PARAMETERS)
        default = self._current.default_key if self._current is not None else None
        found = self._find(self._named(command.p2) if command.p2 else default)
        if not isinstance(found, SigningKey):
            raise CommandFault(_TYPE)
        if command.le is None or not 0 < len(command.data) <= _MOST_SIGNED_BYTES:
            raise CommandFault(_LENGTH)
        return raw_sign(found.key, command.data)
