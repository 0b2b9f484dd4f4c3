"""A household whose every value is a mark, in both training municipalities, and a clerk with a marked password."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.backend.register.service.wards import WardFinder
from app.backend.staff.ports import StaffMember
from app.domain.clock import SystemClock, SystemRandom
from app.domain.number import business_number, training_check_digit
from app.domain.secret import secret
from app.server import shipped
from app.server.exchange_load import load_exchange
from app.server.wiring import open_backend
from app.settings import server_settings
from app.standin.cards.holder import Holder
from app.standin.city.values import City, CityResident, Residence
from app.training.loading import _person, _resident
from tests.support.backend import MIHON, TEHON, Backend

LIKE = "claimant_moved_in"
"""The persona whose household, moves and tax years the marked one has."""
CLERK, CLERK_NAME = "k9001", "窓口　記入"
PASSWORD = "ゐゑ-Canary-Passw0rd-ゔゎ"
SURNAME, SURNAME_KANA = "纊褜鍈銈", "ヱヰヲヴヱ"
ADDRESS = "鍈銈県蓜俉市炻昱区棈鋹町七丁目八番九号"
INCOME = 48_271_963
ACCOUNT, PHONE, PIN = "7294618", "09073519462", "8362"
CARD_PASSWORD = "QX7ZK4WV9J"
ON_CARD: dict[str, Any] = {"expiry": date(2033, 3, 27), "security_code": "7391", "pin": PIN, "password": CARD_PASSWORD}


def _number(eleven: str) -> str:
    return f"{eleven}{training_check_digit(eleven)}"


@dataclass(frozen=True)
class Person:
    """What is marked of one person."""

    given: str
    kana: str
    birth: date
    my_number: str


PERSONS = (
    Person("蓜俉炻昱", "ヰヱヴヲヰ", date(1991, 3, 27), _number("98754321063")),
    Person("犾猤寘倢", "ヴヲヱヰヴ", date(1989, 2, 23), _number("98754321085")),
    Person("丨仡仼伀", "ヲヰヱヲヴ", date(2026, 9, 13), _number("98754321074")),
)
GIVEN = PERSONS[0].given


@dataclass(frozen=True)
class Household:
    """Who lives here, the claimant first, then spouse and child; the claimant where they lived before; their card."""

    here: tuple[CityResident, ...]
    there: CityResident
    card: Holder


def household(city: City) -> Household:
    """The marked copies of the persona's household."""
    like = city.resident_of(LIKE)
    before = next(one for one in city.municipality(TEHON).residents if one.my_number == like.my_number)
    numbers = iter([one for serial in range(90_000_001, 90_000_099) if (one := business_number(serial))])
    home = next(numbers)
    members = city.municipality(MIHON).household(like.household_number)
    here = tuple(_marked(one, person, next(numbers), home) for one, person in zip(members, PERSONS, strict=True))
    there = _marked(before, PERSONS[0], next(numbers), next(numbers))
    there = replace(there, tax=tuple(replace(year, items=dict.fromkeys(year.items, INCOME)) for year in before.tax))
    claimant = here[0]
    card = Holder(claimant.name, claimant.address, claimant.birth, claimant.sex, claimant.my_number, **ON_CARD)
    return Household(here, there, card)


def _marked(one: CityResident, person: Person, number: str, home: str) -> CityResident:
    return replace(
        one,
        business_number=number,
        household_number=home,
        resident_code=f"900{person.my_number[4:]}",
        my_number=person.my_number,
        name=f"{SURNAME}　{person.given}",
        kana=f"{SURNAME_KANA}　{person.kana}",
        birth=person.birth,
        residences=tuple(Residence(ADDRESS, kept.since, kept.until) for kept in one.residences),
        first_january=tuple(replace(year, address=ADDRESS) for year in one.first_january),
        restraints=(),
    )


def marks(home: Household) -> dict[str, str]:
    """Everything that must not be found anywhere."""
    found = {
        "password": PASSWORD,
        "surname": SURNAME,
        "surname in kana": SURNAME_KANA,
        "address": "棈鋹町七丁目",
        "code B": home.card.code_b,
        "PIN": PIN,
        "password of the card": CARD_PASSWORD,
        "account": ACCOUNT,
        "phone": PHONE,
        "income": str(INCOME),
        "income on paper": f"{INCOME:,}",
    }
    for person in PERSONS:
        found |= {
            f"name of {person.given}": person.given,
            f"name of {person.given} in kana": person.kana,
            f"birth of {person.given}": person.birth.isoformat(),
            f"number of {person.given}": person.my_number,
        }
    return found


def enter(made: Backend, home: Household) -> None:
    """Put the household and the clerk into the stores of a backend that does not run."""
    clock = SystemClock()
    opened = open_backend(server_settings(made.home.server_settings), clock, SystemRandom())
    try:
        assert opened.staff is not None
        assert opened.register is not None
        known = made.setup.team().member("k1001")
        member = StaffMember(MIHON, "市", known.office, CLERK, CLERK_NAME, known.department, "", is_active=True)
        opened.staff.admit(((member, known.rights),), secret(PASSWORD), clock.now())
        persons = (*home.here, home.there)
        wards = WardFinder(shipped.wards(is_training=True))
        opened.register.load([_resident(one, wards) for one in persons], clock.now(), "marked")
        kinds = {one.information for each in shipped.procedures().values() for one in each.enquiries}
        for one in persons:
            for information in sorted(kinds):
                load_exchange(opened.exchange, one.municipality, information, [_person(one)])
    finally:
        opened.parts.close()
