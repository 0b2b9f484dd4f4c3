"""Carries what waits to the network, in order and within its hours; fetches what lies there; erases in time."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from app.backend.jukinet.ports import Kept, Kind, Network, NetworkBook, NetworkUnit, Outgoing, Sent
from app.backend.jukinet.service.acting import own_act
from app.backend.jukinet.service.arriving import arrive, erase_due
from app.backend.jukinet.service.copying import Copying
from app.backend.jukinet.service.sending import Content, content_of, finished, with_receipts
from app.domain.clock import Clock
from app.domain.resident_network_rules import NetworkRules
from app.durable.outbox import OutboxItem
from app.errors import AppError, NotUnderstood, Refused
from app.wire.jukinet import CardEvent, DeliveryAddress, IdentityUpdate
from app.wire.jukinet_network import (
    NetCardEvents,
    NetDeliveries,
    NetFetch,
    NetParcel,
    NetPost,
    NetReceipt,
    NetReceipts,
    NetUpdates,
)
from app.wire.message import decode

log = logging.getLogger(__name__)

LIMIT = 64
LEASE = timedelta(minutes=2)
FETCH_AGAIN = timedelta(seconds=2)
"""How long nothing is fetched after nothing lay there. Assumed."""
FETCH_LATER = timedelta(seconds=30)
"""How long nothing is fetched after nobody answered. Assumed."""
WAITS = frozenset({"gap", "away"})
"""Refusals of one item that pass by themselves: an earlier one is on its way, another level is away."""
_LEVELS: dict[type, tuple[str, ...]] = {IdentityUpdate: ("prefecture", "national"), NetParcel: ("national",)}
"""Who must have an item before it is done; of all others the card management."""


@dataclass(frozen=True, slots=True)
class Load:
    """One item with what it carries."""

    item: OutboxItem
    kept: Kept
    content: Content


class Carrying:
    """The background of the communication server."""

    def __init__(
        self,
        book: NetworkBook,
        network: Network,
        copying: Copying,
        rules: NetworkRules,
        clock: Clock,
        municipalities: Sequence[str],
    ) -> None:
        self._book = book
        self._network = network
        self._copying = copying
        self._rules = rules
        self._clock = clock
        self._municipalities = municipalities
        self._fetch_at: dict[str, datetime] = {}
        self.has_remains = False
        """Whether erased contents may still lie in the store's files."""

    def turn(self) -> bool:
        """One round; whether there was anything. Nothing leaves outside the hours, and nothing is asked then."""
        now = self._clock.now()
        if not self._rules.hours.open_at(now):
            return False
        claimed = self._book.write(lambda unit: unit.ways.claim(now, LEASE, LIMIT))
        self._carry(claimed)
        fetched = [self._fetch(place, now) for place in self._municipalities]
        return bool(claimed) or any(fetched)

    def day(self) -> bool:
        """Erase what is due and overwrite what it left in the store's files, now or with the next turn."""
        erased = self._book.write(lambda unit: erase_due(unit, self._clock.now()))
        self.has_remains = bool(erased) or self.has_remains
        if self.has_remains:
            self.has_remains = not self._book.scrub()
        return False

    def _carry(self, claimed: Sequence[Outgoing]) -> None:
        loads: list[Load] = []
        for one in claimed:
            content = None if one.kept is None or one.kept.kind is not Kind.SENT else _content(one.kept)
            if one.kept is not None and one.kept.kind is Kind.ASKED_BY:
                self._copying.copy(one.item, one.kept)
            elif one.kept is None or content is None:
                self._book.write(partial(_give_up, item=one.item, cause="unreadable"))
            else:
                loads.append(Load(one.item, one.kept, content))
        for place, kind in dict.fromkeys((load.kept.municipality, type(load.content)) for load in loads):
            mine = [one for one in loads if one.kept.municipality == place and type(one.content) is kind]
            self._send(place, mine)

    def _send(self, place: str, loads: Sequence[Load]) -> None:
        """Items of one kind together. What goes wrong on the way is tried again later."""
        try:
            receipts = self._asked(place, [load.content for load in loads]).receipts
            if [one.item_id for one in receipts] != [load.kept.record_id for load in loads]:
                raise NotUnderstood(what="item_id")
        except AppError as error:
            log.info("nothing was sent to the network", extra={"code": error.code, "together": len(loads)})
            self._book.write(partial(self._put_off, loads=loads, error=error))
            return
        self._book.write(partial(self._settle, pairs=tuple(zip(loads, receipts, strict=True))))

    def _asked(self, place: str, contents: Sequence[Content]) -> NetReceipts:
        match contents[0]:
            case IdentityUpdate():
                updates = tuple(one for one in contents if isinstance(one, IdentityUpdate))
                return self._network.updates(NetUpdates(municipality=place, updates=updates))
            case DeliveryAddress():
                deliveries = tuple(one for one in contents if isinstance(one, DeliveryAddress))
                return self._network.deliveries(NetDeliveries(municipality=place, deliveries=deliveries))
            case CardEvent():
                events = tuple(one for one in contents if isinstance(one, CardEvent))
                return self._network.card_events(NetCardEvents(municipality=place, events=events))
            case NetParcel():
                parcels = tuple(one for one in contents if isinstance(one, NetParcel))
                return self._network.post(NetPost(municipality=place, parcels=parcels))

    def _put_off(self, unit: NetworkUnit, loads: Sequence[Load], error: AppError) -> None:
        now = self._clock.now()
        opens = int(error.data.get("opens", 0)) if isinstance(error, Refused) else 0
        cause = error.reason if isinstance(error, Refused) else error.code
        for load in loads:
            if opens:
                unit.ways.postpone(load.item, datetime.fromtimestamp(opens, UTC), cause)
            else:
                unit.ways.later(load.item, now, cause)

    def _settle(self, unit: NetworkUnit, pairs: Sequence[tuple[Load, NetReceipt]]) -> None:
        for load, receipt in pairs:
            self._settle_one(unit, load, receipt)

    def _settle_one(self, unit: NetworkUnit, load: Load, receipt: NetReceipt) -> None:
        now, kept = self._clock.now(), load.kept
        levels = _LEVELS.get(type(load.content), ("cards",))
        have = tuple((level, number) for level in levels if (number := str(getattr(receipt, level))))
        if receipt.reason and receipt.reason not in WAITS:
            unit.ways.dead(load.item, receipt.reason)
            unit.record([own_act("network.refused", now, kept.municipality, kept.record_id, reason=receipt.reason)])
        elif receipt.reason or len(have) < len(levels):
            if have:
                unit.records.put(with_receipts(kept, have), now)
            unit.ways.later(load.item, now, receipt.reason or "level_away")
        else:
            unit.records.put(finished(kept, have), now)
            unit.ways.done([load.item])
            unit.record([own_act("network.received", now, kept.municipality, kept.record_id, **dict(have))])

    def _fetch(self, place: str, now: datetime) -> bool:
        """Take over what lies at the national level for one municipality; whether there was anything."""
        if now < self._fetch_at.get(place, now) <= now + FETCH_LATER:
            return False
        try:
            parcels = self._network.fetch(NetFetch(municipality=place)).parcels
            if parcels:
                self._book.write(partial(self._arrive, place=place, parcels=parcels))
                done = tuple(one.parcel_id for one in parcels)
                self._network.fetch(NetFetch(municipality=place, done=done, most=0))
        except AppError as error:
            log.info("nothing was fetched from the network", extra={"code": error.code})
            self._fetch_at[place] = now + FETCH_LATER
            return False
        self._fetch_at[place] = now if parcels else now + FETCH_AGAIN
        return bool(parcels)

    def _arrive(self, unit: NetworkUnit, place: str, parcels: Sequence[NetParcel]) -> None:
        for parcel in parcels:
            arrive(unit, self._rules, place, parcel, self._clock.now())


def _content(kept: Kept) -> Content | None:
    try:
        return content_of(decode(kept.content, Sent))
    except AppError:
        return None


def _give_up(unit: NetworkUnit, item: OutboxItem, cause: str) -> None:
    unit.ways.dead(item, cause)
