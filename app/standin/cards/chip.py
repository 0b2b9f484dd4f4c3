"""The chip: one command at a time to what answers it; power, resets and what goes wrong on purpose."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.standin.cards.answer_to_reset import CONTACT, contactless
from app.standin.cards.codes import change, replace_code, verify
from app.standin.cards.command import Command, CommandFault
from app.standin.cards.contents import Application, DataFile, File, KeyFile, RecordFile, SigningKey, UnknownFile
from app.standin.cards.faults import Faults
from app.standin.cards.reading import get_challenge, get_data, read_binary, read_record
from app.standin.cards.selecting import select
from app.standin.cards.session import Session
from app.standin.cards.signing import sign
from app.standin.cards.status import (
    NO_CHANNELS,
    NO_SECURE_MESSAGING,
    NO_SESSION_KEY,
    OK,
    SECURE_MESSAGING_OBJECTS,
    UNEXPLAINED,
    UNKNOWN_CLASS,
    UNKNOWN_INSTRUCTION,
)

__all__ = ["Application", "Chip", "DataFile", "Faults", "File", "KeyFile", "RecordFile", "SigningKey", "UnknownFile"]

_STANDARD, _OWN = 0x00, 0x80
_CHANNEL_BITS, _SECURE_BITS = 0x03, 0x0C
_SELECT = 0xA4


@dataclass(slots=True)
class Chip:
    """One card. Errors of ``transmit``: ConnectionError when it was taken out, before or within the command.

    ``objects``: what the card itself gives by GET DATA; ``new_atr``: at each insertion another, as with readers that
    put the card's random number into it (card.md 1.1).
    """

    applications: tuple[Application, ...]
    atr: bytes = CONTACT
    faults: Faults = field(default_factory=Faults)
    log: list[bytes] = field(default_factory=list)
    objects: Mapping[int, bytes] = field(default_factory=dict)
    new_atr: bool = False
    power: list[str] = field(default_factory=list, init=False)
    pulled: bool = field(default=False, init=False)
    _session: Session = field(init=False)
    _answered: int = field(default=0, init=False)
    _fresh: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        self._session = Session(self.applications, self.objects)

    def application(self, aid: bytes) -> Application:
        """The application with this name. Errors: StopIteration if the card has none."""
        return next(each for each in self.applications if each.aid == aid)

    def insert(self) -> None:
        """Put on a reader: without power before, so without memory of what was opened."""
        self.pulled = False
        self._answered = 0
        if self.new_atr:
            self.atr = contactless(secrets.token_bytes(4))
        self.power_down()

    def pull(self) -> None:
        """Take off the reader, also in the middle of a command."""
        self.pulled = True

    def power_down(self) -> None:
        """No power: nothing is selected or open, counters stay."""
        self.power.append("down")
        self._begin(set())

    def reset(self, kind: str = "reset") -> None:
        """Warm reset or power-up."""
        self.power.append(kind)
        if not self.faults.survives_reset:
            self._begin(self._session.opened if self.faults.keeps_state else set())

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """Answer one command: data and status word."""
        self.log.append(apdu)
        self._suffer()
        try:
            answer = self._answer(Command.parse(apdu)), OK
        except CommandFault as fault:
            answer = b"", fault.status
        answer = self.faults.distort(self._answered, answer)
        self._answered += 1
        return answer

    def _begin(self, opened: set[tuple[bytes, int]]) -> None:
        self._session, self._fresh = Session(self.applications, self.objects, opened), True

    def _suffer(self) -> None:
        faults = self.faults
        if self._answered == faults.pull_after:
            self.pulled = True
        if self._answered == faults.reset_after:
            self.reset()
        faults.wait(self._answered, lambda: self.pulled)
        if self.pulled:
            raise ConnectionError

    def _answer(self, command: Command) -> bytes:
        first, self._fresh = self._fresh, False
        if first and self.faults.first_command_fails:
            raise CommandFault(UNEXPLAINED)
        if command.cla not in {_STANDARD, _OWN}:
            raise CommandFault(_refusal(command))
        answers = _ANSWERS.get((command.cla, command.ins))
        if answers is None:
            raise CommandFault(UNKNOWN_INSTRUCTION)
        self._session.keeps_state = self.faults.keeps_state
        return answers(self._session, command)


def _set_session_key(_: Session, __: Command) -> bytes:
    raise CommandFault(NO_SESSION_KEY)


_ANSWERS: Mapping[tuple[int, int], Callable[[Session, Command], bytes]] = {
    (_STANDARD, _SELECT): select,
    (_STANDARD, 0xB0): read_binary,
    (_STANDARD, 0xB2): read_record,
    (_STANDARD, 0x20): verify,
    (_STANDARD, 0x24): change,
    (_STANDARD, 0x84): get_challenge,
    (_STANDARD, 0xCA): get_data,
    (_OWN, 0x2A): sign,
    (_OWN, 0x32): replace_code,
    (_OWN, 0xAE): _set_session_key,
}


def _refusal(command: Command) -> int:
    """Why a class byte is not taken: logical channels, secure messaging, or none that exists (card.md 2.2)."""
    if command.cla & ~(_OWN | _CHANNEL_BITS | _SECURE_BITS):
        return UNKNOWN_CLASS
    if command.cla & _CHANNEL_BITS:
        return NO_CHANNELS
    return NO_SECURE_MESSAGING if command.ins == _SELECT else SECURE_MESSAGING_OBJECTS
