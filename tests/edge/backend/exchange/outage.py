"""72 hours in which nobody reaches the platform, by the clock; then everything is carried while more comes in."""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.backend.relay.store import OUTBOX
from app.durable.outbox import backlog
from app.errors import Unreachable
from app.server.exchange_load import load_exchange
from app.wire.exchange import NetworkEnquiries, NetworkOutcomes, NetworkRequest
from app.wire.letter import Letter
from app.wire.message import decode
from app.wire.relay import AskEnquiries, MakeEnquiry
from tests.edge.backend.exchange.world import HERE, TAX, THERE, World, one, question, year
from tests.support.slices import call

HOURS, LIST = 72, 64
_STEPS = 12
_HERE, _THERE = 6_000_000_000_000, 7_000_000_000_000
"""What the numbers of the people begin with."""


@dataclass
class Receiver:
    """The platform: away until it is back; what it takes then is written down in the order in which it comes."""

    world: World
    is_up: bool = False
    tries: int = 0
    taken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Person → enquiries that were answered, in order."""

    def stand_in_between(self) -> None:
        carrier = self.world.exchange.carrying
        self._inner = carrier._neighbours.intermediary
        carrier._neighbours = replace(carrier._neighbours, intermediary=self)

    def ask(self, letter: Letter) -> Letter:
        self.tries += 1
        if not self.is_up:
            raise Unreachable
        answer = self._inner.ask(letter)
        asked = decode(letter.body, NetworkEnquiries).enquiries
        told = decode(answer.body, NetworkOutcomes).outcomes
        for sent, outcome in zip(asked, told, strict=True):
            assert decode(sent.request.body, NetworkRequest).enquiry_id == outcome.enquiry_id
            if outcome.state == "answered":
                self.taken[sent.addressee_number].append(outcome.enquiry_id)
        return answer


@dataclass(frozen=True)
class Drained:
    """How it went. ``oldest_s``: the age of the oldest enquiry when the platform came back."""

    asked: int
    waiting: int
    oldest_s: float
    seconds: float
    out_of_order: int
    twice: int
    lost: int


class Outage:
    """``persons`` people here, each with tax there; enquiries about them in turn."""

    def __init__(self, world: World, persons: int) -> None:
        self.world = world
        self.receiver = Receiver(world)
        self._numbers = [f"{_HERE + number:015}" for number in range(persons)]
        self._made: dict[str, list[str]] = defaultdict(list)
        self._asked = 0
        here = [one(number, 1000 + at, year(THERE)) for at, number in enumerate(self._numbers)]
        there = [one(f"{_THERE + at:015}", 1000 + at, year(THERE, income=at + 1)) for at in range(persons)]
        load_exchange(world.exchange, HERE, TAX, here)
        load_exchange(world.exchange, THERE, TAX, there)
        self.receiver.stand_in_between()

    def last(self, enquiries: int) -> None:
        """The 72 hours: as many come in each hour; in the last one tries are spread as they are in service."""
        for hour in range(HOURS):
            self._ask(enquiries * (hour + 1) // HOURS - enquiries * hour // HOURS)
            for _ in range(_STEPS if hour == HOURS - 1 else 1):
                self.world.carry()
                self.world.clock.move(hours=1 / _STEPS if hour == HOURS - 1 else 1)

    def drained(self, arriving: float) -> Drained:
        """The platform is back: carry everything; ``arriving`` more come in each second, by the clock.

        The clock goes as time does, and a second ahead where nothing is due.
        """
        waiting, since = self.backlog()
        oldest_s = 0.0 if since is None else (self.world.clock.now() - since).total_seconds()
        self.receiver.is_up = True
        begin, start, skipped, came = time.monotonic(), self.world.clock.at, 0, 0
        while True:
            passed = time.monotonic() - begin + skipped
            self.world.clock.at = start + timedelta(seconds=passed)
            due = int(passed * arriving) - came
            self._ask(due)
            came += due
            if self.world.exchange.carrying.turn():
                continue
            if not self.backlog()[0]:
                return self._found(waiting, oldest_s, passed)
            skipped += 1

    def backlog(self) -> tuple[int, datetime | None]:
        """How many enquiries wait, and since when the oldest."""
        return self.world.database("relay").read(lambda connection: backlog(connection, OUTBOX))

    def _ask(self, count: int) -> None:
        """More enquiries, about each person in turn."""
        asked = [self._question() for _ in range(count)]
        now = self.world.clock.now()
        for begin in range(0, count, LIST):
            calls = [(call(self.world.actor, now), message) for message in asked[begin : begin + LIST]]
            for outcome in self.world.exchange.accepting.make(calls):
                if isinstance(outcome, Exception):
                    raise outcome

    def _question(self) -> MakeEnquiry:
        number = self._numbers[self._asked % len(self._numbers)]
        name = f"outage-{self._asked}"
        self._asked += 1
        self._made[number].append(name)
        return question(number, enquiry_id=name)

    def _found(self, waiting: int, oldest_s: float, seconds: float) -> Drained:
        taken = self.receiver.taken.values()
        times = Counter(name for names in taken for name in names)
        made = {names[0]: names for names in self._made.values() if names}
        provided = self.world.kinds("intermediary", THERE).count("provision.made")
        return Drained(
            asked=self._asked,
            waiting=waiting,
            oldest_s=oldest_s,
            seconds=seconds,
            out_of_order=sum(names != made.get(names[0]) for names in taken),
            twice=sum(many > 1 for many in times.values()) + max(0, provided - self._asked),
            lost=sum(not self._is_answered(names) for names in self._made.values()) + self._asked - len(times),
        )

    def _is_answered(self, names: list[str]) -> bool:
        """Whether each of a person's enquiries has that person's answer."""
        kinds = set()
        for begin in range(0, len(names), LIST):
            asked = AskEnquiries(enquiry_ids=tuple(names[begin : begin + LIST]))
            (told,) = self.world.exchange.accepting.states([(call(self.world.actor, self.world.clock.now()), asked)])
            kinds |= {one.answer and one.answer.items["income"] for one in told.states}
        return len(kinds) == 1 and None not in kinds
