"""What the intermediary offers over the network: to its own relay, and to other bodies' intermediaries."""

from app.backend.intermediary.http.persons import Persons
from app.backend.intermediary.service.asking import Asking
from app.backend.intermediary.service.codes import CodeKeeping
from app.backend.intermediary.service.notices import NoticeForwarding
from app.backend.intermediary.service.noting import NoteTaking
from app.backend.intermediary.service.own import READ as OWN
from app.backend.intermediary.service.own import OwnInformation
from app.backend.intermediary.service.providing import Providing
from app.backend.intermediary.service.replicas import Replicating
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint
from app.wire.own_information import AskOwn, AskOwnContent, OwnProvided, OwnProvidedContent


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


def portal_endpoints(forwarding: NoticeForwarding, own: OwnInformation, persons: Persons) -> tuple[Endpoint, ...]:
    """Notices of the city's own relay; what residents were given of their own information, for who answers them."""
    at = "/intermediary/v1/own-information"
    return (
        letter_endpoint("/intermediary/v1/notices", "relay", forwarding.forward),
        Endpoint(path=at, act=OWN, takes=AskOwn, gives=OwnProvided, does=persons.asks(own.shown)),
        Endpoint(path=f"{at}/content", act=OWN, takes=AskOwnContent, gives=OwnProvidedContent, does=own.content),
    )


def note_endpoints(noting: NoteTaking) -> tuple[Endpoint, ...]:
    """Where other bodies tell of what they had provided wrongly."""
    return (letter_endpoint("/intermediary/v1/error-notes", "intermediary", noting.take),)


def code_endpoints(codes: CodeKeeping) -> tuple[Endpoint, ...]:
    """Where the addressee slice tells of persons that had been linked wrongly."""
    return (letter_endpoint("/intermediary/v1/corrections", "addressee", codes.correct),)
