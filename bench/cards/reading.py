"""From the reader's event to face, attributes and three verdicts, by code B, at each link's speed."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from queue import SimpleQueue

from app.card.given import GivenReaders
from app.card.readers import PcscReaders
from app.domain.card_pace import Sizes
from app.domain.clock import SystemClock, SystemRandom
from app.services.card_port import Insertion, ReadersSeen
from app.services.read_card import ReadCard
from app.shipped import resource
from app.standin.cards.chip import Chip
from app.trust.card_proof import load_anchors
from bench.cards.hand import Counted, Hand
from bench.figures import Figure, p50, p95
from bench.floors.card import CONVERSATION, LEAST, LONG, SHORT, computed_s, least_s, replay
from tests.support.process import wait_for

CONTACTLESS, CONTACT = ("nfc-106", "nfc-212", "nfc-424", "nfc-848"), "contact-9600"
SIGNATURES = 2
MOST_TIMES_FLOOR = 1.25


@dataclass(frozen=True, slots=True)
class Read:
    """One reading: seconds from the reader's event to all verdicts, and what the card counted."""

    seconds: float
    counted: Counted


class Desk:
    """Readers, and the use case that reads by code B."""

    def __init__(self, readers: PcscReaders | GivenReaders) -> None:
        anchors = load_anchors(resource("anchors"), production=False)
        self._readers = readers
        self._use = ReadCard(readers, anchors, clock=SystemClock(), random=SystemRandom())
        self._events: SimpleQueue[tuple[float, Insertion]] = SimpleQueue()
        self._lay: set[Insertion] = set()
        self._end = readers.watch(self._seen)

    def meet(self, hand: Hand, link: str) -> None:
        """Have a card put down and taken again without reading it: the reader is one that had cards before."""
        hand.put(link)
        self._use.tries(self.next_card())
        hand.take()
        wait_for(lambda: not self._readers.seen().cards, "the card to be gone")

    def read(self, hand: Hand, link: str | None, signing_ms: float) -> Read:
        """Lay the card down, read it as soon as the reader tells, take it off and wait until that is told."""
        hand.put(link, signing_ms=signing_ms)
        event, at = self._events.get(timeout=10)
        reading = self._use.by_code_b(at, hand.printed["code_b"])
        done = time.monotonic()
        counted = hand.take()
        wait_for(lambda: not self._readers.seen().cards, "the card to be gone")
        assert reading.timing.traffic.commands == counted.commands
        return Read(done - event, counted)

    def by_code_b(self, at: Insertion, code: str) -> float:
        """One reading of a card that lies there; its seconds."""
        return self._use.by_code_b(at, code).timing.total_s

    def next_card(self) -> Insertion:
        """The next card laid down."""
        return self._events.get(timeout=10)[1]

    def close(self) -> None:
        self._end()

    def _seen(self, seen: ReadersSeen) -> None:
        now = time.monotonic()
        for at in set(seen.cards) - self._lay:
            self._events.put((now, at))
        self._lay = set(seen.cards)


def linked(desk: Desk, hand: Hand, sizes: Sizes, rounds: dict[str, int], signing_ms: float) -> Iterator[Figure]:
    """At each link's speed: p50 and p95 without the card's own signing time, beside the computed floor."""
    for link, times in rounds.items():
        reads = []
        desk.meet(hand, link)
        for number in range(times):
            print(f"{link} {number + 1}/{times}", file=sys.stderr)
            reads.append(desk.read(hand, link, signing_ms))
        seconds = [read.seconds - SIGNATURES * signing_ms / 1000 for read in reads]
        piece, name = LONG if link in CONTACTLESS else SHORT, link.replace("-", "_")
        scale = f"{times} readings from the reader's event; less 2 signatures of {signing_ms:g} ms; "
        floor, least = computed_s(link, sizes), least_s(link, sizes, piece)
        for percentile, value in (("p50", p50(seconds)), ("p95", p95(seconds))):
            yield _figure(f"card_{name}_{percentile}", value, floor, scale + CONVERSATION)
            yield _figure(f"card_{name}_{percentile}_to_least", value, least, scale + LEAST.format(piece=piece))
        yield Figure(f"card_{name}_commands", reads[-1].counted.commands, "commands")
        yield Figure(f"card_{name}_bytes", reads[-1].counted.sent + reads[-1].counted.received, "B")


def _figure(name: str, value: float, floor: float, scale: str) -> Figure:
    return Figure(name, value, "s", floor=floor, goal=MOST_TIMES_FLOOR, sense="ratio<=goal", scale=scale)


def without_link(desk: Desk, hand: Hand, commands: list[bytes], times: int) -> Iterator[Figure]:
    """No time of a link: what program, pcscd and virtual card take by themselves, beside the bare replay."""
    hand.put()
    at = desk.next_card()
    desk.by_code_b(at, hand.printed["code_b"])
    ours, bare = [], []
    for _ in range(times):
        ours.append(desk.by_code_b(at, hand.printed["code_b"]))
        bare.append(replay(at.reader, commands))
    hand.take()
    scale = f"{times} readings by turns with a bare replay of the same commands; no time of a link"
    yield Figure("card_no_link_p50", p50(ours), "s", floor=p50(bare), scale=scale)
    yield Figure("card_no_link_p95", p95(ours), "s", floor=p95(bare), scale=scale)


def commands_of(chip: Chip, code_b: str) -> list[bytes]:
    """What the program sends for one reading, overheard on a card of its own."""
    with closing(GivenReaders(("overheard",), SystemClock())) as readers, closing(Desk(readers)) as desk:
        desk.by_code_b(readers.put("overheard", chip), code_b)
    return list(chip.log)
