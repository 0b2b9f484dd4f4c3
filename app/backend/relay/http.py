"""What the relay offers to counters. Nothing on the network side can open a connection to it."""

from app.backend.relay.service.accepting import Accepting
from app.wire.endpoint import Endpoint
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryStates, MakeEnquiry


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
