"""Publishes complete lists (CRL version 2, RFC 5280), one for each generation, at fixed times of the day."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.standin.jpki.register import Register, Revoked, digest_for

PERIOD = timedelta(hours=24)
SWITCH_OVER = timedelta(minutes=5)
"""How long the last list still answers when the next is due. Source: peers-card.md 3, published: 5 to 10 minutes."""
OVERLAP = timedelta(minutes=15)
"""How much longer than the period a list may be used."""
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class Publisher:
    """Makes the list that is in force. ``period``: how often a new one is made."""

    def __init__(self, period: timedelta = PERIOD) -> None:
        self._period = period
        self._made: dict[tuple[str, int, int], bytes] = {}

    def newest(self, register: Register, at: datetime) -> bytes:
        """The list in force at ``at``, DER. The number counts periods; what was revoked later stands on the next."""
        number = (at - SWITCH_OVER - _EPOCH) // self._period
        made_at = _EPOCH + number * self._period
        revoked = register.revoked(made_at)
        place = (register.key_id, number, len(revoked))
        if place not in self._made:
            self._made[place] = _list(register, number, made_at, made_at + self._period + OVERLAP, revoked)
        return self._made[place]


def _list(register: Register, number: int, made_at: datetime, until: datetime, revoked: dict[int, Revoked]) -> bytes:
    builder = x509.CertificateRevocationListBuilder(register.certificate.subject, made_at, until)
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(register.key.public_key())
    builder = builder.add_extension(authority, critical=False)
    for serial, how in sorted(revoked.items()):
        builder = builder.add_revoked_certificate(_entry(serial, how))
    return builder.sign(register.key, digest_for(register.key)).public_bytes(Encoding.DER)


def _entry(serial: int, how: Revoked) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder(serial, how.at)
    if how.reason is not x509.ReasonFlags.unspecified:  # RFC 5280 5.3.1: then the reason is left out
        builder = builder.add_extension(x509.CRLReason(how.reason), critical=False)
    return builder.build()
