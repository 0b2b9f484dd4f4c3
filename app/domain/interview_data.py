"""From the tables of interviews to what they say; a name without an owner or a ring of orders is refused."""

from collections.abc import Iterable, Mapping

from app.domain.conditions import names_in
from app.domain.interview import (
    RESIDENCE_ITEMS,
    Bring,
    Case,
    Event,
    Interview,
    Known,
    Need,
    Place,
    Question,
    Term,
    Way,
    in_order,
)
from app.domain.procedure import Kind, Option, Procedure
from app.domain.procedure_rules import condition
from app.domain.tables import Table
from app.errors import DataFault

FILE, PLACES = "interview.toml", "interview_places.toml"
_ASKED = frozenset({Kind.YES_NO, Kind.CHOICE, Kind.DATE})


def parse_interview(
    values: Mapping[str, object], places: Mapping[str, object], procedures: Mapping[str, Procedure]
) -> Interview:
    """Read resources/tables/interview.toml and the office's places. Errors: DataFault naming the place."""
    table = Table(values, FILE)
    if table.count("version") != 1:
        raise table.fault("version", "version")
    interview = Interview(
        events=tuple(_event(one) for one in table.tables("event")),
        questions=tuple(_question(one) for one in table.tables("question")),
        knowns=tuple(_known(one) for one in table.tables("known")),
        needs=tuple(_need(one, procedures) for one in table.tables("need")),
        places=_places(Table(places, PLACES)),
    )
    table.finish(interview)
    _check_names(interview)
    ordered = in_order(interview.needs)
    if len(ordered) != len(interview.needs):
        left = next(one.id for one in interview.needs if one not in ordered)
        raise DataFault(what="ring", place=f"{FILE}: need {left}")
    return Interview(interview.events, interview.questions, interview.knowns, ordered, interview.places)


def _places(table: Table) -> dict[str, Place]:
    if table.count("version") != 1:
        raise table.fault("version", "version")
    rows = [
        one.finish(
            Place(one.text("id"), one.text("title"), one.text("plain"), one.text("floor"), one.text("window", ""))
        )
        for one in table.tables("place")
    ]
    _once([one.id for one in rows], PLACES)
    return table.finish({one.id: one for one in rows})


def _event(table: Table) -> Event:
    return table.finish(Event(table.text("id"), table.text("label"), table.text("hint", "")))


def _question(table: Table) -> Question:
    try:
        kind = Kind(table.text("kind"))
    except ValueError as error:
        raise table.fault("unknown_value", "kind") from error
    made = Question(
        id=table.text("id"),
        label=table.text("label"),
        kind=kind,
        when=condition(table),
        options=tuple(one.finish(Option(one.text("value"), one.text("label"))) for one in table.tables("option")),
        hint=table.text("hint", ""),
        default=table.text("default", ""),
    )
    if kind not in _ASKED:
        raise table.fault("unknown_value", "kind")
    if (kind is Kind.CHOICE) != bool(made.options):
        raise table.fault("options_of_a_choice", "option")
    return table.finish(made)


def _known(table: Table) -> Known:
    """Errors: DataFault for what is no item of the 住民票: a wall between sections is not a matter of data."""
    made = Known(table.text("id"), table.text("source"))
    if made.source not in RESIDENCE_ITEMS:
        raise table.fault("other_sections_item", "source")
    return table.finish(made)


def _need(table: Table, procedures: Mapping[str, Procedure]) -> Need:
    try:
        way = Way(table.text("way"))
    except ValueError as error:
        raise table.fault("unknown_value", "way") from error
    procedure = procedures.get(table.text("procedure", ""))
    if (way is Way.APPLICATION) != (procedure is not None):
        raise table.fault("unknown_name", "procedure")
    made = Need(
        id=table.text("id"),
        title=table.text("title", "" if procedure is None else procedure.title),
        plain=table.text("plain"),
        way=way,
        procedure="" if procedure is None else procedure.id,
        place=table.text("place"),
        cases=tuple(one.finish(Case(condition(one), one.text("why"))) for one in table.tables("case")),
        own_word=table.text("own_word", ""),
        after=table.texts("after"),
        terms=tuple(_term(one, procedure) for one in table.tables("term")),
        papers=tuple(_bring(one) for one in table.tables("paper")),
        tell=table.text("tell", ""),
    )
    table.text("confidence")
    if not made.cases or not made.title:
        raise table.fault("missing_key", "case")
    return table.finish(made)


def _term(table: Table, procedure: Procedure | None) -> Term:
    """A period of its own, or ``clock`` of the procedure, whose length it takes."""
    since = table.text("from")
    if "clock" in table:
        name = table.text("clock")
        clock = next((one for one in procedure.clocks if one.id == name), None) if procedure is not None else None
        if clock is None:
            raise table.fault("unknown_name", "clock")
        return table.finish(Term(clock.label, since, clock.days, clock.extend, count_first=False))
    made = Term(
        label=table.text("label"),
        since=since,
        days=table.count("days"),
        extend=table.text("closed_day") == "next_open",
        count_first=table.flag("count_first", default=False),
        when=condition(table),
    )
    table.text("confidence")
    return table.finish(made)


def _bring(table: Table) -> Bring:
    label = table.text("label")
    return table.finish(Bring(label, table.text("plain", label), condition(table)))


def _check_names(interview: Interview) -> None:
    events = [one.id for one in interview.events]
    questions = [one.id for one in interview.questions]
    knowns = [one.id for one in interview.knowns]
    _once([*events, *questions, *knowns], FILE)
    _once([one.id for one in interview.needs], FILE)
    known = {*events, *questions, *knowns}
    for question in interview.questions:
        _demand(names_in(question.when), known, f"question {question.id}")
        _demand([question.default] if question.default else [], knowns, f"question {question.id}")
    for need in interview.needs:
        _check_need(need, interview, known)


def _check_need(need: Need, interview: Interview, known: Iterable[str]) -> None:
    place = f"need {need.id}"
    _demand([need.place], interview.places, place)
    _demand(need.after, [one.id for one in interview.needs], place)
    dates = [one.id for one in interview.questions if one.kind is Kind.DATE]
    _demand([one.since for one in need.terms], dates, place)
    conditions = [*(one.when for one in need.cases), *(one.when for one in need.terms)]
    conditions += [one.when for one in need.papers]
    named = frozenset[str]().union(*(names_in(one) for one in conditions))
    _demand(named, known, place)
    if need.own_word:
        _demand([need.own_word], [one.id for one in interview.events], place)
        if named & {one.id for one in interview.knowns}:
            raise DataFault(what="other_sections_item", place=f"{FILE}: {place}")


def _demand(names: Iterable[str], known: Iterable[str], place: str) -> None:
    for name in names:
        if name not in known:
            raise DataFault(what="unknown_name", place=f"{FILE}: {place}: {name}")


def _once(names: list[str], file: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise DataFault(what="twice", place=f"{file}: {name}")
