"""The counter's rooms at a real window: none is made at the start, and a lock knows each one that is made later."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.late import Late
from app.ui.screens.sign_in import SignInScreen
from app.ui.set_aside import SetAside
from tests.edge.remote.test_leaving import Seat, seat

__all__ = ["seat"]

pytestmark = [pytest.mark.keyring, pytest.mark.timeout(600)]  # it makes every room there is


def lates(seat: Seat) -> list[Late[object]]:
    return seat.desktop.window.findChildren(Late)


def make_all(seat: Seat) -> int:
    """Those within a room that was just made too; how many there are."""
    count = 0
    while waiting := [one for one in lates(seat) if one.made is None]:
        for one in waiting:
            one.now()
            count += 1
    return count


def unknown(aside: SetAside) -> list[str]:
    """Our own parts that a lock would find and does not know as they were when they were empty."""
    known = {id(one) for one in aside._parts}
    found = (part for part, _ in aside._all.look(at_all=True) if id(part) not in known)
    return [type(part).__name__ for part in found if type(part).__module__.startswith("app.")]


def test_no_room_is_made_at_the_start_nor_by_signing_in_or_out(seat: Seat) -> None:
    assert len(lates(seat)) >= 9
    assert [one.made for one in lates(seat)] == [None] * len(lates(seat))
    seat.desktop.visit.saving.emit()
    seat.desktop.visit.visit_over.emit()
    seat.desktop.visit.sign_out_asked.emit()
    assert isinstance(seat.desktop.window.current, SignInScreen)
    assert [one.made for one in lates(seat)] == [None] * len(lates(seat))


def test_a_lock_knows_every_part_of_every_room_however_late_it_was_made(seat: Seat) -> None:
    aside = seat.desktop._leaving.put_away._aside
    before = len(QApplication.allWidgets())
    assert unknown(aside) == []
    assert make_all(seat) >= 9
    assert len(QApplication.allWidgets()) > 3 * before
    assert unknown(aside) == []


def test_a_room_that_was_made_in_one_session_is_left_when_that_session_ends(seat: Seat) -> None:
    seat.desktop.visit.others_asked.emit()
    doors = seat.desktop.window.current
    assert doors is not None
    assert doors.title == seat.desktop.kit.texts.office.title
    make_all(seat)
    seat.desktop.visit.sign_out_asked.emit()
    assert isinstance(seat.desktop.window.current, SignInScreen)
    seat.desktop.visit.others_asked.emit()
    assert isinstance(seat.desktop.window.current, SignInScreen), "nobody works here any more"
