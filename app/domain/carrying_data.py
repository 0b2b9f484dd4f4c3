"""From the table of what forms share to its values; a field that there is not, or of another kind, is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.carrying import Answered, Carrying, Item, Part, Rows, Spot
from app.domain.conditions import names_in
from app.domain.facts import Scalar
from app.domain.interview import Interview
from app.domain.procedure import Field, Kind, Procedure
from app.domain.procedure_rules import condition
from app.domain.tables import Table
from app.errors import DataFault

FILE = "interview_carried.toml"
_WORDS = frozenset({Kind.TEXT, Kind.NAME, Kind.ADDRESS})
"""What is any text: one may take what another says."""


@dataclass(frozen=True, slots=True)
class _Books:
    procedures: Mapping[str, Procedure]
    interview: Interview

    def field(self, place: str, table: Table, key: str) -> Field:
        """The field of the form under ``procedure.field``."""
        name, _, rest = place.partition(".")
        procedure = self.procedures.get(name)
        found = None if procedure is None else next((one for one in procedure.fields if one.id == rest), None)
        if found is None:
            raise table.fault("unknown_name", f"{key} {place}")
        return found


def parse_carrying(values: Mapping[str, object], procedures: Mapping[str, Procedure], interview: Interview) -> Carrying:
    """Read resources/tables/interview_carried.toml. Errors: DataFault naming the place."""
    table, books = Table(values, FILE), _Books(procedures, interview)
    if table.count("version") != 1:
        raise table.fault("version", "version")
    made = Carrying(
        tuple(_item(one, books) for one in table.tables("item")),
        tuple(_rows(one, books) for one in table.tables("rows")),
        tuple(_answered(one, books) for one in table.tables("answered")),
    )
    names = [one.id for one in made.items] + [one.id for one in made.rows]
    for name in names:
        if names.count(name) > 1:
            raise DataFault(what="twice", place=f"{FILE}: {name}")
    return table.finish(made)


def _item(table: Table, books: _Books) -> Item:
    both = table.texts("both")
    says, takes = (*table.texts("says"), *both), (*table.texts("takes"), *both)
    fields = {place: tuple(books.field(one, table, "says") for one in _parts(place)) for place in (*says, *takes)}
    answers = table.texts("answers")
    questions = [books.interview.question(one) for one in answers]
    if None in questions or not (says or answers) or not takes:
        raise table.fault("unknown_name", "answers")
    kinds = {_sort(fields[one][0].kind) for one in (*says, *takes)}
    kinds |= {_sort(one.kind) for one in questions if one is not None}
    if len(kinds) > 1:
        raise table.fault("wrong_kind", "takes")
    offered = {option.value for one in says for option in fields[one][0].options}
    if any(not offered <= {option.value for option in fields[one][0].options} for one in takes if offered):
        raise table.fault("options_of_a_choice", "takes")
    return table.finish(
        Item(
            id=table.text("id"),
            says=tuple(_spot(one) for one in says),
            takes=tuple(_spot(one) for one in takes),
            answers=answers,
            same_year=table.flag("same_year", default=False),
        )
    )


def _parts(place: str) -> tuple[str, ...]:
    """``procedure.field+field`` as whole names."""
    name, _, rest = place.partition(".")
    return tuple(f"{name}.{one}" for one in rest.split("+"))


def _spot(place: str) -> Spot:
    name, _, rest = place.partition(".")
    return Spot(name, tuple(rest.split("+")))


def _sort(kind: Kind) -> str:
    return "words" if kind in _WORDS else kind.value


def _rows(table: Table, books: _Books) -> Rows:
    says = tuple(_part(one, books) for one in table.tables("says"))
    takes = tuple(_part(one, books) for one in table.tables("takes"))
    said = {name for part in says for name in part.columns}
    for part in takes:
        if not set(part.columns) <= said or not (names_in(part.where) | names_in(part.own)) <= said:
            raise table.fault("unknown_name", f"takes {part.procedure}")
    return table.finish(Rows(table.text("id"), says, takes))


def _part(table: Table, books: _Books) -> Part:
    name, _, group = table.text("at").partition(".")
    procedure, single = books.procedures.get(name), table.flag("single", default=False)
    if procedure is None or (not single and procedure.group(group) is None):
        raise table.fault("unknown_name", "at")
    found = procedure.group(group)
    fields = {one.id: one for one in (procedure.fields if found is None or single else found.fields)}
    columns = dict(_pair(one, table) for one in table.texts("columns"))
    adds = {
        key: _value(value, fields.get(key), table) for key, value in (_pair(one, table) for one in table.texts("adds"))
    }
    if "name" not in columns or not {*columns.values(), *adds} <= fields.keys():
        raise table.fault("unknown_name", "columns")
    return table.finish(
        Part(
            procedure=name,
            group=group,
            columns=columns,
            where=condition(table, "where"),
            own=condition(table, "own"),
            but_self=table.flag("but_self", default=False),
            single=single,
            adds=adds,
        )
    )


def _pair(text: str, table: Table) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not (key and equals and value):
        raise table.fault("wrong_kind", text)
    return key, value


def _value(text: str, field: Field | None, table: Table) -> Scalar:
    """Yes or no, or one of a choice's values."""
    if field is not None and field.kind is Kind.YES_NO and text in {"yes", "no"}:
        return text == "yes"
    if field is not None and text in {option.value for option in field.options}:
        return text
    raise table.fault("unknown_value", text)


def _answered(table: Table, books: _Books) -> Answered:
    place = table.text("at")
    field = books.field(place, table, "at")
    made = Answered(place.partition(".")[0], field.id, _value(table.text("value"), field, table), condition(table))
    _known(names_in(made.when), books.interview, table)
    return table.finish(made)


def _known(names: Iterable[str], interview: Interview, table: Table) -> None:
    known = {one.id for one in interview.events} | {one.id for one in interview.questions}
    for name in names:
        if name not in known:
            raise table.fault("unknown_name", name)
