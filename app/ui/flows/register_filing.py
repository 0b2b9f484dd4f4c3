"""From a record or a household to a form, and from the form to what the office is sent; pure."""

from collections.abc import Iterable
from datetime import date

from app.domain.register_forms import FilingForm, Whom
from app.wire.register import Member, Record
from app.wire.register_change import AnnouncementView, EntryView, Filing, PersonItems, PersonPart
from app.wire.register_draft import FilingDraft, PersonDraft

UNREAD = "~"
"""What stands before a day that can't be read yet."""
DAYS = frozenset({"filed_day", "event_day", "birth", "status_until"})
JOIN, NEW, KEEP = "join", "new", "keep"
_GIVEN = ("address", "ward", "household_number", "moved_from", "moved_to", "source", "late_reason", "event_written")


def day_in(text: str) -> date | None:
    """The day in a value of the form, None for nothing and for what can't be read yet."""
    return date.fromisoformat(text) if text and not text.startswith(UNREAD) else None


def empty_form(form: FilingForm, today: date) -> FilingDraft:
    """A form for somebody who has no record."""
    persons = (PersonDraft(),) if form.whom is Whom.NEW else ()
    return FilingDraft(kind=form.kind, values=_first_values(form, today), persons=persons)


def form_of(form: FilingForm, record: Record, today: date) -> FilingDraft:
    """A form begun from a record: the person, and who lives with them."""
    values, hit = _first_values(form, today), record.hit
    if form.whom is Whom.NEW and hit.resident:
        values |= {"household": JOIN, "household_number": hit.household_number}
        lives = tuple(_member(one, moves=False) for one in record.household)
        return FilingDraft(kind=form.kind, values=values, persons=(PersonDraft(), *lives))
    me = PersonDraft(
        number=hit.business_number,
        name=hit.name,
        birth=hit.birth.isoformat(),
        relation=_relation(record),
        after=_relation(record),
        known=_known(record),
        items=_known(record) if hit.resident else {},
    )
    others = tuple(
        _member(one, moves=form.several and _goes_along(form))
        for one in record.household
        if one.business_number != hit.business_number
    )
    return FilingDraft(kind=form.kind, values=values, persons=(me, *(others if hit.resident else ())))


def form_of_notice(form: FilingForm, view: AnnouncementView, today: date) -> FilingDraft:
    """A form begun from a 特例転入."""
    values = _first_values(form, today) | {"moved_from": view.row.moved_from}
    persons = tuple(PersonDraft(name=one.name or "", birth=_iso(one.birth), items=_texts(one)) for one in view.persons)
    return FilingDraft(kind=form.kind, values=values, persons=persons, announcement_id=view.row.announcement_id)


def form_of_entry(form: FilingForm, view: EntryView) -> FilingDraft:
    """The form of an own entry that is to be corrected."""
    filing, names = view.filing, {one.business_number: one.name for one in view.changes}
    values = {name: str(getattr(filing, name)) for name in _GIVEN if getattr(filing, name)}
    values |= {"reason": filing.reason, "filed_day": filing.filed_day.isoformat(), "event_day": _iso(filing.event_day)}
    values |= {"household": filing.household, "certificate": "yes" if filing.certificate else "no"}
    relations = {
        one.business_number: next((item.before for item in one.items if item.item == "relation"), "")
        for one in view.changes
    }

    def person(part: PersonPart, *, moves: bool) -> PersonDraft:
        before = relations.get(part.business_number, "")
        return PersonDraft(
            number=part.business_number,
            name=part.items.name or names.get(part.business_number, ""),
            birth=_iso(part.items.birth),
            relation=before,
            moves=moves,
            after=before if part.relation is None else part.relation,
            items=_texts(part.items),
        )

    parts = (
        *(person(one, moves=True) for one in filing.persons),
        *(person(one, moves=False) for one in filing.stays),
    )
    return FilingDraft(
        kind=form.kind,
        values=values,
        persons=parts,
        announcement_id=filing.announcement_id,
        entry_id=view.row.entry_id,
        version=view.row.version,
        confirmed=tuple(one.check for one in view.row.findings if one.confirmed),
    )


def filing_of(form: FilingForm, draft: FilingDraft, visit_id: str, today: date) -> Filing:
    """What the office is sent. A day that can't be read counts as none."""
    values = draft.values
    given = {name: values.get(name, "") if name in form.fields else "" for name in _GIVEN}
    household = values.get("household") or form.household
    moving = tuple(one for one in draft.persons if one.moves)
    lives = tuple(one for one in draft.persons if not one.moves)
    stays = lives if form.whom is Whom.HERE or household == JOIN else ()
    return Filing(
        kind=form.kind,
        reason=values.get("reason", ""),
        filed_day=day_in(values.get("filed_day", "")) or today,
        event_day=day_in(values.get("event_day", "")),
        persons=tuple(_part(form, one) for one in moving),
        stays=tuple(
            PersonPart(business_number=one.number, relation=one.after) for one in stays if one.after != one.relation
        ),
        household=household,
        certificate=values.get("certificate") == "yes",
        announcement_id=draft.announcement_id,
        visit_id=visit_id,
        address=given["address"],
        ward=given["ward"],
        household_number=given["household_number"] if household == JOIN else "",
        moved_from=given["moved_from"],
        moved_to=given["moved_to"],
        source=given["source"],
        late_reason=given["late_reason"],
        event_written=given["event_written"],
    )


def settled_household(form: FilingForm, draft: FilingDraft) -> FilingDraft:
    """Part of a household that moves is not the same household any more: a new one is proposed, or taken back."""
    if form.kind not in _PARTED or "household" not in form.fields:
        return draft
    is_part = any(not one.moves for one in draft.persons)
    now = draft.values.get("household", "")
    if is_part and now == KEEP:
        return draft.with_value("household", NEW)
    if not is_part and now == NEW and form.household == KEEP:
        return draft.with_value("household", KEEP)
    return draft


_PARTED = frozenset({"change_of_address"})


def _part(form: FilingForm, one: PersonDraft) -> PersonPart:
    relation = one.after if one.after != one.relation or not one.number else None
    return PersonPart(business_number=one.number, relation=relation, items=_items(form, one))


def _items(form: FilingForm, one: PersonDraft) -> PersonItems:
    given: dict[str, str | date] = {}
    for name in form.items:
        typed = one.items.get(name, "")
        is_same = typed == one.known.get(name, "")
        if is_same or (not typed and name not in one.known):
            continue
        if name not in DAYS:
            given[name] = typed
        elif (day := day_in(typed)) is not None:
            given[name] = day
    return PersonItems(**given)  # type: ignore[arg-type]


def _first_values(form: FilingForm, today: date) -> dict[str, str]:
    return {"filed_day": today.isoformat(), "household": form.household}


def _goes_along(form: FilingForm) -> bool:
    """Whether the whole household is proposed: where an address changes it mostly goes together."""
    return "address" in form.fields or "moved_to" in form.fields


def _member(one: Member, *, moves: bool) -> PersonDraft:
    birth = one.birth.isoformat()
    known = {"name": one.name, "kana": one.kana, "birth": birth, "sex": one.sex}
    return PersonDraft(
        number=one.business_number,
        name=one.name,
        birth=birth,
        relation=one.relation,
        after=one.relation,
        moves=moves,
        known=known,
        items=dict(known),
    )


def _relation(record: Record) -> str:
    mine = (one.relation for one in record.household if one.business_number == record.hit.business_number)
    return next(mine, "")


def _known(record: Record) -> dict[str, str]:
    """What stands in the record, as far as it is shown here."""
    hit = record.hit
    stated = {name: str(getattr(record, name)) for name in _STATED}
    stated |= {"name": hit.name, "kana": hit.kana, "birth": hit.birth.isoformat(), "sex": hit.sex}
    shown = {one.item_class: one.value for one in record.items if one.state in {"shown", "none"}}
    return stated | {name: value for name, value in shown.items() if name == "residence_status"}


_STATED = (
    "legal_kana",
    "birth_written",
    "former_name",
    "former_name_kana",
    "alias",
    "alias_kana",
    "latin_name",
    "kanji_name",
    "nationality",
)


def _texts(items: PersonItems) -> dict[str, str]:
    """Items as they stand on the form."""
    names: Iterable[str] = (name for name in items.__struct_fields__ if name != "v")
    found = {name: getattr(items, name) for name in names}
    return {name: str(value) for name, value in found.items() if value is not None}


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
