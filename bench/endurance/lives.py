"""The lawful life of a log: acts, restarts, new keys, deletion of what is old, wrong clocks, declared restores."""

import random
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Connection

from app.durable.leaves import read_head
from app.durable.purge import Purger, forget_keys, purge
from app.server.retention import retention_rules
from app.trust.checkpoint import log_key, open_checkpoint, origin_of
from app.trust.restored import RESTORED, Restored, declare
from app.trust.seal import new_key
from bench.endurance.logs import HERE, BackendLog, TerminalLog
from tests.mutator.rows import Store, open_store

RULES = retention_rules()


class Life:
    """Events of one log, one after the other, by chance."""

    def __init__(self, log: BackendLog, chance: random.Random) -> None:
        self.log = log
        self._chance = chance
        self._version = 1
        log.write(3)
        log.client_call()

    def next(self) -> str:
        """One event; its name."""
        events: tuple[Callable[[], None], ...] = (
            self.write, self.write, self.write, self.restart, self.rotate, self.delete, self.clock, self.restore,
        )  # fmt: skip
        event = self._chance.choice(events)
        event()
        return event.__name__

    def write(self) -> None:
        """Some acts."""
        self.log.write(self._chance.randint(1, 5))

    def restart(self) -> None:
        """The process ends and begins anew; then an act."""
        self.log.reopen()
        self.log.write(1)

    def rotate(self) -> None:
        """All data keys under a new master key, then a restart with it."""
        master, self._version = new_key(), self._version + 1
        self.log.database.write(lambda c: self.log.cells.rewrap(c, master, self._version))
        self.log.master = master
        self.log.reopen()
        self.log.write(1)

    def delete(self) -> None:
        """Some years pass, and what is past its time is deleted."""
        self.log.clock.move(days=self._chance.choice((1, 400, 2800)))
        purge(self.log.database, Purger(self.log.book, self.log.pen, RULES, self.log.clock), HERE)
        forget_keys(self.log.database, self.log.book, self.log.cells, self.log.clock.now())

    def clock(self) -> None:
        """The clock is wrong for a while, ahead or behind."""
        was = self.log.clock.now()
        self.log.clock.at = was + timedelta(seconds=self._chance.choice((-86_400, -61, -1, 1, 61, 86_400)))
        self.log.write(2)
        self.log.client_call()
        self.log.clock.at = was
        self.log.write(1)

    def restore(self) -> None:
        """A backup is taken, acts follow and are witnessed, the backup is brought back, and that is declared."""
        store = open_store(self.log.access())
        kept = _everything(store)
        self.log.write(self._chance.randint(1, 4))
        self.log.client_call()
        lost = self._size()
        self.log.database.close()
        _bring_back(store, kept)
        store.close()
        self.log.reopen()
        self._declare(lost)
        self.log.write(self._chance.randint(0, 6))

    def _size(self) -> int:
        return self.log.database.read(lambda c: read_head(c, self.log.tables.leaves, HERE).tree.size)

    def _declare(self, lost: int) -> None:
        key = log_key(origin_of("relay", HERE), self.log.signing.public)

        def record(connection: Connection) -> None:
            kept = open_checkpoint(read_head(connection, self.log.tables.leaves, HERE).checkpoint, key)
            restored = Restored(kept, lost, ("A-1", "A-2"), self.log.clock.now())
            statement = declare(restored, self.log.signing, self.log.signers).decode()
            act = self.log.act(RESTORED, RESTORED, first=kept.size, lost=lost, statement=statement)
            self.log.pen.write(connection, act)

        self.log.database.write(record)


class TerminalLife:
    """Events at a terminal: acts, restarts, hours without the office, wrong clocks."""

    def __init__(self, log: TerminalLog, chance: random.Random) -> None:
        self.log = log
        self._chance = chance
        log.write(3)
        log.client_call()

    def next(self) -> str:
        """One event; its name."""
        events = (self.write, self.write, self.restart, self.clock, self.alone)
        event = self._chance.choice(events)
        event()
        return f"terminal_{event.__name__}"

    def write(self) -> None:
        """Some acts."""
        self.log.write(self._chance.randint(1, 5))

    def restart(self) -> None:
        """The program ends and begins anew; then an act."""
        self.log.reopen()
        self.log.write(1)

    def clock(self) -> None:
        """The clock is wrong for a while, ahead or behind."""
        was = self.log.clock.now()
        self.log.clock.at = was + timedelta(seconds=self._chance.choice((-86_400, -61, -1, 1, 61, 86_400)))
        self.log.write(2)
        self.log.client_call()
        self.log.clock.at = was
        self.log.write(1)

    def alone(self) -> None:
        """The office can't be reached for some hours; acts are written all the same."""
        self.log.cut_off(hours=self._chance.randint(1, 72), acts=self._chance.randint(1, 4))


def _everything(store: Store) -> dict[str, object]:
    cursor = store.connection.cursor()
    cursor.execute("SELECT municipality, table_name, month, key_version, wrapped FROM data_key")
    keys = cursor.fetchall()
    return {"rows": store.read(), "keys": keys}


def _bring_back(store: Store, kept: dict[str, object]) -> None:
    store.write(kept["rows"])  # type: ignore[arg-type]
    cursor = store.connection.cursor()
    cursor.execute("DELETE FROM data_key")
    marks = ", ".join([store.mark] * 5)
    for row in kept["keys"]:  # type: ignore[attr-defined]
        cursor.execute(f"INSERT INTO data_key VALUES ({marks})", tuple(row))
    store.connection.commit()
