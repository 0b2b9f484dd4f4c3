"""What people do about things that have not arrived: try all at once, try a dead one again, close it."""

from collections.abc import Callable

from sqlalchemy import Connection

from app.domain.clock import Clock
from app.durable.outbox import Outbox
from app.store.outbox import hurry
from app.store.terminal import Terminal


class OutboxTending:
    """See ``Tending``. ``wake`` rouses whoever delivers."""

    def __init__(self, terminal: Terminal, outbox: Outbox, clock: Clock, wake: Callable[[], None]) -> None:
        self._terminal, self._outbox, self._clock, self._wake = terminal, outbox, clock, wake

    def hurry(self) -> None:
        hurry(self._terminal, self._outbox, self._clock)
        self._wake()

    def send_again(self, item_id: str) -> bool:
        now = self._clock.now()
        done = self._write(lambda connection: self._outbox.revive(connection, item_id, now))
        self._wake()
        return done

    def lay_aside(self, item_id: str) -> bool:
        return self._write(lambda connection: self._outbox.close_dead(connection, item_id))

    def _write(self, work: Callable[[Connection], bool]) -> bool:
        return self._terminal.database.write(work)
