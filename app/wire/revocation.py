"""Messages of the revocation slice: one certificate asked about, and what was found out."""

from datetime import datetime

from app.wire.message import Message


class CheckCertificate(Message, frozen=True):
    """Ask for one certificate (DER), which is kept nowhere. ``visit_id``: in which visit it was shown."""

    visit_id: str
    certificate: bytes


class CertificateStatus(Message, frozen=True):
    """``state``: good, revoked or not_checked; ``why``: of a certificate not checked, a code with a sentence.

    ``source``: ocsp, crl or "". ``as_of``: when the list or answer was made, None where none was had. ``since`` and
    ``reason`` (RFC 5280 5.3.1, "" when not told): of a revoked certificate.
    """

    state: str
    why: str = ""
    source: str = ""
    as_of: datetime | None = None
    since: datetime | None = None
    reason: str = ""
