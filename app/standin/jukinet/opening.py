"""Opens the invented network on what it kept."""

from pathlib import Path

from app.domain.clock import Clock, SystemClock
from app.domain.exchange_rules import Hours
from app.link.letters import Correspondent
from app.standin.jukinet.membership import Membership
from app.standin.jukinet.parties import Parties
from app.standin.jukinet.server import NetworkServer
from app.standin.jukinet.world import World

_STATE = "state"


def open_network(folder: Path, hours: Hours, clock: Clock, port: int = 0) -> NetworkServer:
    """The network of ``folder``, listening; what it kept is read when it is first asked. To be closed."""
    membership = Membership(folder)
    membership.found(SystemClock().now())  # TLS looks at the machine's own time, whatever ``clock`` says
    return NetworkServer(lambda: open_parties(folder, hours, clock), membership.tls, port)


def open_parties(folder: Path, hours: Hours, clock: Clock) -> Parties:
    """The parties without a line to them, for filling the network."""
    membership = Membership(folder)
    cities = membership.cities()
    directory = {f"jukinet@{name}": key for name, key in cities.items()}
    world = World(folder / _STATE, frozenset(cities))
    return Parties(world, Correspondent(membership.signing(), directory), hours, clock)
