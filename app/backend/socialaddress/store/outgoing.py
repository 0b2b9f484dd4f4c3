"""What must still reach other systems: sealed errands in the outbox, in order for each one they are for."""

from datetime import datetime, timedelta

from app.backend.socialaddress.ports import Claimed, Errand
from app.backend.socialaddress.store.sealed import Tools
from app.durable.outbox import Outbox, OutboxItem

_CODE = 6


class OutgoingRows:
    """See ``Outgoing``. An item's body is the municipality's code in front of the sealed errand."""

    def __init__(self, tools: Tools, outbox: Outbox) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._outbox = outbox

    def put(self, errand: Errand, at: datetime) -> None:
        place = errand.municipality
        item_id = self._tools.token(place, "item", errand.item_id).hex()
        subject = self._tools.token(place, "subject", f"{errand.kind}/{errand.name}").hex()
        box = self._tools.seal(place, ("outbox", item_id, 1), errand)
        self._outbox.put(self._connection, item_id, subject, errand.kind, place.encode() + box, at)

    def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[Claimed, ...]:
        items = self._outbox.claim(self._connection, now, lease, limit)
        return tuple(Claimed(item, self._opened(item)) for item in items)

    def done(self, *item_ids: str) -> None:
        if item_ids:
            self._outbox.done(self._connection, *item_ids)

    def later(self, item: OutboxItem, now: datetime, cause: str) -> None:
        self._outbox.later(self._connection, item, now, cause)

    def postpone(self, item: OutboxItem, next_at: datetime, cause: str) -> None:
        self._outbox.postpone(self._connection, item, next_at, cause)

    def dead(self, item: OutboxItem, cause: str) -> None:
        self._outbox.dead(self._connection, item.item_id, cause)

    def stopped(self, municipality: str) -> dict[str, str]:
        return {f"{one.kind}/{one.name}": item.cause for item, one in self._dead(municipality)}

    def revive(self, municipality: str, kind: str, now: datetime) -> int:
        mine = [item for item, one in self._dead(municipality) if f"{one.kind}/{one.name}" == kind]
        return sum(self._outbox.revive(self._connection, item.item_id, now) for item in mine)

    def _dead(self, municipality: str) -> list[tuple[OutboxItem, Errand]]:
        items = self._outbox.open_items(self._connection, dead_only=True)
        return [(one, self._opened(one)) for one in items if one.body[:_CODE] == municipality.encode()]

    def _opened(self, item: OutboxItem) -> Errand:
        municipality = item.body[:_CODE].decode()
        return self._tools.open(municipality, ("outbox", item.item_id, 1), item.body[_CODE:], Errand)
