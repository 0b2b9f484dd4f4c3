"""How much of a lease is used up, whatever is done to the clocks of a PC."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.lease import BACK_S, Ending, LeaseCount, Reading

NINE = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
HOURS = 3600.0


def at(hours: float, run: float, boot: str = "b1") -> Reading:
    """The wall clock ``hours`` after nine, ``run`` hours after the machine was started."""
    return Reading(boot, run * HOURS, NINE + timedelta(hours=hours))


def lease(*later: Reading, office_h: float = 0.0) -> LeaseCount:
    """Eight hours given at nine, one hour after the machine was started, looked at again at each of ``later``."""
    count = LeaseCount(8 * HOURS, 0.0, at(0, 1))
    for reading in later:
        count = count.counted(reading, office_h * HOURS)
    return count


@pytest.mark.parametrize(
    ("later", "used_h"),
    [
        ((at(3, 4),), 3),
        ((at(1, 2), at(3, 4)), 3),
        ((at(0.5, 4),), 3),
        ((at(3, 2),), 3),
        ((at(3, 0.1, "b2"),), 3),
        ((at(0, 2.5, "b2"),), 2.5),
        ((at(3, 0.5, ""),), 3),
        ((at(2, 3), at(2.5, 0.1, "b2"), at(3, 0.6, "b2")), 3),
    ],
    ids=[
        "time passes, asleep or not",
        "looked at in between",
        "the wall clock is slowed: the machine's own counts",
        "the wall clock is moved forward: it counts",
        "restarted: the wall clock counts",
        "restarted, the wall clock stood still: the time since counts",
        "restarted on a system that does not name it",
        "worked, restarted, worked",
    ],
)
def test_the_larger_count_holds(later: tuple[Reading, ...], used_h: float) -> None:
    assert lease(*later).used_s == pytest.approx(used_h * HOURS)
    assert lease(*later).left_s == pytest.approx((8 - used_h) * HOURS)


@pytest.mark.parametrize("later", [at(-1, 2), at(-1, 0.1, "b2"), at(-24, 0.1, "b2")])
def test_a_wall_clock_set_back_ends_it_with_or_without_a_restart(later: Reading) -> None:
    assert lease(later).ended is Ending.CLOCK_BACK
    assert lease(later).left_s == 0.0


def test_setting_the_clock_forward_and_back_again_gains_nothing() -> None:
    assert lease(at(5, 1.1), at(0.2, 1.2)).ended is Ending.CLOCK_BACK


def test_a_clock_put_right_by_seconds_ends_nothing_and_gains_nothing_however_often() -> None:
    count = lease()
    for step in range(1, 201):
        back = timedelta(seconds=(BACK_S - 1) * step)
        reading = Reading("b1", HOURS + 60.0 * step, NINE + timedelta(minutes=step) - back)
        count = count.counted(reading)
    assert count.ended is Ending.RUNS
    assert count.used_s == pytest.approx(60.0 * 200)


@pytest.mark.parametrize(("hours", "ended"), [(7.999, Ending.RUNS), (8, Ending.OVER), (9, Ending.OVER)])
def test_it_ends_to_the_second(hours: float, ended: Ending) -> None:
    assert lease(at(hours, 1 + hours)).ended is ended


def test_what_has_ended_does_not_begin_again_when_the_clocks_go_back() -> None:
    over = lease(at(9, 10))
    assert over.counted(at(0, 1)) == over


def test_what_the_office_has_told_counts_too() -> None:
    assert lease(at(1, 2), office_h=4).used_s == pytest.approx(4 * HOURS)
    assert lease(at(1, 2), office_h=8).ended is Ending.OVER
