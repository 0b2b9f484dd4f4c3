"""送信待ち: what must reach the desk, sealed to it, delivered once each in its author's session, in order per visit."""

import random
from datetime import datetime

from sqlalchemy import Connection, insert, select

from app.domain.clock import Clock
from app.durable.outbox import DEAD, Outbox, OutboxItem
from app.errors import WorkClosed
from app.services.ports.memory import Kind, Outgoing, OutgoingState, Standing
from app.store.memos import read_message, write_message
from app.store.tables import OUTBOX, outgoing
from app.store.terminal import Terminal
from app.trust.seal import seal_to
from app.wire.message import encode
from app.wire.parcel import Parcel, ParcelKey, parcel_context

AUTHOR_AWAY = "outbox.author_away"
DESK_KEY = "desk_key"
_SIGN_IN = frozenset({AUTHOR_AWAY, "office.session_ended"})


def spread() -> random.Random:
    """Chance that spreads waits; it guards nothing."""
    return random.Random()  # noqa: S311 -- no secret


class Slot:
    """Where things are put in: inside the transaction of their cause."""

    def __init__(self, outbox: Outbox, municipality: str) -> None:
        self._outbox = outbox
        self._municipality = municipality

    def lay_down(self, connection: Connection, item: Outgoing, trace: str, at: datetime) -> None:
        """Seal and keep ``item``; the same item twice is kept once. Errors: WorkClosed before the first sign-in."""
        key = read_message(connection, DESK_KEY, ParcelKey)
        if key is None:
            raise WorkClosed
        context = parcel_context(self._municipality, item.kind.value, item.item_id)
        parcel = Parcel(kind=item.kind.value, box=seal_to(key.box, encode(item.message), context))
        known = connection.execute(select(outgoing.c.author).where(outgoing.c.item_id == item.item_id)).first()
        if known is None:
            connection.execute(insert(outgoing).values(item_id=item.item_id, author=item.author, trace=trace))
            self._outbox.put(connection, item.item_id, item.subject, item.kind.value, encode(parcel), at)


def whose(connection: Connection, item_id: str) -> tuple[str, str]:
    """Author and trace number of an item."""
    row = connection.execute(select(outgoing).where(outgoing.c.item_id == item_id)).one()
    return row.author, row.trace


def states(connection: Connection, outbox: Outbox) -> tuple[OutgoingState, ...]:
    """What has not arrived, oldest first."""
    return tuple(_state(item, whose(connection, item.item_id)[0]) for item in outbox.open_items(connection))


def keep_desk_key(connection: Connection, key: ParcelKey) -> None:
    """Remember the desk's keys."""
    write_message(connection, DESK_KEY, key)


def desk_key(connection: Connection) -> ParcelKey | None:
    """The desk's keys as last heard."""
    return read_message(connection, DESK_KEY, ParcelKey)


def make_outbox() -> Outbox:
    """The outbox of terminal.db."""
    return Outbox(OUTBOX, spread())


def hurry(terminal: Terminal, outbox: Outbox, clock: Clock) -> None:
    """Have everything that waits tried at once."""
    now = clock.now()
    terminal.database.write(lambda connection: outbox.hurry(connection, now))


def _state(item: OutboxItem, author: str) -> OutgoingState:
    is_dead = item.state == DEAD
    can_act = "supervisor" if is_dead else "author" if item.cause in _SIGN_IN else "nobody"
    return OutgoingState(
        item_id=item.item_id,
        kind=Kind(item.kind),
        author=author,
        subject=item.subject,
        created_at=item.created_at,
        standing=Standing.DEAD if is_dead else Standing.WAITING,
        attempts=item.attempts,
        cause=item.cause,
        next_at=item.next_at,
        can_act=can_act,
    )
