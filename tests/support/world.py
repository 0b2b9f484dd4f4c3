"""A counter hall for whole visits: readers, a keyring, counter PCs and two municipalities behind them, all real."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.card.readers import PcscReaders
from app.client.counter import Counter
from app.domain.clock import SystemClock, SystemRandom
from app.domain.procedure import Procedure
from app.services.card_port import Insertion
from app.services.entrance import Given
from app.services.ports.seat import Press, Session, press
from app.standin.cards.holder import Holder
from tests.support.city import TwoCities
from tests.support.commands import ADMIN, command
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for

CLAIM = "child_allowance_claim"
CLERK, OTHER_CLERK, GENERAL_CLERK = "k1001", "k1002", "g2001"
CHECKER, EXAMINER, DECIDER, SUPERVISOR = "c3001", "s4001", "d5001", "v6001"


@dataclass
class CardTable:
    """The reader on the counter, and the personas' cards, each a process of its own."""

    cities: TwoCities
    pcscd: Pcscd
    readers: PcscReaders
    _cards: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return next(iter(self.pcscd.ports.values()))

    @property
    def card_pid(self) -> int:
        return self._cards[-1].pid

    def holder(self, persona: str) -> Holder:
        """What is printed on the persona's card."""
        return self.cities.city.personas[persona].card

    def lay(self, persona: str) -> Insertion:
        """Lay the persona's card on the reader, instead of what lies there."""
        self.take()
        city = str(self.cities.here.home.city)
        words = ["card", "emulate", "--port", str(self.port), "--persona", city, persona]
        card = subprocess.Popen([sys.executable, "-m", "app.admin", *words], stdout=subprocess.PIPE, text=True)
        self._cards.append(card)
        assert card.stdout is not None
        assert json.loads(card.stdout.readline())["profile"] == persona
        return self.awaited()

    def awaited(self) -> Insertion:
        """The one card, once the program has seen it."""
        wait_for(lambda: self.readers.seen().cards, "the card to be seen")
        (insertion,) = self.readers.seen().cards
        return insertion

    def take(self) -> None:
        """Take the card off, if one lies there, and wait until that is seen."""
        while self._cards:
            self.pull()
        wait_for(lambda: not self.readers.seen().cards, "the card to be gone")

    def pull(self) -> None:
        """Pull the card out at once, whatever it is doing."""
        card = self._cards.pop()
        card.terminate()
        card.wait(10)
        if card.stdout is not None:
            card.stdout.close()


@dataclass
class World:
    """``front`` is the counter with the reader, ``back`` the reviewers' PC."""

    cities: TwoCities
    table: CardTable
    front: Counter
    back: Counter

    @property
    def procedure(self) -> Procedure:
        return self.front.procedures[CLAIM]

    def press(self) -> Press:
        """A key is pressed now."""
        return press(SystemClock(), SystemRandom())

    def at_front(self, staff_id: str = CLERK) -> Session:
        """Signed in at the counter."""
        return self.front.cases.sign_in(self.press(), staff_id, Given(self.cities.password))

    def at_back(self, staff_id: str) -> Session:
        """Signed in at the reviewers' PC."""
        return self.back.cases.sign_in(self.press(), staff_id, Given(self.cities.password))

    def leave(self, counter: Counter, session: Session) -> None:
        """Sign out after all that was done has reached the office."""
        self.delivered(counter)
        counter.cases.sign_out(self.press(), session)

    def delivered(self, counter: Counter) -> None:
        """Wait until nothing waits to be sent and the desk has the whole journal."""
        memory = counter.memory
        wait_for(lambda: not memory.postbox.waiting(), "everything to be sent")
        wait_for(lambda: memory.sync.synced() == memory.journal.size, "the journal to arrive")
        assert memory.postbox.alarm() is None

    def close(self) -> None:
        self.table.take()
        for counter in (self.front, self.back):
            counter.memory.close()
            counter.office.close()
        self.table.readers.close()


def admin(*words: str, entry: str = "") -> subprocess.CompletedProcess[str]:
    """``madoguchi-admin`` with these words."""
    return command(ADMIN, *words, typed=entry)


@contextlib.contextmanager
def world_of(cities: TwoCities, pcscd: Pcscd) -> Iterator[World]:
    """A hall with two counters of the city here."""
    readers = PcscReaders(SystemClock())
    wait_for(lambda: len(readers.seen().readers) == len(pcscd.ports), "the readers")
    made = World(cities, CardTable(cities, pcscd, readers), cities.counter(readers), cities.counter(readers))
    try:
        yield made
    finally:
        made.close()
