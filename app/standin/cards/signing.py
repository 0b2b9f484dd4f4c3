"""The chip signs: what its key does with the bytes it is given, by the first parameter (card.md 5.2)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, AsymmetricPadding, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import Hash, HashAlgorithm

from app.standin.cards.command import Command, CommandFault
from app.standin.cards.contents import SigningKey
from app.standin.cards.keys import raw_sign
from app.standin.cards.session import Session
from app.standin.cards.status import CONDITIONS, WRONG_DATA, WRONG_LENGTH, WRONG_PARAMETERS, WRONG_TYPE

_PADDING_BYTES = 11
_RsaWay = Callable[[RSAPrivateKey, HashAlgorithm, bytes], bytes]


def sign(session: Session, command: Command) -> bytes:
    """Errors: CommandFault 6A86 for an unknown way, 6982 before the code, 6700 without Le or with too much data."""
    if command.p1 not in _RSA_WAYS:
        raise CommandFault(WRONG_PARAMETERS)
    found = session.find(session.named(command.p2) if command.p2 else _default(session))
    if not isinstance(found, SigningKey):
        raise CommandFault(WRONG_TYPE)
    session.require(found)
    if command.le is None or not command.data:
        raise CommandFault(WRONG_LENGTH)
    if isinstance(found.key, EllipticCurvePrivateKey):
        return _sign_curve(found.key, found.digest, command)
    return _RSA_WAYS[command.p1](found.key, found.digest, command.data)


def authenticate(session: Session, command: Command) -> bytes:
    """INTERNAL AUTHENTICATE with a key that P2 names: the challenge signed as it stands (card.md 3.4; form assumed)."""
    return sign(session, replace(command, p1=0x00))


def _default(session: Session) -> int | None:
    return session.application.default_key if session.application is not None else None


def _sign_curve(key: EllipticCurvePrivateKey, digest: HashAlgorithm, command: Command) -> bytes:
    """The next generation's way is not public: the digest as P1=00 or 02, everything as 03 (assumed)."""
    ways: Mapping[int, bytes] = {0x00: command.data, 0x02: command.data, 0x03: _hashed(digest, command.data)}
    if command.p1 not in ways:
        raise CommandFault(CONDITIONS)
    return key.sign(_sized(digest, ways[command.p1]), ECDSA(Prehashed(digest)))


def _verbatim(key: RSAPrivateKey, _: HashAlgorithm, data: bytes) -> bytes:
    if len(data) > key.key_size // 8 - _PADDING_BYTES:
        raise CommandFault(WRONG_LENGTH)
    return raw_sign(key, data)


def _hash_bare(key: RSAPrivateKey, digest: HashAlgorithm, data: bytes) -> bytes:
    return raw_sign(key, _hashed(digest, data))


def _digest_named(key: RSAPrivateKey, digest: HashAlgorithm, data: bytes) -> bytes:
    return key.sign(_sized(digest, data), PKCS1v15(), Prehashed(digest))


def _hash_named(key: RSAPrivateKey, digest: HashAlgorithm, data: bytes) -> bytes:
    return key.sign(data, PKCS1v15(), digest)


def _digest_pss(key: RSAPrivateKey, digest: HashAlgorithm, data: bytes) -> bytes:
    return key.sign(_sized(digest, data), _pss(digest), Prehashed(digest))


def _hash_pss(key: RSAPrivateKey, digest: HashAlgorithm, data: bytes) -> bytes:
    return key.sign(data, _pss(digest), digest)


_RSA_WAYS: Mapping[int, _RsaWay] = {
    0x00: _verbatim,
    0x01: _hash_bare,
    0x02: _digest_named,
    0x03: _hash_named,
    0x04: _digest_pss,
    0x05: _hash_pss,
}


def _pss(digest: HashAlgorithm) -> AsymmetricPadding:
    """The salt is as long as the digest (assumed)."""
    return PSS(MGF1(digest), digest.digest_size)


def _hashed(digest: HashAlgorithm, data: bytes) -> bytes:
    whole = Hash(digest)
    whole.update(data)
    return whole.finalize()


def _sized(digest: HashAlgorithm, data: bytes) -> bytes:
    if len(data) != digest.digest_size:
        raise CommandFault(WRONG_DATA)
    return data
