"""What card, register and office know of a case, under the paths that procedures prefill from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from app.domain.days import school_year_end
from app.domain.deadlines import tax_year
from app.domain.facts import Row, Value
from app.domain.person import BasicFour
from app.domain.procedure import Procedure
from app.domain.tables import Table
from app.wire.register import Member, Record

RECENT = timedelta(days=60)
"""How long ago an event in the register may lie to be offered as a case's reason. Assumed; the clerk corrects it."""
_CHILD_AGE, _ELDER_AGE = 18, 22


@dataclass(frozen=True, slots=True)
class Relations:
    """続柄: which of the register's words mean what. Read from resources/tables/relations.toml."""

    head: frozenset[str]
    spouse: frozenset[str]
    child: frozenset[str]
    spouse_child: frozenset[str]

    @classmethod
    def parse(cls, values: Mapping[str, object]) -> Self:
        """Make it of the file's tables. Errors: DataFault."""
        table = Table(values, "relations.toml")
        table.count("version")
        head, spouse, child, other = (
            frozenset(table.texts(key)) for key in ("head", "spouse", "child", "spouse_child")
        )
        return table.finish(cls(head, spouse, child, other))


@dataclass(frozen=True, slots=True)
class Sources:
    """What is at hand: ``card`` None without a reading, ``record`` None for who is not in the register.

    ``spouse``: the spouse's own record where it was opened for this case.
    """

    municipality: str
    day: date
    card: BasicFour | None = None
    record: Record | None = None
    spouse: Record | None = None


def known_facts(sources: Sources, procedure: Procedure, relations: Relations) -> dict[str, Value]:
    """Paths with values (card.name, register.children …); what is not known is left out, never guessed as "no"."""
    known: dict[str, Value] = {"office.municipality": sources.municipality, "office.today": sources.day}
    if sources.card is not None:
        card = sources.card
        known |= {"card.name": card.name, "card.address": card.address, "card.birth": card.birth}
    known["register.match"] = sources.record is not None and sources.record.hit.resident
    if sources.record is not None:
        known |= _own(sources.record, procedure, sources.day)
        known |= _household(sources, sources.record, procedure, relations)
    return {path: value for path, value in known.items() if value not in ("", ())}


def _own(record: Record, procedure: Procedure, day: date) -> dict[str, Value]:
    hit = record.hit
    known: dict[str, Value] = {
        "register.name": hit.name,
        "register.kana": hit.kana,
        "register.birth": hit.birth,
        "register.address": hit.address,
        "register.number_state": _number_state(record),
        "register.jan1_municipality": _taxed_in(record, procedure, day),
        "register.protected": any(mark.level == "error" for mark in hit.restraints),
        "register.members": tuple(
            {"name": one.name, "birth": one.birth, "relation": one.relation} for one in record.household
        ),
    }
    if record.moved_in_on is not None and timedelta(0) <= day - record.moved_in_on <= RECENT:
        known["register.claim_reason"] = "moved_in"
        known["register.previous_municipality"] = record.moved_from_code
    return known


def _household(sources: Sources, record: Record, procedure: Procedure, relations: Relations) -> dict[str, Value]:
    own = next((m for m in record.household if m.business_number == record.hit.business_number), None)
    others = [member for member in record.household if member is not own]
    if own is None or own.relation not in relations.head | relations.spouse:
        return {}
    is_head = own.relation in relations.head
    partner = relations.spouse if is_head else relations.head
    known: dict[str, Value] = {}
    spouse = next((member for member in others if member.relation in partner), None)
    if spouse is not None:
        known |= {
            "register.spouse_exists": True,
            "register.spouse_name": spouse.name,
            "register.spouse_birth": spouse.birth,
            "register.spouse_together": True,
        }
    if spouse is not None and sources.spouse is not None:
        known["register.spouse_number_state"] = _number_state(sources.spouse)
        known["register.spouse_jan1_municipality"] = _taxed_in(sources.spouse, procedure, sources.day)
    address = record.hit.address
    born = [(m, _kinship(m, relations, is_head=is_head)) for m in others]
    rows = [(_row(m, kinship, address), m.birth) for m, kinship in born if kinship]
    known["register.children"] = _of_age(rows, sources.day, above=None, up_to=_CHILD_AGE)
    known["register.elders"] = _of_age(rows, sources.day, above=_CHILD_AGE, up_to=_ELDER_AGE)
    return known | _newborn([birth for _, birth in rows], sources.day)


def _kinship(member: Member, relations: Relations, *, is_head: bool) -> str:
    """The member as a child of who stands here, "" for others: the head's 子 may be only the head's."""
    if member.relation in relations.child:
        return "child"
    if member.relation in relations.spouse_child:
        return "stepchild" if is_head else "child"
    return ""


def _row(member: Member, kinship: str, address: str) -> Row:
    return {
        "name": member.name,
        "birth": member.birth,
        "relation": kinship,
        "together": True,
        "address": address,
    }


def _of_age(rows: Iterable[tuple[Row, date]], day: date, *, above: int | None, up_to: int) -> tuple[Row, ...]:
    """The rows of persons within these school years, eldest first."""
    fitting = [
        (row, birth)
        for row, birth in rows
        if day <= school_year_end(birth, up_to) and (above is None or day > school_year_end(birth, above))
    ]
    return tuple(row for row, _ in sorted(fitting, key=lambda item: item[1]))


def _newborn(births: list[date], day: date) -> dict[str, Value]:
    youngest = max(births, default=None)
    if youngest is None or not timedelta(0) <= day - youngest <= RECENT:
        return {}
    return {"register.claim_reason": "birth", "register.event_date": youngest}


def _number_state(record: Record) -> str:
    return "linked" if record.hit.number_linked else ""


def _taxed_in(record: Record, procedure: Procedure, day: date) -> str:
    """The municipality on 1 January of the tax year that the procedure asks for; "" if it asks for none."""
    years = (tax_year(enquiry, day) for enquiry in procedure.enquiries)
    year = next((found.residence_day.year for found in years if found is not None), None)
    return next((former.municipality for former in record.first_january if former.year == year), "")
