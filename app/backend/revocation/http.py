"""What the revocation slice offers over the network."""

from app.backend.revocation.service.checking import RIGHT, Checking
from app.wire.endpoint import Endpoint
from app.wire.revocation import CertificateStatus, CheckCertificate


def endpoints(checking: Checking) -> tuple[Endpoint, ...]:
    """One certificate at a time, for who confirms persons."""
    return (
        Endpoint(
            path="/revocation/v1/check",
            act=RIGHT,
            takes=CheckCertificate,
            gives=CertificateStatus,
            does=checking.check,
        ),
    )
