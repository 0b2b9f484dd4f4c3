"""Whether a certificate has been revoked: asked of the backend, for only registered verifiers may ask (失効確認)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.call import Call
from app.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class RevocationAnswer:
    """``verdict``: Verified = not revoked as of ``as_of``; Failed("certificate_revoked"); NotChecked(why).

    ``as_of`` (UTC): when the list or answer was made; None if none was had. ``source``: "crl", "ocsp" or "".
    """

    verdict: Verdict
    as_of: datetime | None = None
    source: str = ""


class Validity(Protocol):
    """The backend's revocation check. Errors: OfficeError; the asker shows NotChecked then, never 有効."""

    def check(self, call: Call, certificate: bytes) -> RevocationAnswer:
        """Ask for one certificate (DER)."""
        ...
