"""受付簿: every application of a section with its owner; hand-overs that both see; post and telephone; both engines."""

from datetime import date, timedelta

import pytest

from app.domain.identity import Means, Part, Question, Result
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire import desk, desk_book
from tests.edge.backend.book.conftest import (
    CHIEF,
    CLAIM,
    COUNTER,
    EXAMINER,
    LONG,
    NAME,
    OTHER,
    ROLES,
    SHORT,
    SURVEYOR,
    WORKER,
    BookOffice,
)
from tests.support.slices import KITA, MINAMI, MORNING, acts, person


def reason_of(work) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.reason


def outside(**more) -> desk_book.ReceiveOutside:
    given = {
        "application_id": "p1",
        "procedure": LONG,
        "channel": "post",
        "arrived_on": date(2026, 11, 18),
        "roles": ROLES,
        "facts": {},
    }
    return desk_book.ReceiveOutside(**(given | more))


def hand_over(to: str, **more) -> desk_book.HandOver:
    given = {"handover_id": "h1", "application_id": "a1", "note": "書類の束とあわせて引き継ぎます"}
    return desk_book.HandOver(to_section=to, **(given | more))


def test_a_section_finds_its_own_applications_and_none_of_another(office: BookOffice) -> None:
    office.receive("a1")
    office.receive("b1", SHORT)
    (row,) = office.page(EXAMINER).rows
    assert (row.number, row.procedure, row.state, row.resident_state) == ("2026-000001", LONG, "received", "sent")
    assert (row.applicant, row.owner, row.section, row.step) == (NAME.name, "", "障害支援", "reception_check")
    assert [one.application_id for one in office.page(WORKER).rows] == ["b1"]
    assert office.page(COUNTER).rows == ()


def test_it_is_searched_by_state_owner_procedure_days_and_the_end_of_its_number(office: BookOffice) -> None:
    for name in ("a1", "a2", "a3"):
        office.receive(name)
    office.slice.clock.move(days=3)
    office.receive("a4")
    office.check(SURVEYOR, "a2")
    office.give("102", EXAMINER, application_id="a3")

    def found(**more) -> list[str]:
        return sorted(one.application_id for one in office.page(**more).rows)

    assert found() == ["a1", "a2", "a3", "a4"]
    assert found(states=("checked",)) == ["a2"]
    assert found(owner="102") == ["a3"]
    assert found(owner=desk_book.NOBODY) == ["a1", "a2", "a4"]
    assert found(procedure=CLAIM) == []
    assert found(since=date(2026, 11, 21)) == ["a4"]
    assert found(until=date(2026, 11, 20), states=("received",)) == ["a1", "a3"]
    assert found(number="0003") == ["a3"]
    assert found(number="%") == []


def test_looking_is_recorded_and_says_no_name(office: BookOffice) -> None:
    office.receive()
    office.page()
    office.card()
    kept = acts(office.slice, KITA)[-2:]
    assert [kind for kind, _ in kept] == ["book.viewed", "case.viewed"]
    assert NAME.name not in str(kept)


def test_nobody_s_case_is_taken_by_whoever_comes_first(office: BookOffice) -> None:
    office.receive()
    assert office.give("102", EXAMINER).version == 2
    assert office.card().row.owner_name == EXAMINER.name
    assert office.card().row.resident_state == "working"
    with pytest.raises(NotAllowed):
        office.give("103", OTHER, 1)
    with pytest.raises(Conflict):
        office.give("102", EXAMINER, 1)


def test_only_a_chief_gives_a_case_to_others_or_takes_it_from_them(office: BookOffice) -> None:
    office.receive()
    office.page(OTHER)
    with pytest.raises(NotAllowed):
        office.give("103", EXAMINER)
    office.give("103", CHIEF)
    with pytest.raises(NotAllowed):
        office.give("102", EXAMINER, 2)
    assert reason_of(lambda: office.give("unknown", CHIEF, 2)) == "unknown_owner"
    office.give("", CHIEF, 2)
    assert office.card().row.owner == ""


def test_a_hand_over_is_seen_by_both_sections_and_accepted_by_somebody_there(office: BookOffice) -> None:
    office.receive()
    office.room.handing.hand_over(office.call(SURVEYOR), hand_over("保護"))
    (given,) = office.page(SURVEYOR).handovers
    assert (given.from_section, given.to_section, given.state, given.may) == (
        "障害支援",
        "保護",
        "waiting",
        ("withdrawn",),
    )
    (there,) = office.page(WORKER).handovers
    assert (there.number, there.note, there.may) == ("2026-000001", given.note, ("accepted", "declined"))
    answer = desk_book.AnswerHandover(handover_id="h1", version=1, outcome="accepted")
    office.room.handing.answer(office.call(WORKER), answer)
    row = office.card(SURVEYOR).row
    assert (row.section, row.owner, row.owner_name) == ("保護", "201", WORKER.name)
    assert office.page(SURVEYOR).handovers[0].taken_name == WORKER.name
    with pytest.raises(Conflict):
        office.room.handing.answer(office.call(WORKER), answer)


def test_who_hands_over_does_not_accept_it_and_a_no_has_its_reason(office: BookOffice) -> None:
    office.receive()
    office.room.handing.hand_over(office.call(SURVEYOR), hand_over("保護"))
    accept = desk_book.AnswerHandover(handover_id="h1", version=1, outcome="accepted")
    for nobody_there in (SURVEYOR, EXAMINER, COUNTER):
        with pytest.raises(NotAllowed):
            office.room.handing.answer(office.call(nobody_there), accept)
    decline = desk_book.AnswerHandover(handover_id="h1", version=1, outcome="declined")
    assert reason_of(lambda: office.room.handing.answer(office.call(WORKER), decline)) == "reason_missing"
    said = desk_book.AnswerHandover(handover_id="h1", version=1, outcome="declined", note="所管ではありません")
    office.room.handing.answer(office.call(WORKER), said)
    assert office.card().row.section == "障害支援"
    assert office.page(SURVEYOR).handovers[0].answer == "所管ではありません"


def test_one_hand_over_waits_at_a_time_and_can_be_taken_back(office: BookOffice) -> None:
    office.receive()
    office.room.handing.hand_over(office.call(COUNTER), hand_over("保護"))
    again = hand_over("保育", handover_id="h2")
    assert reason_of(lambda: office.room.handing.hand_over(office.call(COUNTER), again)) == "hand_over_waits"
    back = desk_book.AnswerHandover(handover_id="h1", version=1, outcome="withdrawn")
    office.room.handing.answer(office.call(COUNTER), back)
    office.room.handing.hand_over(office.call(COUNTER), again)
    with pytest.raises(NotAllowed):
        office.room.handing.hand_over(office.call(WORKER), hand_over("保育", handover_id="h3"))


def test_who_gets_a_hand_over_reads_nothing_of_a_case_behind_a_wall(office: BookOffice) -> None:
    office.receive()
    office.room.handing.hand_over(office.call(SURVEYOR), hand_over("保護"))
    accept = desk_book.AnswerHandover(handover_id="h1", version=1, outcome="accepted")
    office.room.handing.answer(office.call(WORKER), accept)
    with pytest.raises(NotAllowed):
        office.card(WORKER)
    assert office.page(WORKER).rows == ()


def test_what_came_by_post_is_received_on_the_day_it_arrived_and_lies_with_its_author(office: BookOffice) -> None:
    receipt = office.desk.reception.receive_outside(office.call(COUNTER), outside(papers=("plan_draft",)))
    assert (receipt.number, receipt.receipt_date, receipt.state) == ("2026-000001", date(2026, 11, 18), "returned")
    (row,) = office.page().rows
    assert (row.channel, row.resident_state, row.step) == ("post", "working", "reception")
    card = office.card(application_id="p1")
    assert [(one.paper, one.state) for one in card.papers if one.paper == "plan_draft"] == [("plan_draft", "present")]
    assert card.clocks[0].started_on == date(2026, 11, 18)
    kinds = [kind for kind, _ in acts(office.slice, KITA)]
    assert "application.came" in kinds
    assert office.page(EXAMINER).rows[0].applicant == NAME.name


def test_once_it_is_entered_the_review_begins_and_number_and_day_stay(office: BookOffice) -> None:
    office.desk.reception.receive_outside(office.call(COUNTER), outside())
    with pytest.raises(Refused):
        office.check(SURVEYOR, "p1")
    again = office.receive("p1", version=1)
    assert (again.number, again.receipt_date, again.state) == ("2026-000001", date(2026, 11, 18), "received")
    assert office.card(application_id="p1").row.channel == "post"


def test_the_identity_regime_s_outcome_is_told_and_an_unconfirmed_person_is_received(office: BookOffice) -> None:
    unconfirmed = office.desk.reception.receive_outside(office.call(COUNTER), outside())
    assert unconfirmed.consequence == "without_number"
    copies = tuple(
        desk.Evidence(
            about=about,
            method=method,
            document="my_number_card",
            role=role,
            verdicts={},
            result=Result.CONFIRMED,
            staff_id="301",
            terminal="T-3",
            at=MORNING,
        )
        for about, method, role in (
            (Question.IDENTITY, Means.EYE, Part.PRESENTER),
            (Question.NUMBER, Means.PAPER, Part.NUMBER_GIVER),
        )
    )
    confirmed = outside(application_id="p2", evidence=copies)
    assert office.desk.reception.receive_outside(office.call(COUNTER), confirmed).consequence == "confirmed"


def test_nothing_arrives_in_the_future_nor_by_a_way_that_there_is_not(office: BookOffice) -> None:
    tomorrow = outside(arrived_on=office.today + timedelta(days=1))
    receive = office.desk.reception.receive_outside
    assert reason_of(lambda: receive(office.call(COUNTER), tomorrow)) == "receipt_in_future"
    for wrong in (outside(channel="pigeon"), outside(papers=("x",))):
        with pytest.raises(NotUnderstood):
            receive(office.call(COUNTER), wrong)
    with pytest.raises(NotAllowed):
        receive(office.call(person("999", "visit.open")), outside())


def test_the_same_key_receives_once(office: BookOffice) -> None:
    once = office.desk.reception.receive_outside(office.call(COUNTER, "k"), outside())
    assert office.desk.reception.receive_outside(office.call(COUNTER, "k"), outside()) == once
    with pytest.raises(Conflict):
        office.desk.reception.receive_outside(office.call(COUNTER), outside())


def test_another_municipality_sees_nothing_of_it(office: BookOffice) -> None:
    office.receive()
    office.room.handing.hand_over(office.call(SURVEYOR), hand_over("保護"))
    there = person("102", *EXAMINER.rights, municipality=MINAMI)
    page = office.page(there)
    assert (page.rows, page.handovers) == ((), ())
    with pytest.raises(NotAllowed):
        office.card(there)
