"""Distribution in the window: its room behind the door of the office's other work."""

from app.client.counter import Counter
from app.domain.distribution import DistributionRules, parse_distribution
from app.shipped import read_toml
from app.ui.flows.distribution_room import DistributionRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.kit import Kit
from app.ui.window import Window
from app.wire.resident_base import ITEMS


def shipped_distribution_rules() -> DistributionRules:
    """Which systems may be told of residents' changes, and what."""
    return parse_distribution(read_toml("tables", "distribution.toml"), ITEMS)


def distribution_room(counter: Counter, face: tuple[Kit, Window], means: OfficeMeans) -> DistributionRoom:
    """The room with its screens; nobody is in it yet."""
    return DistributionRoom(face, means, counter.cases.tend_distribution, shipped_distribution_rules())
