"""Who answers letters in the network: signatures and senders are checked, hours kept, answers signed."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.clock import Clock
from app.domain.exchange_rules import Hours
from app.errors import NotAllowed, NotUnderstood
from app.link.letters import Correspondent, municipality_of
from app.standin.jukinet.world import CARDS, NATIONAL, PREFECTURE, World
from app.wire.jukinet_network import (
    NetCardCheck,
    NetCardEvents,
    NetComparison,
    NetDeliveries,
    NetEnquiry,
    NetFetch,
    NetParcel,
    NetPost,
    NetReceipts,
    NetRefusal,
    NetUpdates,
)
from app.wire.letter import Letter
from app.wire.message import Message

Answer = Callable[[Any], tuple[str, Message]]
Answers = Mapping[str, tuple[type[Any], Answer]]
"""Letter kind → what is in it, and what answers it with which kind."""


class Parties:
    """Prefecture, national level and card management on one world."""

    def __init__(self, world: World, post: Correspondent, hours: Hours, clock: Clock) -> None:
        self.world = world
        self.hours = hours
        self._post = post
        self._clock = clock
        self._answers: Mapping[str, Answers] = {
            PREFECTURE: _of_prefecture(world),
            NATIONAL: _of_national(world),
            CARDS: _of_cards(world),
        }

    def answer(self, party: str, letter: Letter) -> Letter:
        """The signed answer of ``party``. Errors: NotAllowed, NotUnderstood; Refused for a signature that is wrong."""
        kinds = self._answers.get(party)
        if kinds is None or letter.kind not in kinds:
            raise NotUnderstood(what="kind")
        takes, does = kinds[letter.kind]
        asked = self._post.read(letter, letter.kind, takes, "jukinet")
        _demand_own(letter, asked)
        now = self._clock.now()
        if not self.hours.open_at(now):
            closed = NetRefusal(reason="closed", opens=self.hours.next_opening(now))
            return self._post.write(party, "net-refusal/1", closed)
        return self._post.write(party, *does(asked))


def _demand_own(letter: Letter, asked: Any) -> None:  # noqa: ANN401 -- any message of the network
    """Errors: NotAllowed where a municipality speaks for another one."""
    sender = municipality_of(letter)
    parcels: tuple[NetParcel, ...] = getattr(asked, "parcels", ())
    if asked.municipality != sender or any(one.sender != sender for one in parcels):
        raise NotAllowed


def _of_prefecture(world: World) -> Answers:
    def updates(asked: NetUpdates) -> tuple[str, Message]:
        return "net-receipts/1", NetReceipts(receipts=world.updates(asked.updates))

    def compare(asked: NetComparison) -> tuple[str, Message]:
        if asked.level == NATIONAL and NATIONAL in world.away:
            return "net-refusal/1", NetRefusal(reason="away")
        return "net-compared/1", world.compared(asked)

    return {"net-updates/1": (NetUpdates, updates), "net-comparison/1": (NetComparison, compare)}


def _of_national(world: World) -> Answers:
    def enquire(asked: NetEnquiry) -> tuple[str, Message]:
        return "net-found/1", world.enquired(asked)

    def post(asked: NetPost) -> tuple[str, Message]:
        return "net-receipts/1", NetReceipts(receipts=world.posted(asked.parcels))

    def fetch(asked: NetFetch) -> tuple[str, Message]:
        return "net-parcels/1", world.fetched(asked)

    return {"net-enquiry/1": (NetEnquiry, enquire), "net-post/1": (NetPost, post), "net-fetch/1": (NetFetch, fetch)}


def _of_cards(world: World) -> Answers:
    def deliveries(asked: NetDeliveries) -> tuple[str, Message]:
        return "net-receipts/1", NetReceipts(receipts=world.delivered(asked.deliveries))

    def events(asked: NetCardEvents) -> tuple[str, Message]:
        return "net-receipts/1", NetReceipts(receipts=world.stepped(asked.events))

    def check(asked: NetCardCheck) -> tuple[str, Message]:
        return "net-card-checked/1", world.checked(asked)

    return {
        "net-deliveries/1": (NetDeliveries, deliveries),
        "net-card-events/1": (NetCardEvents, events),
        "net-card-check/1": (NetCardCheck, check),
    }
