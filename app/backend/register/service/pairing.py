"""Which newcomer of a filing is whom of those named before: by code, or name and birth date, never by place."""

from collections.abc import Sequence

from app.wire.register_change import PersonItems, PersonPart


def named_before(persons: Sequence[PersonPart], before: Sequence[PersonItems]) -> list[int | None]:
    """For each of ``persons`` the place in ``before`` of the same person; None for known persons and for strangers.

    The 住民票コード is the same, or, where not both have one, name and birth date; or one of these, where only one
    person is left on either side.
    """
    found: list[int | None] = [None] * len(persons)
    mine = [place for place, part in enumerate(persons) if not part.business_number]
    theirs = list(range(len(before)))
    for place in list(mine):
        same = [other for other in theirs if _is_same(persons[place].items, before[other])]
        if len(same) == 1:
            found[place] = same[0]
            mine.remove(place)
            theirs.remove(same[0])
    if len(mine) == len(theirs) == 1 and _is_alike(persons[mine[0]].items, before[theirs[0]]):
        found[mine[0]] = theirs[0]
    return found


def _is_same(one: PersonItems, other: PersonItems) -> bool:
    if one.resident_code and other.resident_code:
        return one.resident_code == other.resident_code
    return (one.name, one.birth) == (other.name, other.birth) and bool(one.name)


def _is_alike(one: PersonItems, other: PersonItems) -> bool:
    if one.resident_code and other.resident_code:
        return False
    is_named = bool(one.name) and one.name == other.name
    return is_named or (one.birth is not None and one.birth == other.birth)
