"""Whether a procedure's parts know each other: every name that a rule uses must exist, each id once."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from app.domain.conditions import Condition, names_in
from app.domain.identity import Regime
from app.domain.procedure import RECEIPT, Kind, Procedure
from app.errors import DataFault

BUILT_IN = frozenset({"rank"})
"""Names that the rules themselves give: the rank of a row when amounts are reckoned."""


class _Conditional(Protocol):
    """A part of a procedure that holds in some cases only."""

    @property
    def id(self) -> str: ...
    @property
    def when(self) -> Condition: ...


def check_names(procedure: Procedure, file: str) -> None:
    """Raise ``DataFault`` for the first name without an owner or with two, and for steps that exclude none."""
    fields = [field.id for field in procedure.all_fields()]
    groups = [group.id for group in procedure.groups]
    given = [fact.id for fact in procedure.given]
    clocks = [clock.id for clock in procedure.clocks]
    _once(fields + groups + given + clocks, file)
    _once([check.id for check in procedure.checks], file)
    known = frozenset(fields) | frozenset(groups) | frozenset(given) | frozenset(clocks) | BUILT_IN
    for place, condition in _conditions(procedure):
        _known(names_in(condition), known, f"{file}:{place}")
    for check in procedure.checks:
        _known(check.fields, known, f"{file}:check {check.id}")
        _known([check.each] if check.each else [], groups, f"{file}:check {check.id}")
    for clock in procedure.clocks:
        _known([clock.since], [*fields, RECEIPT], f"{file}:clock {clock.id}")
        _known([clock.until] if clock.until else [], clocks, f"{file}:clock {clock.id}")
    for enquiry in procedure.enquiries:
        place = f"{file}:enquiry {enquiry.id}"
        _known(enquiry.gives, given, place)
        _known([enquiry.each] if enquiry.each else [], groups, place)
        rule, _, name = enquiry.provider.partition(":")
        _known([name] if rule == "field" else [], fields, place)
    if any(one.kind is Kind.MY_NUMBER for one in procedure.all_fields()):
        _number_regime(procedure, file)
    former = procedure.identity.former_address
    _known([former] if former else [], fields, f"{file}:identity")
    if procedure.filing is not None:
        _known(procedure.filing.names, fields, f"{file}:register_filing")
        _known([procedure.filing.persons], groups, f"{file}:register_filing")
    _check_places(procedure, file)


def _number_regime(procedure: Procedure, file: str) -> None:
    """A 個人番号 is asked under its own regime only, and only with a ground in the law."""
    if procedure.identity.regime is not Regime.NUMBER or not procedure.number_use.basis:
        raise DataFault(what="number_outside_its_regime", place=f"{file}:identity")


def _check_places(procedure: Procedure, file: str) -> None:
    steps = [step.id for step in procedure.steps]
    sections = [section.id for section in procedure.sections]
    outputs = [output.id for output in procedure.outputs]
    for step in procedure.steps:
        _known(step.not_by, steps, f"{file}:step {step.id}")
        _known(step.after, [one.id for one in procedure.steps if one.phase], f"{file}:step {step.id}")
        _known([step.letter] if step.letter else [], outputs, f"{file}:step {step.id}")
    for output in procedure.outputs:
        _known([output.step], steps, f"{file}:output {output.id}")
    for field in procedure.all_fields():
        _known([field.section], sections, f"{file}:field {field.id}")


def _conditions(procedure: Procedure) -> Iterator[tuple[str, Condition]]:
    parts: list[_Conditional] = [*procedure.all_fields(), *procedure.groups, *procedure.checks]
    parts += [*procedure.enquiries, *procedure.clocks, *procedure.papers]
    for part in parts:
        yield f"{type(part).__name__} {part.id}", part.when
    if procedure.amount:
        yield "amount", procedure.amount.counted
        yield "amount", procedure.amount.paid
        for band in procedure.amount.bands:
            yield f"amount {band.label}", band.when


def _known(names: Iterable[str], known: Iterable[str], place: str) -> None:
    for name in names:
        if name not in known:
            raise DataFault(what="unknown_name", place=f"{place}: {name}")


def _once(names: list[str], file: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise DataFault(what="twice", place=f"{file}: {name}")
