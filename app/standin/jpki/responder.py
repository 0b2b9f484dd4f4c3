"""The responder (OCSP, RFC 6960): good, revoked or unknown, signed under a certificate given for that task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.standin.jpki.register import Register, digest_for

FRESH = timedelta(minutes=10)
"""How long an answer may be used."""
_DUTY, _BEFORE = timedelta(days=30), timedelta(hours=1)
"""How long the task is given, and how much of that lies behind: other clocks may be slow."""
_LEAST_NONCE, _MOST_NONCE = 1, 128
"""Bytes. Source: RFC 9654, published."""
_FAULTS = (ValueError, NotImplementedError, UnsupportedAlgorithm, x509.DuplicateExtension)
Statuses = ocsp.OCSPResponseStatus


@dataclass(frozen=True, slots=True)
class Duty:
    """A key and the certificate that gives it the task of answering for one authority."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey


class Responder:
    """Answers for all ``registers``."""

    def __init__(self, registers: Sequence[Register]) -> None:
        self._registers = tuple(registers)
        self._duties: dict[str, Duty] = {}

    def answer(self, question: bytes, at: datetime) -> bytes:
        """The answer to one request, DER; what is no request for one certificate is malformedRequest."""
        try:
            asked = ocsp.load_der_ocsp_request(question)
            register = next((one for one in self._registers if _is_issuer(one, asked)), None)
            if register is None:
                return refusal(Statuses.UNAUTHORIZED)
            return self._signed(register, asked, _nonce(asked), at)
        except _FAULTS:
            return refusal(Statuses.MALFORMED_REQUEST)

    def _signed(self, register: Register, asked: ocsp.OCSPRequest, nonce: bytes, at: datetime) -> bytes:
        moment = at.replace(microsecond=0)
        duty = self._duty(register, moment)
        revoked = register.made.get(asked.serial_number)
        is_revoked = revoked is not None and revoked.at <= at
        status = ocsp.OCSPCertStatus.REVOKED if is_revoked else ocsp.OCSPCertStatus.GOOD
        if asked.serial_number not in register.made:
            status = ocsp.OCSPCertStatus.UNKNOWN
        builder = (
            ocsp
            .OCSPResponseBuilder()
            .add_response_by_hash(
                asked.issuer_name_hash,
                asked.issuer_key_hash,
                asked.serial_number,
                asked.hash_algorithm,
                status,
                moment,
                moment + FRESH,
                revoked.at if revoked and is_revoked else None,
                revoked.reason if revoked and is_revoked else None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, duty.certificate)
            .certificates([duty.certificate])
        )
        if nonce:
            builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
        return builder.sign(duty.key, SHA256()).public_bytes(Encoding.DER)

    def _duty(self, register: Register, at: datetime) -> Duty:
        """The present certificate for answering, renewed when half of its time has passed or the clock went back."""
        held = self._duties.get(register.key_id)
        if held is not None and timedelta() <= at - held.certificate.not_valid_before_utc <= _DUTY / 2:
            return held
        self._duties[register.key_id] = entrust(register, at)
        return self._duties[register.key_id]


def entrust(register: Register, at: datetime) -> Duty:
    """A new key with a certificate for answering: id-kp-OCSPSigning, and id-pkix-ocsp-nocheck."""
    key, begins = generate_private_key(SECP256R1()), at - _BEFORE
    subject = x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "TEST-NOT-JPKI"),
        x509.NameAttribute(NameOID.COMMON_NAME, "Training OCSP Responder"),
    ])
    builder = x509.CertificateBuilder(
        register.certificate.subject, subject, key.public_key(), x509.random_serial_number(), begins, begins + _DUTY
    )
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
    builder = builder.add_extension(purpose, critical=False).add_extension(x509.OCSPNoCheck(), critical=False)
    return Duty(builder.sign(register.key, digest_for(register.key)), key)


def refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    """An answer without a signature: malformedRequest, tryLater, unauthorized and the like."""
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)


def _nonce(asked: ocsp.OCSPRequest) -> bytes:
    """Errors: ValueError for one of a length that is not allowed."""
    try:
        nonce = asked.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except x509.ExtensionNotFound:
        return b""
    if not _LEAST_NONCE <= len(nonce) <= _MOST_NONCE:
        raise ValueError(len(nonce))
    return nonce


def _is_issuer(register: Register, asked: ocsp.OCSPRequest) -> bool:
    """Whether this very generation is meant: the name is the same for all, the key is not."""
    certificate = register.certificate
    named = ocsp.OCSPRequestBuilder().add_certificate(certificate, certificate, asked.hash_algorithm).build()
    return (named.issuer_name_hash, named.issuer_key_hash) == (asked.issuer_name_hash, asked.issuer_key_hash)
