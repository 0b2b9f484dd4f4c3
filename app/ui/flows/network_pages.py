"""The screens of the resident network and its boundary with their flows, made on first use; and their doors."""

from dataclasses import dataclass

from app.domain.clock import business_date
from app.domain.rights import holds
from app.services.keep_levels_same import APPROVE, COMPARE, STATE
from app.services.ports.seat import Session
from app.services.tend_boundary import LINKAGE, TEND
from app.services.use_network import CARD, CHECK, ENQUIRE, SEARCH
from app.ui.flows.boundary_halted import HaltedFlow
from app.ui.flows.boundary_hours import HoursFlow
from app.ui.flows.boundary_linkage import LinkageFlow
from app.ui.flows.boundary_person import PersonFlow
from app.ui.flows.boundary_span import SpanFlow
from app.ui.flows.network_ask import AskFlow
from app.ui.flows.network_card import CardFlow
from app.ui.flows.network_check import CheckFlow, Reader
from app.ui.flows.network_checked import CheckedFlow
from app.ui.flows.network_compare import CompareFlow
from app.ui.flows.network_flow import NetworkActs
from app.ui.flows.network_moving import MovingFlow
from app.ui.flows.network_queue import QueueFlow
from app.ui.flows.network_start import StartFlow
from app.ui.flows.network_wide import WideFlow
from app.ui.flows.pin_entry import PinFlow
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screens.admin import TaskShown
from app.ui.screens.boundary_halted import BoundaryHaltedScreen
from app.ui.screens.boundary_hours import BoundaryHoursScreen
from app.ui.screens.boundary_linkage import BoundaryLinkageScreen
from app.ui.screens.boundary_person import BoundaryPersonScreen
from app.ui.screens.boundary_span import BoundarySpanScreen
from app.ui.screens.network_ask import NetworkAskScreen
from app.ui.screens.network_card import NetworkCardScreen
from app.ui.screens.network_check import NetworkCheckScreen
from app.ui.screens.network_checked import NetworkCheckedScreen
from app.ui.screens.network_compare import NetworkCompareScreen
from app.ui.screens.network_moving import NetworkMovingScreen
from app.ui.screens.network_queue import NetworkQueueScreen
from app.ui.screens.network_start import NetworkStartScreen
from app.ui.screens.network_wide import NetworkWideScreen
from app.ui.window import Window

ACTS = {
    "network_check": CHECK,
    "network_card": CARD,
    "network_search": SEARCH,
    "network_enquire": ENQUIRE,
    "network_queue": STATE,
    "network_compare": COMPARE,
    "network_decide": APPROVE,
    "boundary_hours": STATE,
    "boundary_person": STATE,
    "boundary_halted": TEND,
    "boundary_linkage": LINKAGE,
}
"""Each door with the act whose right opens it."""


@dataclass(frozen=True)
class NetworkPages:
    """Every flow, each made when somebody first comes there; it knows its screen."""

    check: Late[CheckFlow]
    checked: Late[CheckedFlow]
    moving: Late[MovingFlow]
    wide: Late[WideFlow]
    card: Late[CardFlow]
    search: Late[AskFlow]
    enquire: Late[AskFlow]
    queue: Late[QueueFlow]
    compare: Late[CompareFlow]
    start: Late[StartFlow]
    decide: Late[CompareFlow]
    hours: Late[HoursFlow]
    span: Late[SpanFlow]
    halted: Late[HaltedFlow]
    person: Late[PersonFlow]
    linkage: Late[LinkageFlow]


def make_pages(face: tuple[Kit, Window], acts: NetworkActs, hands: tuple[Reader, PinFlow]) -> NetworkPages:
    """Every screen and its flow; nobody is in one yet."""
    kit, window = face
    return NetworkPages(
        check=Late(window, lambda: CheckFlow(kit, NetworkCheckScreen(kit), acts, hands)),
        checked=Late(window, lambda: CheckedFlow(kit, NetworkCheckedScreen(kit), acts)),
        moving=Late(window, lambda: MovingFlow(kit, NetworkMovingScreen(kit), acts)),
        wide=Late(window, lambda: WideFlow(kit, NetworkWideScreen(kit), acts)),
        card=Late(window, lambda: CardFlow(kit, NetworkCardScreen(kit), acts)),
        search=Late(window, lambda: AskFlow(kit, NetworkAskScreen(kit, enquires=False), acts, enquires=False)),
        enquire=Late(window, lambda: AskFlow(kit, NetworkAskScreen(kit, enquires=True), acts, enquires=True)),
        queue=Late(window, lambda: QueueFlow(kit, NetworkQueueScreen(kit), acts)),
        compare=Late(window, lambda: CompareFlow(kit, NetworkCompareScreen(kit, decides=False), acts, decides=False)),
        start=Late(window, lambda: StartFlow(kit, NetworkStartScreen(kit), acts)),
        decide=Late(window, lambda: CompareFlow(kit, NetworkCompareScreen(kit, decides=True), acts, decides=True)),
        hours=Late(window, lambda: HoursFlow(kit, BoundaryHoursScreen(kit), acts)),
        span=Late(window, lambda: SpanFlow(kit, BoundarySpanScreen(kit), acts)),
        halted=Late(window, lambda: HaltedFlow(kit, BoundaryHaltedScreen(kit), acts)),
        person=Late(window, lambda: PersonFlow(kit, BoundaryPersonScreen(kit), acts)),
        linkage=Late(window, lambda: LinkageFlow(kit, BoundaryLinkageScreen(kit), acts)),
    )


def doors(kit: Kit) -> tuple[TaskShown, ...]:
    """The doors, in their order."""
    words = kit.texts.network
    return (
        TaskShown("network_check", words.group_counter, words.check, words.check_text),
        TaskShown("network_card", words.group_counter, words.card, words.card_text),
        TaskShown("network_search", words.group_counter, words.search, words.search_text),
        TaskShown("network_enquire", words.group_counter, words.enquire, words.enquire_text),
        TaskShown("network_queue", words.group_levels, words.queue, words.queue_text),
        TaskShown("network_compare", words.group_levels, words.compare, words.compare_text),
        TaskShown("network_decide", words.group_levels, words.decide, words.decide_text),
        TaskShown("boundary_hours", words.group_boundary, words.hours, words.hours_text),
        TaskShown("boundary_person", words.group_boundary, words.person, words.person_text),
        TaskShown("boundary_halted", words.group_boundary, words.halted, words.halted_text),
        TaskShown("boundary_linkage", words.group_boundary, words.linkage, words.linkage_text),
    )


def offers(kit: Kit, session: Session) -> frozenset[str]:
    """The doors that are open to this person today, for whatever task."""
    day = business_date(kit.clock.now())
    held = {one.act for one in session.actor.rights if holds(one.since, one.until, day)}
    return frozenset(door for door, act in ACTS.items() if act in held)
