"""A person of the large city as the register takes it."""

from app.backend.register.ports import FirstOfJanuary, Particulars, PastName, Residence, Resident, Restraint
from app.domain.number import TrainingNumber
from app.standin.city.dweller import Dweller


def resident_of(one: Dweller, municipality: str) -> Resident:
    """The resident that ``one`` is in the register of ``municipality``."""
    return Resident(
        municipality=municipality,
        business_number=one.business_number,
        household_number=one.household_number,
        name=one.name,
        kana=one.kana,
        birth=one.birth,
        sex=one.sex,
        relation=one.relation,
        residences=tuple(Residence(stay.address, stay.since, stay.until, stay.ward) for stay in one.stays),
        my_number=TrainingNumber(one.my_number),
        former_name=one.former_name,
        alias=one.alias,
        latin_name=one.latin_name,
        moved_in_on=one.moved_in_on,
        moved_from=one.former_address,
        moved_from_code=one.moved_from,
        first_january=tuple(
            FirstOfJanuary(day.year, day.municipality, day.municipality_name, day.address) for day in one.first_january
        ),
        restraints=tuple(
            Restraint(mark.act, mark.level, mark.since, mark.until, mark.reason) for mark in one.restraints
        ),
        is_resident=one.is_resident,
        resident_code=one.resident_code,
        residence_status=one.status,
        more=_particulars(one),
        past_names=(PastName(one.past_name, one.past_kana, one.past_until),) if one.past_name else (),
    )


def _particulars(one: Dweller) -> Particulars:
    return Particulars(
        legal_kana=one.legal_kana,
        birth_written=one.birth_written,
        former_name_kana=one.former_name_kana,
        alias_kana=one.alias_kana,
        kanji_name=one.kanji_name,
        nationality=one.nationality,
        status_until=one.status_until,
        card_number=one.card_number,
        origin=one.origin,
        origin_head=one.origin_head,
        moved_to=one.moved_to,
        removed_on=one.removed_on,
        removed_why=one.removed_why,
    )
