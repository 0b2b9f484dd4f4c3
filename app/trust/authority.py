"""Certificates for mutual TLS: authorities, server certificates and terminal certificates (X.509, P-256).

A terminal's name stands in its certificate as the URI ``urn:madoguchi:terminal:<municipality>:<terminal>`` among the
subject alternative names; the subject repeats it for people and is never read. A backend process that speaks to another
one names the slices it speaks for as ``urn:madoguchi:slice:<name>`` in its own certificate.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.domain.secret import Secret
from app.errors import NotAllowed, WrongKey
from app.trust.tls_key import TlsKey

_TERMINAL = re.compile(r"urn:madoguchi:terminal:([0-9]{6}):([A-Za-z0-9._-]{1,40})")
_SLICE = re.compile(r"urn:madoguchi:slice:([a-z]{1,40})")
_TRAINING = "TRAINING ONLY"
LOOPBACK = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class TerminalName:
    """Which terminal of which municipality. ``terminal``: 1-40 ASCII letters, digits, ``.``, ``_`` or ``-``."""

    municipality: str
    terminal: str

    @property
    def uri(self) -> str:
        """The name as it stands in a certificate."""
        return f"urn:madoguchi:terminal:{self.municipality}:{self.terminal}"


class Authority:
    """Who vouches for servers and terminals. One of training says so in its subject: see ``is_training``."""

    def __init__(self, key: TlsKey, certificate: x509.Certificate) -> None:
        self._key = key
        self._certificate = certificate

    @classmethod
    def create(cls, name: str, now: datetime, lifetime: timedelta, *, is_training: bool = True) -> Self:
        """A new authority called ``name``, valid from ``now`` for ``lifetime``."""
        key = TlsKey.generate()
        unit = [x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _TRAINING)] if is_training else []
        subject = x509.Name([*unit, x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = _builder(subject, subject, key.public_key(), now, lifetime)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(authority=True), critical=True)
        return cls(key, key.certify(builder))

    @classmethod
    def load(cls, certificate_pem: bytes, key_pem: bytes, passphrase: Secret | None) -> Self:
        """Read a kept authority. Errors: WrongKey when key and certificate don't open or don't belong together."""
        key = TlsKey.from_pem(key_pem, passphrase)
        try:
            certificate = x509.load_pem_x509_certificate(certificate_pem)
        except ValueError as error:
            raise WrongKey(what="authority") from error
        if certificate.public_key() != key.public_key():
            raise WrongKey(what="authority")
        return cls(key, certificate)

    @property
    def certificate_pem(self) -> bytes:
        """The certificate both ends trust, PEM."""
        return self._certificate.public_bytes(Encoding.PEM)

    def key_pem(self, passphrase: Secret | None) -> bytes:
        """The private key, PEM, encrypted unless ``passphrase`` is None."""
        return self._key.to_pem(passphrase)

    def issue_server(
        self, request_pem: bytes, now: datetime, lifetime: timedelta, hosts: Sequence[str] = LOOPBACK
    ) -> bytes:
        """A server certificate (PEM) for ``hosts``, names or addresses. Errors: NotAllowed for a bad request."""
        names = [_general_name(host) for host in hosts]
        return self._issue(request_pem, hosts[0], names, [ExtendedKeyUsageOID.SERVER_AUTH], (now, lifetime))

    def issue_slices(
        self,
        request_pem: bytes,
        slices: Sequence[str],
        now: datetime,
        lifetime: timedelta,
        hosts: Sequence[str] = LOOPBACK,
    ) -> bytes:
        """A certificate (PEM) of a backend process: serves ``hosts``, and calls others as ``slices``.

        Errors: NotAllowed for a bad request or name.
        """
        uris = [f"urn:madoguchi:slice:{name}" for name in slices]
        if not uris or not all(_SLICE.fullmatch(uri) for uri in uris):
            raise NotAllowed(what="slice_name")
        names = [*(_general_name(host) for host in hosts), *(x509.UniformResourceIdentifier(uri) for uri in uris)]
        purposes = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        return self._issue(request_pem, hosts[0], names, purposes, (now, lifetime))

    def issue_terminal(self, request_pem: bytes, name: TerminalName, now: datetime, lifetime: timedelta) -> bytes:
        """A client certificate (PEM) for a terminal, not beyond the authority's own end.

        Errors: NotAllowed for a bad request or name; what the request itself says of a name is not read.
        """
        if not _TERMINAL.fullmatch(name.uri):
            raise NotAllowed(what="terminal_name")
        names: list[x509.GeneralName] = [x509.UniformResourceIdentifier(name.uri)]
        common = f"{name.municipality}:{name.terminal}"
        left = self._certificate.not_valid_after_utc - now
        span = (now, min(lifetime, left))
        return self._issue(request_pem, common, names, [ExtendedKeyUsageOID.CLIENT_AUTH], span)

    def _issue(
        self,
        request_pem: bytes,
        common_name: str,
        names: Sequence[x509.GeneralName],
        purposes: Sequence[x509.ObjectIdentifier],
        span: tuple[datetime, timedelta],
    ) -> bytes:
        public = _asked_for(request_pem)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
        issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = _builder(subject, self._certificate.subject, public, *span)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(authority=False), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        builder = builder.add_extension(issuer_key, critical=False)
        return self._key.certify(builder).public_bytes(Encoding.PEM)


def terminal_of(der: bytes) -> TerminalName:
    """The terminal a peer's certificate (DER, verified by TLS) names. Errors: NotAllowed when not exactly one."""
    uris = _uris(der)
    found = _TERMINAL.fullmatch(uris[0]) if len(uris) == 1 else None
    if found is None:
        raise NotAllowed(what="terminal_certificate")
    return TerminalName(found[1], found[2])


def slices_of(der: bytes) -> tuple[str, ...]:
    """The slices a peer's certificate (DER, verified by TLS) speaks for. Errors: NotAllowed when it names others."""
    found = [_SLICE.fullmatch(uri) for uri in _uris(der)]
    names = tuple(match[1] for match in found if match is not None)
    if not names or len(names) != len(found):
        raise NotAllowed(what="slice_certificate")
    return names


def _uris(der: bytes) -> list[str]:
    try:
        certificate = x509.load_der_x509_certificate(der)
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound) as error:
        raise NotAllowed(what="certificate") from error
    return names.get_values_for_type(x509.UniformResourceIdentifier)


def is_training(certificate_pem: bytes) -> bool:
    """Whether this authority serves training only; such an anchor is refused in service, any other one in training."""
    try:
        subject = x509.load_pem_x509_certificate(certificate_pem).subject
    except ValueError as error:
        raise WrongKey(what="authority") from error
    units = subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == _TRAINING for unit in units)


def expires(certificate_pem: bytes) -> datetime:
    """The last instant (UTC) at which a certificate holds."""
    try:
        return x509.load_pem_x509_certificate(certificate_pem).not_valid_after_utc
    except ValueError as error:
        raise WrongKey(what="certificate") from error


def requested_key(request_pem: bytes) -> bytes:
    """The public key (DER) that a signing request proves to hold. Errors: NotAllowed as for issuing."""
    return _asked_for(request_pem).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def demand_chain(chain_pem: bytes, key: TlsKey, name: TerminalName) -> None:
    """Whether what an authority answered is a certificate of this terminal, for this key, and that authority's own.

    Errors: WrongKey.
    """
    try:
        own, issuer = x509.load_pem_x509_certificates(chain_pem)
        own.verify_directly_issued_by(issuer)
        is_mine = own.public_key() == key.public_key()
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise WrongKey(what="certificate") from error
    if not is_mine or terminal_of(own.public_bytes(Encoding.DER)) != name:
        raise WrongKey(what="certificate")


def fingerprint(certificate_pem: bytes) -> str:
    """SHA-256 (hex) of the first certificate, as the door knows it. Errors: WrongKey."""
    try:
        return x509.load_pem_x509_certificate(certificate_pem).fingerprint(SHA256()).hex()
    except ValueError as error:
        raise WrongKey(what="certificate") from error


def _asked_for(request_pem: bytes) -> EllipticCurvePublicKey:
    try:
        request = x509.load_pem_x509_csr(request_pem)
        public, is_proved = request.public_key(), request.is_signature_valid
    except (ValueError, UnsupportedAlgorithm, InvalidSignature) as error:
        raise NotAllowed(what="certificate_request") from error
    is_ours = isinstance(public, EllipticCurvePublicKey) and isinstance(public.curve, SECP256R1)
    if not isinstance(public, EllipticCurvePublicKey) or not is_ours or not is_proved:
        raise NotAllowed(what="certificate_request")
    return public


def _builder(
    subject: x509.Name, issuer: x509.Name, public: CertificatePublicKeyTypes, now: datetime, lifetime: timedelta
) -> x509.CertificateBuilder:
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    builder = x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number(), now, now + lifetime)
    return builder.add_extension(identifier, critical=False)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
