"""What the register offers of what the resident network told it."""

from app.backend.register.service.network_words import OPEN, NetworkWords
from app.wire.endpoint import Endpoint
from app.wire.register_network import AskNetworkState, NetworkState


def network_endpoints(words: NetworkWords) -> tuple[Endpoint, ...]:
    """The state of a person's card, for who may open the record."""
    path = "/register/v1/network"
    return (Endpoint(path=path, act=OPEN, takes=AskNetworkState, gives=NetworkState, does=words.state),)
