"""What the addressee slice offers over the network."""

from app.backend.addressee.service import AddresseeService, ResidentTaking, SocialLinking
from app.link.letters import letter_endpoint
from app.wire.addressee import AskLinks, LinkNumber, LinkState, LinkStates
from app.wire.endpoint import Endpoint


def social_endpoints(linking: SocialLinking) -> tuple[Endpoint, ...]:
    """Numbers of social insurance come from there alone."""
    return (letter_endpoint("/addressee/v1/social-numbers", "socialaddress", linking.link),)


def resident_endpoints(taking: ResidentTaking) -> tuple[Endpoint, ...]:
    """Changes of residents come from residentbase alone."""
    return (letter_endpoint("/addressee/v1/residents", "residentbase", taking.take),)


def endpoints(service: AddresseeService) -> tuple[Endpoint, ...]:
    """Counters ask for states and link; only the relay translates."""
    return (
        Endpoint(path="/addressee/v1/state", act="number.state", takes=AskLinks, gives=LinkStates, does=service.states),
        Endpoint(path="/addressee/v1/link", act="number.link", takes=LinkNumber, gives=LinkState, does=service.link),
        letter_endpoint("/addressee/v1/translate", "relay", service.translate),
        letter_endpoint("/addressee/v1/codes", "relay", service.note_codes),
    )
