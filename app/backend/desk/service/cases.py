"""Cases and the domain's applications: one is made of the other, and shown to who asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.backend.desk.ports import Case, Taken
from app.domain.application import Act, Application, Entry, State, waits_for
from app.domain.call import Call
from app.domain.capacity import Consequence
from app.domain.person import Capacity, PersonRef, Roles
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.wire.answered import answered_facts
from app.wire.desk import AnswerMark, ApplicationView, PersonMark, QueueEntry, RolesMark, Step

RECEPTION, DECISION, READ_ANSWER = "reception", "decision", "enquiry.read"


def application_of(procedure: Procedure, case: Case) -> Application:
    """The application as the domain's rules see it, with what the answers of its enquiries say."""
    return Application(
        id=case.application_id,
        municipality=case.municipality,
        procedure=case.procedure,
        procedure_version=case.procedure_version,
        roles=roles_of(case.content.roles),
        facts=answered_facts(procedure, case.content.facts, case.answers),
        state=State(case.state),
        receipt_date=case.receipt_date,
        identity=Consequence(case.content.consequence),
        history=tuple(_entry(taken) for taken in case.steps),
        version=case.version,
    )


def roles_of(mark: RolesMark) -> Roles:
    """The four parts of a visit. ``NotUnderstood`` was raised before for a capacity that there is not."""
    return Roles(
        presenter=_person(mark.presenter),
        capacity=Capacity(mark.capacity),
        applicant=_person(mark.applicant),
        subjects=tuple(_person(one) for one in mark.subjects),
        number_givers=tuple(_person(one) for one in mark.number_givers),
    )


def people_of(mark: RolesMark) -> str:
    """The 宛名番号 of everybody whom an application names, as it stands in a record."""
    people = (mark.presenter, mark.applicant, *mark.subjects, *mark.number_givers)
    return ",".join(dict.fromkeys(one.business_number for one in people if one.business_number))


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and what the office's table of decisions says to them.

    ``decides``: whether they may decide anything of a procedure; ``level``: who decides a case, and whether they reach
    so far. ``titles``: level → title.
    """

    call: Call
    decides: Callable[[str], bool]
    level: Callable[[Procedure, Case], tuple[str, bool]]
    titles: Mapping[str, str]


def open_steps(asker: Asker, procedure: Procedure, case: Case) -> tuple[tuple[str, ...], dict[str, str]]:
    """Which step this person may take now, and why not.

    ``no_right``, ``same_person``, ``not_author``, ``beyond_authority`` where somebody above decides it.
    """
    call = asker.call
    application = application_of(procedure, case)
    name = waits_for(application)
    step = procedure.step(name)
    if step is None:
        return (), {}
    is_allowed = allowed(call.actor, step.act, case.procedure, ANY, day=call.day)
    if not (asker.decides(case.procedure) if name == DECISION else is_allowed):
        return (), {name: "no_right"}
    me = call.actor.staff_id
    if name == RECEPTION:
        return ((name,), {}) if me == case.author else ((), {name: "not_author"})
    if any(me in application.staff_of(other) for other in step.not_by):
        return (), {name: "same_person"}
    if name == DECISION and not asker.level(procedure, case)[1]:
        return (), {name: "beyond_authority"}
    return (name,), {}


def decided_by(asker: Asker, procedure: Procedure, case: Case) -> str:
    """The title of who decides it by the office's table; "" while it is not due."""
    return asker.level(procedure, case)[0] if case.state == State.EXAMINED.value else ""


def entry_of(asker: Asker, procedure: Procedure, case: Case) -> QueueEntry:
    """A line of the queue."""
    may, why_not = open_steps(asker, procedure, case)
    back = case.steps[-1] if case.state == State.RETURNED.value and case.steps else None
    return QueueEntry(
        application_id=case.application_id,
        number=case.number,
        procedure=case.procedure,
        state=case.state,
        receipt_date=case.receipt_date,
        applicant=case.content.roles.applicant.name,
        author=case.author_name,
        waiting_since=case.waiting_since,
        may=may,
        why_not=why_not,
        version=case.version,
        reason="" if back is None else back.reason,
        note="" if back is None else back.note,
        level=decided_by(asker, procedure, case),
    )


def answers_for(call: Call, procedure: Procedure, case: Case) -> tuple[AnswerMark, ...]:
    """The answers whose class of items this person may read; the others are as if they were not there."""

    def is_open(answer: AnswerMark) -> bool:
        enquiry = procedure.enquiry(answer.enquiry)
        item_class = ANY if enquiry is None else enquiry.item_class
        return allowed(call.actor, READ_ANSWER, case.procedure, item_class, day=call.day)

    return tuple(filter(is_open, case.answers))


def view_of(asker: Asker, procedure: Procedure, case: Case) -> ApplicationView:
    """The application, with those answers that this person may read."""
    may, why_not = open_steps(asker, procedure, case)
    content = case.content
    return ApplicationView(
        application_id=case.application_id,
        number=case.number,
        visit_id=case.visit_id,
        procedure=case.procedure,
        state=case.state,
        receipt_date=case.receipt_date,
        roles=content.roles,
        facts=content.facts,
        before=content.before,
        evidence=content.evidence,
        answers=answers_for(asker.call, procedure, case),
        steps=tuple(_step(asker, taken) for taken in case.steps),
        confirmed_findings=tuple(sorted({*content.looked, *(one for taken in case.steps for one in taken.looked)})),
        may=may,
        why_not=why_not,
        version=case.version,
        consequence=content.consequence,
        signature=content.signature,
        marks=content.marks,
        set_aside=content.set_aside,
        level=decided_by(asker, procedure, case),
    )


def _step(asker: Asker, taken: Taken) -> Step:
    return Step(
        step=taken.step,
        outcome=taken.outcome,
        staff_id=taken.staff_id,
        name=taken.name,
        at=taken.at,
        reason=taken.reason,
        note=taken.note,
        level=asker.titles.get(taken.level, taken.level),
        is_deputy=bool(taken.deputy),
        field=taken.field,
    )


def _entry(taken: Taken) -> Entry:
    reasons = (taken.reason,) if taken.act == Act.REJECT.value else ()
    return Entry(Act(taken.act), taken.step, taken.staff_id, taken.at, taken.reason, reasons, taken.looked)


def _person(mark: PersonMark) -> PersonRef:
    return PersonRef(mark.business_number or None, mark.name)
