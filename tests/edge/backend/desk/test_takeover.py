"""C-05, R-024: a supervisor takes a colleague's sealed draft over, never silently and never twice; on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import Conflict, NotAllowed, Refused
from app.trust.seal import BoxKey, open_box, seal_to
from app.wire.desk import AskTimeline, CheckReception, DraftCopy, OpenVisit
from app.wire.takeover import (
    AskTakeKeys,
    AskTakenDrafts,
    AskWaitingDrafts,
    DraftTaken,
    OfferTakeKey,
    TakeDraft,
    WaitingDraft,
)
from tests.edge.backend.desk.conftest import CLAIM, Office, having
from tests.support.slices import KITA, MINAMI, MORNING, acts, person

SECTION = "子ども家庭"
CLERK = replace(
    person("001", "visit.open", "draft.keep", *having("application.receive", "application.check")), department=SECTION
)
SUPERVISOR = replace(
    person("007", "draft.take", "draft.keep", "visit.read", *having("application.receive", "application.check")),
    department=SECTION,
)
ELSEWHERE = replace(SUPERVISOR, staff_id="008", department="税務")
KEY = BoxKey.generate()


def seal(office: Office, *keys: BoxKey, minutes: int = 0, by=CLERK) -> None:
    """The clerk's terminal sends a copy of what was entered."""
    saved_at = MORNING + timedelta(minutes=minutes)
    sealed = tuple(seal_to(key.public, b"entered", ("d1",)) for key in keys)
    copy = DraftCopy(draft_id="d1", visit_id="v1", sealed=b"x", saved_at=saved_at, procedure=CLAIM, for_takers=sealed)
    office.desk.visits.keep_draft(office.call(by), copy)


def listed(office: Office, actor=SUPERVISOR) -> tuple[WaitingDraft, ...]:
    return office.desk.take_over.waiting(office.call(actor), AskWaitingDrafts()).rows


def take(office: Office, actor=SUPERVISOR, key: str = "", **more) -> DraftTaken:
    asked = TakeDraft(**({"draft_id": "d1", "version": 1, "receiver": KEY.key_id} | more))
    return office.desk.take_over.take(office.call(actor, key), asked)


@pytest.fixture
def lying(office: Office) -> Office:
    """The clerk has gone; a draft lies sealed."""
    office.desk.visits.open(office.call(CLERK), OpenVisit(visit_id="v1", ticket="A12", opened_at=MORNING))
    seal(office, BoxKey.generate(), KEY)
    return office


def test_whoever_may_take_over_offers_a_key_and_the_section_seals_to_it(office: Office) -> None:
    for actor, key in ((SUPERVISOR, KEY), (ELSEWHERE, BoxKey.generate())):
        office.desk.take_over.offer(office.call(actor), OfferTakeKey(box=key.public))
    keys = office.desk.take_over.keys(office.call(CLERK), AskTakeKeys())
    assert keys.boxes == (KEY.public,)
    office.slice.clock.move(days=46)
    assert office.desk.take_over.keys(office.call(CLERK), AskTakeKeys()).boxes == ()
    with pytest.raises(NotAllowed):
        office.desk.take_over.offer(office.call(CLERK), OfferTakeKey(box=KEY.public))


def test_the_list_says_who_where_since_when_and_which_procedure_and_nothing_of_a_resident(lying: Office) -> None:
    (row,) = listed(lying)
    assert (row.staff_id, row.terminal, row.saved_at, row.procedure, row.ticket) == (
        "001", "T-001", MORNING, CLAIM, "A12",
    )  # fmt: skip
    assert KEY.key_id in row.receivers
    assert acts(lying.slice, KITA)[-1] == ("drafts.listed", {"drafts": 1, "about": "", "staff": "007"})


def test_taken_over_it_opens_for_the_supervisor_and_both_names_are_recorded(lying: Office) -> None:
    taken = take(lying)
    assert open_box(KEY, taken.sealed, ("d1",)) == b"entered"
    assert (taken.staff_id, taken.name) == ("001", "職員001")
    kind, detail = acts(lying.slice, KITA)[-1]
    assert (kind, detail["author"], detail["taken_by"], detail["from_terminal"], detail["staff"]) == (
        "draft.taken", "001", "007", "T-001", "007",
    )  # fmt: skip
    timeline = lying.desk.visits.timeline(lying.call(SUPERVISOR), AskTimeline(visit_id="v1"))
    assert "draft.taken" in [entry.act for entry in timeline.entries]


def test_the_same_key_press_again_gives_the_same_answer_and_a_second_one_finds_it_gone(lying: Office) -> None:
    assert take(lying, key="one-press") == take(lying, key="one-press")
    with pytest.raises(NotAllowed):
        take(lying)
    with pytest.raises(Conflict):
        take(lying, replace(SUPERVISOR, staff_id="009"))
    assert listed(lying) == ()


@pytest.mark.parametrize("actor", [CLERK, ELSEWHERE, replace(SUPERVISOR, municipality=MINAMI)])
def test_nobody_takes_their_own_or_another_section_s_draft(lying: Office, actor) -> None:
    mine = replace(actor, rights=SUPERVISOR.rights)
    assert listed(lying, mine) == ()
    with pytest.raises(NotAllowed):
        take(lying, mine)


def test_a_clerk_has_no_right_to_look_or_take(lying: Office) -> None:
    colleague = replace(CLERK, staff_id="002")
    with pytest.raises(NotAllowed):
        listed(lying, colleague)
    with pytest.raises(NotAllowed):
        take(lying, colleague)
    assert [kind for kind, _ in acts(lying.slice, KITA)][-2:] == ["drafts.list_refused", "draft.take_refused"]


def test_whoever_saves_meanwhile_is_at_work_and_nothing_is_taken(lying: Office) -> None:
    seal(lying, KEY, minutes=5)
    with pytest.raises(Conflict):
        take(lying)


def test_a_draft_sealed_before_the_supervisor_s_key_was_known_is_refused_in_words_of_its_own(lying: Office) -> None:
    with pytest.raises(Refused) as refused:
        take(lying, receiver=BoxKey.generate().key_id)
    assert refused.value.reason == "draft_not_for_you"


def test_the_clerk_on_return_is_told_by_whom_where_and_what_became_of_it(lying: Office) -> None:
    take(lying)
    told = lying.desk.take_over.taken(lying.call(CLERK), AskTakenDrafts()).rows
    assert [(one.draft_id, one.taken_by, one.name, one.terminal, one.number) for one in told] == [
        ("d1", "007", "職員007", "T-007", "")
    ]
    lying.receive("d1", SUPERVISOR)
    (later,) = lying.desk.take_over.taken(lying.call(CLERK), AskTakenDrafts()).rows
    assert later.number == "2026-000001"
    lying.slice.clock.move(days=31)
    assert lying.desk.take_over.taken(lying.call(CLERK), AskTakenDrafts()).rows == ()


def test_after_that_the_clerk_s_late_copies_change_nothing_and_their_hand_in_is_refused(lying: Office) -> None:
    lying.slice.clock.move(minutes=10)
    take(lying)
    seal(lying, KEY, minutes=20)
    assert acts(lying.slice, KITA)[-1][0] == "draft.came_late"
    with pytest.raises(Refused) as refused:
        lying.receive("d1", CLERK, reached_at=MORNING + timedelta(minutes=11))
    assert (refused.value.reason, refused.value.data["name"]) == ("draft_taken", "職員007")
    assert lying.receive("d1", SUPERVISOR).number == "2026-000001"
    with pytest.raises(Refused):
        lying.receive("d1", CLERK, reached_at=MORNING + timedelta(minutes=11))


def test_what_was_handed_in_before_it_was_taken_and_arrives_later_counts_and_no_second_one_does(lying: Office) -> None:
    lying.slice.clock.move(minutes=10)
    take(lying)
    assert lying.receive("d1", CLERK, reached_at=MORNING).number == "2026-000001"
    with pytest.raises(Conflict):
        lying.receive("d1", SUPERVISOR)


def test_neither_who_entered_it_nor_who_handed_it_in_checks_it(lying: Office) -> None:
    take(lying)
    lying.receive("d1", SUPERVISOR)
    for somebody in (CLERK, SUPERVISOR):
        asked = {"application_id": "d1", "version": 1, "outcome": "passed"}
        with pytest.raises(Refused) as refused:
            lying.desk.review.check(lying.call(somebody), CheckReception(**asked))
        assert refused.value.reason == "same_person"
