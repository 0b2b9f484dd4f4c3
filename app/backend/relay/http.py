"""What the relay offers to counters. Nothing on the network side can open a connection to it."""

from app.backend.relay.service.accepting import Accepting
from app.backend.relay.service.replicas import Replicas
from app.backend.relay.service.tending import TEND, Tending
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryStates, MakeEnquiry
from app.wire.relay_stopped import AskStopped, CloseStopped, SendAgain, StoppedEnquiries, StoppedSettled


def endpoints(accepting: Accepting) -> tuple[Endpoint, ...]:
    """Enquiries are taken in lists; each procedure's right is asked again inside."""
    return (
        Endpoint(
            path="/relay/v1/enquiries",
            act="enquiry.make",
            takes=MakeEnquiry,
            gives=EnquiryAccepted,
            drains=accepting.make,
        ),
        Endpoint(
            path="/relay/v1/enquiries/state",
            act="enquiry.read",
            takes=AskEnquiries,
            gives=EnquiryStates,
            drains=accepting.states,
        ),
    )


def tending_endpoints(tending: Tending) -> tuple[Endpoint, ...]:
    """What was given up, for who looks after it; the right is asked again inside."""
    return (
        Endpoint(path="/relay/v1/stopped", act=TEND, takes=AskStopped, gives=StoppedEnquiries, does=tending.shown),
        Endpoint(
            path="/relay/v1/stopped/again", act=TEND, takes=SendAgain, gives=StoppedSettled, does=tending.send_again
        ),
        Endpoint(
            path="/relay/v1/stopped/close", act=TEND, takes=CloseStopped, gives=StoppedSettled, does=tending.close
        ),
    )


def replica_endpoints(replicas: Replicas) -> tuple[Endpoint, ...]:
    """Where residentbase hands over household information for the replica."""
    return (letter_endpoint("/relay/v1/replicas", "residentbase", replicas.take),)
