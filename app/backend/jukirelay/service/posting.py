"""Writes to the communication server: one kind of letter for each kind of thing, one answer for each thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from app.backend.jukirelay.ports import CARD, DELIVERY, IDENTITY, MOVED_IN, MOVING_OUT, Outgoing
from app.errors import NotUnderstood
from app.link.letters import Correspondent, Neighbour
from app.wire.jukinet import (
    AllForwarded,
    AllTaken,
    Arrivals,
    AskArrivals,
    AskForwarded,
    CardEvent,
    CardEvents,
    DeliveryAddress,
    DeliveryAddresses,
    Forwarded,
    IdentityUpdate,
    IdentityUpdates,
    MovedIn,
    MovingOutData,
    SendMovedIn,
    SendMovingOut,
    Taken,
)
from app.wire.message import Message, decode

M = TypeVar("M", bound=Message)
Numbered = tuple[Outgoing, int]
"""A thing, and the number of the person's change (0 for what is not counted)."""
Write = Callable[[str, Sequence[Numbered]], tuple[str, Message]]


@dataclass(frozen=True, slots=True)
class NetworkNeighbours:
    """The communication server, as it is asked."""

    updates: Neighbour
    deliveries: Neighbour
    cards: Neighbour
    moving_out: Neighbour
    moved_in: Neighbour
    forwarded: Neighbour
    arrivals: Neighbour


class Posting:
    """Letters out and their answers back. ``places``: the municipalities of this process."""

    def __init__(self, post: Correspondent, near: NetworkNeighbours, places: Sequence[str]) -> None:
        self._post = post
        self._near = near
        self.places = tuple(places)
        self._ways: Mapping[str, tuple[Neighbour, Write]] = {
            IDENTITY: (near.updates, _updates),
            DELIVERY: (near.deliveries, _deliveries),
            CARD: (near.cards, _cards),
            MOVING_OUT: (near.moving_out, _moving_out),
            MOVED_IN: (near.moved_in, _moved_in),
        }

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds, in the order in which they go out of one claim."""
        return tuple(self._ways)

    def send(self, municipality: str, kind: str, items: Sequence[Numbered]) -> tuple[Taken, ...]:
        """What became of each. Errors: Unreachable; what the other side raised; NotUnderstood for another answer."""
        neighbour, write = self._ways[kind]
        letter_kind, message = write(municipality, items)
        answer = self._asked(neighbour, municipality, (letter_kind, message), ("juki-taken/1", AllTaken))
        if [one.item_id for one in answer.taken] != [one.item_id for one, _ in items]:
            raise NotUnderstood(what="item_id")
        return answer.taken

    def forwarded(self, municipality: str, item_ids: Sequence[str]) -> tuple[Forwarded, ...]:
        """How far things have got that were taken. Errors: as ``send``."""
        asked = AskForwarded(municipality=municipality, item_ids=tuple(item_ids))
        kinds = (("juki-ask-forwarded/1", asked), ("juki-forwarded/1", AllForwarded))
        answer = self._asked(self._near.forwarded, municipality, *kinds)
        if [one.item_id for one in answer.items] != list(item_ids):
            raise NotUnderstood(what="item_id")
        return answer.items

    def arrivals(self, municipality: str, done: Sequence[str]) -> Arrivals:
        """What has come for the register. ``done``: what is kept here and need not come again."""
        asked = AskArrivals(municipality=municipality, done=tuple(done))
        kinds = (("juki-ask-arrivals/1", asked), ("juki-arrivals/1", Arrivals))
        return self._asked(self._near.arrivals, municipality, *kinds)

    @staticmethod
    def code_after(one: Outgoing) -> str:
        """The 住民票コード of the person once the update is taken."""
        return decode(one.content, IdentityUpdate).identity.resident_code

    def _asked(
        self, neighbour: Neighbour, municipality: str, said: tuple[str, Message], gives: tuple[str, type[M]]
    ) -> M:
        letter = self._post.write(f"jukirelay@{municipality}", *said)
        answer = self._post.read(neighbour.ask(letter), *gives, "jukinet", municipality)
        if getattr(answer, "municipality", "") != municipality:
            raise NotUnderstood(what="municipality")
        return answer


def _updates(municipality: str, items: Sequence[Numbered]) -> tuple[str, Message]:
    numbered = tuple(
        msgspec.structs.replace(decode(one.content, IdentityUpdate), sequence=number) for one, number in items
    )
    return "juki-updates/1", IdentityUpdates(municipality=municipality, updates=numbered)


def _deliveries(municipality: str, items: Sequence[Numbered]) -> tuple[str, Message]:
    return "juki-deliveries/1", DeliveryAddresses(municipality=municipality, deliveries=_all(items, DeliveryAddress))


def _cards(municipality: str, items: Sequence[Numbered]) -> tuple[str, Message]:
    return "juki-cards/1", CardEvents(municipality=municipality, events=_all(items, CardEvent))


def _moving_out(municipality: str, items: Sequence[Numbered]) -> tuple[str, Message]:
    return "juki-send-moving-out/1", SendMovingOut(municipality=municipality, data=_all(items, MovingOutData))


def _moved_in(municipality: str, items: Sequence[Numbered]) -> tuple[str, Message]:
    return "juki-send-moved-in/1", SendMovedIn(municipality=municipality, notices=_all(items, MovedIn))


def _all(items: Sequence[Numbered], kind: type[M]) -> tuple[M, ...]:
    return tuple(decode(one.content, kind) for one, _ in items)
