"""申請書: what was entered, item by item with where it came from, for the person to read, sign and keep."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.domain.checks import visible_columns, visible_fields
from app.domain.clock import TOKYO
from app.domain.era import wareki
from app.domain.facts import rows_of, scalar_of
from app.domain.form import FormContent, FormRow, FormSection
from app.domain.procedure import Procedure
from app.domain.tables import Table
from app.services.compose_form import FormWords, Issuer, Told
from app.wire.draft import Draft
from app.wire.facts import facts_from_wire
from app.wire.message import encode

FORM = "application_sheet"
_NAMES = (
    "sheet", "handed_in", "lead", "lead_handed_in", "people", "applicant", "presenter", "form_number", "received_on",
    "number", "signature", "statement", "signed", "signed_on_paper",
)  # fmt: skip
_ENTRY, _OFFICE = "entry", "office"
_PART, _PARTS = 4, 3
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SheetWords:
    """Words of the sheet by their keys; ``source``: where a value came from → the mark beside it."""

    said: Mapping[str, str]
    source: Mapping[str, str]


def parse_sheet_words(values: Mapping[str, object]) -> SheetWords:
    """Errors: DataFault for a missing, unknown or empty word."""
    table = Table(values, "application_sheet.toml")
    sources = table.table("source")
    known = {name: sources.text(name) for name in ("card", "register", "linked", "carried", _ENTRY, _OFFICE)}
    sources.finish(None)
    return table.finish(SheetWords({name: table.text(name) for name in _NAMES}, known))


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """How sheets are set: their own words, those of all forms, who issues them."""

    words: SheetWords
    forms: FormWords
    issuer: Issuer


@dataclass(frozen=True, slots=True)
class SheetOf:
    """One application. ``number`` and ``received`` are "" and None before it is handed in."""

    draft: Draft
    procedure: Procedure
    number: str = ""
    received: date | None = None


def sheet_number(draft: Draft) -> str:
    """用紙の番号: of exactly this content, twelve hexadecimal digits; another entry has another number."""
    content = encode(draft.changed(cursor="", saved_at=_NO_TIME, signature=None, unread={}))
    digits = hashlib.sha256(content).hexdigest()[: _PART * _PARTS].upper()
    return "-".join(digits[at : at + _PART] for at in range(0, _PART * _PARTS, _PART))


def compose_application(of: SheetOf, today: date, style: SheetStyle) -> FormContent:
    """The sheet's content. Fields with nothing in them stand there too: nobody can add to what was signed."""
    said = style.words.said
    title = said["handed_in" if of.number else "sheet"].format(title=of.procedure.title)
    return FormContent(
        form=FORM,
        title=title,
        number=of.number or sheet_number(of.draft),
        issued_on=wareki(of.received or today),
        issuer=style.issuer.title,
        addressee="",
        lead=said["lead_handed_in" if of.number else "lead"],
        sections=tuple(one for one in (_people(of, style), *_entered(of, today, style)) if one.rows),
        reasons=(),
        instruction=(),
        mark=style.forms.mark,
        certified=said["statement"],
        proof_title=said["signature"],
        stamps=tuple(one for one in (_signed(of.draft, said),) if one),
    )


def _people(of: SheetOf, style: SheetStyle) -> FormSection:
    said, roles = style.words.said, of.draft.roles
    rows = [FormRow(said["form_number"], sheet_number(of.draft))]
    if of.number:
        rows = [FormRow(said["number"], of.number), *rows]
    if of.received is not None:
        rows.append(FormRow(said["received_on"], wareki(of.received)))
    if roles is not None:
        rows.append(FormRow(said["applicant"], roles.applicant.name))
        if roles.presenter.name != roles.applicant.name:
            rows.append(FormRow(said["presenter"], roles.presenter.name))
    return FormSection(said["people"], tuple(rows))


def _entered(of: SheetOf, today: date, style: SheetStyle) -> Iterable[FormSection]:
    procedure, draft = of.procedure, of.draft
    facts, day = facts_from_wire(procedure, draft.facts), of.received or draft.day(today)
    told = Told(style.forms, style.issuer)
    fields = visible_fields(procedure, facts, day)
    for section in procedure.sections:
        here = (one for one in fields if one.section == section.id)
        rows = (
            FormRow(one.label, told.value(one, scalar_of(facts, one.id)), _source(draft, one.id, style)) for one in here
        )
        yield FormSection(section.title, tuple(rows))
    for group in procedure.groups:
        source = _source(draft, group.id, style)
        for number, row in enumerate(rows_of(facts, group.id), 1):
            columns = visible_columns(procedure, group, facts, row, day)
            lines = (FormRow(one.label, told.value(one, row.get(one.id)), source) for one in columns)
            yield FormSection(f"{group.label} {number}", tuple(lines))


def _source(draft: Draft, field: str, style: SheetStyle) -> str:
    """The mark for where a value came from; an empty field has none."""
    known, source = style.words.source, draft.sources.get(field, "")
    kind = source.partition(":")[0]
    if not source:
        return known[_ENTRY] if draft.facts.get(field) not in {None, ""} else ""
    return known.get(kind, known[_OFFICE])


def _signed(draft: Draft, said: Mapping[str, str]) -> str:
    mark = draft.signature
    if mark is None:
        return ""
    if mark.form_number:
        return said["signed_on_paper"].format(number=mark.form_number)
    return said["signed"].format(time=mark.signed_at.astimezone(TOKYO).strftime("%H:%M"))
