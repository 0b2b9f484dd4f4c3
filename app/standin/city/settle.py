"""Plans become residents: numbers, addresses, former addresses, tax records, restraint marks, cards."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from app.domain.days import add_months, age_on
from app.domain.number import business_number, training_check_digit
from app.standin.cards.holder import Holder
from app.standin.city.chance import Chance
from app.standin.city.plans import HouseholdPlan, MemberPlan
from app.standin.city.taxes import tax_items
from app.standin.city.values import CityResident, JanuaryAddress, Persona, Residence, RestraintMark, TaxRecord
from app.standin.city.words import CityWords, Place

YEARS = 3
"""Tax years kept: this one and the two before."""
_TAXED_FROM = 16
_FIRST_PARENT = 18


@dataclass(slots=True)
class Numbers:
    """The next serials; 宛名番号 and 世帯番号 are counted by each municipality for itself."""

    persons: int = 0
    business: dict[str, int] = field(default_factory=dict)
    households: dict[str, int] = field(default_factory=dict)

    def my_number(self) -> str:
        """A 個人番号 that nobody can have: 9999, a serial, and the last digit of training."""
        self.persons += 1
        body = f"9999{self.persons:07}"
        return f"{body}{training_check_digit(body)}"

    @staticmethod
    def next(serials: dict[str, int], municipality: str) -> str:
        """The next 15 digits; serials without a check digit are skipped."""
        while True:
            serials[municipality] = serials.get(municipality, 0) + 1
            made = business_number(serials[municipality])
            if made is not None:
                return made


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a household lives or lived."""

    place: Place
    address: str
    household_number: str
    since: date
    until: date | None


class Settler:
    """Takes plans one by one; afterwards ``residents`` and ``personas`` hold what they became."""

    def __init__(self, words: CityWords, chance: Chance, day: date) -> None:
        self._words, self._chance, self._day = words, chance, day
        self._places = {place.code: place for place in (*words.places, words.elsewhere)}
        self._registers = {place.code for place in words.places}
        self._numbers = Numbers()
        self.residents: dict[str, list[CityResident]] = {code: [] for code in self._registers}
        self.personas: dict[str, Persona] = {}

    def settle(self, plan: HouseholdPlan) -> None:
        """Enter a household into the register of its municipality, and into that of the one it came from."""
        place = self._places[plan.municipality]
        now = self._home(place, plan.town, plan.moved_in_on or plan.since, None)
        before = None
        if plan.moved_in_on and plan.moved_from in self._places:
            left = plan.moved_in_on - timedelta(days=1)
            before = self._home(self._places[plan.moved_from], "", plan.since, left)
        for member in plan.members:
            self._enter(plan, member, now, before)

    def _home(self, place: Place, town: str, since: date, until: date | None) -> _Home:
        if place.code not in self._registers:
            return _Home(place, self._words.elsewhere_address, "", since, until)
        number = self._numbers.next(self._numbers.households, place.code)
        return _Home(place, self._address(place, town), number, since, until)

    def _address(self, place: Place, town: str) -> str:
        chance, words = self._chance, self._words
        ban, go, room = words.units
        ward = chance.pick(place.wards) if place.wards else ""
        street = f"{town or chance.pick(words.towns)}{chance.pick(words.chome)}"
        number = f"{_wide(chance.between(1, 30))}{ban}{_wide(chance.between(1, 20))}{go}"
        flat = f"{chance.between(1, 5)}{chance.between(1, 12):02}"
        building = f"\u3000{chance.pick(words.buildings)}{_wide(flat)}{room}" if chance.often(45) else ""
        return f"{words.prefecture}{place.name}{ward}{street}{number}{building}"

    def _enter(self, plan: HouseholdPlan, member: MemberPlan, now: _Home, before: _Home | None) -> None:
        my_number = self._numbers.my_number()
        homes = [home for home in (before, now) if home and (home.until is None or member.birth <= home.until)]
        present = self._resident(plan, member, now, homes, my_number)
        if now.place.code in self._registers:
            self.residents[now.place.code].append(present)
        for home in homes:
            if home.until and home.place.code in self._registers:
                self.residents[home.place.code].append(self._resident(plan, member, home, homes, my_number))
        if member.persona:
            self.personas[member.persona] = self._persona(member, present)

    def _resident(
        self, plan: HouseholdPlan, member: MemberPlan, home: _Home, homes: list[_Home], my_number: str
    ) -> CityResident:
        code = home.place.code
        is_here = home.until is None
        came_from = homes[0].place if is_here and len(homes) > 1 else None
        return CityResident(
            municipality=code,
            business_number=self._business_number(code),
            household_number=home.household_number,
            resident_code=f"99{my_number[4:]}9",
            my_number=my_number,
            name=member.name,
            kana=member.kana,
            birth=member.birth,
            sex=member.sex,
            relation=self._words.relation[member.relation],
            residences=(Residence(home.address, max(home.since, member.birth), home.until),),
            latin_name=member.latin_name,
            alias=member.alias,
            nationality=member.nationality,
            moved_in_on=home.since if came_from else None,
            moved_from=came_from.code if came_from else "",
            former_address=homes[0].address if came_from else "",
            planned_move_out_on=plan.moved_in_on if len(homes) > 1 else None,
            first_january=tuple(self._januaries(member, homes)),
            restraints=self._restraints(plan),
            tax=tuple(self._taxes(plan, member, home, homes)),
            code_state=plan.code_state if is_here else "acquired",
            is_resident=is_here,
        )

    def _business_number(self, code: str) -> str:
        return self._numbers.next(self._numbers.business, code) if code in self._registers else ""

    def _januaries(self, member: MemberPlan, homes: list[_Home]) -> list[JanuaryAddress]:
        found = []
        for year in range(self._day.year, self._day.year - YEARS, -1):
            home = _home_on(homes, date(year, 1, 1))
            if home and member.birth < date(year, 1, 1):
                found.append(JanuaryAddress(year, home.place.code, home.place.name, home.address))
        return found

    def _taxes(self, plan: HouseholdPlan, member: MemberPlan, home: _Home, homes: list[_Home]) -> list[TaxRecord]:
        """A year is taxed where the person lived on its 1 January; elsewhere there is no data."""
        records = []
        for year in range(self._day.year, self._day.year - YEARS, -1):
            taxed_at = _home_on(homes, date(year, 1, 1))
            if taxed_at is None or age_on(member.birth, date(year, 1, 1)) < _TAXED_FROM:
                continue
            kind = member.tax if taxed_at.place.code == home.place.code else "no_data"
            income = max(0, member.income - (self._day.year - year) * 23_000)
            items = tax_items(income, _dependants(plan, member, year)) if kind == "value" else {}
            records.append(TaxRecord(year, taxed_at.place.code, taxed_at.place.name, kind, items))
        return records

    def _restraints(self, plan: HouseholdPlan) -> tuple[RestraintMark, ...]:
        if not plan.protected:
            return ()
        since, until = self._day - timedelta(days=100), self._day + timedelta(days=265)
        return tuple(RestraintMark(act, "error", since, until, "protective_measure") for act in ("issue", "view"))

    def _persona(self, member: MemberPlan, resident: CityResident) -> Persona:
        years = self._day.year + self._chance.between(3, 8) - member.birth.year
        card = Holder(
            name=member.card_name or member.name,
            address=resident.address,
            birth=member.birth,
            sex=member.sex,
            my_number=resident.my_number,
            expiry=add_months(member.birth, 12 * years),
            security_code=f"{self._chance.below(10_000):04}",
            pin=f"{self._chance.below(10_000):04}",
            municipality=resident.municipality[:5],
            gregorian_code=bool(member.latin_name),
        )
        return Persona(member.persona, resident.municipality, resident.business_number, card)


def _home_on(homes: list[_Home], day: date) -> _Home | None:
    return next((home for home in homes if home.since <= day and (home.until is None or day <= home.until)), None)


def _dependants(plan: HouseholdPlan, member: MemberPlan, year: int) -> int:
    """Children under 16 count for the parent who earns more."""
    parents = [one for one in plan.members if age_on(one.birth, date(year, 1, 1)) >= _FIRST_PARENT]
    if not parents or member is not max(parents, key=lambda one: one.income):
        return 0
    children = [one for one in plan.members if one.relation == "child" and one.birth < date(year, 1, 1)]
    return sum(age_on(one.birth, date(year, 1, 1)) < _TAXED_FROM for one in children)


def _wide(number: object) -> str:
    """Digits in full width, as registers write them."""
    return str(number).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)})
