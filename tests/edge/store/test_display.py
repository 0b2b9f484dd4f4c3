"""The monitor that faces the resident is remembered on this PC, by what it is."""

import pytest

from app.services.ports.resident_display import Monitor
from app.store.display import DisplayBook
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring
FACING = Monitor("EIZO", "EV2795", "30217018", "DP-2")


def test_the_chosen_monitor_is_known_again_when_the_program_begins_anew(pc: CounterPc) -> None:
    assert DisplayBook(pc.memory.terminal).monitor() is None
    DisplayBook(pc.memory.terminal).remember(FACING)
    assert DisplayBook(pc.reopen().terminal).monitor() == FACING
    DisplayBook(pc.memory.terminal).remember(None)
    assert DisplayBook(pc.memory.terminal).monitor() is None


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (Monitor("EIZO", "EV2795", "30217018", "HDMI-1"), True),
        (Monitor("EIZO", "EV2795", "30217019", "DP-2"), False),
        (Monitor("", "", "", "DP-2"), False),
    ],
)
def test_by_its_serial_number_it_is_found_at_whatever_plug_and_no_other_is_taken_for_it(
    other: Monitor, *, is_same: bool
) -> None:
    assert FACING.is_same(other) is is_same


def test_without_a_serial_number_the_plug_tells_two_of_one_make_apart() -> None:
    one, other = Monitor("X", "Y", "", "DP-1"), Monitor("X", "Y", "", "DP-2")
    assert not one.is_same(other)
    assert one.is_same(Monitor("X", "Y", "", "DP-1"))
