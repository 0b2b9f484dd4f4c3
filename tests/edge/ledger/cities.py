"""Two institutions with ledgers of their own that witness each other, here in one process, or over mutual TLS."""

import random
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.backend.ledger.service.showing import Counterpart, Showing
from app.backend.staff import store as staff_store
from app.domain.act import Act
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.durable.logbook import LogBook
from app.errors import Unreachable
from app.link.letters import Nearby
from app.server.counterparts import Mutual, mutual_witness
from app.server.exchange import ExchangeKeys
from app.server.exchange_data import write_directory
from app.server.guardians import guardian_lists
from app.server.keys import Keys
from app.server.ledgers import LedgerSlice, ledger_service
from app.server.parts import Parts, SliceParts
from app.settings import ServerSettings
from app.wire.ledger import AskWitnessed
from app.wire.letter import Letter
from tests.support.powercut.backend import settings as settings_below
from tests.support.slices import MovedClock

HERE, THERE = "991007", "992003"
RANDOM = SystemRandom()


class City:
    """One institution: a staff log, its witness, and its part in witnessing."""

    def __init__(self, folder: Path, code: str, clock: MovedClock) -> None:
        self.code, self.clock = code, clock
        base = settings_below(folder / code)
        self.settings: ServerSettings = replace(base, municipalities=(code,), slices=("staff", "ledger"))
        self.settings.folder.mkdir(parents=True, exist_ok=True)
        self.is_down = False
        self.open()

    @property
    def keys(self) -> Keys:
        return Keys(self.settings.folder / "keys", RANDOM)

    def open(self) -> None:
        """Open the stores, as the backend does when it starts."""
        self.parts = Parts(self.settings, self.keys, self.clock)
        self.own: SliceParts = self.parts.slice("staff", staff_store.TABLES, staff_store.HISTORY)
        self.ledger: LedgerSlice = ledger_service(self.parts, [self.own], lambda *_: None, self.settings, self.clock)
        book, logs = self.ledger.book, self.ledger.logs
        self.mutual: Mutual = mutual_witness(self.settings, (self.parts, self.keys), book, logs, self.clock)

    def close(self) -> None:
        self.parts.close()

    def ask(self, letter: Letter) -> Letter:
        """The city as a neighbour in this process."""
        if self.is_down:
            raise Unreachable
        return Nearby(self.mutual.seeing.see).ask(letter)

    def showing(self, other: "City") -> Showing:
        keys = ExchangeKeys(self.settings, self.keys)
        counterpart = Counterpart(other.code, other, keys.directory.verify.get(f"witness@{other.code}"))
        book, logs = self.ledger.book, self.ledger.logs
        chances, lists = (self.clock, random.Random(7)), partial(guardian_lists, self.settings)
        return Showing(book, logs, keys.post("ledger"), ((self.code,), (counterpart,)), chances, lists)

    def write(self, count: int = 1, first: int = 0) -> None:
        """``count`` acts, and the own witness looks at them."""
        made = [
            Act("visit.step", self.clock.now(), self.code, "S-1", "T-1", f"t-{n}", "V-1", what=(("number", n),))
            for n in range(first, first + count)
        ]
        self.own.database.write(lambda connection: self.own.pen.write_all(connection, made))
        self.ledger.service.collect()

    def call(self) -> Call:
        return Call(Actor(self.code, "S-9", "", "", "T-1", (Right("ledger.review"),)), "trace", "key", self.clock.now())

    def alarms(self) -> list[tuple[str, str, int, str]]:
        rows = self.ledger.service.witnessed(self.call(), AskWitnessed()).alarms
        return [(row.log, row.kind, row.size, row.found_by) for row in rows]

    def cosigned(self) -> tuple[bytes, ...]:
        """What the staff slice keeps of it."""
        book: LogBook = self.own.book
        return self.own.database.read(lambda connection: book.cosigned(connection, self.code))


def introduce(one: City, other: City) -> None:
    """Both get each other's public keys, as with the master data of the network."""
    public = [ExchangeKeys(city.settings, city.keys).own for city in (one, other)]
    for city, known in ((one, public[1]), (other, public[0])):
        write_directory(city.settings.folder, known)
        city.close()
        city.open()


def copy_away(city: City, place: Path) -> None:
    """All stores as they lie on the disk now."""
    city.close()
    shutil.copytree(city.settings.folder, place)
    city.open()


def bring_back(city: City, place: Path) -> None:
    """The whole disk of another day, witness and all."""
    city.close()
    shutil.rmtree(city.settings.folder)
    shutil.copytree(place, city.settings.folder)
    city.open()


def note_sizes(city: City, other: str) -> Mapping[str, int]:
    """Log → size of which ``other`` cosigned last."""
    shown = city.ledger.book.read(lambda unit: unit.shown(city.code, other))
    return {one.log: one.size for one in shown}
