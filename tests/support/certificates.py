"""Authorities and certificates in the shape of 公的個人認証, made for tests, with any single thing wrong."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_curve_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.domain.certificate import Purpose

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
USER, SIGNATURE = Purpose.USER_AUTHENTICATION, Purpose.DIGITAL_SIGNATURE
POLICY = {USER: "1.2.392.200149.8.5.1.3.30", SIGNATURE: "1.2.392.200149.8.5.1.1.20"}
UNITS = {USER: "TEST for user authentication", SIGNATURE: "TEST for digital signature"}
_ARC = "1.2.392.200149.8.5.5."

NAME = "葛\U000e0100城　𠮷子"
ADDRESS = "架空県見本市中央区辻\U000e0100町二丁目５番６－７０８号　見本住宅"
FOUR = {"1": NAME, "4": "419930409", "3": "2", "5": ADDRESS, "2": "100000", "6": "0" * len(ADDRESS)}
"""The six otherNames in the order of real certificates; the first character of the name is marked as replaced."""


@cache
def key(number: int) -> RSAPrivateKey:
    """A key that is the same for the same number within a run."""
    return generate_private_key(65537, 2048)


@cache
def curve_key() -> EllipticCurvePrivateKey:
    return new_curve_key(SECP384R1())


@dataclass(frozen=True)
class Root:
    """An authority: same name for all its generations, another key each."""

    purpose: Purpose
    key: RSAPrivateKey
    certificate: x509.Certificate


def root(
    purpose: Purpose, number: int, *, organisation: str = "TEST-MADE-UP", years: int = 10, is_authority: bool = True
) -> Root:
    own = key(number)
    name = x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, UNITS[purpose]),
    ])
    first = NOW - timedelta(days=700)
    builder = x509.CertificateBuilder(name, name, own.public_key(), number + 1, first, first + timedelta(365 * years))
    builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    return Root(purpose, own, builder.sign(own, SHA256()))


@dataclass(frozen=True)
class Leaf:
    """What stands in a holder's certificate; ``replace`` makes one thing wrong."""

    purpose: Purpose = USER
    first: datetime = NOW - timedelta(days=100)
    last: datetime = NOW + timedelta(days=900)
    policy: str | None = None
    usage: dict[str, bool] | None = None
    is_authority: bool = False
    names_issuer_key: bool = True
    critical_stranger: bool = False
    key: RSAPrivateKey | EllipticCurvePrivateKey = field(default_factory=lambda: key(100))
    hash: HashAlgorithm = field(default_factory=SHA256)
    four: dict[str, str] | None = None

    def made_by(self, issuer: Root) -> bytes:
        """The certificate, DER."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "0123456789ABCDEFGHIJKL")])
        builder = x509.CertificateBuilder(
            issuer.certificate.subject, subject, self.key.public_key(), 7, self.first, self.last
        )
        for extension, critical in self._extensions(issuer):
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(issuer.key, self.hash).public_bytes(Encoding.DER)

    def _extensions(self, issuer: Root) -> list[tuple[x509.ExtensionType, bool]]:
        policy = x509.ObjectIdentifier(self.policy or POLICY[self.purpose])
        found: list[tuple[x509.ExtensionType, bool]] = [
            (key_usage(self.usage or self._own_usage()), True),
            (x509.CertificatePolicies([x509.PolicyInformation(policy, ["http://www.example.jp/cps.html"])]), True),
        ]
        if self.is_authority:
            found.append((x509.BasicConstraints(ca=True, path_length=0), True))
        if self.names_issuer_key:
            found.append((x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False))
        if self.critical_stranger:
            found.append((x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True))
        if self.four is not None:
            names = [x509.OtherName(x509.ObjectIdentifier(_ARC + last), utf8(text)) for last, text in self.four.items()]
            found.append((x509.SubjectAlternativeName(names), False))
        return found

    def _own_usage(self) -> dict[str, bool]:
        return {"digital_signature": True, "content_commitment": self.purpose is SIGNATURE}

    def but(self, **changed: object) -> "Leaf":
        return replace(self, **changed)


def next_generation() -> Leaf:
    """A leaf with the next card's kind of key, under an authority of today."""
    return Leaf(key=curve_key(), hash=SHA384())


def key_usage(set_bits: dict[str, bool]) -> x509.KeyUsage:
    bits = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{bit: set_bits.get(bit, False) for bit in bits})


def utf8(text: str) -> bytes:
    """A UTF8String in DER."""
    value = text.encode()
    length = bytes([len(value)]) if len(value) < 128 else bytes([0x81, len(value)])
    return b"\x0c" + length + value


def lay_out(folder: Path, roots: list[Root], *, production: bool = False) -> Path:
    """The anchors folder of an installation that trusts these authorities."""
    place = folder / "jpki" / ("production" if production else "test")
    for number, each in enumerate(roots):
        pem = place / each.purpose / f"{number}.pem"
        pem.parent.mkdir(parents=True, exist_ok=True)
        pem.write_bytes(each.certificate.public_bytes(Encoding.PEM))
    place.mkdir(parents=True, exist_ok=True)
    (place / "policies.toml").write_text("".join(f'{purpose} = ["{POLICY[purpose]}"]\n' for purpose in Purpose))
    return folder
