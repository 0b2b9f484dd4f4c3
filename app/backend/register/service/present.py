"""Residents as the counter may see them: restraint marks always, a restrained address never without the right."""

from datetime import date

from app.backend.register.ports import Found, Resident
from app.domain.call import Call
from app.domain.number import MyNumber
from app.domain.rights import ANY, ItemClass, allowed
from app.wire.register import FormerAddress, Hit, ItemMark, Member, Record, RestraintMark

RELEASE, SHOW = "restraint.release", "item.show"


def may_release(call: Call) -> bool:
    """Whether the person who asks may look behind a restraint."""
    return allowed(call.actor, RELEASE, ANY, ANY, day=call.day)


def is_closed(resident: Resident, day: date) -> bool:
    """Whether viewing this person is restrained with level error."""
    return any(held.act == "view" and held.level == "error" and held.holds_on(day) for held in resident.restraints)


def hit_of(found: Found, day: date, *, is_hidden: bool) -> Hit:
    """A line of the list. ``is_hidden``: where the person lives is left out."""
    resident = found.resident
    marks = {(held.act, held.level): None for held in resident.restraints if held.holds_on(day)}
    return Hit(
        business_number=resident.business_number,
        name=resident.name,
        kana=resident.kana,
        birth=resident.birth,
        sex=resident.sex,
        address="" if is_hidden else resident.address,
        household_number="" if is_hidden else resident.household_number,
        number_linked=found.is_number_linked,
        restraints=tuple(RestraintMark(act=act, level=level) for act, level in marks),
        resident=resident.is_resident,
    )


def shown_classes(call: Call, procedure: str) -> frozenset[ItemClass]:
    """The guarded classes that the person who asks may see for ``procedure``; none where no procedure is named."""
    asked = [one for one in ItemClass if procedure not in {"", ANY}]
    return frozenset(one for one in asked if allowed(call.actor, SHOW, procedure, one, day=call.day))


def items_of(resident: Resident, number: MyNumber | None, shown: frozenset[ItemClass]) -> tuple[ItemMark, ...]:
    """One mark for each guarded class. A value leaves here only if its class is in ``shown``."""
    values = {
        ItemClass.MY_NUMBER: "" if number is None else number.text(),
        ItemClass.RESIDENT_CODE: resident.resident_code,
        ItemClass.RESIDENCE_STATUS: resident.residence_status,
    }
    return tuple(
        ItemMark(item_class=one.value, state="shown" if value else "none", value=value)
        if one in shown
        else ItemMark(item_class=one.value, state="masked")
        for one, value in values.items()
    )


def record_of(found: Found, household: tuple[Found, ...], items: tuple[ItemMark, ...], day: date) -> Record:
    """The record of one person, opened."""
    resident = found.resident
    return Record(
        hit=hit_of(found, day, is_hidden=False),
        former_name=resident.former_name,
        alias=resident.alias,
        latin_name=resident.latin_name,
        moved_in_on=resident.moved_in_on,
        moved_from=resident.moved_from,
        moved_from_code=resident.moved_from_code,
        planned_move_out_on=resident.planned_move_out_on,
        first_january=tuple(
            FormerAddress(
                year=one.year,
                municipality=one.municipality,
                municipality_name=one.municipality_name,
                address=one.address,
            )
            for one in sorted(resident.first_january, key=lambda one: one.year, reverse=True)
        ),
        household=tuple(_member(one.resident) for one in household if one.resident.is_resident),
        version=resident.version,
        items=items,
        legal_kana=resident.more.legal_kana,
        birth_written=resident.more.birth_written,
        former_name_kana=resident.more.former_name_kana,
        alias_kana=resident.more.alias_kana,
        kanji_name=resident.more.kanji_name,
        nationality=resident.more.nationality,
        ward=resident.ward,
        moved_to=resident.more.moved_to,
        removed_on=resident.more.removed_on,
    )


def _member(resident: Resident) -> Member:
    return Member(
        business_number=resident.business_number,
        name=resident.name,
        kana=resident.kana,
        birth=resident.birth,
        sex=resident.sex,
        relation=resident.relation,
    )
