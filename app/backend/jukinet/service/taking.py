"""Takes what the register's boundary hands over: updates in order and once, deliveries, cards, moves (S06-1, 7, 8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.backend.jukinet.ports import NetworkBook, NetworkUnit
from app.backend.jukinet.service.accepting import (
    Accept,
    accept_card,
    accept_delivery,
    accept_parcel,
    accept_update,
)
from app.backend.jukinet.service.acting import demand_id, own_act
from app.backend.jukinet.service.arriving import hand_on
from app.backend.jukinet.service.sending import Content, NotTaken, forwarded_of, hand_out, known
from app.domain.clock import Clock
from app.domain.number import ReadNumber
from app.domain.resident_network_rules import NetworkRules
from app.errors import AppError, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire.jukinet import (
    AllForwarded,
    AllTaken,
    AskArrivals,
    AskForwarded,
    CardEvents,
    DeliveryAddresses,
    IdentityUpdates,
    SendMovedIn,
    SendMovingOut,
    Taken,
)
from app.wire.jukinet_network import NetParcel
from app.wire.letter import Letter
from app.wire.message import Message

M = TypeVar("M", bound=Message)
MOST = 64
"""Items in one letter."""
RELAY = "jukirelay"


@dataclass(frozen=True, slots=True)
class Offered:
    """One item of a letter. ``until``: when it is given up and forgotten; None: never."""

    item_id: str
    act: str
    content: Content
    accept: Accept
    until: date | None = None


class Taking:
    """What jukirelay asks with letters. ``wake``: something is to go out."""

    def __init__(
        self,
        book: NetworkBook,
        post: Correspondent,
        rules: NetworkRules,
        clock: Clock,
        read_number: ReadNumber,
        wake: Callable[[], None],
    ) -> None:
        self._book = book
        self._post = post
        self._rules = rules
        self._clock = clock
        self._read_number = read_number
        self._wake = wake

    def updates(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """``juki-updates/1``."""
        return self._each(letters, "juki-updates/1", IdentityUpdates, self._updates)

    def deliveries(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """``juki-deliveries/1``."""
        return self._each(letters, "juki-deliveries/1", DeliveryAddresses, _deliveries)

    def cards(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """``juki-cards/1``."""
        return self._each(letters, "juki-cards/1", CardEvents, _cards)

    def moving_out(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """``juki-send-moving-out/1``."""
        return self._each(letters, "juki-send-moving-out/1", SendMovingOut, self._moving_out)

    def moved_in(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """``juki-send-moved-in/1``."""
        return self._each(letters, "juki-send-moved-in/1", SendMovedIn, _moved_in)

    def forwarded(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """``juki-ask-forwarded/1``."""

        def each(letter: Letter) -> Letter:
            asked, place = self._read(letter, "juki-ask-forwarded/1", AskForwarded)
            now, hours = self._clock.now(), self._rules.hours
            opens = None if hours.open_at(now) else hours.next_opening(now)
            items = self._book.read(
                lambda unit: tuple(forwarded_of(unit, place, one, opens) for one in asked.item_ids[:MOST])
            )
            return self._write(place, "juki-forwarded/1", AllForwarded(municipality=place, items=items))

        return answer_each(letters, each)

    def arrivals(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """``juki-ask-arrivals/1``."""

        def each(letter: Letter) -> Letter:
            asked, place = self._read(letter, "juki-ask-arrivals/1", AskArrivals)
            at = self._clock.now()
            arrived = self._book.write(lambda unit: hand_on(unit, place, asked.done, at))
            return self._write(place, "juki-arrivals/1", arrived)

        return answer_each(letters, each)

    def _updates(self, place: str, asked: IdentityUpdates) -> list[Offered]:  # noqa: ARG002 -- as the others
        return [
            Offered(one.update_id, "identity.updated", one, accept_update(one, self._read_number))
            for one in asked.updates
        ]

    def _moving_out(self, place: str, asked: SendMovingOut) -> list[Offered]:
        found = []
        for one in asked.data:
            parcel = NetParcel(parcel_id=one.data_id, to=one.moved_to, sender=place, moving_out=one)
            until = self._rules.erase_on(one.planned_on)
            found.append(Offered(one.data_id, "moving_out.sent", parcel, accept_parcel(parcel), until))
        return found

    def _each(
        self, letters: Sequence[Letter], kind: str, takes: type[M], offered: Callable[[str, M], list[Offered]]
    ) -> list[Letter | AppError]:
        """Each letter in a transaction of its own: what comes with another one is not held up."""

        def each(letter: Letter) -> Letter:
            asked, place = self._read(letter, kind, takes)
            items = offered(place, asked)
            if len(items) > MOST:
                raise NotUnderstood(what="too_many")
            taken = self._book.write(lambda unit: tuple(self._take(unit, place, one) for one in items))
            self._wake()
            return self._write(place, "juki-taken/1", AllTaken(municipality=place, taken=taken))

        return answer_each(letters, each)

    def _take(self, unit: NetworkUnit, place: str, one: Offered) -> Taken:
        at, item_id = self._clock.now(), demand_id(one.item_id)
        before = known(unit, place, item_id, one.content)
        if before is not None:
            return before
        subject = one.accept(unit, place, at)
        if isinstance(subject, NotTaken):
            unit.record([own_act(f"{one.act}_refused", at, place, item_id, reason=subject.reason)])
            return Taken(item_id=item_id, reason=subject.reason, expected=subject.expected)
        act = own_act(one.act, at, place, item_id)
        receipt = hand_out(unit, act, item_id, one.content, subject, one.until)
        return Taken(item_id=item_id, receipt=receipt)

    def _read(self, letter: Letter, kind: str, takes: type[M]) -> tuple[M, str]:
        """The message and the sender's municipality, which must be the one it speaks of and be served here."""
        asked = self._post.read(letter, kind, takes, RELAY)
        place = municipality_of(letter)
        if getattr(asked, "municipality", "") != place or not self._post.serves(f"jukinet@{place}"):
            raise NotAllowed
        return asked, place

    def _write(self, place: str, kind: str, message: Message) -> Letter:
        return self._post.write(f"jukinet@{place}", kind, message)


def _deliveries(_: str, asked: DeliveryAddresses) -> list[Offered]:
    return [Offered(one.delivery_id, "delivery.taken", one, accept_delivery(one)) for one in asked.deliveries]


def _cards(_: str, asked: CardEvents) -> list[Offered]:
    return [Offered(one.event_id, "card.stepped", one, accept_card(one)) for one in asked.events]


def _moved_in(place: str, asked: SendMovedIn) -> list[Offered]:
    notices = asked.notices
    parcels = [NetParcel(parcel_id=one.notice_id, to=one.moved_from, sender=place, moved_in=one) for one in notices]
    return [Offered(one.parcel_id, "moved_in.sent", one, accept_parcel(one)) for one in parcels]
