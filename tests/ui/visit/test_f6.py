"""F6 in a visit: 責任者へ stands in the bar of keys just while it does something, and does that for who is marked."""

import pytest
from PySide6.QtCore import Qt

from app.ui.widgets.key_bar import KeyBar
from tests.ui.visit.conftest import Counter
from tests.unit.services.conftest import RESTRAINED, hit, record

SHIFT = Qt.KeyboardModifier.ShiftModifier


def under_f6(counter: Counter) -> str:
    """What the bar says of the key: "" where it is empty."""
    bar = counter.window.findChild(KeyBar)
    return bar._caps["F6"].accessibleName().removeprefix("F6").strip()


@pytest.fixture
def asked(counter: Counter) -> list[str]:
    """Of whom another person was asked to let them through."""
    found: list[str] = []
    counter.visit.doors.release.connect(lambda _visit, who: found.append(who.business_number))
    return found


def found_two(counter: Counter) -> None:
    """One who is under no restraint, and one who is, both in the list; the first is marked."""
    counter.desk.register.records[:] = [
        record(hit("1", name="見本　一")),
        record(hit("2", name="見本　一", restraints=RESTRAINED)),
    ]
    counter.start()
    counter.key(Qt.Key.Key_F3, SHIFT)
    counter.at("券面目視による本人確認")
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_F12)
    counter.at("住民検索")
    counter.type("見本　一")
    counter.key(Qt.Key.Key_F3)
    counter.says("該当する可能性のある人が複数います")


def mark(counter: Counter, number: str) -> None:
    """With the arrows, as a clerk does."""
    for _ in range(3):
        if counter.screen._hits.marked().business_number == number:
            return
        counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_Up)
    counter.key(Qt.Key.Key_Up)
    assert counter.screen._hits.marked().business_number == number


def test_f6_asks_to_let_through_who_is_marked_and_stands_there_for_nobody_else(
    counter: Counter, asked: list[str]
) -> None:
    counter.visit.doors.show_issue_offered(offered=True)
    found_two(counter)
    mark(counter, "1")
    assert under_f6(counter) == ""
    counter.key(Qt.Key.Key_F6)
    assert asked == []
    mark(counter, "2")
    assert under_f6(counter) == "責任者へ"
    counter.key(Qt.Key.Key_F6)
    assert asked == ["2"]


def test_who_may_not_issue_is_not_offered_f6(counter: Counter, asked: list[str]) -> None:
    counter.visit.doors.show_issue_offered(offered=False)
    found_two(counter)
    mark(counter, "2")
    assert under_f6(counter) == ""
    counter.key(Qt.Key.Key_F6)
    assert asked == []


def test_shift_f6_leads_to_the_other_ways_and_says_so(counter: Counter) -> None:
    counter.start()
    assert under_f6(counter) == "ほかの方法"
    counter.key(Qt.Key.Key_F6, SHIFT)
    counter.at("本人確認の方法")
