"""Answers time-stamp requests. Source: RFC 3161 section 2.4, RFC 5652 section 5, RFC 5816 (published)."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.standin.stamper.authority import StampKeys
from app.standin.stamper.der import BOOLEAN, INTEGER, OCTETS, OID, SEQUENCE, instant, name, number, read, set_of, tagged

POLICY = "1.3.6.1.4.1.32473.1.1"
"""Below the number that RFC 5612 keeps for examples."""
_HASHES = {name("2.16.840.1.101.3.4.2.1"): 32, name("2.16.840.1.101.3.4.2.2"): 48, name("2.16.840.1.101.3.4.2.3"): 64}
_SHA256 = tagged(SEQUENCE, name("2.16.840.1.101.3.4.2.1"))
_ECDSA = tagged(SEQUENCE, name("1.2.840.10045.4.3.2"))
_SIGNED_DATA, _STAMP = name("1.2.840.113549.1.7.2"), name("1.2.840.113549.1.9.16.1.4")
_CONTENT_TYPE, _DIGEST = name("1.2.840.113549.1.9.3"), name("1.2.840.113549.1.9.4")
_CERTIFICATE_V2 = name("1.2.840.113549.1.9.16.2.47")
_CONTEXT_0, _GRANTED, _REJECTED = 0xA0, 0, 2
_BAD_ALG, _BAD_REQUEST, _BAD_FORMAT, _BAD_POLICY = 0, 2, 5, 15
"""PKIFailureInfo, bits. Source: RFC 3161 section 2.4.2, published."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as read: what is stamped, as it stood there; ``nonce`` as encoded, b"" for none."""

    imprint: bytes
    nonce: bytes
    wants_certificate: bool


class StampAnswers:
    """A stamper. ``now``: its clock; ``serials``: the numbers of its stamps."""

    def __init__(self, keys: StampKeys, now: Callable[[], datetime], serials: Iterator[int] | None = None) -> None:
        self._keys = keys
        self._now = now
        self._serials = serials or count(int(now().timestamp() * 1_000_000))

    def answer(self, question: bytes) -> bytes:
        """A TimeStampResp: a stamp, or why there is none."""
        found = _asked(question)
        return _refused(found) if isinstance(found, int) else self._granted(found)

    def _granted(self, asked: Asked) -> bytes:
        accuracy = tagged(SEQUENCE, number(1))
        parts = (number(1), name(POLICY), asked.imprint, number(next(self._serials)), instant(self._now()), accuracy)
        info = tagged(SEQUENCE, *parts, asked.nonce)
        token = tagged(SEQUENCE, _SIGNED_DATA, tagged(_CONTEXT_0, self._signed(info, asked)))
        return tagged(SEQUENCE, tagged(SEQUENCE, number(_GRANTED)), token)

    def _signed(self, info: bytes, asked: Asked) -> bytes:
        certificate = self._keys.certificate
        named = tagged(SEQUENCE, certificate.issuer.public_bytes(), number(certificate.serial_number))
        der = certificate.public_bytes(Encoding.DER)
        own = tagged(SEQUENCE, tagged(SEQUENCE, tagged(SEQUENCE, tagged(OCTETS, hashlib.sha256(der).digest()))))
        attributes = [
            tagged(SEQUENCE, _CONTENT_TYPE, set_of([_STAMP])),
            tagged(SEQUENCE, _DIGEST, set_of([tagged(OCTETS, hashlib.sha256(info).digest())])),
            tagged(SEQUENCE, _CERTIFICATE_V2, set_of([own])),
        ]
        signature = self._keys.key.sign(set_of(attributes), ECDSA(SHA256()))
        signer = (number(1), named, _SHA256, set_of(attributes, _CONTEXT_0), _ECDSA, tagged(OCTETS, signature))
        content = tagged(SEQUENCE, _STAMP, tagged(_CONTEXT_0, tagged(OCTETS, info)))
        certificates = tagged(_CONTEXT_0, der) if asked.wants_certificate else b""
        return tagged(
            SEQUENCE, number(3), set_of([_SHA256]), content, certificates, set_of([tagged(SEQUENCE, *signer)])
        )


def _asked(question: bytes) -> Asked | int:
    """The request, or the bit that says why it is refused."""
    try:
        ((tag, body),) = read(question)
        (version_tag, version), (imprint_tag, imprint), *more = read(body)
        (_, algorithm), (_, digest) = read(imprint)
        kind = next(tagged(each, value) for each, value in read(algorithm))
    except (ValueError, StopIteration):
        return _BAD_FORMAT
    if (tag, version_tag, version, imprint_tag) != (SEQUENCE, INTEGER, b"\x01", SEQUENCE):
        return _BAD_REQUEST
    if _HASHES.get(kind) != len(digest):
        return _BAD_ALG
    if any(each == OID and tagged(OID, value) != name(POLICY) for each, value in more):
        return _BAD_POLICY
    nonce = next((tagged(INTEGER, value) for each, value in more if each == INTEGER), b"")
    return Asked(tagged(SEQUENCE, imprint), nonce, (BOOLEAN, b"\xff") in more)


def _refused(bit: int) -> bytes:
    bits = (1 << (7 - bit % 8)).to_bytes(1, "big").rjust(bit // 8 + 1, b"\0")
    unused = 7 - bit % 8
    return tagged(SEQUENCE, tagged(SEQUENCE, number(_REJECTED), tagged(0x03, bytes([unused]) + bits)))
