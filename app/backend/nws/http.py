"""What the core offers over the network: to intermediaries and to the resident gateways."""

from app.backend.nws.service import CodeRotation, CoreService, MasterIssuing
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint


def endpoints(service: CoreService, rotation: CodeRotation) -> tuple[Endpoint, ...]:
    """Everything comes as letters under the caller's own signature."""
    return (
        letter_endpoint("/nws/v1/permits", "intermediary", service.permits),
        letter_endpoint("/nws/v1/codes", "intermediary", service.collect),
        letter_endpoint("/nws/v1/rekey", "intermediary", rotation.rekey),
        letter_endpoint("/nws/v1/acquisitions", "gateway", service.acquire),
    )


def master_endpoints(issuing: MasterIssuing) -> tuple[Endpoint, ...]:
    """Intermediaries fetch the master information; nobody is told of it unasked."""
    return (letter_endpoint("/nws/v1/master", "intermediary", issuing.master),)
