"""What a step's paper says: a case and its procedure turned into the content of a form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.amounts import monthly_amounts
from app.domain.checks import visible_columns, visible_fields
from app.domain.clock import business_date
from app.domain.days import Month
from app.domain.deadlines import limits
from app.domain.era import day_as_read, wareki, wareki_month, wareki_year
from app.domain.facts import Facts, Scalar, rows_of, scalar_of
from app.domain.form import FormContent, FormRow, FormSection
from app.domain.present import Words, shown, yen
from app.domain.procedure import Field, Kind, Output, Procedure
from app.wire.desk import AnswerMark, ApplicationView, Evidence, Step
from app.wire.desk import Scalar as WireScalar
from app.wire.facts import facts_from_wire

APPROVED, REJECTED = "approved", "rejected"
"""Outcomes of a decision. After a rejection nothing is paid: no month and no amount stand on its papers."""


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words of forms that no procedure owns. ``honorific`` follows a name; ``mark`` is printed across in training.

    ``lead``: kind of output → its opening sentence; ``answer``: kind of answer → words; ``outcome``: outcome of a step
    → words; ``identity``: tables of words for how somebody was confirmed; ``item``: name of an answered item → label,
    ``unit``: → what it is counted in.
    """

    values: Words
    honorific: str
    mark: str
    case: str
    number: str
    received_on: str
    start_month: str
    total: str
    answers: str
    answer_place: str
    answer_source: str
    answer_year: str
    answer_period: str
    steps: str
    evidence: str
    findings: str
    looked: str
    identity: dict[str, dict[str, str]]
    lead: dict[str, str]
    answer: dict[str, str]
    outcome: dict[str, str]
    item: dict[str, str]
    unit: dict[str, str]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a paper: the title that signs it, the names that 教示 speaks of, municipalities by code."""

    title: str
    municipality: str
    prefecture: str
    names: Mapping[str, str] = field(default_factory=dict)


def compose_form(
    case: ApplicationView, procedure: Procedure, output: Output, words: FormWords, issuer: Issuer, today: date
) -> FormContent:
    """The content of ``output`` for ``case``. A 個人番号 is never on it: at most that one is linked."""
    facts = facts_from_wire(procedure, case.facts)
    internal = output.form == "decision_sheet"
    grants = not case.steps or case.steps[-1].outcome != REJECTED
    sections = [_case(case, procedure, facts, words, grants=grants)]
    if internal:
        sections += _entered(procedure, facts, case.receipt_date, Told(words, issuer))
        sections += _evidence(case.evidence, words)
        sections += _answered(case.answers, procedure, words)
        sections.append(_findings(case.confirmed_findings, procedure, words))
    if grants:
        sections += _amounts(procedure, facts, case.receipt_date, words)
    if internal:
        sections.append(_steps(case.steps, procedure, words))
    return FormContent(
        form=output.form,
        title=output.title,
        number=case.number,
        issued_on=wareki(today),
        issuer=issuer.title,
        addressee="" if internal else f"{case.roles.applicant.name} {words.honorific}",
        lead=output.text or words.lead.get(output.kind, ""),
        sections=tuple(section for section in sections if section.rows),
        reasons=_reasons(case.steps, procedure, output) if "reasons" in output.needs or internal else (),
        instruction=_instruction(output, issuer),
        mark=words.mark,
    )


def _instruction(output: Output, issuer: Issuer) -> tuple[str, ...]:
    """教示 with its places filled, a paragraph each."""
    text = output.instruction.replace("{prefecture}", issuer.prefecture).replace("{municipality}", issuer.municipality)
    return tuple(line for line in text.splitlines() if line.strip())


def _case(case: ApplicationView, procedure: Procedure, facts: Facts, words: FormWords, *, grants: bool) -> FormSection:
    rows = [FormRow(words.number, case.number), FormRow(words.received_on, wareki(case.receipt_date))]
    for limit in limits(procedure, facts, case.receipt_date) if grants else ():
        if limit.start is not None:
            rows.append(FormRow(words.start_month, wareki_month(limit.start.year, limit.start.month)))
            break
    return FormSection(words.case, tuple(rows))


@dataclass(frozen=True, slots=True)
class Told:
    """How facts are told: words, and municipalities by name."""

    words: FormWords
    issuer: Issuer

    def value(self, of: Field, value: Scalar | None) -> str:
        if of.kind is Kind.MUNICIPALITY and isinstance(value, str):
            return self.issuer.names.get(value, value) or self.words.values.unknown
        return shown(of, value, self.words.values)


def _entered(procedure: Procedure, facts: Facts, day: date, told: Told) -> Iterable[FormSection]:
    fields = visible_fields(procedure, facts, day)
    for section in procedure.sections:
        rows = [
            FormRow(one.label, told.value(one, scalar_of(facts, one.id))) for one in fields if one.section == section.id
        ]
        yield FormSection(section.title, tuple(rows))
    for group in procedure.groups:
        for number, row in enumerate(rows_of(facts, group.id), 1):
            columns = visible_columns(procedure, group, facts, row, day)
            lines = [FormRow(one.label, told.value(one, row.get(one.id))) for one in columns]
            yield FormSection(f"{group.label} {number}", tuple(lines))


def _evidence(evidence: Sequence[Evidence], words: FormWords) -> Iterable[FormSection]:
    """How person and number were confirmed: way, result and each verdict; nothing else of the document."""
    known = words.identity
    for one in evidence:
        way, result = known["method"].get(one.method, one.method), known["result"].get(one.result, one.result)
        rows = [FormRow(known["about"].get(one.about, one.about), f"{way}　{result}")]
        for question, mark in one.verdicts.items():
            verdict = mark.partition(":")[0]
            rows.append(FormRow(known["question"].get(question, question), known["verdict"].get(verdict, verdict)))
        yield FormSection(words.evidence, tuple(rows))


def _findings(keys: Sequence[str], procedure: Procedure, words: FormWords) -> FormSection:
    """The findings that somebody looked at and let pass."""
    checks = {check.id: check for check in procedure.checks}
    found = [checks[name] for name in dict.fromkeys(key.partition("[")[0] for key in keys) if name in checks]
    return FormSection(words.findings, tuple(FormRow(words.looked, check.what) for check in found))


def _answered(answers: Sequence[AnswerMark], procedure: Procedure, words: FormWords) -> Iterable[FormSection]:
    for answer in answers:
        enquiry = procedure.enquiry(answer.enquiry)
        title = f"{words.answers} {enquiry.label if enquiry else answer.enquiry} {answer.subject.name}"
        year = words.answer_year.format(year=wareki_year(answer.tax_year)) if answer.tax_year else ""
        if answer.since is not None and answer.until is not None:
            year = words.answer_period.format(since=wareki(answer.since), until=wareki(answer.until))
        source = words.answer_source.format(provider=answer.provider_name, year=year, number=answer.process_number)
        rows = [FormRow(words.answer_place, words.answer.get(answer.kind, answer.kind), source.strip())]
        for name, value in answer.items.items():
            text = answered_item(name, value, words)
            rows.append(FormRow(words.item.get(name, name), text, answer.provider_name))
        yield FormSection(title, tuple(rows))


def answered_item(name: str, value: WireScalar, words: FormWords) -> str:
    """One item of an answer in words, a number with what it is counted in."""
    if value is None or value == "":
        return words.values.unknown
    if isinstance(value, bool):
        return words.values.yes if value else words.values.no
    if isinstance(value, int):
        return f"{value:,}{words.unit.get(name, '')}"
    return day_as_read(value)


def _amounts(procedure: Procedure, facts: Facts, receipt: date, words: FormWords) -> Iterable[FormSection]:
    start = next((one.start for one in limits(procedure, facts, receipt) if one.start), Month.of(receipt).plus(1))
    amounts = monthly_amounts(procedure, facts, start)
    if not amounts or procedure.amount is None:
        return
    group = procedure.group(procedure.amount.group)
    rows = []
    for amount in amounts:
        row = rows_of(facts, procedure.amount.group)[amount.row]
        first = next(iter(group.fields), None) if group else None
        label = str(row.get(first.id, "")) if first else ""
        rows.append(FormRow(f"{label} {amount.label}".strip(), yen(amount.yen, words.values)))
    rows.append(FormRow(words.total, yen(sum(amount.yen for amount in amounts), words.values)))
    yield FormSection(wareki_month(start.year, start.month), tuple(rows))


def _steps(steps: Sequence[Step], procedure: Procedure, words: FormWords) -> FormSection:
    rows = []
    for step in steps:
        known = procedure.step(step.step)
        outcome = words.outcome.get(step.outcome, step.outcome)
        if step.outcome == APPROVED:
            outcome = procedure.approval
        if step.level:
            said = words.outcome["by_deputy" if step.is_deputy else "by_level"]
            outcome = said.format(outcome=outcome, level=step.level)
        rows.append(
            FormRow(known.title if known else step.step, f"{outcome} {step.name}", wareki(business_date(step.at)))
        )
    return FormSection(words.steps, tuple(rows))


def _reasons(steps: Sequence[Step], procedure: Procedure, output: Output) -> tuple[str, ...]:
    """The reasons of the last step in the procedure's words, then what was written besides; else the paper's own."""
    if not steps:
        return (output.reason,) if output.reason else ()
    last = steps[-1]
    label = next((option.label for option in procedure.reasons if option.value == last.reason), last.reason)
    return tuple(text for text in (label or output.reason, last.note) if text)
