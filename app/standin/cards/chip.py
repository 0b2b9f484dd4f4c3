"""The chip: one command at a time to what answers it; power, resets and what goes wrong on purpose."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace

from app.standin.cards.answer_to_reset import CONTACT, contactless
from app.standin.cards.codes import change, replace_code, verify
from app.standin.cards.command import Command, CommandFault
from app.standin.cards.contents import Application, DataFile, File, KeyFile, RecordFile, SigningKey, UnknownFile
from app.standin.cards.faults import Faults
from app.standin.cards.plain_chip import PlainChip
from app.standin.cards.reading import get_challenge, get_data, read_binary, read_record
from app.standin.cards.secrecy import SECURE, SECURE_WITH_HEADER, answer_secured, set_session_key
from app.standin.cards.selecting import select
from app.standin.cards.session import Session
from app.standin.cards.signing import authenticate, sign
from app.standin.cards.status import (
    NO_CHANNELS,
    NO_SECURE_MESSAGING,
    SECURE_MESSAGING_OBJECTS,
    UNKNOWN_CLASS,
    UNKNOWN_INSTRUCTION,
)

__all__ = ["Application", "Chip", "DataFile", "Faults", "File", "KeyFile", "RecordFile", "SigningKey", "UnknownFile"]

_STANDARD, _OWN = 0x00, 0x80
_CHANNEL_BITS, _SECURE_BITS = 0x03, 0x0C
_SELECT, _BY_NAME = 0xA4, 0x04


@dataclass(slots=True)
class Chip(PlainChip):
    """個人番号カード, or whatever else bears 公的個人認証AP.

    ``objects``: what the card itself gives by GET DATA; ``new_atr``: at each insertion another, as with readers that
    put the card's random number into it (card.md 1.1). ``guests``: applications with rules of their own, by name: such
    a one answers from its selection until an application of the card is selected, as 在留AP on a 特定在留カード does.
    """

    applications: tuple[Application, ...]
    _: KW_ONLY
    atr: bytes = CONTACT
    objects: Mapping[int, bytes] = field(default_factory=dict)
    guests: Mapping[bytes, PlainChip] = field(default_factory=dict)
    new_atr: bool = False
    _session: Session = field(init=False)
    _guest: PlainChip | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """A guest belongs to this card alone: copies of a card share counters, never what is open."""
        self._session = Session(self.applications, self.objects)
        self.guests = {aid: replace(guest, log=[]) for aid, guest in self.guests.items()}

    def application(self, aid: bytes) -> Application:
        """The application with this name. Errors: StopIteration if the card has none."""
        return next(each for each in self.applications if each.aid == aid)

    def insert(self) -> None:
        """Put on a reader: without power before, so without memory of what was opened."""
        if self.new_atr:
            self.atr = contactless(secrets.token_bytes(4))
        PlainChip.insert(self)

    def forget(self, *, codes: bool) -> None:
        """Nothing is selected any more; with ``codes`` nothing is open either. Counters stay."""
        opened = set() if codes else self._session.opened
        self._session, self._guest = Session(self.applications, self.objects, opened), None

    def answer(self, command: Command) -> bytes:
        """The data of the answer. Errors: CommandFault with the status word."""
        if command.ins == _SELECT and command.p1 == _BY_NAME and self._welcomes(command.data):
            return b""
        if self._guest is not None:
            return self._guest.answer(command)
        application = self._session.application
        if application and application.delivery and command.cla in {SECURE, SECURE_WITH_HEADER}:
            return answer_secured(self._session, command, self._plain)
        return self._plain(command)

    def _plain(self, command: Command) -> bytes:
        if command.cla not in {_STANDARD, _OWN}:
            raise CommandFault(_refusal(command))
        answers = _ANSWERS.get((command.cla, command.ins))
        if answers is None:
            raise CommandFault(UNKNOWN_INSTRUCTION)
        self._session.keeps_state = self.faults.keeps_state
        return answers(self._session, command)

    def _welcomes(self, name: bytes) -> bool:
        """Whether this is a guest's name: it comes in. The next application of the card sends it away again."""
        guest = self.guests.get(name)
        if guest is not None:
            guest.forget(codes=True)
            self._session.enter(None)
            self._guest = guest
        elif any(each.aid.startswith(name) for each in self.applications):
            self._guest = None
        return guest is not None


_ANSWERS: Mapping[tuple[int, int], Callable[[Session, Command], bytes]] = {
    (_STANDARD, _SELECT): select,
    (_STANDARD, 0xB0): read_binary,
    (_STANDARD, 0xB2): read_record,
    (_STANDARD, 0x20): verify,
    (_STANDARD, 0x24): change,
    (_STANDARD, 0x84): get_challenge,
    (_STANDARD, 0xCA): get_data,
    (_STANDARD, 0x88): authenticate,
    (_OWN, 0x2A): sign,
    (_OWN, 0x32): replace_code,
    (_OWN, 0xAE): set_session_key,
}


def _refusal(command: Command) -> int:
    """Why a class byte is not taken: logical channels, secure messaging, or none that exists (card.md 2.2)."""
    if command.cla & ~(_OWN | _CHANNEL_BITS | _SECURE_BITS):
        return UNKNOWN_CLASS
    if command.cla & _CHANNEL_BITS:
        return NO_CHANNELS
    return NO_SECURE_MESSAGING if command.ins == _SELECT else SECURE_MESSAGING_OBJECTS
