"""From the tables of a procedure's file to the procedure; what does not fit is refused with its place."""

from collections.abc import Mapping
from datetime import date

from app.domain.conditions import ALWAYS
from app.domain.identity import Regime
from app.domain.procedure import (
    AFTERWARDS,
    EXAMINATION,
    Field,
    Given,
    Group,
    Identity,
    Kind,
    Need,
    NumberUse,
    Option,
    Output,
    Paper,
    Procedure,
    Section,
    Step,
)
from app.domain.procedure_names import check_names
from app.domain.procedure_rules import amount, basis, check, clock, condition, enquiry
from app.domain.register_filing import OtherChange, RegisterFiling
from app.domain.tables import Table


def parse_procedure(values: Mapping[str, object], file: str = "") -> Procedure:
    """Make a procedure of a file's tables. ``DataFault`` says what is wrong and where (``file`` begins the place)."""
    table = Table(values, file)
    since, until = _period(table)
    groups = tuple(_group(one) for one in table.tables("group"))
    procedure = Procedure(
        id=table.text("id"),
        version=table.count("version"),
        title=table.text("title"),
        short_title=table.text("short_title"),
        section=table.text("section"),
        called=table.text("called"),
        approval=table.text("approval"),
        since=since,
        until=until,
        law=table.text("law"),
        identity=_identity(table.table("identity")),
        number_use=_number_use(table.table("number_use")),
        sections=tuple(_section(one) for one in table.tables("form")),
        fields=tuple(_field(one, "") for one in table.tables("field")),
        groups=groups,
        given=tuple(_given(one) for one in table.tables("given")),
        enquiries=tuple(enquiry(one) for one in table.tables("enquiry")),
        checks=tuple(check(one) for one in table.tables("check")),
        missing=check(table.table("missing")),
        steps=tuple(_step(one) for one in table.tables("step")),
        outputs=tuple(_output(one) for one in table.tables("output")),
        clocks=tuple(clock(one) for one in table.tables("clock")),
        papers=tuple(_paper(one) for one in table.tables("paper")),
        amount=amount(table.table("amount")) if "amount" in table else None,
        reasons=tuple(_option(one) for one in table.tables("reason")),
        filing=_filing(table.table("register_filing")) if "register_filing" in table else None,
    )
    check_names(procedure, file)
    return table.finish(procedure)


def _period(table: Table) -> tuple[date | None, date | None]:
    ends = table.texts("in_force")
    if len(ends) != 2:  # noqa: PLR2004
        raise table.fault("two_dates", "in_force")
    try:
        since, until = (date.fromisoformat(end) if end else None for end in ends)
    except ValueError as error:
        raise table.fault("no_date", "in_force") from error
    return since, until


def _identity(table: Table) -> Identity:
    try:
        regime = Regime(table.text("regime"))
    except ValueError as error:
        raise table.fault("unknown_value", "regime") from error
    again = table.flag("again", default=False)
    return table.finish(Identity(regime, table.text("of"), table.text("former_address", ""), again))


def _filing(table: Table) -> RegisterFiling:
    """Errors: DataFault for a household that the register does not know."""
    home = table.table("household")
    values = _households(home)
    made = RegisterFiling(
        kind=table.text("kind"),
        reason=table.text("reason"),
        filed_day=table.text("filed_day"),
        event_day=table.text("event_day"),
        address=table.texts("address"),
        late_reason=table.text("late_reason", ""),
        persons=table.text("persons"),
        name=table.text("name"),
        birth=table.text("birth"),
        relation=table.text("relation"),
        household=(home.text("field"), values),
        others=tuple(_other_change(one) for one in table.tables("other")),
    )
    home.finish(made)
    return table.finish(made)


def _other_change(table: Table) -> OtherChange:
    return table.finish(OtherChange(table.text("field"), table.text("value"), table.text("kind"), _households(table)))


def _households(table: Table) -> tuple[tuple[str, str], ...]:
    """What becomes of the household, for each value of its field."""
    values = tuple(_option(one) for one in table.tables("option"))
    if not {one.label for one in values} <= {"keep", "new", "join"}:
        raise table.fault("unknown_value", "option")
    return tuple((one.value, one.label) for one in values)


def _number_use(table: Table) -> NumberUse:
    return table.finish(NumberUse(tuple(basis(one) for one in table.tables("basis"))))


def _section(table: Table) -> Section:
    return table.finish(Section(table.text("id"), table.text("title")))


def _option(table: Table) -> Option:
    return table.finish(Option(table.text("value"), table.text("label")))


def _field(table: Table, group: str, section: str = "", of: str = "") -> Field:
    try:
        kind, need = Kind(table.text("kind")), Need(table.text("need"))
    except ValueError as error:
        raise table.fault("unknown_value", "kind or need") from error
    field = Field(
        id=table.text("id"),
        label=table.text("label"),
        of=table.text("of", of or None),
        kind=kind,
        need=need,
        section=table.text("form", section or None),
        group=group,
        source=table.texts("source"),
        prefill=table.texts("prefill"),
        options=tuple(_option(one) for one in table.tables("option")),
        length=table.count("length", 0),
        hint=table.text("hint", ""),
        when=condition(table),
        confidence=table.text("confidence", "K"),
    )
    if need is Need.WHEN and field.when == ALWAYS:
        raise table.fault("when_without_case", "when")
    if (kind is Kind.CHOICE) != bool(field.options):
        raise table.fault("options_of_a_choice", "option")
    return table.finish(field)


def _group(table: Table) -> Group:
    name, section, of = table.text("id"), table.text("form"), table.text("of")
    group = Group(
        id=name,
        label=table.text("label"),
        of=of,
        section=section,
        minimum=table.count("minimum", 0),
        maximum=table.count("maximum"),
        prefill=table.texts("prefill"),
        fields=tuple(_field(one, name, section, of) for one in table.tables("field")),
        when=condition(table),
    )
    return table.finish(group)


def _given(table: Table) -> Given:
    try:
        kind = Kind(table.text("kind"))
    except ValueError as error:
        raise table.fault("unknown_value", "kind") from error
    return table.finish(Given(table.text("id"), kind, table.text("source")))


def _step(table: Table) -> Step:
    step = Step(
        id=table.text("id"),
        title=table.text("title"),
        role=table.text("role"),
        act=table.text("act"),
        not_by=table.texts("not_by"),
        phase=table.text("phase", ""),
        after=table.texts("after"),
        days=table.count("days", 0),
        outcomes=tuple(_option(one) for one in table.tables("outcome")),
        letter=table.text("letter", ""),
    )
    if step.phase not in {"", EXAMINATION, AFTERWARDS}:
        raise table.fault("unknown_value", "phase")
    if bool(step.phase) != bool(step.outcomes):
        raise table.fault("options_of_a_choice", "outcome")
    return table.finish(step)


def _output(table: Table) -> Output:
    output = Output(
        id=table.text("id"),
        title=table.text("title"),
        kind=table.text("kind"),
        step=table.text("step"),
        needs=table.texts("needs"),
        form=table.text("form"),
        text=table.text("text", ""),
        instruction=table.text("instruction", ""),
        reason=table.text("reason", ""),
    )
    return table.finish(output)


def _paper(table: Table) -> Paper:
    return table.finish(Paper(table.text("id"), table.text("label"), condition(table), table.text("confidence", "K")))
