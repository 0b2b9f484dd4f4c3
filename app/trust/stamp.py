"""Time stamps (RFC 3161) over checkpoints: asked for, and proved under the authority that the office trusts."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import rfc3161_client as tsp
from cryptography import x509

from app.errors import LedgerError

MOST_TOKEN = 16_384
"""Bytes of a stamp that is read. Assumed; some 1,500, measured."""


@dataclass(frozen=True, slots=True)
class StampRequest:
    """``body``: what is posted; ``nonce``: what the answer must repeat."""

    body: bytes
    nonce: int | None


def stamped_bytes(note: bytes) -> bytes:
    """What of a checkpoint is stamped: its signed text, whoever cosigns later."""
    return note.partition(b"\n\n")[0] + b"\n"


def ask_stamp(note: bytes) -> StampRequest:
    """The request for ``note``; only a digest leaves the house."""
    builder = tsp.TimestampRequestBuilder().data(stamped_bytes(note)).hash_algorithm(tsp.HashAlgorithm.SHA512)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    return StampRequest(request.as_bytes(), request.nonce)


def open_stamp(token: bytes, note: bytes, roots: bytes, nonce: int | None = None) -> datetime:
    """When ``note`` existed (UTC), by a stamp that is proved under ``roots`` (PEM), as of the stamp's own time.

    Errors: LedgerError ``stamp_format``, ``stamp_signature`` (also a refusal, another nonce or another authority),
    ``stamp_differs`` (of other bytes).
    """
    if len(token) > MOST_TOKEN:
        raise LedgerError(kind="stamp_format", place=len(token))
    try:
        answer = tsp.decode_timestamp_response(token)
        told = answer.tst_info.message_imprint.message
    except ValueError as error:
        raise LedgerError(kind="stamp_format", place=0) from error
    if told != hashlib.sha512(stamped_bytes(note)).digest():
        raise LedgerError(kind="stamp_differs", place=0)
    try:
        builder = tsp.VerifierBuilder(roots=x509.load_pem_x509_certificates(roots))
        (builder if nonce is None else builder.nonce(nonce)).build().verify_message(answer, stamped_bytes(note))
    except (tsp.VerificationError, ValueError) as error:
        raise LedgerError(kind="stamp_signature", place=0) from error
    return answer.tst_info.gen_time.astimezone(UTC)
