"""Preparing, saving and handing in: filled for who may see it, kept within reach, received once."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.person import BasicFour, Sex
from app.errors import NotAllowed, Refused, WorkClosed
from app.services.hand_in import Kept, Received
from app.services.known_facts import Relations, Sources, known_facts
from app.services.lock import Why
from app.services.prepare_application import Parts, PrepareApplication, look
from app.services.review import Review
from app.services.save_draft import ResumeDraft
from app.services.work_status import work_status
from app.shipped import read_toml
from app.wire import desk
from app.wire.draft import Draft
from app.wire.facts import facts_from_wire, facts_to_wire
from app.wire.message import decode
from tests.support.claims import CLAIM, FACTS, HERE, THERE, TODAY
from tests.support.documents import CAPACITIES
from tests.unit.services.conftest import HOUSEHOLD, Desk, hit, member, record

RELATIONS = Relations.parse(read_toml("tables", "relations.toml"))
FOUR = BasicFour("見本　花子", "見本市中央区本町1-2-3", date(1994, 5, 1), Sex.FEMALE)


def known(**changed: object) -> dict[str, object]:
    sources = Sources(HERE, TODAY, FOUR, record())
    return dict(known_facts(replace(sources, **changed), CLAIM, RELATIONS))


def test_spouse_and_children_are_found_from_the_household_whoever_stands_here() -> None:
    found = known()
    assert (found["register.spouse_name"], found["register.spouse_together"]) == ("見本　太郎", True)
    assert [row["name"] for row in found["register.children"]] == ["見本　芽生"]  # type: ignore[attr-defined]
    assert [row["name"] for row in found["register.elders"]] == ["見本　大"]  # type: ignore[attr-defined]
    husband = known(record=record(hit("1000", name="見本　太郎")))
    assert husband["register.spouse_name"] == "見本　花子"


def test_a_stepchild_is_told_apart_and_a_grandparents_household_gives_nothing_away() -> None:
    household = (*HOUSEHOLD[:2], member("9", "見本　連", date(2020, 1, 1), "妻の子"))
    assert known(record=record(household=household))["register.children"][0]["relation"] == "child"  # type: ignore[index]
    head = known(record=record(hit("1000"), household=household))
    assert head["register.children"][0]["relation"] == "stepchild"  # type: ignore[index]
    daughter = (member("1001", "見本　花子", date(1994, 5, 1), "子"), *HOUSEHOLD[:1])
    assert "register.spouse_name" not in known(record=record(household=daughter))


def test_no_spouse_in_the_household_is_not_taken_for_no_spouse() -> None:
    alone = known(record=record(household=HOUSEHOLD[1:2]))
    assert "register.spouse_exists" not in alone


def test_the_year_of_the_tax_decides_which_first_of_january_counts() -> None:
    assert known(day=date(2026, 11, 20))["register.jan1_municipality"] == HERE
    assert known(day=date(2026, 5, 31))["register.jan1_municipality"] == THERE


def test_a_birth_or_a_move_within_two_months_is_offered_as_the_reason() -> None:
    assert known()["register.event_date"] == date(2026, 11, 10)
    childless = record(household=HOUSEHOLD[:2], moved_in_on=date(2026, 11, 1), moved_from_code=THERE)
    moved = known(record=childless)
    assert (moved["register.claim_reason"], moved["register.previous_municipality"]) == ("moved_in", THERE)
    long_ago = record(household=HOUSEHOLD[:2], moved_in_on=date(2026, 1, 1), moved_from_code=THERE)
    assert "register.claim_reason" not in known(record=long_ago)


def parts(capacity: str = "self") -> Parts:
    mark = desk.PersonMark(business_number="1001", name="見本　花子")
    return Parts(desk.RolesMark(presenter=mark, capacity=capacity, applicant=mark), ())


def prepared(counter: Desk, capacity: str = "self", day: date = TODAY) -> Draft:
    session = counter.sign_in()
    visit = counter.visit(session)
    prepare = PrepareApplication(counter.journal, RELATIONS, CAPACITIES)
    return prepare(counter.press(), session, visit, CLAIM, (parts(capacity), Sources(HERE, day, FOUR, record())))


def test_a_claim_is_filled_from_card_and_register_with_its_sources(counter: Desk) -> None:
    draft = prepared(counter)
    assert draft.facts["claimant_name"] == "見本　花子"
    assert draft.facts["claimant_birth"] == "1994-05-01"
    assert draft.facts["office"] == HERE
    assert draft.sources["claimant_name"] == "register"
    assert counter.kinds[-1] == "application.begun"
    view = look(CLAIM, facts_from_wire(CLAIM, draft.facts), TODAY)
    assert [limit.kept for limit in view.limits] == [True]
    assert not any(finding.stops for finding in view.findings)
    assert look(CLAIM, FACTS, TODAY).amounts


def test_who_comes_for_somebody_else_reads_nothing_of_the_register(counter: Desk) -> None:
    draft = prepared(counter, "agent")
    assert set(draft.sources.values()) <= {"office"}
    assert not any("見本" in str(value) for value in draft.facts.values())


def test_a_procedure_that_is_not_in_force_is_not_begun(counter: Desk) -> None:
    with pytest.raises(NotAllowed):
        prepared(counter, day=date(2024, 9, 30))


def test_facts_come_back_from_their_travel_as_they_were() -> None:
    assert facts_from_wire(CLAIM, facts_to_wire(FACTS)) == FACTS


def test_a_draft_is_saved_copied_resumed_and_dropped(counter: Desk) -> None:
    session = counter.sign_in()
    draft = counter.draft(counter.visit(session))
    saved = counter.save.with_copy(counter.press(), session, draft)
    counter.postbox.send(next(one.item_id for one in counter.postbox.waiting()), 1)
    copies = [message for _, _, message in counter.desk.arrived if isinstance(message, desk.DraftCopy)]
    assert decode(copies[0].sealed, Draft) == saved
    assert ResumeDraft(counter.work, counter.journal)(counter.press(), session, draft.draft_id) == saved
    ResumeDraft(counter.work, counter.journal).drop(counter.press(), session, draft.draft_id)
    assert work_status(counter.postbox, counter.work).drafts == ()


def test_handing_in_fixes_the_day_of_the_key_press_even_when_it_is_sent_after_midnight(counter: Desk) -> None:
    session = counter.sign_in()
    draft = counter.draft(counter.visit(session))
    counter.clock.at = counter.clock.at.replace(hour=14, minute=59, second=50)
    pressed = counter.press()
    counter.line.is_down = True
    kept = counter.hand_in(pressed, session, draft)
    assert isinstance(kept, Kept)
    assert (kept.receipt_date, kept.cause) == (date(2026, 11, 20), "office.unreachable")
    assert work_status(counter.postbox, counter.work).waiting
    counter.clock.move(hours=12)
    counter.line.is_down = False
    received = counter.hand_in(pressed, session, draft)
    assert isinstance(received, Received)
    assert received.receipt.receipt_date == date(2026, 11, 20)
    assert sum(isinstance(message, desk.HandIn) for _, _, message in counter.desk.arrived) == 1
    assert counter.work.drafts() == ()


def test_a_refused_hand_in_keeps_the_draft_and_can_be_mended(counter: Desk) -> None:
    session = counter.sign_in()
    draft = counter.draft(counter.visit(session))
    counter.desk.refuses = lambda m: Refused("unknown_field", field="x") if isinstance(m, desk.HandIn) else None
    with pytest.raises(Refused):
        counter.hand_in(counter.press(), session, draft)
    assert [mark.handed_in for mark in counter.work.drafts()] == [False]
    assert counter.kinds[-2:] == ["application.handed_in", "application.handed_in.refused"]
    counter.desk.refuses = lambda _: None
    assert isinstance(counter.hand_in(counter.press(), session, draft), Received)


def test_a_returned_application_goes_out_under_its_own_name_and_version(counter: Desk) -> None:
    session = counter.sign_in()
    draft = counter.draft(counter.visit(session)).changed(application_id="a-7", version=3)
    counter.hand_in(counter.press(), session, draft)
    (message,) = [one for _, _, one in counter.desk.arrived if isinstance(one, desk.HandIn)]
    assert (message.application_id, message.version) == ("a-7", 3)


def test_nothing_is_handed_in_while_locked(counter: Desk) -> None:
    session = counter.sign_in()
    draft = counter.draft(counter.visit(session))
    counter.lock(counter.press(), session, Why.ASKED)
    with pytest.raises(WorkClosed):
        counter.hand_in(counter.press(), session, draft)
    assert "application.handed_in" not in counter.kinds
    assert work_status(counter.postbox, counter.work).drafts == ()


def test_each_step_of_the_review_is_an_act_with_its_outcome(counter: Desk) -> None:
    session = counter.sign_in()
    review = Review(counter.desk, counter.journal)
    review.queue(counter.press(), session)
    check = desk.CheckReception(application_id="a", version=1, outcome="returned", reason="r", note="見本　花子さんへ")
    review.check_reception(counter.press(), session, check)
    review.examine(counter.press(), session, desk.Examine(application_id="a", version=2, outcome="passed"))
    review.decide(counter.press(), session, desk.Decide(application_id="a", version=3, outcome="approved"))
    with pytest.raises(NotAllowed):
        review.open(counter.press(), session, "a")
    assert counter.kinds[-5:] == [
        "queue.shown",
        "application.checked",
        "application.examined",
        "application.decided",
        "application.opened.refused",
    ]
    assert counter.journal.acts[-4].detail()["outcome"] == "returned"
    assert "見本" not in repr(counter.journal.acts)
