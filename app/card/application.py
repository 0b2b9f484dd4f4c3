"""What every application of the card does alike: select, ask counters, verify, read a file, sign."""

import hashlib

from app.card import tlv
from app.card.channel import LEAST_STEP, OK, Channel
from app.card.reach import SHORT
from app.domain.secret import Secret
from app.errors import (
    BadCardData,
    CardBusy,
    CardRefused,
    CardRemoved,
    CardSilent,
    NoReader,
    NotThisCard,
    PadFailed,
    ServiceDown,
)
from app.services.card_port import Blocked, Key, Tries, TriesLeft, Uncounted
from app.services.card_refusals import blocked, wrong

_NOT_FOUND, _BLOCKED, _BLOCKED_ELSEWHERE = 0x6A82, 0x6984, 0x6983
_TRIES, _TRIES_MASK = 0x63C0, 0xFFF0
_SHORT_FILE = 0x80
_PIN_DIGITS = 4
_MOST_FILE_BYTES = 0x7FFF
_FILE_CERTIFICATE, _CERTIFICATE_BYTES = 0x04, 568
_TOO_LONG = {"67", "6C"}
_DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420")
"""DigestInfo of SHA-256 (RFC 8017, published)."""


class SelectedApplication:
    """An application selected on a channel. ``keys``: its key files by their short numbers."""

    def __init__(self, channel: Channel, keys: dict[Key, int]) -> None:
        self._channel = channel
        self._keys = keys

    def tries(self, key: Key) -> Tries:
        """Ask the counter: a VERIFY without data, four bytes long, spends nothing (card.md 4.4, measured)."""
        _, status = self._channel.send(bytes([0x00, 0x20, 0x00, _SHORT_FILE | self._keys[key]]))
        if status in {_BLOCKED, _BLOCKED_ELSEWHERE, _TRIES}:
            return Blocked()
        if status & _TRIES_MASK == _TRIES:
            return TriesLeft(status & 0xF)
        if status in {OK, 0x6300}:
            return Uncounted()
        raise CardRefused(status=f"{status:04X}")

    def verify(self, key: Key, secret: Secret) -> None:
        """Present a code once. An answer that gets lost counts as a spent try: it is never sent again."""
        head = bytes([0x00, 0x20, 0x00, _SHORT_FILE | self._keys[key], len(secret)])
        try:
            _, status = self._channel.send(head + secret.reveal())
        except (CardRemoved, CardSilent, CardBusy, NoReader, ServiceDown) as lost:
            raise type(lost)(during="verify") from None
        _demand_taken(key, status)

    def verify_on_pad(self, key: Key) -> None:
        """Have a 4-digit PIN typed on the reader's pad and presented once.

        Errors besides ``verify``'s: PinNotTyped, PadFailed. A pad that failed may have reached the card: as ``verify``
        an answer that is lost counts as a spent try.
        """
        head = bytes([0x00, 0x20, 0x00, _SHORT_FILE | self._keys[key]])
        try:
            status = self._channel.verify_on_pad(head, _PIN_DIGITS)
        except (CardRemoved, CardSilent, CardBusy, NoReader, ServiceDown, PadFailed):
            self._demand_there()
            raise PadFailed(during="verify") from None
        _demand_taken(key, status)

    def _demand_there(self) -> None:
        """A card that was taken while the pad waited is told as removed and not as the pad's fault."""
        key = next(iter(self._keys))
        try:
            self.tries(key)
        except CardRefused:
            return
        except (CardRemoved, CardSilent, CardBusy, NoReader, ServiceDown) as lost:
            raise type(lost)(during="verify") from None

    def certificate(self) -> bytes:
        """The card-verifiable certificate."""
        return self.read(_FILE_CERTIFICATE, _CERTIFICATE_BYTES)

    def probe(self) -> None:
        """Find out, once for a reader, whether it passes long answers on: with a file that needs no code."""
        reach, certificate = self._channel.reach, bytes([_SHORT_FILE | _FILE_CERTIFICATE, 0])
        if reach.try_once() and len(self._long_piece(certificate, _CERTIFICATE_BYTES)) > SHORT:
            reach.is_long()

    def sign(self, message: bytes) -> bytes:
        """PKCS#1 v1.5 signature of the application's own key; the key needs no code (card.md 3.2, 3.3, one source)."""
        info = _DIGEST_INFO + hashlib.sha256(message).digest()
        return self._channel.fetch_signature(bytes([0x80, 0x2A, 0x00, 0x00, len(info)]) + info + b"\x00")

    def read(self, number: int, size: int = SHORT) -> bytes:
        """A file to the end of its object (filler left unread beyond the last piece). ``size``: what it usually has.

        The first command names the file and so makes it current; its object's head tells how much there is, so no
        command is spent on running against the end. Errors: BadCardData, CardRefused.
        """
        data = self._piece(bytes([_SHORT_FILE | number, 0]), size)
        _, start, length = tlv.head(data)
        total = start + length
        if total > _MOST_FILE_BYTES:
            raise BadCardData(what=f"file {number:02X}")
        while len(data) < total:
            more = self._piece(len(data).to_bytes(2, "big"), total - len(data))
            if len(more) < min(total - len(data), LEAST_STEP):
                raise BadCardData(what=f"file {number:02X}")
            data += more
            self._channel.read_so_far(len(data), total)
        return data

    def _piece(self, where: bytes, wanted: int) -> bytes:
        """At most so many bytes of a file, from P1 and P2 on, as long as the reader's reach is.

        A long answer that is refused for its length is asked for again short, now and for good.
        """
        size = min(wanted, self._channel.reach.most)
        if size <= SHORT:
            return self._channel.fetch(b"\x00\xb0" + where + bytes([size & 0xFF]))
        try:
            return self._long_piece(where, size)
        except CardRefused as refused:
            if str(refused.data["status"])[:2] not in _TOO_LONG:
                raise
        self._channel.reach.is_short()
        return self._piece(where, wanted)

    def _long_piece(self, where: bytes, size: int) -> bytes:
        return self._channel.fetch(b"\x00\xb0" + where + b"\x00" + size.to_bytes(2, "big"))


def _demand_taken(key: Key, status: int) -> None:
    """The card has taken the code. Errors: CodeBlocked, WrongCode, CardRefused."""
    if status == OK:
        return
    if status in {_BLOCKED, _BLOCKED_ELSEWHERE, _TRIES}:
        raise blocked(key)
    if status & _TRIES_MASK == _TRIES:
        raise wrong(key, status & 0xF)
    raise CardRefused(status=f"{status:04X}")


def select(channel: Channel, aid: bytes, name: str) -> None:
    """Select an application by its whole name. Errors: NotThisCard(application=name), CardRefused."""
    _, status = channel.send(b"\x00\xa4\x04\x0c" + bytes([len(aid)]) + aid)
    if status == _NOT_FOUND:
        raise NotThisCard(application=name)
    if status != OK:
        raise CardRefused(status=f"{status:04X}")
