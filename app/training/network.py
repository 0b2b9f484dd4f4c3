"""The resident network of training: in threads of this program, told to the backend before it starts."""

from pathlib import Path

from app.domain.clock import Clock
from app.domain.exchange_rules import Hours
from app.domain.resident_network_rules import parse_network_rules
from app.shipped import read_toml
from app.standin.jukinet.membership import Membership
from app.standin.jukinet.opening import open_network
from app.standin.jukinet.server import NetworkServer
from app.training.home import Home

FOLDER = "network"
_TABLE = "\n[resident_network]\n"
"""Behind all other tables of the backend's settings: its address is another one at each start."""


def network_hours() -> Hours:
    """When the network of training runs."""
    return parse_network_rules(read_toml("tables", "resident_network.toml"), is_training=True).hours


def open_training_network(home: Home, clock: Clock) -> NetworkServer:
    """The network, listening; what it holds is read when it is first asked. To be closed."""
    return open_network(home.root / FOLDER, network_hours(), clock)


def tell_network(home: Home, network: NetworkServer) -> None:
    """Write into the backend's settings where the network listens this time."""
    kept = home.server_settings.read_text(encoding="utf-8").partition(_TABLE)[0]
    joined = Membership(Path(FOLDER)).joined
    lines = [f'{party} = "{network.url}"' for party in ("prefecture", "national", "cards")]
    lines += [f'keys = "{Membership(Path(FOLDER)).keys.as_posix()}"', "", "[resident_network.tls]"]
    lines += [
        f'{name} = "{path.as_posix()}"'
        for name, path in (
            ("authority", joined.authority),
            ("certificate", joined.certificate),
            ("key", joined.key),
        )
    ]
    home.server_settings.write_text(kept + _TABLE + "\n".join([*lines, ""]), encoding="utf-8")
