"""What the authorities know of the certificates they made: which there are, and which were revoked, when and why."""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

SigningKey = RSAPrivateKey | EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Revoked:
    """When (UTC) and why a certificate was revoked."""

    at: datetime
    reason: x509.ReasonFlags = x509.ReasonFlags.unspecified


@dataclass(frozen=True, slots=True)
class Register:
    """One generation of one authority with the certificates it made, by number; None: it was not revoked.

    ``name``: under which its list is found.
    """

    name: str
    certificate: x509.Certificate
    key: SigningKey
    made: dict[int, Revoked | None] = field(default_factory=dict)

    @property
    def key_id(self) -> str:
        """SHA-1 of its public key, in hex: tells generations apart."""
        return x509.SubjectKeyIdentifier.from_public_key(self.certificate.public_key()).digest.hex()

    def issue(self, serial: int) -> None:
        """A certificate of this number was made; a revoked one stays revoked."""
        self.made.setdefault(serial, None)

    def revoke(self, serial: int, how: Revoked) -> None:
        """The certificate of this number is revoked."""
        self.made[serial] = how

    def revoked(self, by: datetime) -> dict[int, Revoked]:
        """What was revoked by then."""
        return {serial: how for serial, how in self.made.items() if how is not None and how.at <= by}


def digest_for(key: SigningKey) -> SHA256 | SHA384:
    """The digest an authority signs with, by its kind of key."""
    return SHA384() if isinstance(key, EllipticCurvePrivateKey) else SHA256()
