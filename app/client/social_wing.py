"""Social insurance addresses in the window: their room behind the door of the office's other work."""

from functools import partial

from app.client.counter import Counter
from app.domain.social_rules import SocialRules, parse_social_rules
from app.shipped import read_toml
from app.ui.flows.late_room import Front, LateRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.social_room import FORMS, SocialRoom, social_doors, social_offers
from app.ui.flows.social_words import SocialReader
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.window import Window


def shipped_social_rules() -> SocialRules:
    """Businesses, receiving systems and what each may have."""
    return parse_social_rules(read_toml("tables", "social_insurance.toml"))


def social_room(counter: Counter, face: tuple[Kit, Window], means: OfficeMeans) -> LateRoom:
    """The room behind its doors; its screens are made when somebody goes in."""
    (kit, window), rules = face, shipped_social_rules()
    cases = (counter.cases.tend_parties, counter.cases.tend_social)
    front = Front(social_doors(kit), partial(social_offers, kit, SocialReader(kit, rules)), FORMS)
    return LateRoom(front, Late(window, lambda: SocialRoom(face, means, cases, rules)))
