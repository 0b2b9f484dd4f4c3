"""The revocation slice over the line."""

from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.services.ports.validity import RevocationAnswer
from app.wire.revocation import CertificateStatus, CheckCertificate


class HttpRevocation:
    """See ``Validity``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def check(self, press: Press, session: Session, visit_id: str, certificate: bytes) -> RevocationAnswer:
        asked = CheckCertificate(visit_id=visit_id, certificate=certificate)
        told = self._line.ask("/revocation/v1/check", asked, CertificateStatus, headers(press, session))
        return RevocationAnswer(_verdict(told), told.as_of, told.source, told.since, told.reason)


def _verdict(told: CertificateStatus) -> Verdict:
    """Only the word "good" is taken for good."""
    match told.state:
        case "good":
            return Verified()
        case "revoked":
            return Failed("certificate_revoked")
        case _:
            return NotChecked(told.why or "revocation_unknown")
