"""C-10, R-029, R-030: who tries to take a screen along is kept; the older rule is the office's alone and off."""

from dataclasses import replace

import pytest

from app.domain.counter_rules import STRICTEST, CounterRules, Tightening
from app.errors import CopyNotAllowed
from app.services.keep_from_copying import KeepFromCopying, Tried
from tests.support.claims import HERE
from tests.unit.services.conftest import Desk

OLDER = CounterRules(older_copy_rule=True)


def case(counter: Desk, rules: CounterRules) -> KeepFromCopying:
    return KeepFromCopying(counter.journal, counter.seat, lambda: rules)


def test_each_try_is_an_act_with_the_screen_s_name_also_of_nobody(counter: Desk) -> None:
    session = counter.sign_in()
    keep = case(counter, CounterRules())
    keep.refused(counter.press(), session, Tried.CAPTURE, "identify")
    keep.refused(counter.press(), None, Tried.COPY, "sign_in")
    capture, copy = counter.journal.acts[-2:]
    assert (capture.kind, capture.staff_id, capture.detail()) == ("capture.refused", "c001", {"screen": "identify"})
    assert (copy.kind, copy.staff_id, copy.detail()) == ("copy.refused", "", {"screen": "sign_in"})
    assert copy.municipality == HERE


@pytest.mark.parametrize("rules", [CounterRules(), STRICTEST], ids=["nothing decided", "nothing known"])
def test_by_the_newer_rule_none_is_taken_and_that_holds_while_nothing_is_decided(
    counter: Desk, rules: CounterRules
) -> None:
    session, keep = counter.sign_in(), case(counter, rules)
    assert not keep.may_take()
    with pytest.raises(CopyNotAllowed):
        keep.take(counter.press(), session, "audit", "person")
    act = counter.journal.acts[-1]
    assert (act.kind, act.detail()["code"]) == ("capture.refused", "copy_not_allowed")


def test_by_the_older_rule_it_is_taken_with_one_of_the_known_reasons_and_that_is_kept(counter: Desk) -> None:
    session, keep = counter.sign_in(), case(counter, OLDER)
    keep.take(counter.press(), session, "handed_on", "person")
    act = counter.journal.acts[-1]
    assert (act.kind, act.detail()) == ("capture", {"screen": "person", "reason": "handed_on"})
    for reason in ("", "見本　花子のため"):
        with pytest.raises(CopyNotAllowed):
            keep.take(counter.press(), session, reason, "person")
        assert counter.journal.acts[-1].detail()["reason"] == ""


def test_a_pc_can_forbid_what_its_office_allows_and_never_the_other_way(counter: Desk) -> None:
    wish = Tightening(older_copy_rule=True)
    for rules in (CounterRules(), STRICTEST):
        assert not rules.tightened(wish).older_copy_rule
        assert rules.loosened(wish) == ("older_copy_rule",)
    assert OLDER.tightened(wish).older_copy_rule
    assert OLDER.tightened(Tightening()).older_copy_rule
    assert OLDER.tightened(replace(wish, older_copy_rule=False)).older_copy_rule is False
