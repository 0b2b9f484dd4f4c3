"""The supervisors' pages on an open counter: counters now, the office's numbers, who decides for whom."""

from collections.abc import Callable
from pathlib import Path

from app.client.counter import Counter
from app.domain.clock import Random
from app.services.ports.seat import Press
from app.ui.background import Lane
from app.ui.flows.admin_acts import Door, Page
from app.ui.flows.counter_now import CounterNowActs, counter_now_door, counter_now_page
from app.ui.flows.deputies import DeputiesActs, deputies_door, deputies_page
from app.ui.flows.numbers import NumbersActs, numbers_door, numbers_page
from app.ui.kit import Kit
from app.ui.window import Window

Keep = Callable[[str, str, str], Path | None]


def supervision_doors(kit: Kit) -> tuple[Door, ...]:
    """The ways to them, in their order."""
    return (counter_now_door(kit), numbers_door(kit), deputies_door(kit))


def supervision_pages(
    counter: Counter, face: tuple[Kit, Window], lane: Lane, press: Callable[[], Press], chance: tuple[Keep, Random]
) -> tuple[Page, ...]:
    """``chance``: how a file is kept, and where identifiers come from."""
    kit, window = face
    keep, random = chance
    supervise, procedures = counter.cases.supervise, counter.procedures
    return (
        counter_now_page(kit, window, CounterNowActs(press, lane, supervise, counter.cases.tend_stopped)),
        numbers_page(kit, window, NumbersActs(press, lane, supervise, procedures, keep)),
        deputies_page(kit, window, DeputiesActs(press, lane, supervise, procedures, lambda: random.token(16).hex())),
    )
