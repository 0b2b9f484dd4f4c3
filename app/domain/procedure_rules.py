"""The rules within a procedure's file: enquiries, checks, clocks, amounts, legal grounds."""

from datetime import date

from app.domain.conditions import ALWAYS, Condition, parse_condition
from app.domain.enquiry_period import LONGEST_YEARS, PeriodRule
from app.domain.procedure import OFFICE, Basis, Check, Enquiry, Level, ProcedureClock, Stage, YearRule
from app.domain.procedure_amount import Amount, Band
from app.domain.tables import Table

_PATHS = frozenset({"own", "link", "juki", "nws"})
_MONTHS = 12
_CONFIDENCES = frozenset({"P", "K", "A"})


def condition(table: Table, key: str = "when") -> Condition:
    """The condition under ``key``; always where there is none."""
    return parse_condition(table.table(key)) if key in table else ALWAYS


def confidence(table: Table) -> str:
    """P published, K known practice, A assumed; it must be stated."""
    letter = table.text("confidence")
    if letter not in _CONFIDENCES:
        raise table.fault("unknown_value", "confidence")
    return letter


def basis(table: Table) -> Basis:
    """One legal ground; it must say how sure it is."""
    row = Basis(table.text("series"), table.text("item"), _day(table, "since"), _day(table, "until"), confidence(table))
    return table.finish(row)


def enquiry(table: Table) -> Enquiry:
    """One enquiry; its year rule, if it has one, must cover all twelve months."""
    path = table.text("path")
    if path not in _PATHS:
        raise table.fault("unknown_value", "path")
    years = tuple(_year_rule(one) for one in table.tables("year"))
    months = [month for rule in years for month in range(rule.first, rule.last + 1)]
    if years and sorted(months) != list(range(1, _MONTHS + 1)):
        raise table.fault("months_not_covered", "year")
    period = _period(table.table("period")) if "period" in table else None
    if years and period is not None:
        raise table.fault("year_and_period", "period")
    made = Enquiry(
        id=table.text("id"),
        label=table.text("label"),
        information=table.text("information"),
        asks_of=table.texts("asks_of"),
        each=table.text("each", ""),
        path=path,
        provider=table.text("provider"),
        purpose=table.text("purpose"),
        item_class=table.text("item_class"),
        when=condition(table),
        years=years,
        replaces=table.texts("replaces"),
        consent=table.text("consent"),
        basis=tuple(basis(one) for one in table.tables("basis")),
        gives=table.texts("gives"),
        period=period,
    )
    return table.finish(made)


def _period(table: Table) -> PeriodRule:
    rule = PeriodRule(table.count("months"), table.flag("ahead", default=False))
    confidence(table)
    if not 0 < rule.months <= LONGEST_YEARS * _MONTHS:
        raise table.fault("wrong_count", "months")
    return table.finish(rule)


def check(table: Table) -> Check:
    """One check; an error must say what it blocks, a confirmation blocks nothing, and nothing blocks reception."""
    try:
        level = Level(table.text("level"))
        blocks = Stage(table.text("blocks")) if "blocks" in table else None
    except ValueError as error:
        raise table.fault("unknown_value", "level or blocks") from error
    if (level is Level.ERROR) != (blocks is not None) or blocks is Stage.RECEPTION:
        raise table.fault("blocks", "blocks")
    made = Check(
        id=table.text("id"),
        level=level,
        blocks=blocks,
        when=condition(table),
        each=table.text("each", ""),
        fields=table.texts("fields"),
        what=table.text("what"),
        why=table.text("why"),
        next=table.text("next"),
        confidence=confidence(table),
    )
    return table.finish(made)


def clock(table: Table) -> ProcedureClock:
    """One statutory period."""
    made = ProcedureClock(
        id=table.text("id"),
        label=table.text("label"),
        since=table.text("from"),
        days=table.count("days"),
        extend=table.text("closed_day") == "next_open",
        effect=table.text("effect", ""),
        when=condition(table),
        confidence=confidence(table),
        duty=table.text("duty", "person"),
        delay=table.flag("delay", default=False),
        until=table.text("until", ""),
    )
    if made.duty not in {"person", OFFICE}:
        raise table.fault("unknown_value", "duty")
    return table.finish(made)


def amount(table: Table) -> Amount:
    """What is paid for each row of a group."""
    made = Amount(
        group=table.text("group"),
        order_by=table.texts("order_by"),
        count_also=table.texts("count_also"),
        counted=condition(table, "counted"),
        paid=condition(table, "paid"),
        bands=tuple(_band(one) for one in table.tables("band")),
    )
    return table.finish(made)


def _band(table: Table) -> Band:
    return table.finish(Band(table.count("yen"), table.text("label"), condition(table)))


def _year_rule(table: Table) -> YearRule:
    return table.finish(YearRule(table.count("first"), table.count("last"), table.count("offset")))


def _day(table: Table, key: str) -> date | None:
    if key not in table:
        return None
    try:
        return date.fromisoformat(table.text(key))
    except ValueError as error:
        raise table.fault("no_date", key) from error
