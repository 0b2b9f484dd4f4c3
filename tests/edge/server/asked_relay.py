"""What is asked of each endpoint of the boundary to the resident network: whoever has the right is not told no."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.wire import jukirelay_staff, register_network
from tests.support.slices import MORNING

_DAY = date(2026, 11, 20)
RELAY_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/register/v1/network": lambda _: register_network.AskNetworkState(business_number="100"),
    "/jukirelay/v1/state": lambda _: jukirelay_staff.AskForwarding(),
    "/jukirelay/v1/calendar": lambda _: jukirelay_staff.AskCalendar(),
    "/jukirelay/v1/span": lambda _: jukirelay_staff.ProposeSpan(
        span_id="span", kind="stop", since=MORNING, until=MORNING, reason="x"
    ),
    "/jukirelay/v1/reload": lambda _: jukirelay_staff.ReloadReplica(),
    "/jukirelay/v1/halted": lambda _: jukirelay_staff.AskHalted(),
    "/jukirelay/v1/linkage": lambda _: jukirelay_staff.AskLinkage(since=_DAY, until=_DAY),
    "/jukirelay/v1/systems": lambda _: jukirelay_staff.AskSystems(),
    "/jukirelay/v1/system": lambda _: jukirelay_staff.EnterSystem(system="no such sign"),
}
