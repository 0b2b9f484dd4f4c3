"""What the socialaddress slice offers over the network: to the relay only."""

from app.backend.socialaddress.service import SocialAddressService
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint


def endpoints(service: SocialAddressService) -> tuple[Endpoint, ...]:
    """Questions come as signed letters of the same municipality's relay."""
    return (
        letter_endpoint("/socialaddress/v1/first-january", "relay", service.first_january),
        letter_endpoint("/socialaddress/v1/tax", "relay", service.tax),
    )
