"""Whether a certificate has been revoked: asked of the backend, for only registered verifiers may ask (失効確認)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.verdict import Verdict
from app.services.ports.seat import Press, Session


@dataclass(frozen=True, slots=True)
class RevocationAnswer:
    """``verdict``: Verified = not revoked as of ``as_of``; Failed("certificate_revoked"); NotChecked(why).

    ``as_of`` (UTC): when the list or answer was made, also of a list too old to say anything; None if none was had.
    ``source``: "crl", "ocsp" or "". Of a revoked certificate ``since`` (UTC) and ``reason`` (RFC 5280 5.3.1, such as
    "affiliationChanged", "" when not told).
    """

    verdict: Verdict
    as_of: datetime | None = None
    source: str = ""
    since: datetime | None = None
    reason: str = ""


class Validity(Protocol):
    """The backend's revocation check. Errors: OfficeError; the asker shows NotChecked then, never 有効."""

    def check(self, press: Press, session: Session, visit_id: str, certificate: bytes) -> RevocationAnswer:
        """Ask for one certificate (DER). Needs the right ``person.confirm``; the asking is a ledger record.

        Time: blocks, some 0.05 s as a rule, at most 10 s.
        """
        ...
