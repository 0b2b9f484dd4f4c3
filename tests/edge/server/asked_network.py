"""What is asked of each endpoint of the communication server: whoever has the right is not told no."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

from app.wire import jukinet_counter

_numbers = count(1)
_FOUR = jukinet_counter.NetworkFour(name="髙橋　花子", birth=date(1980, 1, 1))
_TASKS = {"claim": "child_allowance_claim", "move": "move_within_city"}
NETWORK_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/jukinet/v1/search": lambda about: jukinet_counter.SearchNetwork(procedure=_TASKS[about], four=_FOUR),
    "/jukinet/v1/enquire": lambda about: jukinet_counter.EnquireNational(procedure=_TASKS[about], four=_FOUR),
    "/jukinet/v1/check": lambda _: jukinet_counter.CheckIdentity(
        check_id=f"check-{next(_numbers)}",
        purpose="card",
        card_number="none",
        pin="1234",
        shown=jukinet_counter.NetworkFour(),
    ),
    "/jukinet/v1/card": lambda _: jukinet_counter.ReportCard(
        event_id=f"step-{next(_numbers)}",
        step="issue",
        card_number="none",
        event_day=date(2026, 11, 20),
        resident_code="99000000001",
    ),
    "/jukinet/v1/card/state": lambda _: jukinet_counter.AskCard(resident_code="99000000001"),
    "/jukinet/v1/backlog": lambda _: jukinet_counter.AskBacklog(),
    "/jukinet/v1/compare": lambda _: jukinet_counter.StartComparison(
        comparison_id=f"compare-{next(_numbers)}", level="national"
    ),
}
