"""在留カード and 特別永住者証明書, the residence cards: opened by the number printed on them, read encrypted.

Source: MOJ 在留カード等仕様書 V1.3 (first generation), 第２世代在留カード等仕様書 V1.1 as noted by a public reader;
published. Their commands need extended length: a reader that takes short commands only can't read these cards.
"""

from app.card import tlv
from app.card.application import select
from app.card.channel import OK, Channel
from app.card.residence_files import FirstFiles, SecondFiles, parse_first, parse_kind, parse_second
from app.domain.secret import Secret
from app.errors import (
    BadCardData,
    CardBusy,
    CardRefused,
    CardRemoved,
    CardSilent,
    NoReader,
    NotThisCard,
    ServiceDown,
    WrongCardNumber,
)
from app.services.other_cards_port import ResidenceKind, ResidenceRecord
from app.trust.residence_session import Generation, Greeting, Session

SPECIFIED_AID, AID, _DF2, _DF3 = (bytes.fromhex(f"D392F0004F{n:02X}").ljust(16, b"\x00") for n in (1, 2, 3, 4))
_KIND = 0x0A
_FIRST_FRONT, _FIRST_PHOTO = 0x05, 0x06
_BACK, _COMPREHENSIVE, _INDIVIDUAL, _PENDING = 0x01, 0x02, 0x03, 0x04
_ENTRIES, _IMAGES, _ADDRESS = 0x03, 0x04, 0x06
_SECOND_PERMISSIONS, _SECOND_PENDING = 0x01, 0x02
_SIGNATURE = 0x02
"""Short numbers of the files in their applications (V1.3 and V1.1, 4.2.5)."""
_MISMATCH, _COUNTED_MISMATCH = 0x6300, 0x63C0
"""Tries are unlimited and not counted (V1.3 4.2.2); the other word is in the table of the same specification."""
_SEALED = 0x86
_SEALED_BY_SESSION = 0x01


class Residence:
    """The card, recognised by the names of its applications; ``open`` comes before ``record``."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._session: Session | None = None
        self.kind = self._recognise()

    def open(self, number: Secret, nonce: bytes) -> None:
        """Authenticate and present the number once; an answer that gets lost is not asked for again."""
        challenge = self._channel.fetch(bytes.fromhex("0084000008"))
        greeting = Greeting.to_card(self.kind.generation, number, challenge, nonce)
        answer = self._told(bytes.fromhex("0082000028") + greeting.message + b"\x00")
        session = greeting.session(answer)
        try:
            self._told(bytes.fromhex("0820008613861101") + session.seal(number.reveal()))
        except (CardRemoved, CardSilent, CardBusy, NoReader, ServiceDown) as lost:
            raise type(lost)(during="verify") from None
        self._session = session

    def record(self, *, with_status: bool) -> ResidenceRecord:
        """Read what a counter needs, and with ``with_status`` what only a task about residence may see."""
        if self.kind.generation is Generation.FIRST:
            return parse_first(self._first(with_status=with_status), with_status=with_status)
        return parse_second(self._second(with_status=with_status), with_status=with_status)

    def _recognise(self) -> ResidenceKind:
        """Which card it is; 特定在留カード等 have an application around the others (one reader's notes)."""
        try:
            select(self._channel, AID, "residence")
        except NotThisCard:
            select(self._channel, SPECIFIED_AID, "residence")
        else:
            self._channel.fetch(bytes.fromhex("00A40000023F00"))
        return parse_kind(self._plain(_KIND))

    def _first(self, *, with_status: bool) -> FirstFiles:
        select(self._channel, AID, "residence")
        front, photo = self._secure(_FIRST_FRONT), self._secure(_FIRST_PHOTO)
        select(self._channel, _DF2, "residence")
        back = self._plain(_BACK)
        asked = with_status and not self.kind.special_permanent
        permissions = tuple(self._plain(each) for each in (_COMPREHENSIVE, _INDIVIDUAL, _PENDING)) if asked else ()
        select(self._channel, _DF3, "residence")
        return FirstFiles(front, photo, back, permissions, self._plain(_SIGNATURE))

    def _second(self, *, with_status: bool) -> SecondFiles:
        select(self._channel, AID, "residence")
        entries, images, address = self._secure(_ENTRIES), self._secure(_IMAGES), self._secure(_ADDRESS)
        permissions: tuple[bytes, ...] = ()
        if with_status and not self.kind.special_permanent:
            select(self._channel, _DF2, "residence")
            permissions = (self._plain(_SECOND_PERMISSIONS), self._plain(_SECOND_PENDING))
        select(self._channel, _DF3, "residence")
        return SecondFiles(entries, images, address, permissions, self._plain(_SIGNATURE))

    def _told(self, apdu: bytes) -> bytes:
        """The answer to a command that carries the number. Errors: WrongCardNumber, CardRefused."""
        data, status = self._channel.send(apdu)
        if status == _MISMATCH or status & 0xFFF0 == _COUNTED_MISMATCH:
            raise WrongCardNumber
        if status != OK:
            raise CardRefused(status=f"{status:04X}")
        return data

    def _plain(self, number: int) -> bytes:
        """A whole file in clear."""
        return self._shown(self._channel.fetch(bytes([0x00, 0xB0, 0x80 | number, 0x00, 0x00, 0x00, 0x00])))

    def _secure(self, number: int) -> bytes:
        """A whole file, encrypted on its way. Errors: BadCardData, CardRefused."""
        if self._session is None:
            raise CardRefused(status="6982")
        head = bytes([0x08, 0xB0, 0x80 | number, 0x00])
        sealed = tlv.first(self._channel.fetch(head + bytes.fromhex("00000496020000") + b"\x00\x00"), _SEALED).value
        if sealed[:1] != bytes([_SEALED_BY_SESSION]):
            raise BadCardData(what="86")
        return self._shown(self._session.unseal(sealed[1:]))

    def _shown(self, file: bytes) -> bytes:
        self._channel.read_so_far(len(file), len(file))
        return file
