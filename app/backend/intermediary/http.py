"""What the intermediary offers over the network: to its own relay, and to other bodies' intermediaries."""

from app.backend.intermediary.service.asking import Asking
from app.backend.intermediary.service.codes import CodeKeeping
from app.backend.intermediary.service.providing import Providing
from app.backend.intermediary.service.replicas import Replicating
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint


def endpoints(asking: Asking, providing: Providing) -> tuple[Endpoint, ...]:
    """Everything comes as letters under the caller's own signature."""
    return (
        letter_endpoint("/intermediary/v1/enquiries", "relay", asking.enquire),
        letter_endpoint("/intermediary/v1/provisions", "intermediary", providing.provide),
    )


def replica_endpoints(replicating: Replicating) -> tuple[Endpoint, ...]:
    """Where the city's own relay registers the replica."""
    return (letter_endpoint("/intermediary/v1/replicas", "relay", replicating.put),)


def code_endpoints(codes: CodeKeeping) -> tuple[Endpoint, ...]:
    """Where the addressee slice tells of persons that had been linked wrongly."""
    return (letter_endpoint("/intermediary/v1/corrections", "addressee", codes.correct),)
