"""A window that began anew while it was locked, and the office's time until a lock becomes a sign-out."""

from app.ui.screens.locked import LockReason
from tests.ui.entrance.conftest import Desk


def test_a_window_that_began_anew_stands_locked_and_the_minutes_before_count(desk: Desk) -> None:
    """C-05, C-07, R-026: neutral from its first moment, and a new beginning prolongs nothing."""
    ended: list[bool] = []
    desk.flow.given_up.connect(lambda: ended.append(True))
    desk.flow.stand_locked(LockReason.IDLE, desk.clock.monotonic() - 890)
    assert desk.window.is_locked()
    assert desk.display.is_neutral()
    desk.clock.move(9)
    desk.flow.look()
    assert ended == []
    desk.clock.move(1)
    desk.flow.look()
    assert ended == [True]


def test_the_signed_rules_change_how_long_it_may_stay_locked(desk: Desk) -> None:
    """C-05: five minutes where the office says so, whatever held when the program began."""
    ended: list[bool] = []
    desk.flow.given_up.connect(lambda: ended.append(True))
    desk.flow.set_longest(300)
    desk.flow.lock(LockReason.ASKED)
    desk.clock.move(299)
    desk.flow.look()
    assert ended == []
    desk.clock.move(1)
    desk.flow.look()
    assert ended == [True]
