"""The training city as frozen values; every number in it is plainly synthetic and stands in clear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.person import BasicFour, Sex
from app.standin.cards.holder import Holder


@dataclass(frozen=True, slots=True)
class Residence:
    """An address and the days it held; ``until`` is None for the present one."""

    address: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class JanuaryAddress:
    """Where a person was registered on 1 January of ``year``."""

    year: int
    municipality: str
    municipality_name: str
    address: str


@dataclass(frozen=True, slots=True)
class RestraintMark:
    """抑止. ``act``: issue, view or edit; ``level``: error or confirm; ``reason``: a stable code."""

    act: str
    level: str
    since: date
    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class TaxRecord:
    """Local tax of one year as this municipality has it.

    ``kind``: value, undeclared (未申告) or no_data (該当データなし: not taxed here). ``residence``: the municipality on
    1 January of the year. ``items`` in yen, by their names on the wire; only for ``value``.
    """

    year: int
    residence: str
    residence_name: str
    kind: str
    items: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CityResident:
    """One person in one municipality's register; a person who moved between the two stands in both.

    ``relation``: to the head as the register writes it. ``code_state``: acquired, or none while 符号取得待ち.
    ``moved_from``: the code of the municipality before. ``nationality``: ISO 3166-1 alpha-3. ``is_resident``: False for
    who has moved out. ``my_number``: 12 digits.
    """

    municipality: str
    business_number: str
    household_number: str
    resident_code: str
    my_number: str
    name: str
    kana: str
    birth: date
    sex: Sex
    relation: str
    residences: tuple[Residence, ...]
    latin_name: str = ""
    alias: str = ""
    nationality: str = "JPN"
    moved_in_on: date | None = None
    moved_from: str = ""
    former_address: str = ""
    planned_move_out_on: date | None = None
    first_january: tuple[JanuaryAddress, ...] = ()
    restraints: tuple[RestraintMark, ...] = ()
    tax: tuple[TaxRecord, ...] = ()
    code_state: str = "acquired"
    is_resident: bool = True

    @property
    def address(self) -> str:
        return self.residences[-1].address

    @property
    def basic_four(self) -> BasicFour:
        return BasicFour(self.name, self.address, self.birth, self.sex)


@dataclass(frozen=True, slots=True)
class Municipality:
    """One of the two. ``code``: six digits, prefecture 99, which does not exist."""

    code: str
    name: str
    prefecture: str
    wards: tuple[str, ...]
    residents: tuple[CityResident, ...]

    def resident(self, business_number: str) -> CityResident:
        """The person with that 宛名番号; ``KeyError`` if there is none."""
        for resident in self.residents:
            if resident.business_number == business_number:
                return resident
        raise KeyError(business_number)

    def household(self, household_number: str) -> tuple[CityResident, ...]:
        """The members of a household who live here, the head first."""
        return tuple(one for one in self.residents if one.household_number == household_number and one.is_resident)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to train with. ``business_number`` is "" for who stands in no register; ``card`` is what they bring."""

    key: str
    municipality: str
    business_number: str
    card: Holder


@dataclass(frozen=True, slots=True)
class City:
    """Both municipalities as they are on ``day``, made from ``seed``."""

    version: int
    seed: int
    size: int
    day: date
    municipalities: tuple[Municipality, ...]
    personas: Mapping[str, Persona]

    def municipality(self, code: str) -> Municipality:
        """The municipality with that code; ``KeyError`` if there is none."""
        for municipality in self.municipalities:
            if municipality.code == code:
                return municipality
        raise KeyError(code)

    def resident_of(self, key: str) -> CityResident:
        """The register's person of a persona; ``KeyError`` for one who stands in no register."""
        persona = self.personas[key]
        return self.municipality(persona.municipality).resident(persona.business_number)
