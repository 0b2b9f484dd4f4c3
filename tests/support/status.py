"""Certificate authorities that say which of their certificates were revoked: made for a test, served over HTTP."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_rsa_key
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.domain.certificate import Purpose
from app.standin.jpki.register import Register, Revoked, SigningKey, digest_for
from app.trust.certificate_anchors import CertificateAnchor

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
MOVED = Revoked(YESTERDAY, x509.ReasonFlags.affiliation_changed)
COMMON = "Kx7Qm2-opaque-Zt9"
"""What stands in the subject of each certificate here."""


@cache
def key(generation: int) -> SigningKey:
    """The key of a generation; the first one signs with RSA as the authorities do today."""
    return new_rsa_key(65537, 2048) if generation == 1 else generate_private_key(SECP384R1())


@dataclass(frozen=True)
class Authority:
    """One generation of an authority of tests; all generations have one name."""

    generation: int
    register: Register
    purpose: Purpose = Purpose.USER_AUTHENTICATION

    @property
    def anchor(self) -> CertificateAnchor:
        return CertificateAnchor(self.purpose, self.register.certificate, None)


@cache
def _root(generation: int) -> x509.Certificate:
    own = key(generation)
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "TEST-MADE-UP")])
    first = NOON - timedelta(days=900)
    builder = x509.CertificateBuilder(name, name, own.public_key(), generation, first, NOON + timedelta(days=3000))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return builder.sign(own, digest_for(own))


def authority(generation: int = 1) -> Authority:
    """A generation with no certificates yet."""
    return Authority(generation, Register(f"made-up-{generation}", _root(generation), key(generation)))


@cache
def holder_key() -> SigningKey:
    return generate_private_key(SECP384R1())


@dataclass(frozen=True)
class Leaf:
    """What stands in a holder's certificate."""

    serial: int
    first: datetime = NOON - timedelta(days=100)
    last: datetime = NOON + timedelta(days=900)
    extensions: tuple[x509.ExtensionType, ...] = field(default=())

    def made_by(self, issuer: Authority) -> bytes:
        """The certificate, DER; the authority's register knows it."""
        issuer.register.issue(self.serial)
        return self.signed_by(issuer)

    def signed_by(self, issuer: Authority) -> bytes:
        """The certificate, DER; no register knows it."""
        root = issuer.register
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, COMMON)])
        builder = x509.CertificateBuilder(
            root.certificate.subject, subject, holder_key().public_key(), self.serial, self.first, self.last
        )
        for extension in self.extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(root.key, digest_for(root.key)).public_bytes(Encoding.DER)
