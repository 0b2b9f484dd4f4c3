"""What still has to go out to the network, for people to see."""

from app.backend.jukinet.ports import NetworkBook, NetworkUnit
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.resident_network_rules import NetworkRules
from app.durable.outbox import DEAD
from app.wire.jukinet_counter import AskBacklog, NetworkBacklog

BACKLOG = "network.state"
_MOST = 200


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
            )

        return self._book.write(look)
