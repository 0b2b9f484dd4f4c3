"""Changes that are collected: replaced, undone, taken out, and how everything would stand with them."""

from datetime import UTC, date, datetime

from app.services.change_draft import ChangeDraft, overlaid
from app.wire.staff import RightRow
from app.wire.staff_change import (
    BundleChange,
    DepartmentChange,
    DepartmentRow,
    PersonChange,
    PersonRow,
    PostRow,
    PostsChange,
    RightsChange,
    Roster,
    TerminalChange,
)

HERE = PostRow(department="子ども")
RIGHT = RightRow(act="visit.open", procedure="*", item_class="*")
CLERK = PersonRow(staff_id="k1", name="北　一郎", office="区役所", active=True, posts=(HERE,), rights=(), effective=())
CHILDREN = DepartmentRow(department="子ども", sections=("子ども",), rights=())
ROSTER = Roster(people=(CLERK,), departments=(CHILDREN,), terminals=(), sessions=(), sections={})
NEW = PersonChange(staff_id="n1", name="新任　光", municipality_name="市", office="区役所")


def test_the_last_word_on_a_subject_counts_and_each_step_can_be_undone() -> None:
    leaves = PostsChange(staff_id="k1", posts=(PostRow(department="子ども", until=date(2027, 3, 31)),))
    draft = ChangeDraft().put(RightsChange(staff_id="k1", rights=(RIGHT,)), ROSTER)
    draft = draft.put(leaves, ROSTER).put(PostsChange(staff_id="k1", posts=()), ROSTER)
    assert [type(one) for one in draft.changes] == [RightsChange, PostsChange]
    assert overlaid(ROSTER, draft.changes).people[0].posts == ()
    assert overlaid(ROSTER, draft.undone().changes).people[0].posts == leaves.posts
    assert draft.undone().undone().undone().undone() == ChangeDraft()


def test_what_changes_nothing_is_left_out() -> None:
    draft = ChangeDraft().put(RightsChange(staff_id="k1", rights=(RIGHT,)), ROSTER)
    assert draft.put(RightsChange(staff_id="k1", rights=()), ROSTER).changes == ()
    assert ChangeDraft().put(PostsChange(staff_id="k1", posts=(HERE,)), ROSTER) == ChangeDraft()
    same = DepartmentChange(department="子ども", sections=("子ども",), rights=())
    assert ChangeDraft().put(same, ROSTER) == ChangeDraft()
    assert ChangeDraft().put(TerminalChange(terminal="T-1", window="1"), ROSTER).changes


def test_a_newcomer_who_is_taken_out_takes_posts_and_rights_along() -> None:
    draft = ChangeDraft().put(NEW, ROSTER)
    draft = draft.put(PostsChange(staff_id="n1", posts=(HERE,)), ROSTER).put(
        RightsChange(staff_id="n1", rights=(RIGHT,)), ROSTER
    )
    assert isinstance(draft.as_one(), BundleChange)
    assert [one.staff_id for one in overlaid(ROSTER, draft.changes).people] == ["k1", "n1"]
    assert draft.without(0).changes == ()
    assert draft.without(0).undone() == draft
    assert len(draft.without(2).changes) == 2
    assert draft.undone().undone().as_one() == NEW


def test_terminals_stand_as_they_would() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    enrolled = overlaid(ROSTER, (TerminalChange(terminal="T-1", window="1"),), now)
    assert enrolled.terminals[0].window == "1"
    shut = overlaid(enrolled, (TerminalChange(terminal="T-1", window="1", revoked=True),), now)
    assert shut.terminals[0].revoked_at == now
