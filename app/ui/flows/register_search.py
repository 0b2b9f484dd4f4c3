"""What a search is made of, and what this person searched for lately, in words."""

from app.domain.era import wareki
from app.ui.kit import Kit
from app.ui.screens.register_search import Entered, HabitsShown
from app.wire.register import SearchByFour, SearchHabits, Ward


def asked_of(entered: Entered) -> SearchByFour:
    """The search for what was typed."""
    return SearchByFour(
        name=entered.name, kana=entered.kana, birth=entered.birth, address=entered.address, ward=entered.ward
    )


def habits_shown(kit: Kit, habits: SearchHabits, office: str) -> HabitsShown:
    """Wards with the one of ``office`` proposed, and the latest searches."""
    return HabitsShown(
        wards=tuple((one.code, one.name) for one in habits.wards),
        own=own_ward(habits.wards, office),
        recent=tuple((_said(kit, one, habits.wards), _entered(one)) for one in habits.recent),
    )


def own_ward(wards: tuple[Ward, ...], office: str) -> str:
    """The code of the ward that a ward office is named after, "" for another office."""
    return next((one.code for one in wards if one.name and office.startswith(one.name)), "")


def _entered(asked: SearchByFour) -> Entered:
    return Entered(asked.name, asked.kana, asked.birth, asked.address, asked.ward)


def _said(kit: Kit, asked: SearchByFour, wards: tuple[Ward, ...]) -> str:
    ward = next((one.name for one in wards if one.code == asked.ward), "")
    parts = (asked.name, asked.kana, "" if asked.birth is None else wareki(asked.birth), asked.address, ward)
    return kit.texts.register_search.between.join(part for part in parts if part)
