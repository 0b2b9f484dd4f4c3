"""A question to the authority's responder and its answer (OCSP, RFC 6960), held against what was asked and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from app.domain.verdict import NotChecked
from app.trust.algorithms import WORTHY_HASHES
from app.trust.certificate_anchors import CertificateAnchor
from app.trust.revocation import SKEW, UNREADABLE, NoStatus, Questioned, Status, is_issued_by

NONCE_SIZE = 32
"""Bytes. Source: RFC 9654, published."""
_UNREADABLE = NoStatus(NotChecked("revocation_answer_unreadable"))
_FORGED = NoStatus(NotChecked("revocation_answer_forged"))
_REPLAYED = NoStatus(NotChecked("revocation_answer_replayed"))
_OTHER = NoStatus(NotChecked("revocation_answer_other"))
_REFUSED = NoStatus(NotChecked("revocation_refused"))
_DIGESTS = {"sha1": SHA1, "sha256": SHA256}  # noqa: S303 -- names a certificate, protects nothing
"""By which digest a certificate may be named in a question; sha1 is what every responder takes."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``nonce``: binds the answer to it; b"" where the responder is known to answer none."""

    questioned: Questioned
    nonce: bytes = field(repr=False)
    naming: str = "sha256"

    def to_der(self) -> bytes:
        """The request, to be posted as application/ocsp-request."""
        certificate, issuer = self.questioned.certificate, self.questioned.issuer.certificate
        builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, self._digest())
        if self.nonce:
            builder = builder.add_extension(x509.OCSPNonce(self.nonce), critical=False)
        return builder.build().public_bytes(Encoding.DER)

    def status(self, der: bytes, at: datetime) -> Status | NoStatus:
        """What the answer ``der`` says at ``at``, if it is the responder's answer to this very question."""
        try:
            response = ocsp.load_der_ocsp_response(der)
            if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
                return _REFUSED
            if not _is_signed(response, self.questioned.issuer, at):
                return _FORGED
            if self.nonce and self.nonce != _nonce(response):
                return _REPLAYED
            asked = self._named()
            single = next((one for one in response.responses if _named(one) == asked), None)
            return _OTHER if single is None else _status(single, at)
        except UNREADABLE:
            return _UNREADABLE

    def _digest(self) -> HashAlgorithm:
        return _DIGESTS[self.naming]()

    def _named(self) -> tuple[bytes, bytes, int, str]:
        return _named(ocsp.load_der_ocsp_request(self.to_der()))


def _named(one: ocsp.OCSPRequest | ocsp.OCSPSingleResponse) -> tuple[bytes, bytes, int, str]:
    """Which certificate of which key of which issuer is meant."""
    return one.issuer_name_hash, one.issuer_key_hash, one.serial_number, one.hash_algorithm.name


def _status(single: ocsp.OCSPSingleResponse, at: datetime) -> Status | NoStatus:
    made_at = single.this_update_utc
    until = single.next_update_utc or made_at + SKEW
    if made_at > at + SKEW:
        return NoStatus(NotChecked("revocation_time_wrong"), made_at)
    if at > until:
        return NoStatus(NotChecked("revocation_answer_stale"), made_at)
    match single.certificate_status:
        case ocsp.OCSPCertStatus.GOOD:
            return Status(made_at)
        case ocsp.OCSPCertStatus.REVOKED:
            reason = single.revocation_reason
            return Status(made_at, single.revocation_time_utc or made_at, "" if reason is None else str(reason.value))
        case _:
            return NoStatus(NotChecked("revocation_unknown"), made_at, is_final=True)


def _nonce(response: ocsp.OCSPResponse) -> bytes:
    try:
        return response.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except x509.ExtensionNotFound:
        return b""


def _is_signed(response: ocsp.OCSPResponse, issuer: CertificateAnchor, at: datetime) -> bool:
    """Signed by the issuer's own key, or by a responder to whom that very key gave the task."""
    if not isinstance(response.signature_hash_algorithm, WORTHY_HASHES):
        return False
    return any(_verifies(one, response) for one in _signers(response, issuer, at))


def _signers(response: ocsp.OCSPResponse, issuer: CertificateAnchor, at: datetime) -> Iterator[x509.Certificate]:
    if _is_responder(issuer.certificate, response):
        yield issuer.certificate
    for one in response.certificates:
        if _is_responder(one, response) and _is_entrusted(one, issuer, at):
            yield one


def _is_responder(certificate: x509.Certificate, response: ocsp.OCSPResponse) -> bool:
    if response.responder_name is not None:
        return certificate.subject == response.responder_name
    digest = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
    return digest == response.responder_key_hash


def _is_entrusted(responder: x509.Certificate, issuer: CertificateAnchor, at: datetime) -> bool:
    """RFC 6960 4.2.2.2. Without id-pkix-ocsp-nocheck somebody else would have to say that it is not revoked itself."""
    holds = responder.not_valid_before_utc <= at + SKEW and at <= responder.not_valid_after_utc
    if not holds or not is_issued_by(responder, issuer):
        return False
    try:
        purposes = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        responder.extensions.get_extension_for_class(x509.OCSPNoCheck)
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in purposes


def _verifies(certificate: x509.Certificate, response: ocsp.OCSPResponse) -> bool:
    key, digest = certificate.public_key(), response.signature_hash_algorithm
    if digest is None:
        return False
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(response.signature, response.tbs_response_bytes, PKCS1v15(), digest)
        elif isinstance(key, EllipticCurvePublicKey):
            key.verify(response.signature, response.tbs_response_bytes, ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True
