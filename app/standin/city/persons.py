"""Members of households become persons of the register: numbers, addresses, marks, and how they were removed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.era import era_of
from app.standin.city.draws import Draws
from app.standin.city.dweller import Dweller, Stay
from app.standin.city.families import Member
from app.standin.city.homes import History
from app.standin.city.population import Population
from app.standin.city.serials import my_number, resident_code
from app.standin.city.streets import Streets
from app.standin.city.values import JanuaryAddress, RestraintMark

_YEAR = 365
_JANUARIES = 3
"""Years whose 1 January is told: this one and the two before."""
_OLD = 82
_MARRIED = 22 * _YEAR
_SPACE = "\u3000"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


Whereabouts = tuple[int, JanuaryAddress]
"""The ordinal of a 1 January and where somebody was registered on it."""


@dataclass(frozen=True, slots=True)
class Place:
    """The city's code and name, and the day it is as of."""

    code: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class Removal:
    """Why (death or move_out) and when (ordinal) somebody was removed, and to which municipality they went."""

    why: str
    on: int
    to: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the members of one household share. ``removal`` None: they live there."""

    household_number: str
    history: History
    origin: str
    origin_head: str
    januaries: tuple[Whereabouts, ...]
    marks: tuple[RestraintMark, ...] = ()
    removal: Removal | None = None


class Persons:
    """Makes the persons of one city."""

    def __init__(self, population: Population, streets: Streets, place: Place) -> None:
        self._words, self._streets, self._place = population, streets, place
        self._day = place.day.toordinal()
        years = range(place.day.year, place.day.year - _JANUARIES, -1)
        self._januaries = tuple((date(year, 1, 1).toordinal(), year) for year in years)

    def dweller(self, draws: Draws, member: Member, setting: Setting, numbers: tuple[int, str]) -> Dweller:
        """One member. ``numbers``: their serial and 宛名番号."""
        named, history = member.named, setting.history
        removal, number = setting.removal, my_number(numbers[0])
        came = history.origin is not None and member.birth < history.since
        facts: dict[str, Any] = self._foreign(draws, member) if named.latin else self._national(draws, member, setting)
        if removal is not None:
            facts |= {"is_resident": False, "removed_on": date.fromordinal(removal.on), "removed_why": removal.why}
            facts["moved_to"] = removal.to
        if came and history.origin is not None:
            facts |= {"moved_in_on": date.fromordinal(history.since), "moved_from": history.origin[0]}
            facts["former_address"] = history.former_address
        return Dweller(
            serial=numbers[0],
            business_number=numbers[1],
            household_number=setting.household_number,
            my_number=number,
            resident_code=resident_code(numbers[0]),
            name=named.name,
            kana=named.kana,
            birth=date.fromordinal(member.birth),
            sex=member.sex,
            relation=self._words.relation[member.relation],
            stays=_stays(setting, member.birth),
            first_january=tuple(
                where
                for day, where in setting.januaries
                if member.birth <= day and (removal is None or removal.on >= day)
            ),
            restraints=setting.marks,
            **facts,
        )

    def setting(self, draws: Draws, household_number: str, history: History, head: Member) -> Setting:
        """What the members of the household of ``head`` share: one family register too, where they have one."""
        head_name = "" if head.named.latin else head.named.name
        where = self._where(history)
        return Setting(household_number, history, self._streets.origin(draws), head_name, where, self._marks(draws))

    def _marks(self, draws: Draws) -> tuple[RestraintMark, ...]:
        """What holds a household's data: protective measures for few, another mark on issuing for as many."""
        rates, since = self._words.rates, self._day - draws.below(_YEAR)
        if draws.permille(rates["protected"]):
            begun, end = date.fromordinal(since), date.fromordinal(since + _YEAR)
            return tuple(RestraintMark(act, "error", begun, end, "protective_measure") for act in ("issue", "view"))
        if draws.permille(rates["held"]):
            return (RestraintMark("issue", "confirm", date.fromordinal(since), None, "to_be_checked"),)
        return ()

    def _national(self, draws: Draws, member: Member, setting: Setting) -> dict[str, Any]:
        """What stands in the record of who has a family register: 本籍, 旧氏, the legal reading."""
        rates, named = self._words.rates, member.named
        facts: dict[str, Any] = {
            "origin": setting.origin,
            "origin_head": setting.origin_head or named.name,
            "legal_kana": named.kana if draws.permille(rates["legal_kana"]) else "",
        }
        if member.maiden[0] and draws.permille(rates["former_surname"]):
            facts["former_name"], facts["former_name_kana"] = member.maiden
        if member.maiden[0] and draws.permille(rates["past_name"]):
            married = member.birth + draws.between(_MARRIED, max(_MARRIED, self._day - member.birth))
            facts["past_name"], facts["past_kana"] = (
                f"{before}{_SPACE}{now.split(_SPACE)[1]}"
                for before, now in zip(member.maiden, (named.name, named.kana), strict=True)
            )
            facts["past_until"] = date.fromordinal(married)
        return facts | self._unknown(draws, member)

    def _foreign(self, draws: Draws, member: Member) -> dict[str, Any]:
        """What stands in the record of a foreigner: names, status, card."""
        named = member.named
        nation = next(one for one in self._words.nations.choices if one.nationality == named.nationality)
        status = draws.pick(nation.statuses)
        until = None if status in self._words.permanent else date.fromordinal(self._day + draws.between(10, 5 * _YEAR))
        first, last = (draws.pick(_LETTERS) + draws.pick(_LETTERS) for _ in range(2))
        return {
            "latin_name": named.latin,
            "kanji_name": named.kanji,
            "alias": named.alias,
            "alias_kana": named.alias_kana,
            "nationality": named.nationality,
            "status": status,
            "status_until": until,
            "card_number": f"{first}{draws.below(10**8):08}{last}",
        } | self._unknown(draws, member)

    def _unknown(self, draws: Draws, member: Member) -> dict[str, Any]:
        """A birth date that is known to the year only: rare, and only among the oldest and foreigners."""
        if self._day - member.birth < _OLD * _YEAR and not member.named.latin:
            return {}
        if not draws.permille(self._words.rates["unknown_birth"]):
            return {}
        born = date.fromordinal(member.birth)
        era = era_of(born)
        written = str(born.year) if era is None or member.named.latin else f"{era.name}{born.year - era.year_zero}"
        member.birth = date(born.year, 1, 1).toordinal()
        return {"birth_written": self._words.unknown_birth.format(year=written)}

    def _where(self, history: History) -> tuple[Whereabouts, ...]:
        """Where a household was on each 1 January that is told."""
        found = []
        for day, year in self._januaries:
            home = next((one for one in history.homes if one.since <= day and (one.until or day) >= day), None)
            if home is not None:
                found.append((day, JanuaryAddress(year, self._place.code, self._place.name, home.address)))
            elif history.origin is not None:
                found.append((day, JanuaryAddress(year, *history.origin, history.former_address)))
        return tuple(found)


def _stays(setting: Setting, birth: int) -> tuple[Stay, ...]:
    """The homes as far as the person lived to see them; the last one ends with the removal."""
    end = None if setting.removal is None else setting.removal.on
    found = []
    for home in setting.history.homes:
        if (home.until is not None and home.until < birth) or (end is not None and home.since > end):
            continue
        until = end if home.until is None or (end is not None and home.until > end) else home.until
        since = date.fromordinal(max(home.since, birth))
        found.append(Stay(home.address, home.ward, since, None if until is None else date.fromordinal(until)))
    return tuple(found)
