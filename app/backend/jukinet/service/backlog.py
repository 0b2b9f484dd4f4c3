"""What still has to go out to the network, for people to see."""

from app.backend.jukinet.ports import Kind, NetworkBook, NetworkUnit, Sent
from app.backend.jukinet.service.sending import content_of
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.resident_network_rules import NetworkRules
from app.durable.outbox import DEAD, OutboxItem
from app.wire.jukinet import CardEvent, DeliveryAddress, IdentityUpdate
from app.wire.jukinet_counter import AskBacklog, BacklogRow, NetworkBacklog
from app.wire.message import decode

BACKLOG = "network.state"
_MOST, _SHOWN = 200, 50
_KINDS: dict[type, str] = {IdentityUpdate: "update", DeliveryAddress: "delivery", CardEvent: "card"}


class Backlog:
    """The use case."""

    def __init__(self, book: NetworkBook, rules: NetworkRules, clock: Clock) -> None:
        self._book = book
        self._rules = rules
        self._clock = clock

    def show(self, call: Call, _: AskBacklog) -> NetworkBacklog:
        """How many wait and which are dead; what stands in the way of the one that waits longest."""
        call.demand(BACKLOG)
        now, hours = self._clock.now(), self._rules.hours

        def look(unit: NetworkUnit) -> NetworkBacklog:
            items = unit.ways.open_items(call.municipality)
            dead = tuple(name for item, name in items if item.state == DEAD)
            waiting = [item for item, _ in items if item.state != DEAD]
            is_open = hours.open_at(now)
            cause = next((item.cause for item in waiting if item.cause), "") if is_open else "network_closed"
            next_at = None
            if waiting:
                next_at = min(item.next_at for item in waiting) if is_open else hours.next_opening(now)
            unit.record([act_of(call, "network.backlog_seen", waiting=len(waiting), dead=len(dead))])
            return NetworkBacklog(
                waiting=len(waiting),
                dead=dead[:_MOST],
                cause=cause if waiting else "",
                next_at=next_at,
                open_now=is_open,
                oldest_at=min((item.created_at for item in waiting), default=None),
                rows=tuple(_row(unit, call.municipality, item, name) for item, name in items[:_SHOWN]),
            )

        return self._book.write(look)


def _row(unit: NetworkUnit, municipality: str, item: OutboxItem, record_id: str) -> BacklogRow:
    """One that goes out; of whom it is stays where it is."""
    kept = unit.records.one(municipality, Kind.SENT, record_id)
    sent = Sent(digest=b"", proof="") if kept is None or not kept.content else decode(kept.content, Sent)
    return BacklogRow(
        item_id=record_id,
        kind=_KINDS.get(type(content_of(sent)), "parcel"),
        state=item.state,
        made_at=item.created_at,
        next_at=item.next_at,
        cause=item.cause,
        has=tuple(who for who, _ in sent.receipts),
    )
