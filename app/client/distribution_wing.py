"""Distribution in the window: its room behind the door of the office's other work."""

from functools import partial

from app.client.counter import Counter
from app.domain.distribution import DistributionRules, parse_distribution
from app.shipped import read_toml
from app.ui.flows.distribution_room import FORMS, DistributionRoom, distribution_doors, distribution_offers
from app.ui.flows.late_room import Front, LateRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.window import Window
from app.wire.resident_base import ITEMS


def shipped_distribution_rules() -> DistributionRules:
    """Which systems may be told of residents' changes, and what."""
    return parse_distribution(read_toml("tables", "distribution.toml"), ITEMS)


def distribution_room(counter: Counter, face: tuple[Kit, Window], means: OfficeMeans) -> LateRoom:
    """The room behind its doors; its screens are made when somebody goes in."""
    kit, window = face
    front = Front(distribution_doors(kit), partial(distribution_offers, kit), FORMS)
    case = counter.cases.tend_distribution
    return LateRoom(front, Late(window, lambda: DistributionRoom(face, means, case, shipped_distribution_rules())))
