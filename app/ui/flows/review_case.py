"""One application as its reviewer reads it: from messages and the procedure's data to text and verdicts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.amounts import monthly_amounts
from app.domain.checks import Finding, findings, visible_columns, visible_fields
from app.domain.clock import TOKYO
from app.domain.days import Month
from app.domain.deadlines import Limit, limits
from app.domain.era import wareki, wareki_month, wareki_short, wareki_year
from app.domain.facts import Facts, Row, rows_of, scalar_of
from app.domain.facts import Scalar as FactScalar
from app.domain.identity import Question, Result
from app.domain.merge import Place
from app.domain.present import shown, yen
from app.domain.procedure import Field, Kind, Level, Procedure, Stage
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.services.compose_form import answered_item
from app.ui.flows.application_notes import place_label
from app.ui.flows.review_acts import ReviewBooks
from app.ui.flows.review_signature import signature_shown
from app.ui.kit import Kit
from app.ui.screens.review_shown import AnswerShown, CaseShown, EvidenceShown, FactRow, FindingShown
from app.ui.widgets.chip import Kind as ChipKind
from app.ui.widgets.compare import Compared, Match
from app.ui.widgets.timeline import Happening
from app.wire.answered import answered_facts
from app.wire.desk import AnswerMark, ApplicationView, Evidence, FilingState, Step
from app.wire.desk_marks import HoldMark, SetAside
from app.wire.facts import facts_from_wire

STAGE_OF = {"examination": Stage.FINALISE, "decision": Stage.DECIDE}
_KIND_OF_OUTCOME: dict[str, ChipKind] = {"returned": "warning", "rejected": "error", "approved": "success"}
_KIND_OF_ANSWER: dict[str, ChipKind] = {"value": "success", "no_data": "warning", "undeclared": "warning"}


@dataclass(frozen=True, slots=True)
class Case:
    """An application under review. ``answers``: those laid into it and those that came since.

    ``receipts``: an answer's enquiry → whether its receipt holds. ``step``: the step that is due, "" for none.
    """

    view: ApplicationView
    procedure: Procedure
    step: str
    answers: tuple[AnswerMark, ...]
    receipts: Mapping[str, Verdict]

    @property
    def facts(self) -> Facts:
        """What the rules are asked about."""
        return answered_facts(self.procedure, self.view.facts, self.answers)


class CaseReader:
    """Makes what screens show of a case."""

    def __init__(self, kit: Kit, books: ReviewBooks) -> None:
        self._kit, self._books = kit, books
        self._values = books.form_words.values
        self._places = dict(books.municipalities)

    def case(self, case: Case) -> CaseShown:
        """The application whole."""
        return CaseShown(
            summary=tuple(self._summary(case)),
            facts=tuple(self._facts(case)),
            changes=self._changes(case),
            evidence=tuple(self._evidence(case, one) for one in case.view.evidence),
            answers=self.answers(case),
            findings=self.findings(case),
            history=tuple(self._happening(case.procedure, one) for one in case.view.steps),
            signature=signature_shown(self._kit, case.view),
        )

    def answers(self, case: Case) -> tuple[AnswerShown, ...]:
        """Who answered what, field by field."""
        return tuple(self._answer(case, one) for one in case.answers)

    def findings(self, case: Case) -> tuple[FindingShown, ...]:
        """What the checks say before the step that is due."""
        stage = STAGE_OF.get(case.step, Stage.RECEPTION)
        found = findings(case.procedure, case.facts, stage, case.view.receipt_date)
        looked = frozenset(case.view.confirmed_findings)
        return tuple(_finding(one, looked=one.key in looked, wants_look=case.step in STAGE_OF) for one in found)

    def held(self, hold: HoldMark) -> tuple[str, str]:
        """Until when it lies, and why, by whom."""
        words, reason = self._kit.texts.hold, self._kit.messages.word("hold_reason", hold.reason)
        why = "　".join(part for part in (reason, hold.note) if part)
        return words.lying(wareki_short(hold.until)), words.lying_why(why, hold.by)

    def last_reason(self, case: Case) -> str:
        """Why the last step was taken as it was; "" where none was given."""
        return self._happening(case.procedure, case.view.steps[-1]).detail if case.view.steps else ""

    def _summary(self, case: Case) -> Iterator[tuple[str, str]]:
        words, view = self._kit.texts.review, case.view
        periods = limits(case.procedure, case.facts, view.receipt_date)
        start = next((one.start for one in periods if one.start is not None), None)
        amounts = () if start is None else monthly_amounts(case.procedure, case.facts, start)
        total = yen(sum(one.yen for one in amounts), self._values)
        yield words.number, view.number
        yield words.applicant, view.roles.applicant.name
        yield words.receipt_date, wareki(view.receipt_date)
        yield words.author, view.steps[0].name if view.steps else ""
        yield words.start_month, words.start_unknown if start is None else wareki_month(start.year, start.month)
        yield words.amount, words.amount_text(total, len(amounts)) if amounts else self._no_amount(case, start)
        for period in periods[:1]:
            yield words.limit, self._limit(period)
        yield words.capacity, self._kit.messages.word("capacity", view.roles.capacity)
        if view.level:
            yield self._kit.texts.hold.decided_by, view.level
        if view.filing is not None:
            yield words.filing, filing_words(self._kit, view.filing)

    def _no_amount(self, case: Case, start: Month | None) -> str:
        """Why no amount can be said: nobody entered yet, not all of it, no month, or nothing is paid."""
        words, amount = self._kit.texts.review, case.procedure.amount
        group = None if amount is None else case.procedure.group(amount.group)
        if group is None:
            return words.no_amount
        if not rows_of(case.facts, group.id):
            return self._kit.texts.limits.nobody_entered(group.label)
        found = findings(case.procedure, case.facts, Stage.RECEPTION, case.view.receipt_date)
        if any(one.check == case.procedure.missing.id and one.group == group.id for one in found):
            return self._kit.texts.limits.not_all_entered(group.label)
        return words.start_unknown if start is None else words.no_amount

    def _limit(self, period: Limit) -> str:
        words, day = self._kit.texts.review, wareki_short(period.last_day)
        return words.limit_kept(day) if period.kept else words.limit_late(day, period.months_lost)

    def _facts(self, case: Case) -> Iterator[FactRow]:
        for one in _asked(case):
            head = f"{one.head} {one.place.row + 1}" if one.place.group else one.head
            yield FactRow(head, one.field.label, self._text(one.field, one.values))

    def _changes(self, case: Case) -> tuple[Compared, ...] | None:
        if case.view.before is None:
            return None
        before = facts_from_wire(case.procedure, case.view.before)
        found = self._differences(case.procedure, before, facts_from_wire(case.procedure, case.view.facts))
        return (*found, *(self._set_aside(case.procedure, one) for one in case.view.set_aside))

    def _set_aside(self, procedure: Procedure, one: SetAside) -> Compared:
        """An entry that was not taken when two persons' entries were put together."""
        name = one.path.rpartition(".")[2]
        field, words = procedure.field(name), self._kit.texts.hold
        facts = facts_from_wire(procedure, {name: one.value}) if field else {}
        text = self._text(field, facts) if field else str(one.value)
        return Compared(
            words.set_aside(field.label if field else name), words.not_taken(text, one.name), "", Match.MISSING
        )

    def _differences(self, procedure: Procedure, before: Facts, after: Facts) -> Iterator[Compared]:
        for field in procedure.fields:
            yield from self._difference(field, field.label, (_only(before, field), _only(after, field)))
        words = self._kit.texts.review
        for group in procedure.groups:
            old, new = rows_of(before, group.id), rows_of(after, group.id)
            for at in range(max(len(old), len(new))):
                pair = (old[at] if at < len(old) else {}, new[at] if at < len(new) else {})
                for field in group.fields:
                    yield from self._difference(field, words.row(group.label, at + 1, field.label), pair)

    def _difference(self, field: Field, label: str, pair: tuple[Row, Row]) -> Iterator[Compared]:
        left, right = (scalar_of(side, field.id) for side in pair)
        if left != right:
            texts = ["" if one is None else self._shown(field, one) for one in (left, right)]
            match = Match.DIFFERENT if all(texts) else Match.MISSING
            yield Compared(label, texts[0], texts[1], match)

    def _text(self, field: Field, facts: Facts) -> str:
        return self._shown(field, scalar_of(facts, field.id))

    def _shown(self, field: Field, value: FactScalar | None) -> str:
        """In words; a municipality by its name where it is known here."""
        if field.kind is Kind.MUNICIPALITY and str(value) in self._places:
            return self._places[str(value)]
        return shown(field, value, self._values)

    def _evidence(self, case: Case, one: Evidence) -> EvidenceShown:
        words, word = self._kit.texts.review, self._kit.messages.word
        holds = one.result in {Result.CONFIRMED, Result.NOT_REQUIRED}
        titles = {
            Question.IDENTITY: words.evidence_about_person,
            Question.NUMBER: words.evidence_about_number,
            Question.AUTHORITY: words.evidence_about_authority,
        }
        results = {Result.CONFIRMED: words.confirmed, Result.NOT_CONFIRMED: words.not_confirmed}
        names = {step.staff_id: step.name for step in case.view.steps}
        return EvidenceShown(
            title=titles[one.about],
            how="　".join((word("identity_method", one.method), *self._books.documents_of(one.document))),
            result=results.get(one.result) or word("confirmed", one.result),
            kind="success" if holds else "information" if one.result is Result.DECLINED else "error",
            by=words.evidence_by(names.get(one.staff_id, one.staff_id), f"{one.at.astimezone(TOKYO):%H:%M}"),
            verdicts=tuple((self._question(name), verdict_of(mark)) for name, mark in one.verdicts.items()),
        )

    def _question(self, name: str) -> str:
        words = self._kit.texts.proof
        known = {
            "issuer": words.issuer,
            "record": words.record,
            "chip": words.chip,
            "dates": words.dates,
            "purpose": words.purpose,
            "holder": words.holder,
            "revocation": words.revocation,
            "expiry": words.expiry,
            "face": self._kit.texts.identify.same_face,
        }
        return known.get(name, name)

    def _answer(self, case: Case, one: AnswerMark) -> AnswerShown:
        words, form = self._kit.texts.review, self._books.form_words
        enquiry = case.procedure.enquiry(one.enquiry)
        rows = [(form.item.get(name, name), answered_item(name, value, form)) for name, value in one.items.items()]
        year = words.answer_year(wareki_year(one.tax_year)) if one.tax_year else ""
        if one.since is not None and one.until is not None:
            year = self._kit.texts.enquiry.period(wareki_short(one.since), wareki_short(one.until))
        answered = f"{wareki_short(one.answered_at.astimezone(TOKYO).date())} {one.answered_at.astimezone(TOKYO):%H:%M}"
        return AnswerShown(
            title=f"{enquiry.label if enquiry else one.enquiry}　{one.subject.name}",
            kind_word=self._kit.messages.word("answer_kind", one.kind),
            kind=_KIND_OF_ANSWER.get(one.kind, "information"),
            source=words.answer_source(one.provider_name or one.provider, year, one.process_number or "―", answered),
            rows=tuple(rows) or ((words.answers, form.answer.get(one.kind, one.kind)),),
            receipt=case.receipts.get(one.enquiry_id),
        )

    def _happening(self, procedure: Procedure, step: Step) -> Happening:
        words, word = self._kit.texts.review, self._kit.messages.word
        known = procedure.step(step.step)
        reasons = {one.value: one.label for one in procedure.reasons} | dict(self._kit.messages.words("return_reason"))
        place = place_label(self._kit, procedure, step.field)
        said = "　".join(part for part in (reasons.get(step.reason, step.reason), place, step.note) if part)
        outcome = procedure.approval if step.outcome == "approved" else word("outcome", step.outcome)
        if step.level:
            level_words = self._kit.texts.hold
            level = level_words.by_deputy(step.level) if step.is_deputy else step.level
            outcome = level_words.at_level(outcome, level)
        return Happening(
            time=f"{step.at.astimezone(TOKYO):%m/%d %H:%M}",
            who=step.name,
            title=words.step(known.title if known else step.step, outcome),
            detail=words.reason_of(said) if said else "",
            kind=_KIND_OF_OUTCOME.get(step.outcome, "information"),
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A field that this case asks for. ``head``: its part's title or its group's label; ``values``: where it stands."""

    place: Place
    head: str
    field: Field
    values: Facts


def _asked(case: Case) -> Iterator[_Asked]:
    """Every field of the form, in its order."""
    facts, day = case.facts, case.view.receipt_date
    asked = visible_fields(case.procedure, facts, day)
    for section in case.procedure.sections:
        for field in asked:
            if field.section == section.id:
                yield _Asked(Place(field.id), section.title, field, facts)
        for group in (one for one in case.procedure.groups if one.section == section.id):
            for at, row in enumerate(rows_of(facts, group.id)):
                for field in visible_columns(case.procedure, group, facts, row, day):
                    yield _Asked(Place(field.id, group.id, at), group.label, field, row)


def places_of(kit: Kit, case: Case) -> tuple[tuple[str, str], ...]:
    """The fields of the form that a return may name: place and label, in the form's order."""
    places = [str(one.place) for one in _asked(case)]
    return tuple((place, place_label(kit, case.procedure, place)) for place in places)


def verdict_of(mark: str) -> Verdict:
    """A verdict from its mark in evidence; a mark of another shape is no proof of anything."""
    state, _, reason = mark.partition(":")
    if state == "verified":
        return Verified()
    return Failed(reason) if state == "failed" else NotChecked(reason or state)


def answers_of(view: ApplicationView, came: Sequence[AnswerMark]) -> tuple[AnswerMark, ...]:
    """The answers that lie in the case, and those that came since."""
    known = {one.enquiry_id for one in view.answers}
    return (*view.answers, *(one for one in came if one.enquiry_id not in known))


def _only(facts: Facts, field: Field) -> Row:
    value = scalar_of(facts, field.id)
    return {} if value is None else {field.id: value}


def _finding(one: Finding, *, looked: bool, wants_look: bool) -> FindingShown:
    asks = one.level is Level.CONFIRM
    return FindingShown(one.key, one.stops, one.what, one.why, one.next, asks and wants_look, asks and looked)


def filing_words(kit: Kit, one: FilingState) -> str:
    """How the change stands in the resident register, and why where something is in the way."""
    state = kit.messages.word("filing_state", one.state)
    return kit.texts.review.filing_why(state, kit.messages.word("filing_cause", one.cause)) if one.cause else state
