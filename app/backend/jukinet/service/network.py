"""The resident network over letters: prefecture, national level and card management, each on a line of its own."""

from dataclasses import dataclass
from typing import TypeVar

from app.errors import Refused
from app.link.letters import Correspondent, Neighbour
from app.wire.jukinet_network import (
    NetCardCheck,
    NetCardChecked,
    NetCardEvents,
    NetCompared,
    NetComparison,
    NetDeliveries,
    NetEnquiry,
    NetFetch,
    NetFound,
    NetParcels,
    NetPost,
    NetReceipts,
    NetRefusal,
    NetUpdates,
)
from app.wire.message import Message

A = TypeVar("A", bound=Message)


@dataclass(frozen=True, slots=True)
class NetworkLines:
    """Who is asked where."""

    prefecture: Neighbour
    national: Neighbour
    cards: Neighbour


class LetterNetwork:
    """See ``Network`` and ``CardTerminal``: what is asked goes out and comes back signed."""

    def __init__(self, post: Correspondent, lines: NetworkLines) -> None:
        self._post = post
        self._lines = lines

    def updates(self, asked: NetUpdates) -> NetReceipts:
        return self._ask("prefecture", asked.municipality, ("net-updates/1", asked), ("net-receipts/1", NetReceipts))

    def compare(self, asked: NetComparison) -> NetCompared:
        return self._ask("prefecture", asked.municipality, ("net-comparison/1", asked), ("net-compared/1", NetCompared))

    def enquire(self, asked: NetEnquiry) -> NetFound:
        return self._ask("national", asked.municipality, ("net-enquiry/1", asked), ("net-found/1", NetFound))

    def post(self, asked: NetPost) -> NetReceipts:
        return self._ask("national", asked.municipality, ("net-post/1", asked), ("net-receipts/1", NetReceipts))

    def fetch(self, asked: NetFetch) -> NetParcels:
        return self._ask("national", asked.municipality, ("net-fetch/1", asked), ("net-parcels/1", NetParcels))

    def deliveries(self, asked: NetDeliveries) -> NetReceipts:
        return self._ask("cards", asked.municipality, ("net-deliveries/1", asked), ("net-receipts/1", NetReceipts))

    def card_events(self, asked: NetCardEvents) -> NetReceipts:
        return self._ask("cards", asked.municipality, ("net-card-events/1", asked), ("net-receipts/1", NetReceipts))

    def check(self, asked: NetCardCheck) -> NetCardChecked:
        return self._ask(
            "cards", asked.municipality, ("net-card-check/1", asked), ("net-card-checked/1", NetCardChecked)
        )

    def _ask(self, whom: str, municipality: str, asked: tuple[str, Message], gives: tuple[str, type[A]]) -> A:
        """The answer of ``whom`` under its signature. Errors: Unreachable; Refused ``network_closed`` and others."""
        lines = {"prefecture": self._lines.prefecture, "national": self._lines.national, "cards": self._lines.cards}
        reply = lines[whom].ask(self._post.write(f"jukinet@{municipality}", *asked))
        if reply.kind == "net-refusal/1":
            refusal = self._post.read(reply, reply.kind, NetRefusal, whom)
            opens = 0 if refusal.opens is None else int(refusal.opens.timestamp())
            raise Refused(f"network_{refusal.reason}", opens=opens)
        return self._post.read(reply, *gives, whom)
