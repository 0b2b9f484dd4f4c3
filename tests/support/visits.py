"""What a clerk does in a visit, by the use cases of a counter, step by step."""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.client.counter import Counter, issuer, words
from app.domain.person import BasicFour
from app.domain.procedure import Procedure
from app.services.card_port import FaceReading
from app.services.compose_form import compose_form
from app.services.confirm_number import Asking, Way
from app.services.enquire import EnquiryCase, Planned, planned
from app.services.find_person import Opened
from app.services.hand_in import Received
from app.services.known_facts import Sources
from app.services.ports.seat import Session, Visit
from app.services.prepare_application import Parts
from app.wire.desk import AnswerMark, ApplicationView, Evidence, Fact, PersonMark, Receipt, RolesMark
from app.wire.draft import Draft
from app.wire.facts import facts_to_wire
from app.wire.register import SearchByFour
from app.wire.relay import EnquiryState
from tests.support.city import HERE
from tests.support.claims import FACTS
from tests.support.process import program, wait_for
from tests.support.world import World

_ASKED = (
    "claimant_phone",
    "account_public",
    "account_bank",
    "account_branch",
    "account_kind",
    "account_number",
    "claim_signed",
)
"""What is asked of everybody; the values are those of ``tests.support.claims``."""


@dataclass
class Case:
    """What one visit has come to. ``reading`` None: confirmed by eye."""

    session: Session
    visit: Visit
    found: Opened
    draft: Draft
    reading: FaceReading | None = None


def begin(world: World, session: Session) -> Visit:
    """The next person stands at the counter."""
    return world.front.cases.open_visit(world.press(), session, "12")


def by_card(world: World, persona: str, session: Session) -> Case:
    """From the card on the reader to a complete draft."""
    cases, visit = world.front.cases, begin(world, session)
    reading = cases.read_card.by_code_b(world.table.lay(persona), world.table.holder(persona).code_b)
    evidence = cases.confirm_person.by_chip(world.press(), session, visit, reading, same_face=True)
    found = cases.find_person.by_card(world.press(), session, visit, reading.four)
    world.table.take()
    assert isinstance(found, Opened), found
    draft = draft_of(world, (session, visit), found, evidence, reading.four)
    return Case(session, visit, found, draft, reading)


def by_eye(world: World, persona: str, session: Session) -> Case:
    """The same without a card: looked at, typed, searched."""
    cases, visit, person = world.front.cases, begin(world, session), world.cities.city.resident_of(persona)
    evidence = cases.confirm_person.by_eye(world.press(), session, visit, ("driving_licence",))
    asked = SearchByFour(name=person.name, birth=person.birth)
    found = cases.find_person.by_entry(world.press(), session, visit, asked)
    assert isinstance(found, Opened), found
    return Case(session, visit, found, draft_of(world, (session, visit), found, evidence, None))


def draft_of(
    world: World, at: tuple[Session, Visit], found: Opened, evidence: Evidence, card: BasicFour | None
) -> Draft:
    """The claim, filled from card and register, with what only the person can say."""
    session, visit = at
    asking = Asking(world.procedure, found.record.hit)
    number = world.front.cases.confirm_number.without(world.press(), session, visit, asking, Way.LINKED)
    sources = Sources(HERE, session.call(world.press()).day, card, found.record)
    parts = Parts(_roles(found), (evidence, number.evidence))
    draft = world.front.cases.prepare(world.press(), session, visit, world.procedure, (parts, sources))
    return draft.changed(facts=_complete(draft.facts, found.record.hit.kana))


def _complete(known: dict[str, Fact], kana: str) -> dict[str, Fact]:
    """What card and register gave stays; the rest is answered."""
    asked: dict[str, Fact] = dict(facts_to_wire({name: FACTS[name] for name in _ASKED}))
    asked |= {"claimant_occupation": "self_employed", "claimant_pension": "national", "account_holder": kana}
    asked |= {"claim_reason": "birth", "event_date": _youngest(known)}
    if known.get("spouse_exists"):
        asked |= {"spouse_occupation": "self_employed", "spouse_jan1": known["claimant_jan1"]}
    else:
        asked |= {"spouse_exists": False}
    children = tuple({**row, "child_custody": True, "child_livelihood": "shared"} for row in _rows(known))
    return {**asked, **known, "children": children}


def _rows(known: dict[str, Fact]) -> tuple[dict[str, str | int | bool | None], ...]:
    rows = known.get("children")
    return rows if isinstance(rows, tuple) else ()


def _youngest(known: dict[str, Fact]) -> str:
    return max((str(row["child_birth"]) for row in _rows(known)), default="")


def _roles(found: Opened) -> RolesMark:
    claimant, *others = household(found)
    return RolesMark(presenter=claimant, capacity="self", applicant=claimant, subjects=tuple(others))


def household(found: Opened) -> tuple[PersonMark, ...]:
    """The members, who stands here first."""
    own = found.record.hit.business_number
    marks = [PersonMark(business_number=one.business_number, name=one.name) for one in found.record.household]
    return tuple(sorted(marks, key=lambda mark: mark.business_number != own))


def handed_in(world: World, case: Case) -> Receipt:
    """The office has it."""
    received = world.front.cases.hand_in(world.press(), case.session, case.draft)
    assert isinstance(received, Received), received
    return received.receipt


def enquiries_of(world: World, case: Case) -> EnquiryCase:
    """What is to be asked for the draft."""
    day = case.session.call(world.press()).day
    return EnquiryCase.of_draft(case.draft, world.procedure, day, household(case.found))


def wanted(case: EnquiryCase, enquiry: str) -> Planned:
    """One of the enquiries that the case calls for, by its name in the procedure."""
    return next(one for one in planned(case) if one.due.enquiry.id == enquiry)


def states(world: World, session: Session, case: EnquiryCase) -> dict[str, EnquiryState]:
    """Enquiry of the procedure → how it stands, as the clerk at the counter sees it."""
    names = {one.enquiry_id: one.due.enquiry.id for one in planned(case)}
    found = world.front.cases.enquire.states(world.press(), session, case)
    return {names[state.enquiry_id]: state for state in found}


def answers(world: World, session: Session, case: EnquiryCase) -> tuple[AnswerMark, ...]:
    """What was answered, once all that was asked is."""

    def all_answered() -> bool:
        found = states(world, session, case).values()
        return bool(found) and all(state.answer is not None for state in found)

    wait_for(all_answered, "the answers", 30)
    return tuple(state.answer for state in states(world, session, case).values() if state.answer is not None)


def printed(counter: Counter, procedure: Procedure, view: ApplicationView, output: str, day: date) -> str:
    """The text that stands on a paper of the case, as a reader of PDF files finds it."""
    paper = next(one for one in procedure.outputs if one.id == output)
    content = compose_form(view, procedure, paper, words(counter.settings), issuer(counter.settings), day)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "paper.pdf"
        place.write_bytes(counter.press.press(content))
        command = [program("pdftotext"), "-layout", str(place), "-"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    return re.sub(r"[ \t]+", " ", done.stdout)
