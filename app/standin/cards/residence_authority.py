"""The training immigration authority: one certificate per generation, and who signs cards under it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

ORGANISATION = "TEST-NOT-MOJ"
FIRST, SECOND = "first", "second"
_BEGIN = datetime(2024, 4, 1, tzinfo=UTC)
_AUTHORITY_LIFE, _SIGNER_LIFE = timedelta(days=36500), timedelta(days=30000)
_NUMBER_BYTES = 48

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class ResidenceSigner:
    """Signs cards of one generation; ``certificate`` (DER) goes onto them."""

    key: Key
    certificate: bytes

    def sign(self, *parts: bytes) -> bytes:
        """RSA-2048 (256 bytes), or P-384 as two numbers in a row (96 bytes); both over SHA-256."""
        message = b"".join(parts)
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, PKCS1v15(), SHA256())
        first, second = decode_dss_signature(self.key.sign(message, ec.ECDSA(SHA256())))
        return first.to_bytes(_NUMBER_BYTES, "big") + second.to_bytes(_NUMBER_BYTES, "big")


def load_signer(folder: Path, generation: str) -> ResidenceSigner:
    """From ``folder`` (resources/training/card/residence). Errors: FileNotFoundError."""
    key = _key((folder / f"{generation}-signer-key.pem").read_bytes())
    certificate = x509.load_pem_x509_certificate((folder / f"{generation}-signer.pem").read_bytes())
    return ResidenceSigner(key, certificate.public_bytes(Encoding.DER))


def strange_signer(generation: str) -> ResidenceSigner:
    """Of an authority nobody has an anchor for."""
    authority, key = _new_key(generation), _new_key(generation)
    certificate = _certificate(_name("STRANGER"), authority, _name("STRANGE SIGNER"), key)
    return ResidenceSigner(key, certificate.public_bytes(Encoding.DER))


def found(private: Path, anchors: Path) -> None:
    """Make the authority anew: signers into ``private``, its own certificates below ``anchors`` by generation."""
    for generation in (FIRST, SECOND):
        authority, signer = _new_key(generation), _new_key(generation)
        name = _name(f"TEST CARD CA {generation.upper()}")
        own = _certificate(name, authority, name, authority)
        issued = _certificate(name, authority, _name("TEST CARD SIGNER"), signer)
        for folder in (private, anchors / generation):
            folder.mkdir(parents=True, exist_ok=True)
        secret = signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (private / f"{generation}-signer-key.pem").write_bytes(secret)
        (private / f"{generation}-signer.pem").write_bytes(issued.public_bytes(Encoding.PEM))
        (anchors / generation / "test-authority.pem").write_bytes(own.public_bytes(Encoding.PEM))


def _certificate(issuer: x509.Name, authority: Key, subject: x509.Name, key: Key) -> x509.Certificate:
    own = key is authority
    return (
        x509
        .CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(1 if own else 2)
        .not_valid_before(_BEGIN)
        .not_valid_after(_BEGIN + (_AUTHORITY_LIFE if own else _SIGNER_LIFE))
        .add_extension(x509.BasicConstraints(ca=own, path_length=0 if own else None), critical=True)
        .sign(authority, SHA256())
    )


def _name(common: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "JP"), (NameOID.ORGANIZATION_NAME, ORGANISATION), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _new_key(generation: str) -> Key:
    if generation == FIRST:
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP384R1())


def _key(pem: bytes) -> Key:
    key = load_pem_private_key(pem, None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise FileNotFoundError
    return key
