"""Social insurance addresses in the window: their room behind the door of the office's other work."""

from app.client.counter import Counter
from app.domain.social_rules import SocialRules, parse_social_rules
from app.shipped import read_toml
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.social_room import SocialRoom
from app.ui.kit import Kit
from app.ui.window import Window


def shipped_social_rules() -> SocialRules:
    """Businesses, receiving systems and what each may have."""
    return parse_social_rules(read_toml("tables", "social_insurance.toml"))


def social_room(counter: Counter, face: tuple[Kit, Window], means: OfficeMeans) -> SocialRoom:
    """The room with its screens; nobody is in it yet."""
    cases = (counter.cases.tend_parties, counter.cases.tend_social)
    return SocialRoom(face, means, cases, shipped_social_rules())
