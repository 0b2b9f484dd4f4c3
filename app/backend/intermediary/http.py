"""What the intermediary offers over the network: to its own relay, and to other bodies' intermediaries."""

from app.backend.intermediary.service.asking import Asking
from app.backend.intermediary.service.codes import CodeKeeping
from app.backend.intermediary.service.noting import NoteTaking
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
    """Where the city's own relay registers the replica, row by row and in files."""
    at = "/intermediary/v1/replica-files"
    return (
        letter_endpoint("/intermediary/v1/replicas", "relay", replicating.put),
        letter_endpoint(at, "relay", replicating.begin),
        letter_endpoint(f"{at}/part", "relay", replicating.part),
        letter_endpoint(f"{at}/state", "relay", replicating.state),
        letter_endpoint(f"{at}/rejected", "relay", replicating.rejected),
    )


def note_endpoints(noting: NoteTaking) -> tuple[Endpoint, ...]:
    """Where other bodies tell of what they had provided wrongly."""
    return (letter_endpoint("/intermediary/v1/error-notes", "intermediary", noting.take),)


def code_endpoints(codes: CodeKeeping) -> tuple[Endpoint, ...]:
    """Where the addressee slice tells of persons that had been linked wrongly."""
    return (letter_endpoint("/intermediary/v1/corrections", "addressee", codes.correct),)
