"""What the communication server offers over the network: to counters, and with letters to the register's boundary."""

from dataclasses import dataclass

from app.backend.jukinet.service.asking import ENQUIRE, Asking
from app.backend.jukinet.service.backlog import BACKLOG, Backlog
from app.backend.jukinet.service.cardlook import CardLook
from app.backend.jukinet.service.cards import CARD, CardDesk
from app.backend.jukinet.service.checking import CHECK, NUMBER, Checking
from app.backend.jukinet.service.comparing import COMPARE, Comparing
from app.backend.jukinet.service.moving import MOVING_IN, WIDE_AREA, Moving
from app.backend.jukinet.service.resolving import APPROVE, Resolving
from app.backend.jukinet.service.taking import RELAY, Taking
from app.domain.network_search import NETWORK_SEARCH
from app.link.letters import letter_endpoint
from app.wire import jukinet_counter as wire
from app.wire.endpoint import Endpoint

PATH = "/jukinet/v1"


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases that counters ask for."""

    asking: Asking
    checking: Checking
    moving: Moving
    cards: CardDesk
    card_look: CardLook
    comparing: Comparing
    resolving: Resolving
    backlog: Backlog


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """What members of staff may ask, each behind a right of its own."""
    return (
        Endpoint(
            path=f"{PATH}/search",
            act=NETWORK_SEARCH,
            takes=wire.SearchNetwork,
            gives=wire.NetworkHits,
            does=desk.asking.search,
        ),
        Endpoint(
            path=f"{PATH}/enquire",
            act=ENQUIRE,
            takes=wire.EnquireNational,
            gives=wire.NationalAnswer,
            does=desk.asking.enquire,
        ),
        Endpoint(
            path=f"{PATH}/check",
            act=CHECK,
            takes=wire.CheckIdentity,
            gives=wire.IdentityChecked,
            does=desk.checking.check,
        ),
        Endpoint(
            path=f"{PATH}/number",
            act=NUMBER,
            takes=wire.FetchNumber,
            gives=wire.NumberFetched,
            does=desk.checking.number,
        ),
        Endpoint(
            path=f"{PATH}/moving-in", act=MOVING_IN, takes=wire.OpenMovingIn, gives=wire.MovingIn, does=desk.moving.open
        ),
        Endpoint(
            path=f"{PATH}/wide-area",
            act=WIDE_AREA,
            takes=wire.AskWideAreaCopy,
            gives=wire.WideAreaAnswer,
            does=desk.moving.ask_copy,
        ),
        Endpoint(
            path=f"{PATH}/wide-area/copy",
            act=WIDE_AREA,
            takes=wire.OpenWideAreaCopy,
            gives=wire.WideAreaAnswer,
            does=desk.moving.copy,
        ),
        Endpoint(path=f"{PATH}/card", act=CARD, takes=wire.ReportCard, gives=wire.CardReported, does=desk.cards.report),
        Endpoint(
            path=f"{PATH}/card/state", act=CARD, takes=wire.AskCard, gives=wire.CardView, does=desk.card_look.look
        ),
        Endpoint(
            path=f"{PATH}/backlog",
            act=BACKLOG,
            takes=wire.AskBacklog,
            gives=wire.NetworkBacklog,
            does=desk.backlog.show,
        ),
    )


def comparison_endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Comparisons and their differences: who proposes and who approves have rights of their own."""
    return (
        Endpoint(
            path=f"{PATH}/compare",
            act=COMPARE,
            takes=wire.StartComparison,
            gives=wire.Comparison,
            does=desk.comparing.start,
        ),
        Endpoint(
            path=f"{PATH}/comparison",
            act=COMPARE,
            takes=wire.AskComparison,
            gives=wire.Comparison,
            does=desk.resolving.show,
        ),
        Endpoint(
            path=f"{PATH}/comparison/propose",
            act=COMPARE,
            takes=wire.ProposeResolution,
            gives=wire.DifferenceRow,
            does=desk.resolving.propose,
        ),
        Endpoint(
            path=f"{PATH}/decide/comparison",
            act=APPROVE,
            takes=wire.AskComparison,
            gives=wire.Comparison,
            does=desk.resolving.show,
        ),
        Endpoint(
            path=f"{PATH}/decide/difference",
            act=APPROVE,
            takes=wire.DecideResolution,
            gives=wire.DifferenceRow,
            does=desk.resolving.decide,
        ),
    )


def letter_endpoints(taking: Taking) -> tuple[Endpoint, ...]:
    """What the register's boundary brings and fetches."""
    return (
        letter_endpoint(f"{PATH}/updates", RELAY, taking.updates),
        letter_endpoint(f"{PATH}/deliveries", RELAY, taking.deliveries),
        letter_endpoint(f"{PATH}/cards", RELAY, taking.cards),
        letter_endpoint(f"{PATH}/moving-out", RELAY, taking.moving_out),
        letter_endpoint(f"{PATH}/moved-in", RELAY, taking.moved_in),
        letter_endpoint(f"{PATH}/forwarded", RELAY, taking.forwarded),
        letter_endpoint(f"{PATH}/arrivals", RELAY, taking.arrivals),
    )
