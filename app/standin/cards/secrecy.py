"""Secure messaging of 券面事項入力補助AP: a session key sealed to the card, after the PIN; no integrity, by design.

Source: card.md 5.3, measured on a test card by one reader program; ordinary programs do without.
"""

from collections.abc import Callable
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.hashes import SHA256

from app.standin.cards.command import Command, CommandFault
from app.standin.cards.session import SecretKey, Session
from app.standin.cards.status import (
    BAD_SECURE_OBJECT,
    CLOSED,
    MISSING_SECURE_OBJECT,
    NO_SESSION_KEY,
    SECURE_MESSAGING_OBJECTS,
    WRONG_DATA,
)
from app.standin.cards.tlv import tlv

SECURE, SECURE_WITH_HEADER = 0x08, 0x0C
_DELIVERY_HEAD = bytes.fromhex("A0228020")
_SEED_BYTES, _KEY_BYTES = 32, 16
_READ = 0xB0
_CRYPTOGRAM, _LENGTH_HEAD = 0x86, bytes.fromhex("960300")
_PADDED = b"\x01"
_LONG_FORM = 0x81


def set_session_key(session: Session, command: Command) -> bytes:
    """``80 AE``. Errors: CommandFault 66F1 where there is none, 6982 before the PIN, 6A80."""
    delivery = session.application.delivery if session.application is not None else None
    if delivery is None:
        raise CommandFault(NO_SESSION_KEY)
    if not session.is_open(delivery.code):
        raise CommandFault(CLOSED)
    try:
        message = delivery.key.decrypt(command.data, OAEP(MGF1(SHA256()), SHA256(), None))
    except ValueError:
        raise CommandFault(WRONG_DATA) from None
    if not message.startswith(_DELIVERY_HEAD) or len(message) != len(_DELIVERY_HEAD) + _SEED_BYTES:
        raise CommandFault(WRONG_DATA)
    session.secret = SecretKey(message[len(_DELIVERY_HEAD) :][:_KEY_BYTES])
    return b""


def answer_secured(session: Session, command: Command, answer: Callable[[Command], bytes]) -> bytes:
    """A command in the session's secrecy, its answer in the same; ``answer`` gets it in clear.

    Its count moves on whether or not the application refuses. Errors: CommandFault 69FC without a session, 6987 for a
    header to be authenticated, 6988 for an object that does not fit: that ends the session.
    """
    secret = session.secret
    if secret is None:
        raise CommandFault(SECURE_MESSAGING_OBJECTS)
    if command.cla == SECURE_WITH_HEADER:
        raise CommandFault(MISSING_SECURE_OBJECT)
    try:
        plain = _opened(secret, command)
    except ValueError:
        session.secret = None
        raise CommandFault(BAD_SECURE_OBJECT) from None
    count = secret.count
    secret.count += 1
    data = answer(plain)
    return tlv(_CRYPTOGRAM, _PADDED, secret.sealed(data, count)) if data else b""


def _opened(secret: SecretKey, command: Command) -> Command:
    """The command in clear: READ BINARY wraps its length, all others their data. Errors: ValueError."""
    data = command.data
    if command.ins == _READ:
        if not data.startswith(_LENGTH_HEAD) or len(data) != len(_LENGTH_HEAD) + 2:
            raise ValueError(data)
        return replace(command, cla=0x00, data=b"", le=int.from_bytes(data[-2:], "big") or 0x10000)
    return replace(command, cla=0x00, data=secret.opened(_cryptogram(data), secret.count))


def _cryptogram(data: bytes) -> bytes:
    """The content of the only object, its length in one byte or two. Errors: ValueError."""
    start = 3 if data[1:2] == bytes([_LONG_FORM]) else 2
    body = data[start:]
    if data[:1] != bytes([_CRYPTOGRAM]) or data[start - 1 : start] != bytes([len(body) & 0xFF]) or len(body) < 1:
        raise ValueError(data)
    if body[:1] != _PADDED:
        raise ValueError(data)
    return body[1:]
