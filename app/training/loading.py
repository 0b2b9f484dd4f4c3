"""Fills the backend's slices with the training city: staff, terminals, residents."""

from collections.abc import Iterable
from datetime import datetime
from itertools import product

from app.backend.register.ports import FirstOfJanuary, Residence, Resident, Restraint
from app.backend.register.service.wards import WardFinder
from app.backend.staff.ports import StaffKey, StaffMember, Terminal
from app.backend.staff.service.second_factors import key_id
from app.domain.number import TrainingNumber
from app.domain.secret import secret
from app.server import shipped
from app.server.exchange_load import LoadedPerson, LoadedYear, load_exchange
from app.server.registry import ADMINISTRATOR
from app.server.wiring import Backend
from app.standin.city.staff import TrainingTeam
from app.standin.city.values import City, CityResident
from app.training.staff_cards import IssuedCard
from app.trust.second_factor import Factor

TRACE = "training-city"
LABEL = "training card"
"""What a training card is called among its holder's cards."""
_TAX = "tax"
"""The item class of what the training city's replicas hold."""


def load_team(backend: Backend, city: City, team: TrainingTeam, at: datetime) -> None:
    """Enter all members of staff with their rights and the training password."""
    if backend.staff is None:
        return
    entered = []
    for one in team.staff:
        member = StaffMember(
            municipality=one.municipality,
            municipality_name=city.municipality(one.municipality).name,
            office=one.office,
            staff_id=one.staff_id,
            name=one.name,
            department=one.department,
            password_hash="",
            is_active=True,
        )
        entered.append((member, one.rights))
    backend.staff.admit(entered, team.password, at)


def load_cards(backend: Backend, cards: Iterable[IssuedCard], at: datetime) -> None:
    """Enter everybody's staff card."""
    if backend.cards is None:
        return
    for one in cards:
        key = StaffKey(
            municipality=one.municipality,
            key_id=key_id(one.credential_id),
            staff_id=one.staff_id,
            label=LABEL,
            factor=Factor(one.credential_id, one.attested, 0),
            registered_at=at,
            registered_by=ADMINISTRATOR,
            approved_by=ADMINISTRATOR,
            revoked_at=None,
        )
        backend.cards.enter(key, TRACE)


def enrol(backend: Backend, terminals: Iterable[tuple[str, str, str]], at: datetime) -> None:
    """Enrol terminals: municipality, name, counter window."""
    if backend.staff is None:
        return
    for municipality, name, window in terminals:
        backend.staff.enrol(Terminal(municipality, name, window, at, None))


def load_residents(backend: Backend, city: City, at: datetime) -> None:
    """Enter both municipalities' residents into the register."""
    if backend.register is None:
        return
    wards = WardFinder(shipped.wards(is_training=True))
    for municipality in city.municipalities:
        backend.register.load([_resident(one, wards) for one in municipality.residents], at, TRACE)


def _resident(one: CityResident, wards: WardFinder) -> Resident:
    return Resident(
        municipality=one.municipality,
        business_number=one.business_number,
        household_number=one.household_number,
        name=one.name,
        kana=one.kana,
        birth=one.birth,
        sex=one.sex.value,
        relation=one.relation,
        residences=tuple(
            Residence(r.address, r.since, r.until, wards.of(one.municipality, r.address)) for r in one.residences
        ),
        my_number=TrainingNumber(one.my_number),
        resident_code=one.resident_code,
        alias=one.alias,
        latin_name=one.latin_name,
        moved_in_on=one.moved_in_on,
        moved_from=one.former_address,
        moved_from_code=one.moved_from,
        planned_move_out_on=one.planned_move_out_on,
        first_january=tuple(
            FirstOfJanuary(j.year, j.municipality, j.municipality_name, j.address) for j in one.first_january
        ),
        restraints=tuple(Restraint(r.act, r.level, r.since, r.until, r.reason) for r in one.restraints),
        is_resident=one.is_resident,
    )


def load_exchanged(backend: Backend, city: City) -> None:
    """Enter numbers, codes, in-city tax and replicas of the municipalities that this process serves."""
    procedures = shipped.procedures().values()
    kinds = {one.information for each in procedures for one in each.enquiries if one.item_class == _TAX}
    for municipality, information in product(city.municipalities, sorted(kinds)):
        load_exchange(
            backend.exchange, municipality.code, information, [_person(one) for one in municipality.residents]
        )


def _person(one: CityResident) -> LoadedPerson:
    years = tuple(LoadedYear(t.year, t.residence, t.residence_name, t.kind, dict(t.items)) for t in one.tax)
    acquired = one.code_state == "acquired"
    return LoadedPerson(one.business_number, TrainingNumber(one.my_number), secret(one.resident_code), acquired, years)
