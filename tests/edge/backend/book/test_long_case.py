"""長い事案: steps in their order by their own people, left out for reasons; periods by law; papers."""

from datetime import date

import pytest

from app.backend.desk.service.papers import PassedRequests
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire import desk, desk_case
from tests.edge.backend.book.conftest import (
    COUNTER,
    EXAMINER,
    LONG,
    NURSERY,
    OTHER,
    PROCEDURES,
    SHORT,
    SURVEYOR,
    WORKER,
    BookOffice,
    clerk,
)
from tests.support.slices import KITA, acts

ALL = ("survey", "doctor_opinion", "first_judgement", "committee", "class", "plan")


def reason_of(work) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.reason


def checked(office: BookOffice) -> None:
    office.receive()
    office.check()


def through(office: BookOffice, *steps: str) -> None:
    outcomes = {one.id: one.outcomes[0].value for one in PROCEDURES[LONG].steps if one.phase}
    for name in steps:
        who = SURVEYOR if name == "survey" else OTHER
        office.begin(name, who)
        office.finish(name, outcomes[name], who)


def test_each_step_comes_after_those_before_it_and_says_who_has_it_since_when_until_when(office: BookOffice) -> None:
    office.receive()
    assert [one.standing for one in office.card().track] == ["done", "due", *["ahead"] * 8]
    assert reason_of(lambda: office.begin("survey", SURVEYOR)) == "wrong_state"
    office.check()
    assert [one.standing for one in office.card().track][2:5] == ["due", "due", "ahead"]
    assert reason_of(lambda: office.begin("committee")) == "step_not_yet"
    office.begin("survey", SURVEYOR)
    mark = office.step("survey")
    assert (mark.standing, mark.owner, mark.by) == ("open", "101", SURVEYOR.name)
    assert (mark.since, mark.due_on) == (date(2026, 11, 20), date(2026, 12, 4))
    assert office.card().row.step == "survey"
    assert reason_of(lambda: office.begin("survey", OTHER)) == "step_open"


def test_the_examination_passes_only_once_every_step_is_done_or_left_out_with_a_reason(office: BookOffice) -> None:
    checked(office)
    assert reason_of(office.examine) == "steps_open"
    through(office, *ALL[:-1])
    assert reason_of(office.examine) == "steps_open"
    assert reason_of(lambda: office.finish("plan", "skipped", note="")) == "reason_missing"
    office.finish("plan", "skipped", note="セルフプランが添えられていたため")
    assert office.step("plan").standing == "skipped"
    assert office.step("examination").standing == "due"
    assert office.examine().state == "examined"


def test_whoever_did_the_survey_has_no_hand_in_the_committee(office: BookOffice) -> None:
    checked(office)
    through(office, *ALL[:3])
    assert reason_of(lambda: office.begin("committee", SURVEYOR)) == "same_person"
    assert reason_of(lambda: office.begin("committee", OTHER, owner="101")) == "same_person"
    assert (office.step("committee", SURVEYOR).may, office.step("committee", SURVEYOR).why_not) == ((), "same_person")
    office.begin("committee", OTHER)
    assert reason_of(lambda: office.finish("committee", "as_judged", SURVEYOR)) == "same_person"


def test_a_step_ends_with_one_of_its_outcomes_between_its_begin_and_today(office: BookOffice) -> None:
    checked(office)
    assert reason_of(lambda: office.finish("survey", "surveyed", SURVEYOR)) == "step_not_begun"
    office.begin("survey", SURVEYOR)
    with pytest.raises(NotUnderstood):
        office.finish("survey", "placed", SURVEYOR)
    office.slice.clock.move(days=3)
    for day in (date(2026, 11, 19), date(2026, 11, 24)):
        assert reason_of(lambda day=day: office.finish("survey", "surveyed", SURVEYOR, done_on=day)) == "step_day"
    office.finish("survey", "surveyed", SURVEYOR, done_on=date(2026, 11, 21), note="自宅で調査")
    mark = office.step("survey")
    assert (mark.standing, mark.done_on, mark.outcome, mark.note) == (
        "done",
        date(2026, 11, 21),
        "surveyed",
        "自宅で調査",
    )
    assert reason_of(lambda: office.finish("survey", "surveyed", SURVEYOR)) == "step_done"


def test_what_came_of_a_step_stands_in_no_record(office: BookOffice) -> None:
    checked(office)
    through(office, *ALL[:3])
    kept = [one for one in acts(office.slice, KITA) if one[0].startswith("case.step")]
    assert [kind for kind, _ in kept] == ["case.step_begun", "case.step_ended"] * 3
    assert not any("outcome" in detail for _, detail in kept)


def test_an_old_screen_ends_nothing_and_the_same_key_ends_it_once(office: BookOffice) -> None:
    checked(office)
    office.begin("survey", SURVEYOR)
    with pytest.raises(Conflict):
        office.finish("survey", "surveyed", SURVEYOR, version=0)
    asked = desk_case.FinishStage(
        application_id="a1", step="survey", version=1, outcome="surveyed", done_on=office.today
    )
    once = office.room.track.finish(office.call(SURVEYOR, "k"), asked)
    assert office.room.track.finish(office.call(SURVEYOR, "k"), asked) == once


def test_nobody_of_another_section_takes_a_step(office: BookOffice) -> None:
    checked(office)
    for stranger in (WORKER, COUNTER):
        with pytest.raises(NotAllowed):
            office.begin("survey", stranger)


def test_the_place_is_decided_after_the_certification_and_by_somebody_else(office: BookOffice) -> None:
    receiver = clerk("501", NURSERY)
    office.receive("a1", NURSERY, receiver)
    assert reason_of(lambda: office.begin("place_decision", clerk("502", NURSERY))) == "wrong_state"
    assert office.card(receiver).track[-1].standing == "ahead"


def test_a_period_of_the_office_counts_from_the_next_day_and_ends_on_an_open_one(office: BookOffice) -> None:
    office.slice.clock.move(days=1)  # a Saturday on which the post is opened
    office.receive("a1", SHORT)
    (clock,) = office.card(WORKER).clocks
    assert (clock.clock, clock.started_on, clock.due_on) == ("notice", date(2026, 11, 21), date(2026, 12, 7))
    assert clock.delay_limit == date(2026, 12, 21)


def test_what_falls_due_moves_with_the_day_and_with_nothing_else(office: BookOffice) -> None:
    office.receive("a1", SHORT)
    (row,) = office.board().rows
    assert (row.kind, row.what, row.due_on, row.delay) == ("clock", "notice", date(2026, 12, 4), True)
    assert office.board().today == date(2026, 11, 20)
    office.slice.clock.move(days=20)
    board = office.board()
    assert (board.today, board.rows[0].due_on) == (date(2026, 12, 10), date(2026, 12, 4))
    assert [(one.day, one.clocks) for one in board.days] == [(date(2026, 12, 4), 1)]
    assert office.board(EXAMINER).rows == ()


def test_the_board_shows_steps_and_letters_too_and_those_of_one_person(office: BookOffice) -> None:
    checked(office)
    office.begin("survey", SURVEYOR)
    request(office, EXAMINER)
    assert [(one.kind, one.what) for one in office.board(EXAMINER).rows] == [("papers", "0"), ("step", "survey")]
    assert [one.kind for one in office.board(EXAMINER, owner="101").rows] == ["step"]
    office.finish("survey", "surveyed", SURVEYOR)
    assert [one.kind for one in office.board(EXAMINER).rows] == ["papers"]


def test_a_delay_is_told_with_its_reason_within_what_the_law_allows(office: BookOffice) -> None:
    office.receive("a1", SHORT)

    def tell(until: date, reason: str = "資産の調査に日数がかかるため", version: int = 1):
        asked = desk_case.TellDelay(application_id="a1", clock="notice", version=version, until=until, reason=reason)
        return office.room.delays.tell(office.call(WORKER), asked)

    assert reason_of(lambda: tell(date(2026, 12, 18), "")) == "reason_missing"
    assert reason_of(lambda: tell(date(2026, 12, 1))) == "delay_day"
    assert reason_of(lambda: tell(date(2026, 12, 31))) == "delay_day"
    tell(date(2026, 12, 18))
    (row,) = office.board().rows
    assert (row.due_on, row.delayed) == (date(2026, 12, 18), True)
    assert office.card(WORKER).clocks[0].reason == "資産の調査に日数がかかるため"
    with pytest.raises(Conflict):
        tell(date(2026, 12, 18))


def test_where_the_law_asks_for_no_notice_of_delay_none_is_told(office: BookOffice) -> None:
    office.receive()
    asked = desk_case.TellDelay(
        application_id="a1", clock="standard_time", version=1, until=date(2027, 2, 1), reason="審査会の日程のため"
    )
    with pytest.raises(NotUnderstood):
        office.room.delays.tell(office.call(EXAMINER), asked)


def mark(office: BookOffice, paper: str, state: str, **more):
    given = {"version": 0} | more
    asked = desk_case.MarkPaper(application_id="a1", paper=paper, state=state, **given)
    return office.room.papers.mark(office.call(EXAMINER), asked)


def request(office: BookOffice, who=EXAMINER, **more):
    given = {"papers": ("plan_draft",), "due_on": date(2026, 12, 1)} | more
    return office.room.papers.request(office.call(who), desk_case.RequestPapers(application_id="a1", **given))


def tend(office: BookOffice, outcome: str, version: int = 1, present: tuple[str, ...] = ()):
    asked = desk_case.TendRequest(application_id="a1", position=0, version=version, outcome=outcome, present=present)
    return office.room.papers.tend(office.call(EXAMINER), asked)


def state_of(office: BookOffice, paper: str) -> str:
    return next(one.state for one in office.card().papers if one.paper == paper)


def test_a_paper_is_present_missing_promised_or_one_that_the_office_names(office: BookOffice) -> None:
    office.receive()
    assert state_of(office, "plan_draft") == "missing"
    mark(office, "plan_draft", "promised", promised_on=date(2026, 11, 27))
    assert state_of(office, "plan_draft") == "promised"
    mark(office, "plan_draft", "present", version=1)
    mark(office, "own-1", "missing", label="通院先のわかるもの")
    assert next(one.label for one in office.card().papers if one.paper == "own-1") == "通院先のわかるもの"
    assert reason_of(lambda: mark(office, "plan_draft", "promised", version=2)) == "promise_day"
    with pytest.raises(Conflict):
        mark(office, "plan_draft", "missing")
    with pytest.raises(NotUnderstood):
        mark(office, "unheard_of", "missing")


def test_a_letter_asks_until_a_day_is_reminded_of_and_answered(office: BookOffice) -> None:
    checked(office)
    assert reason_of(lambda: request(office, papers=())) == "papers_missing"
    assert reason_of(lambda: request(office, due_on=office.today)) == "request_day"
    request(office)
    row = office.page().rows[0]
    assert (row.resident_state, row.papers_until) == ("sent_back", date(2026, 12, 1))
    assert reason_of(lambda: request(office)) == "papers_asked"
    office.slice.clock.move(days=5)
    tend(office, "reminded")
    assert office.card().requests[0].reminded_on == date(2026, 11, 25)
    tend(office, "answered", 2, ("plan_draft",))
    assert state_of(office, "plan_draft") == "present"
    assert (office.card().requests[0].state, office.page().rows[0].resident_state) == ("answered", "working")
    assert reason_of(lambda: tend(office, "reminded", 3)) == "request_closed"


def test_when_its_day_has_passed_the_case_goes_on_with_what_is_there(office: BookOffice) -> None:
    checked(office)
    request(office)
    passing = PassedRequests(office.book, office.slice.clock)
    office.slice.clock.move(days=11)
    assert (passing.turn(), office.card().requests[0].state) == (False, "open")
    office.slice.clock.move(days=1)
    assert office.card().requests[0].state == "passed"
    assert (passing.turn(), passing.turn()) == (True, False)
    row = office.page().rows[0]
    assert (row.papers_until, row.resident_state, row.state) == (None, "working", "checked")
    assert "case.papers_passed" in [kind for kind, _ in acts(office.slice, KITA)]
    office.begin("survey", SURVEYOR)
    tend(office, "answered", 2, ("plan_draft",))
    assert state_of(office, "plan_draft") == "present"


def test_nothing_missing_stops_a_reception_a_check_or_a_step(office: BookOffice) -> None:
    assert office.receive(facts={}).state == "received"
    request(office)
    assert office.check().state == "checked"
    office.begin("survey", SURVEYOR)


def test_the_period_is_kept_when_the_case_is_handed_in_again(office: BookOffice) -> None:
    office.receive()
    before = office.card().clocks
    back = desk.CheckReception(application_id="a1", version=1, outcome="returned", reason="entry_wrong")
    office.desk.review.check(office.call(SURVEYOR), back)
    office.slice.clock.move(days=4)
    office.receive(version=2)
    assert office.card().clocks == before
