"""What one application of a visit said is not asked again by the next: which fields say the same, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from app.domain.conditions import ALWAYS, Condition, Scope, holds
from app.domain.deadlines import tax_year
from app.domain.facts import Facts, Row, Scalar, Value, rows_of, scalar_of
from app.domain.procedure import Procedure

JOIN = "　"
"""Between the parts of an address that stand in several fields."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Fields of one procedure that say one thing together, in their order."""

    procedure: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that several forms ask for. ``answers``: questions of the interview that say it too.

    ``same_year``: it is about a tax year and holds only where the next procedure asks for the same one.
    """

    id: str
    says: tuple[Spot, ...]
    takes: tuple[Spot, ...]
    answers: tuple[str, ...] = ()
    same_year: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One procedure's rows of persons: ``columns`` common name → field.

    ``where``: which rows count, by common names; ``own``: what must hold of the applicant's own row, unless always;
    ``but_self``: the applicant's own row is none of them. ``single``: the columns are fields of the form itself, filled
    only if exactly one row counts; ``adds``: what is known of every row that is taken, or of the form.
    """

    procedure: str
    group: str
    columns: Mapping[str, str]
    where: Condition = ALWAYS
    own: Condition = ALWAYS
    but_self: bool = False
    single: bool = False
    adds: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that several forms ask for."""

    id: str
    says: tuple[Part, ...]
    takes: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What an event or an answer of the interview means for a field: ``value`` where ``when`` holds."""

    procedure: str
    field: str
    value: Scalar
    when: Condition


@dataclass(frozen=True, slots=True)
class Carrying:
    """The whole table."""

    items: tuple[Item, ...] = ()
    rows: tuple[Rows, ...] = ()
    answered: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in this visit. ``by``: the procedure's id, "" for the interview; ``year``: the tax year meant."""

    value: Value = field(repr=False)
    by: str
    year: int | None = None


def said_in(carrying: Carrying, procedure: Procedure, facts: Facts, day: date) -> dict[str, Said]:
    """What an application says that others ask too, by the table's ids."""
    said: dict[str, Said] = {}
    for item in carrying.items:
        for spot in item.says:
            if spot.procedure == procedure.id and (value := _joined(facts, spot)) is not None:
                said[item.id] = Said(value, procedure.id, year_of(procedure, day))
    for rows in carrying.rows:
        for part in rows.says:
            if part.procedure == procedure.id and (found := tuple(_said_rows(part, facts, day))):
                said[rows.id] = Said(found, procedure.id)
    return said


def said_by_answers(carrying: Carrying, answers: Mapping[str, Scalar]) -> dict[str, Said]:
    """What the interview's answers say."""
    found = ((item.id, next((answers[one] for one in item.answers if one in answers), None)) for item in carrying.items)
    return {name: Said(value, "") for name, value in found if value is not None}


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes into an application: values by field or group, and where each was said ("" for the interview)."""

    facts: Mapping[str, Value] = field(repr=False)
    sources: Mapping[str, str]


def carried(
    carrying: Carrying, procedure: Procedure, about: tuple[Facts, str], said: Mapping[str, Said], told: Scope
) -> Carried:
    """What the next application takes over. ``about``: its facts so far and the applicant's name.

    Rows already there, as from the register, stay; rows that were said are added where nobody of that name and birth
    stands. ``told``: the interview, for what its answers mean; its day is today.
    """
    filled: dict[str, Value] = {}
    sources: dict[str, str] = {}
    for field_id, value, by in (
        *_by_answers(carrying, procedure, about[0], told),
        *_by_items(carrying, procedure, about[0], said, told.day),
        *_by_rows(carrying, procedure, about, said, told.day),
    ):
        filled[field_id], sources[field_id] = value, by
    return Carried(filled, sources)


_Found: TypeAlias = Iterator[tuple[str, Value, str]]
"""Field or group, its value, and who said it."""


def _by_answers(carrying: Carrying, procedure: Procedure, facts: Facts, told: Scope) -> _Found:
    for one in carrying.answered:
        if one.procedure == procedure.id and facts.get(one.field) != one.value and holds(one.when, told):
            yield one.field, one.value, ""


def _by_items(carrying: Carrying, procedure: Procedure, facts: Facts, said: Mapping[str, Said], day: date) -> _Found:
    """What is there already, as from the register, keeps its own source."""
    for item in carrying.items:
        known = said.get(item.id)
        if known is None or (item.same_year and known.year != year_of(procedure, day)):
            continue
        for spot in item.takes:
            if spot.procedure == procedure.id and facts.get(spot.fields[0]) != known.value:
                yield spot.fields[0], known.value, known.by


def _by_rows(
    carrying: Carrying, procedure: Procedure, about: tuple[Facts, str], said: Mapping[str, Said], day: date
) -> _Found:
    facts, name = about
    for rows in carrying.rows:
        heard = said.get(rows.id)
        if heard is None or heard.by == procedure.id:
            continue
        for part in rows.takes:
            if part.procedure == procedure.id:
                for field_id, value in _taken(part, facts, _fitting(part, heard.value, name, day)).items():
                    yield field_id, value, heard.by


def year_of(procedure: Procedure, day: date) -> int | None:
    """The tax year that a procedure asks for on ``day``; None if it asks for none."""
    years = (tax_year(enquiry, day) for enquiry in procedure.enquiries)
    return next((found.year for found in years if found is not None), None)


def _joined(facts: Facts, spot: Spot) -> Scalar | None:
    values = [value for one in spot.fields if (value := scalar_of(facts, one)) is not None]
    if len(values) < 2 or scalar_of(facts, spot.fields[0]) is None:  # noqa: PLR2004
        return scalar_of(facts, spot.fields[0])
    return JOIN.join(str(value) for value in values)


def _said_rows(part: Part, facts: Facts, day: date) -> Iterator[Row]:
    for row in rows_of(facts, part.group):
        named = {name: row[column] for name, column in part.columns.items() if row.get(column) not in (None, "")}
        if named.get("name") and holds(part.where, Scope({}, day, row=named)):
            yield named


def _fitting(part: Part, value: Value, name: str, day: date) -> tuple[Row, ...]:
    rows = value if isinstance(value, tuple) else ()
    own = next((row for row in rows if row.get("name") == name), None)
    if part.own != ALWAYS and (own is None or not holds(part.own, Scope({}, day, row=own))):
        return ()
    others = (row for row in rows if not (part.but_self and row is own))
    return tuple(row for row in others if holds(part.where, Scope({}, day, row=row)))


def _taken(part: Part, facts: Facts, rows: tuple[Row, ...]) -> dict[str, Value]:
    if part.single:
        return {**part.adds, **_columns(part, rows[0])} if len(rows) == 1 else {}
    there = rows_of(facts, part.group)
    keys = ("name", "birth")
    known = {tuple(row.get(part.columns.get(one, "")) for one in keys) for row in there}
    new = tuple(
        {**part.adds, **_columns(part, row)} for row in rows if tuple(row.get(one) for one in keys) not in known
    )
    return {part.group: (*there, *new)} if new else {}


def _columns(part: Part, row: Row) -> dict[str, Scalar]:
    return {column: row[name] for name, column in part.columns.items() if name in row}
