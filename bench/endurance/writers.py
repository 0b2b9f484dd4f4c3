"""A thousand kills of processes that fill in a form, counted."""

import sys
import time

from bench.figures import Figure
from tests.support.killed_writers import PROMISE_S, kill_writers

KILLS, SMALL_KILLS = 1000, 4
SIDE_BY_SIDE, SMALL_SIDE_BY_SIDE = 14, 2


def writers(*, small: bool) -> list[Figure]:
    """Figures: kills, drafts that lost anything older than the promise, and those that came back in another field."""
    begun = time.monotonic()
    done = kill_writers(SMALL_KILLS if small else KILLS, SMALL_SIDE_BY_SIDE if small else SIDE_BY_SIDE)
    for fault in done.faults[:20]:
        print(fault, file=sys.stderr)
    wanted = SMALL_KILLS if small else KILLS
    return [
        Figure("soak_kill_writers", done.kills, "kills", goal=wanted, sense="value>=goal"),
        Figure("soak_kill_lost", done.lost, "drafts", goal=0, scale="older than 2 s"),
        Figure("soak_kill_elsewhere", done.elsewhere, "drafts", goal=0, scale="not in the same field"),
        Figure("soak_kill_oldest", done.oldest_s, "s", goal=PROMISE_S, scale="age of the oldest key that was lost"),
        Figure("soak_kill_seconds", time.monotonic() - begun, "s", goal=None if small else 600.0),
    ]
