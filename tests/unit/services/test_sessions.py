"""Signing in, locking, unlocking, signing out, as the clerk meets them."""

import pytest

from app.domain.secret import secret
from app.errors import OtherPerson, PasswordChanged, SignInRefused, Unreachable, WorkClosed
from app.services.entrance import Given
from app.services.lock import Why
from app.services.ports.memory import LockState
from app.services.save_draft import ResumeDraft
from app.services.sign_in import Former
from tests.unit.services.conftest import Desk


def test_signing_in_opens_the_work_and_is_kept_as_an_act(counter: Desk) -> None:
    session = counter.sign_in()
    assert counter.work.is_open
    assert session.actor.staff_id == "c001"
    assert counter.kinds == ["session.opened", "rules.kept"]
    assert counter.journal.acts[0].detail() == {"second_factor": "not_asked"}


def test_a_refused_sign_in_is_kept_without_what_was_typed(counter: Desk) -> None:
    with pytest.raises(SignInRefused):
        counter.sign_in("c001", secret("wrong"))
    (act,) = counter.journal.acts
    assert (act.kind, act.staff_id, act.detail()) == (
        "session.opened.refused",
        "",
        {"code": "office.sign_in_refused"},
    )
    assert not counter.work.is_open


def test_a_changed_password_asks_for_the_former_one_and_leaves_no_open_session(counter: Desk) -> None:
    counter.sign_out(counter.sign_in())
    counter.staff.passwords["c001"] = "あたらしい-3"
    with pytest.raises(PasswordChanged):
        counter.sign_in()
    assert counter.staff.signed_in == []
    counter.sign_in(former=Former(secret("はるのうみ-1")))
    assert counter.work.is_open


def test_a_forgotten_former_password_begins_anew(counter: Desk) -> None:
    session = counter.sign_in()
    counter.save(counter.press(), counter.draft(counter.visit(session)))
    counter.sign_out(session)
    counter.staff.passwords["c001"] = "あたらしい-3"
    counter.sign_in(former=Former(None))
    assert counter.work.drafts() == ()


def test_the_lock_closes_the_work_and_the_same_person_stands_in_the_same_place(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    draft = counter.save(counter.press(), counter.draft(visit).changed(cursor="claimant_phone"))
    counter.lock(counter.press(), session, Why.IDLE, visit.visit_id, draft.draft_id)
    with pytest.raises(WorkClosed):
        counter.work.drafts()
    state = counter.locks.lock_state()
    assert state is not None
    assert (state.staff_id, state.visit_id, state.draft_id) == ("c001", visit.visit_id, draft.draft_id)
    assert state.locked_at is not None
    counter.unlock(counter.press(), session, Given(secret("はるのうみ-1")))
    assert (
        ResumeDraft(counter.work, counter.journal)(counter.press(), session, draft.draft_id).cursor == "claimant_phone"
    )
    assert counter.kinds[-3:] == ["session.locked", "session.unlocked", "draft.resumed"]
    unlocked = counter.locks.lock_state()
    assert unlocked is not None
    assert unlocked.locked_at is None


def test_a_wrong_password_leaves_it_locked(counter: Desk) -> None:
    session = counter.sign_in()
    counter.lock(counter.press(), session, Why.ASKED)
    with pytest.raises(SignInRefused):
        counter.unlock(counter.press(), session, Given(secret("wrong")))
    assert not counter.work.is_open
    assert counter.kinds[-1] == "session.unlocked.refused"


def test_without_a_line_the_sealed_work_proves_the_password(counter: Desk) -> None:
    session = counter.sign_in()
    counter.lock(counter.press(), session, Why.ASKED)
    counter.line.is_down = True
    with pytest.raises(SignInRefused):
        counter.unlock(counter.press(), session, Given(secret("wrong")))
    counter.unlock(counter.press(), session, Given(secret("はるのうみ-1")))
    assert counter.work.is_open
    assert counter.journal.acts[-1].detail() == {"office_asked": False, "card": False, "password": True}


def test_another_person_does_not_unlock(counter: Desk) -> None:
    session = counter.sign_in("c002")
    counter.locks.set_lock_state(LockState("c001", counter.clock.now()))
    counter.work.close()
    with pytest.raises(OtherPerson):
        counter.unlock(counter.press(), session, Given(secret("なつのやま-2")))
    assert not counter.work.is_open


def test_signing_out_without_a_line_ends_everything_here(counter: Desk) -> None:
    session = counter.sign_in()
    counter.line.is_down = True
    counter.sign_out(session)
    assert not counter.work.is_open
    assert session.token.reveal() == bytes(len(session.token))
    assert counter.journal.acts[-1].detail() == {"office_told": False}
    with pytest.raises(Unreachable):
        counter.sign_in("c002")
