"""Nothing twice: what this visit has said already goes into the next form, each value with who said it."""

from datetime import date

from app.domain.carrying import carried, said_by_answers, said_in
from app.domain.conditions import Scope
from app.domain.procedure import Procedure
from app.services.plan_marks import mark_of
from app.ui.flows.application_notes import CARRIED
from app.ui.flows.visit_acts import CounterBooks
from app.ui.flows.visit_state import Present
from app.wire.draft import Draft
from app.wire.facts import facts_from_wire, facts_to_wire


def with_carried(draft: Draft, procedure: Procedure, present: Present, books: CounterBooks, day: date) -> Draft:
    """``draft`` with what the interview and the applications before it said; typed and found values give way to it."""
    plan = present.plan
    told = Scope({} if plan is None else plan.told.facts(), day)
    answers = {} if plan is None else plan.told.answers
    said = {**said_by_answers(books.carrying, answers), **present.said}
    facts = facts_from_wire(procedure, draft.facts)
    found = carried(books.carrying, procedure, (facts, present.name), said, told)
    titles = {one.id: one.short_title for one in books.procedures}
    sources = {name: f"{CARRIED}:{titles.get(by, '')}" for name, by in found.sources.items()}
    draft = draft.changed(plan=mark_of(plan))
    return draft.changed(facts=facts_to_wire({**facts, **found.facts}), sources={**draft.sources, **sources})


def note_said(present: Present, procedure: Procedure, draft: Draft, books: CounterBooks, day: date) -> None:
    """Remember for this visit what an application said that others ask too."""
    facts = facts_from_wire(procedure, draft.facts)
    present.said.update(said_in(books.carrying, procedure, facts, day))
