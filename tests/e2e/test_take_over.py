"""C-05, C-08, R-024: one person at two terminals, and a supervisor who takes a sealed draft over; all real."""

from datetime import UTC, datetime

import pytest

from app.domain.secret import secret
from app.errors import PasswordChanged, Refused, SessionEnded, SignInRefused
from app.services.entrance import Given
from app.services.hand_in import Received
from app.services.ports.seat import Session
from app.services.sign_in import Former, Held
from app.wire.desk import PersonMark, RolesMark
from app.wire.draft import Draft
from tests.support.claims import FACTS
from tests.support.world import CLAIM, OTHER_CLERK, World

pytestmark = [pytest.mark.timeout(180), pytest.mark.card, pytest.mark.keyring]

SUPERVISOR_AT_COUNTER = "v6002"
SOMEBODY = PersonMark(business_number="", name="見本　花子")


def entered(world: World, clerk: Session) -> Draft:
    """What a clerk has entered, saved and copied to the desk."""
    visit = world.front.cases.open_visit(world.press(), clerk, "31")
    draft = Draft(
        draft_id=f"draft-{visit.visit_id}",
        visit_id=visit.visit_id,
        procedure=CLAIM,
        procedure_version=world.procedure.version,
        saved_at=datetime.now(UTC),
        roles=RolesMark(presenter=SOMEBODY, capacity="self", applicant=SOMEBODY),
        facts={name: FACTS[name] for name in ("claimant_phone",)},
        cursor="claimant_phone",
    )
    saved = world.front.cases.save_draft.with_copy(world.press(), clerk, draft)
    world.delivered(world.front)
    return saved


def test_the_second_terminal_asks_and_the_first_hears_that_it_was_ended(world: World) -> None:
    given, office = Given(world.cities.password), world.front.office.staff
    first = world.at_front(OTHER_CLERK)
    held = world.back.cases.sign_in.admit(world.press(), OTHER_CLERK, given)
    assert isinstance(held, Held)
    assert [one.terminal for one in held.session.elsewhere] == [world.front.seat.terminal]
    assert [one.terminal for one in office.standing(world.press(), first, locked=False)] == [world.back.seat.terminal]
    assert not world.back.memory.work.is_open
    second = world.back.cases.sign_in.begin(world.press(), world.back.cases.sign_in.end_elsewhere(world.press(), held))
    assert world.back.memory.work.is_open
    with pytest.raises(SessionEnded) as told:
        office.standing(world.press(), first, locked=False)
    assert (told.value.data["why"], told.value.data["terminal"]) == ("elsewhere", world.back.seat.terminal)
    world.front.cases.sign_out(world.press(), first)
    world.leave(world.back, second)


def test_whoever_stops_at_the_second_terminal_changes_nothing_at_the_first(world: World) -> None:
    first = world.at_front(OTHER_CLERK)
    held = world.back.cases.sign_in.admit(world.press(), OTHER_CLERK, Given(world.cities.password))
    assert isinstance(held, Held)
    world.back.cases.sign_in.give_up(world.press(), held, "not_continued")
    assert world.front.office.staff.standing(world.press(), first, locked=False) == ()
    world.leave(world.front, first)


def test_a_supervisor_goes_on_with_a_clerk_s_sealed_draft_and_the_clerk_is_told(world: World) -> None:
    supervisor = world.at_back(SUPERVISOR_AT_COUNTER)
    take_over = world.back.cases.take_over
    take_over.settle(world.press(), supervisor)
    clerk = world.at_front()
    world.front.cases.take_over.settle(world.press(), clerk)
    draft = entered(world, clerk)
    seen = take_over.shown(world.press(), supervisor)
    assert clerk.actor.staff_id in [one.staff_id for one in seen.seats]
    (lying,) = [one for one in seen.drafts if one.draft_id == draft.draft_id]
    assert (lying.ticket, lying.procedure, lying.terminal) == ("31", CLAIM, world.front.seat.terminal)
    taken = take_over.take(world.press(), supervisor, lying)
    assert (taken.facts, taken.cursor, taken.author) == (draft.facts, draft.cursor, clerk.actor.staff_id)
    with pytest.raises(SessionEnded) as ended:
        world.front.office.staff.standing(world.press(), clerk, locked=True)
    assert (ended.value.data["why"], ended.value.data["by"]) == ("supervisor", SUPERVISOR_AT_COUNTER)
    world.front.cases.sign_out(world.press(), clerk)
    _told_on_return(world, draft)
    mine = world.back.memory.work.draft(draft.draft_id)
    received = world.back.cases.hand_in(world.press(), supervisor, mine)
    assert isinstance(received, Received)
    acts = world.back.memory.journal.acts_of_visit(draft.visit_id)
    (act,) = [one for one in acts if one.kind == "draft.taken"]
    assert (act.staff_id, act.detail()["author"]) == (SUPERVISOR_AT_COUNTER, clerk.actor.staff_id)
    world.leave(world.back, supervisor)


def _told_on_return(world: World, draft: Draft) -> None:
    """The clerk comes back to the same terminal: the draft there is no longer theirs, and can't be handed in."""
    again = world.at_front()
    cases, work = world.front.cases, world.front.memory.work
    (told,) = [one for one in cases.take_over.losses(world.press(), again) if one.draft_id == draft.draft_id]
    assert (told.taken_by, told.terminal) == (SUPERVISOR_AT_COUNTER, world.back.seat.terminal)
    (mark,) = [one for one in work.drafts() if one.draft_id == draft.draft_id]
    assert mark.handed_in
    kinds = [one.kind for one in world.front.memory.journal.acts_of_visit(draft.visit_id)]
    assert kinds.count("draft.loss_told") == 1
    with pytest.raises(Refused) as refused:
        cases.hand_in(world.press(), again, work.draft(draft.draft_id))
    assert refused.value.reason == "draft_taken"
    world.leave(world.front, again)


def test_a_changed_password_opens_the_work_here_at_once_and_asks_for_the_former_one_once_elsewhere(
    world: World,
) -> None:
    """K-07, S03-6, S07-4."""
    old, new = world.cities.password, secret("はるのうみひねもすのたり")
    front, back = world.front.cases, world.back.cases
    world.leave(world.front, world.at_front(SUPERVISOR_AT_COUNTER))
    session = world.at_back(SUPERVISOR_AT_COUNTER)
    with pytest.raises(Refused, match="password_staff_number"):
        back.change_password(world.press(), session, Given(old), secret(f"{SUPERVISOR_AT_COUNTER}-no-himitsu"))
    back.change_password(world.press(), session, Given(old), new)
    world.leave(world.back, session)
    with pytest.raises(SignInRefused):
        back.sign_in.admit(world.press(), SUPERVISOR_AT_COUNTER, Given(old))
    here = back.sign_in.admit(world.press(), SUPERVISOR_AT_COUNTER, Given(new))
    assert isinstance(here, Session)
    world.leave(world.back, here)
    elsewhere = front.sign_in.admit(world.press(), SUPERVISOR_AT_COUNTER, Given(new))
    assert isinstance(elsewhere, Held)
    assert elsewhere.needs_former
    with pytest.raises(PasswordChanged):
        front.sign_in.begin(world.press(), elsewhere, Former(secret("ちがうパスワードです")))
    world.leave(world.front, front.sign_in.begin(world.press(), elsewhere, Former(old)))
    again = front.sign_in.admit(world.press(), SUPERVISOR_AT_COUNTER, Given(new))
    assert isinstance(again, Session)
    world.leave(world.front, again)
