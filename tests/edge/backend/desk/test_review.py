"""Three persons bring an application to its decision; nobody reviews their own work; on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.backend.desk.ports import Taken
from app.domain.rights import Right
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk import AskQueue, Decide, OpenApplication
from tests.edge.backend.desk.conftest import (
    AUTHOR,
    CHECKER,
    DECIDER,
    EXAMINER,
    FACTS,
    GENERAL,
    PROCEDURE,
    Office,
    having,
)
from tests.support.slices import KITA, MINAMI, MORNING, acts, person

LATE = FACTS | {"event_date": "2026-10-01"}


def reason_of(work) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.reason


def opened(office: Office, actor=DECIDER):
    return office.desk.review.open(office.call(actor), OpenApplication(application_id="a1"))


def test_three_persons_bring_it_to_a_decision(office: Office) -> None:
    office.receive()
    assert office.check(CHECKER).state == "checked"
    assert office.examine(AUTHOR).state == "examined"
    done = office.decide(DECIDER)
    assert (done.state, done.version) == ("approved", 4)
    assert done.proof.startswith("c2sp.org/tlog-proof@v1")
    view = opened(office)
    assert [(step.step, step.outcome, step.staff_id) for step in view.steps] == [
        ("reception", "handed_in", "001"),
        ("reception_check", "passed", "002"),
        ("examination", "passed", "001"),
        ("decision", "approved", "004"),
    ]
    assert (view.may, view.why_not) == ((), {})


def test_the_author_can_not_check_their_own(office: Office) -> None:
    office.receive()
    assert reason_of(lambda: office.check(AUTHOR)) == "same_person"
    kind, detail = acts(office.slice, KITA)[-1]
    assert (kind, detail["staff"], detail["reason"]) == ("application.checked_refused", "001", "same_person")


def test_nor_return_it_to_themselves(office: Office) -> None:
    office.receive()
    assert reason_of(lambda: office.check(AUTHOR, outcome="returned", reason="x")) == "same_person"


def test_who_examined_or_checked_or_received_can_not_decide(office: Office) -> None:
    office.receive()
    office.check(replace(CHECKER, rights=having("application.check", "application.decide")))
    office.examine(EXAMINER)
    checker = replace(CHECKER, rights=having("application.decide"))
    author = replace(AUTHOR, rights=having("application.decide"))
    for somebody in (EXAMINER, checker, author):
        assert reason_of(lambda who=somebody: office.decide(who)) == "same_person"
    assert office.decide(DECIDER).state == "approved"


def test_the_store_itself_refuses_the_author_as_checker_and_decider(office: Office) -> None:
    office.receive()
    for column in ("checker", "decider"):
        with pytest.raises(IntegrityError, match=f"ck_application_{column}"):
            office.slice.database.write(
                lambda connection, name=column: connection.execute(text(f"UPDATE application SET {name} = author"))
            )


@pytest.mark.parametrize(("step", "not_by"), [("reception_check", ()), ("examination", ("reception",))])
def test_the_store_refuses_a_step_by_whom_it_is_kept_from_even_if_the_service_did_not(
    office: Office, step: str, not_by: tuple[str, ...]
) -> None:
    office.receive()
    book = office.desk.review._book

    def take(unit) -> None:
        case = unit.case(KITA, "a1")
        taken = Taken("check", step, "passed", "001", "x", MORNING, "", "", ())
        unit.advance(replace(case, state="checked", version=2), taken, not_by)

    assert reason_of(lambda: book.write(take)) == "same_person"
    view = opened(office)
    assert (view.state, view.version, len(view.steps)) == ("received", 1, 1)


def test_a_returned_application_keeps_number_and_date_when_it_comes_again(office: Office) -> None:
    first = office.receive()
    office.slice.clock.move(days=4)
    assert office.check(CHECKER, outcome="returned", reason="口座の確認").state == "returned"
    office.slice.clock.move(days=3)
    corrected = FACTS | {"claimant_phone": "0119999999"}
    again = office.receive(facts=corrected, version=2, reached_at=office.slice.clock.at)
    assert (again.number, again.receipt_date) == (first.number, date(2026, 11, 20))
    assert (again.state, again.version) == ("received", 3)
    view = opened(office)
    assert (view.before or {})["claimant_phone"] == "0110000000"
    assert view.facts["claimant_phone"] == "0119999999"
    assert office.check(CHECKER, version=3).state == "checked"


@pytest.mark.parametrize("field", ["claimant_phone", "children[0].child_birth"])
def test_a_return_tells_which_field_of_the_form_is_to_be_mended(office: Office, field: str) -> None:
    office.receive()
    office.check(CHECKER, outcome="returned", reason="entry_wrong", field=field)
    assert opened(office).steps[-1].field == field


@pytest.mark.parametrize("field", ["no_such_field", "children[0].claimant_phone", "nobody[0].child_birth", "a'; --"])
def test_a_return_for_a_field_that_the_form_has_not_is_refused(office: Office, field: str) -> None:
    office.receive()
    with pytest.raises(NotUnderstood):
        office.check(CHECKER, outcome="returned", reason="entry_wrong", field=field)
    with pytest.raises(NotUnderstood):
        office.check(CHECKER, field="claimant_phone")


def test_only_the_author_hands_a_returned_application_in_again(office: Office) -> None:
    office.receive()
    office.check(CHECKER, outcome="returned", reason="x")
    colleague = replace(AUTHOR, staff_id="011")
    assert reason_of(lambda: office.receive(actor=colleague, version=2)) == "not_author"


def test_what_lies_elsewhere_can_not_be_handed_in_again(office: Office) -> None:
    office.receive()
    assert reason_of(lambda: office.receive(version=1)) == "wrong_state"
    with pytest.raises(NotAllowed):
        office.receive("unknown", version=2)


def test_the_author_stays_apart_after_it_came_again(office: Office) -> None:
    office.receive()
    office.check(CHECKER, outcome="returned", reason="x")
    office.receive(version=2)
    assert reason_of(lambda: office.check(AUTHOR, version=3)) == "same_person"


def test_a_return_and_a_rejection_need_a_reason(office: Office) -> None:
    office.receive()
    assert reason_of(lambda: office.check(CHECKER, outcome="returned", reason="  ")) == "reason_missing"
    office.check(CHECKER)
    office.examine(EXAMINER)
    assert reason_of(lambda: office.decide(DECIDER, outcome="rejected")) == "reason_missing"
    assert reason_of(lambda: office.decide(DECIDER, outcome="returned")) == "reason_missing"
    assert office.decide(DECIDER, outcome="rejected", reason="not_in_custody").state == "rejected"


@pytest.mark.parametrize("reason", ["no_such_reason", "だめ", "refused because"])
def test_a_rejection_gives_a_reason_of_the_procedure_or_a_sentence(office: Office, reason: str) -> None:
    office.receive()
    office.check(CHECKER)
    office.examine(EXAMINER)
    assert reason_of(lambda: office.decide(DECIDER, outcome="rejected", reason=reason)) == "reason_unknown"
    kind, detail = acts(office.slice, KITA)[-1]
    assert (kind, detail["reason"]) == ("application.decided_refused", "reason_unknown")
    said = "本市に住んでいないため"
    assert office.decide(DECIDER, outcome="rejected", reason=said).state == "rejected"


def test_an_approval_wants_every_finding_looked_at_by_somebody(office: Office) -> None:
    office.receive(facts=LATE)
    office.check(CHECKER)
    office.examine(EXAMINER)
    with pytest.raises(Refused) as refused:
        office.decide(DECIDER)
    assert refused.value.data == {"reason": "finding_not_confirmed", "check": "late_claim"}
    assert office.decide(DECIDER, confirmed_findings=("late_claim",)).state == "approved"
    assert opened(office).confirmed_findings == ("late_claim",)


def test_what_the_examiner_looked_at_is_looked_at(office: Office) -> None:
    office.receive(facts=LATE)
    office.check(CHECKER)
    office.examine(EXAMINER, confirmed_findings=("late_claim",))
    assert office.decide(DECIDER).state == "approved"


def test_a_rejection_wants_no_look(office: Office) -> None:
    office.receive(facts=LATE)
    office.check(CHECKER)
    office.examine(EXAMINER)
    assert office.decide(DECIDER, outcome="rejected", reason="no_residence").state == "rejected"


def test_a_finding_that_blocks_stops_the_approval_and_not_the_rejection(office: Office) -> None:
    office.receive(facts=FACTS | {"claimant_occupation": "public_servant", "claimant_paid_by_office": True})
    office.check(CHECKER)
    office.examine(EXAMINER)
    with pytest.raises(Refused) as refused:
        office.decide(DECIDER)
    assert refused.value.data == {"reason": "blocked_by_check", "check": "public_servant"}
    assert office.decide(DECIDER, outcome="rejected", reason="public_servant").state == "rejected"


def test_steps_are_taken_in_their_order(office: Office) -> None:
    office.receive()
    assert reason_of(lambda: office.examine(EXAMINER, version=1)) == "wrong_state"
    assert reason_of(lambda: office.decide(DECIDER, version=1)) == "wrong_state"
    office.check(CHECKER)
    other = replace(CHECKER, staff_id="012")
    assert reason_of(lambda: office.check(other, version=2)) == "wrong_state"


def test_who_comes_second_is_told_so(office: Office) -> None:
    office.receive()
    office.check(CHECKER)
    with pytest.raises(Conflict) as conflict:
        office.check(replace(CHECKER, staff_id="012"))
    assert conflict.value.data == {"version": 2}


def test_an_outcome_that_there_is_not_is_not_understood(office: Office) -> None:
    office.receive()
    with pytest.raises(NotUnderstood):
        office.check(CHECKER, outcome="approved")


def test_the_same_decision_sent_twice_is_one(office: Office) -> None:
    office.receive()
    office.check(CHECKER)
    office.examine(EXAMINER)
    asked = Decide(application_id="a1", version=3, outcome="approved")
    once = office.desk.review.decide(office.call(DECIDER, "key-d"), asked)
    assert office.desk.review.decide(office.call(DECIDER, "key-d"), asked) == once


def test_a_general_clerk_without_the_right_sees_nothing(office: Office) -> None:
    office.receive()
    for application_id in ("a1", "no-such"):
        with pytest.raises(NotAllowed):
            office.desk.review.open(office.call(GENERAL), OpenApplication(application_id=application_id))
    with pytest.raises(NotAllowed):
        office.check(GENERAL)
    assert office.desk.review.queue(office.call(GENERAL), AskQueue()).entries == ()
    reader = person("010", Right("application.read", "another"))
    assert office.desk.review.queue(office.call(reader), AskQueue(states=("received",))).entries == ()


def test_another_municipality_sees_nothing(office: Office) -> None:
    office.receive()
    elsewhere = replace(CHECKER, municipality=MINAMI)
    assert office.desk.review.queue(office.call(elsewhere), AskQueue()).entries == ()
    with pytest.raises(NotAllowed):
        office.check(elsewhere)


def test_a_right_ends_with_its_last_day(office: Office) -> None:
    office.receive()
    ending = replace(CHECKER, rights=(Right("application.check", PROCEDURE.id, until=date(2026, 11, 20)),))
    office.slice.clock.move(days=1)
    with pytest.raises(NotAllowed):
        office.check(ending)
    office.slice.clock.move(days=-1)
    assert office.check(ending).state == "checked"


def test_opening_an_application_is_recorded(office: Office) -> None:
    office.receive()
    opened(office, CHECKER)
    kind, detail = acts(office.slice, KITA)[-1]
    assert (kind, detail["about"], detail["staff"]) == ("application.viewed", "a1", "002")


def test_the_queue_shows_what_waits_for_me_oldest_first_and_why_not(office: Office) -> None:
    office.receive("a2")
    office.slice.clock.move(minutes=5)
    office.receive("a1")
    queue = office.desk.review.queue(office.call(CHECKER), AskQueue())
    assert [(entry.application_id, entry.may, entry.why_not) for entry in queue.entries] == [
        ("a2", ("reception_check",), {}),
        ("a1", ("reception_check",), {}),
    ]
    mine = office.desk.review.queue(office.call(AUTHOR), AskQueue())
    assert [entry.why_not for entry in mine.entries] == [{"reception_check": "same_person"}] * 2
    assert office.desk.review.queue(office.call(DECIDER), AskQueue()).entries == ()
    seen = office.desk.review.queue(office.call(DECIDER), AskQueue(states=("received",)))
    assert [entry.why_not for entry in seen.entries] == [{"reception_check": "no_right"}] * 2
    assert (seen.entries[0].applicant, seen.entries[0].author) == ("髙橋　花子", "職員001")


def test_what_was_returned_waits_for_its_author(office: Office) -> None:
    office.receive()
    office.check(CHECKER, outcome="returned", reason="x")
    (entry,) = office.desk.review.queue(office.call(AUTHOR), AskQueue()).entries
    assert (entry.state, entry.may) == ("returned", ("reception",))
    assert office.desk.review.queue(office.call(CHECKER), AskQueue()).entries == ()
