"""C-02, C-03, R-023, S03-6: proposals of several changes, taken back, planned; tries with causes; on both engines."""

from datetime import date, timedelta

import pytest

from app.backend.staff.service.tries import KEPT
from app.errors import Conflict, NotAllowed, Refused, SignInRefused
from app.shipped import read_toml
from app.wire.staff import RightRow
from app.wire.staff_change import (
    AnyChange,
    AskChanges,
    AskPlan,
    AskSignIns,
    BundleChange,
    DecideChange,
    DepartmentChange,
    PersonChange,
    PostRow,
    PostsChange,
    RightsChange,
    TerminalChange,
    Transfer,
)
from tests.edge.backend.staff.test_changes import (
    APRIL,
    CLERK,
    FIRST,
    OWN_PASSWORD,
    PASSWORD,
    READ,
    SECOND,
    THIRD,
    VISIT,
    Hall,
    hall,
    kinds,
)
from tests.support.slices import KITA

__all__ = ["hall"]

NEW = PersonChange(staff_id="n1", name="新任　光", municipality_name="市", office="区役所")
CONTRACT = PostRow(department="相談", since=None, until=date(2027, 3, 31))


def test_a_newcomer_with_department_post_and_right_is_one_proposal(hall: Hall) -> None:
    """S03-6."""
    parts = (
        PostsChange(staff_id="n1", posts=(CONTRACT,)),
        RightsChange(staff_id="n1", rights=(VISIT,)),
        NEW,
        DepartmentChange(department="相談", sections=("子ども",), rights=(READ,)),
        TerminalChange(terminal="T-9", window="9", display_hidden=True),
    )
    row = hall.propose(BundleChange(parts=parts))
    with pytest.raises(NotAllowed):
        hall.approve(row, FIRST)
    with pytest.raises(SignInRefused):
        hall.sign_in("n1", "x")
    password = hall.approve(row).first_password
    session = hall.sign_in("n1", password)
    hall.change_password(session, password, OWN_PASSWORD)
    assert (session.department, hall.rights(session)) == ("相談", {("visit.open", "*"), ("application.read", "claim")})
    assert hall.staff.terminal(KITA, "T-9").display_checked_by == FIRST
    hall.slice_.clock.at = hall.slice_.clock.at.replace(year=2027, month=4, day=1)
    with pytest.raises(SignInRefused):
        hall.sign_in("n1", OWN_PASSWORD)


def test_nobody_agrees_to_a_bundle_that_is_also_about_them(hall: Hall) -> None:
    rights = tuple(RightsChange(staff_id=one, rights=(VISIT,)) for one in (CLERK, SECOND))
    row = hall.propose(BundleChange(parts=rights))
    with pytest.raises(NotAllowed):
        hall.approve(row, SECOND)
    assert hall.approve(row, THIRD).outcome == "approved"
    assert hall.person(CLERK).rights == hall.person(SECOND).rights == (VISIT,)


CAN_NOT_BE: dict[str, AnyChange] = {
    "nothing_to_change": BundleChange(parts=()),
    "said_twice": BundleChange(parts=(PostsChange(staff_id=CLERK, posts=()),) * 2),
    "several_new": BundleChange(
        parts=(NEW, PersonChange(staff_id="n2", name="新任　薫", municipality_name="市", office="区役所"))
    ),
    "unknown_staff": BundleChange(parts=(NEW, PostsChange(staff_id="n3", posts=()))),
    "unknown_department": BundleChange(parts=(NEW, PostsChange(staff_id="n1", posts=(CONTRACT,)))),
    "period_reversed": RightsChange(
        staff_id=CLERK,
        rights=(RightRow(act="a", procedure="*", item_class="*", since=APRIL, until=date(2027, 3, 1)),),
    ),
}


@pytest.mark.parametrize("store_engine", ["sqlcipher"])
@pytest.mark.parametrize("reason", CAN_NOT_BE)
def test_a_bundle_that_can_not_be_is_refused_with_its_sentence(hall: Hall, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        hall.propose(CAN_NOT_BE[reason])
    assert refused.value.reason == reason
    assert reason in read_toml("text", "ja.toml")["refusal"]


def test_a_bundle_is_stale_once_one_of_its_parts_is(hall: Hall) -> None:
    row = hall.propose(
        BundleChange(parts=(RightsChange(staff_id=CLERK, rights=(READ,)), PostsChange(staff_id=THIRD, posts=())))
    )
    hall.done(RightsChange(staff_id=THIRD, rights=(VISIT,)))
    assert [one.stale for one in hall.changes.changes(hall.by(FIRST), AskChanges()).rows] == [True]
    with pytest.raises(Conflict):
        hall.approve(row)
    assert hall.person(CLERK).rights != (READ,)


def test_only_who_proposed_takes_a_wish_back_and_it_is_recorded(hall: Hall) -> None:
    row = hall.propose(PostsChange(staff_id=CLERK, posts=()))
    asked = DecideChange(change_id=row.change_id)
    with pytest.raises(NotAllowed):
        hall.changes.withdraw(hall.by(SECOND), asked)
    assert hall.changes.withdraw(hall.by(FIRST), asked).outcome == "withdrawn"
    with pytest.raises(Conflict):
        hall.approve(row)
    assert kinds(hall)[-1] == "staff.change_withdrawn"
    (kept,) = hall.changes.changes(hall.by(SECOND), AskChanges(decided=True)).rows
    assert (kept.outcome, kept.decided_by, kept.stale) == ("withdrawn", FIRST, False)


def test_a_plan_says_for_each_transfer_what_comes_of_it_or_why_it_can_not_be(hall: Hall) -> None:
    moves = Transfer(staff_id=CLERK, leaves="子ども", department="住民", on=APRIL, rights=(READ,))
    wrong = Transfer(staff_id=CLERK, leaves="総務", department="住民", on=APRIL)
    nobody = Transfer(staff_id="k999", leaves="", department="住民", on=APRIL)
    first, second, third = hall.changes.plan(hall.by(FIRST), AskPlan(transfers=(moves, wrong, nobody))).rows
    eve = APRIL - timedelta(days=1)
    assert first.posts_after == (PostRow(department="子ども", until=eve), PostRow(department="住民", since=APRIL))
    assert {(one.act, one.until) for one in first.rights_on} == {
        ("visit.open", eve), ("application.read", eve), ("application.read", None),
    }  # fmt: skip
    assert (second.refused, third.refused) == ("other_post", "unknown_staff")
    assert hall.person(CLERK).posts == (PostRow(department="子ども"),)


def test_tries_stand_with_their_cause_and_a_mistyped_password_in_no_list(hall: Hall) -> None:
    """C-10: the person is told nothing of it, administrators are."""
    hall.sign_in()
    for staff_id, password in ((CLERK, "ちがう"), (PASSWORD, PASSWORD), (THIRD, "ちがう")):
        hall.slice_.clock.move(seconds=1)
        with pytest.raises(SignInRefused):
            hall.sign_in(staff_id, password)
    hall.done(PostsChange(staff_id=THIRD, posts=()))
    hall.slice_.clock.move(seconds=1)
    with pytest.raises(SignInRefused):
        hall.sign_in(THIRD)
    tries = hall.changes.sign_ins(hall.by(FIRST), AskSignIns()).rows
    assert [(one.staff_id, one.cause) for one in tries] == [
        (THIRD, "not_in_service"), (THIRD, "password"), ("", "unknown_person"), (CLERK, "password"), (CLERK, ""),
    ]  # fmt: skip
    assert {one.terminal for one in tries} == {"T-1"}
    words = read_toml("text", "ja.toml")["word"]["sign_in_cause"]
    assert {one.cause for one in tries if one.cause} <= words.keys()
    refused = hall.changes.sign_ins(hall.by(FIRST), AskSignIns(refused=True)).rows
    assert refused == tries[:-1]
    assert kinds(hall)[-1] == "staff.sign_ins_read"
    hall.slice_.clock.at += KEPT + timedelta(seconds=2)
    hall.sign_in()
    assert len(hall.changes.sign_ins(hall.by(FIRST), AskSignIns()).rows) == 1
