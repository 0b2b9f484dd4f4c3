"""What the 住民票 itself lets an interview know, as yes or no; nothing of any other section's files."""

from datetime import date

from app.domain.capacity import CapacityTable
from app.domain.days import age_on, school_year_end
from app.domain.facts import Value
from app.domain.interview import RESIDENCE_ITEMS, Interview
from app.domain.person import Capacity
from app.services.known_facts import Relations
from app.wire.register import Member, Record

_CHILD, _FIRST_SCHOOL, _LAST_SCHOOL = 18, 6, 15
_OLD, _VERY_OLD = 65, 75
_REGISTER = "register.any"


def known_to(
    interview: Interview, record: Record | None, who: tuple[Capacity, CapacityTable], relations: Relations, day: date
) -> dict[str, Value]:
    """The interview's own facts of the record, as far as who stands here may learn of them.

    A suggestion tells: to an agent it must not say that there are children. Of somebody under a restraint only the
    person hears anything.
    """
    capacity, rules = who
    if record is None or not rules.may_see(_REGISTER, capacity):
        return {}
    restrained = any(mark.level == "error" for mark in record.hit.restraints)
    if restrained and capacity is not Capacity.SELF:
        return {}
    found = residence_facts(record, relations, day)
    return {one.id: found[one.source] for one in interview.knowns if one.source in found}


def residence_facts(record: Record, relations: Relations, day: date) -> dict[str, bool]:
    """Each of ``RESIDENCE_ITEMS``, True or False; of who no longer lives here only that."""
    if not record.hit.resident:
        return {"register.match": False}
    own = next((one for one in record.household if one.business_number == record.hit.business_number), None)
    members = record.household
    children = [one for one in members if one is not own and _is_child(one, relations)]
    pupils = [one.birth for one in children if _goes_to_school(one.birth, day)]
    oldest = max((age_on(one.birth, day) for one in members), default=0)
    found = {
        "register.match": True,
        "register.alone": len(members) <= 1,
        "register.is_head": own is not None and own.relation in relations.head,
        "register.foreign": bool(record.nationality),
        "register.has_spouse": any(one.relation in relations.spouse for one in members),
        "register.has_child": any(day <= school_year_end(one.birth, _CHILD) for one in children),
        "register.has_preschool_child": any(day <= school_year_end(one.birth, _FIRST_SCHOOL) for one in children),
        "register.has_school_child": bool(pupils),
        "register.has_over_65": oldest >= _OLD,
        "register.has_over_75": oldest >= _VERY_OLD,
    }
    return {name: value for name, value in found.items() if name in RESIDENCE_ITEMS}


def _is_child(member: Member, relations: Relations) -> bool:
    return member.relation in relations.child | relations.spouse_child


def _goes_to_school(birth: date, day: date) -> bool:
    return school_year_end(birth, _FIRST_SCHOOL) < day <= school_year_end(birth, _LAST_SCHOOL)
