"""Readers that come and go: none, four, two; the card is used where it lies, on whichever reader that is.

Here the list changes with the service's restart. Under a running service: ``test_plugging``; a cable pulled out in the
middle of a use: ``test_faults_reader``.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Verified
from app.errors import CardRemoved, NoReader, ServiceDown
from app.services.card_port import Insertion
from app.services.read_card import ReadCard
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from tests.support.cards import MakeCard, VirtualReader
from tests.support.pcscd import DRIVER, Pcscd
from tests.support.process import program, wait_for

pytestmark = pytest.mark.card


@contextmanager
def running(daemon: Pcscd) -> Iterator[Pcscd]:
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()


def with_readers(folder: Path, pairs: int) -> Pcscd:
    """A service not started yet, with that many pairs of readers. A driver knows one pair: each has its own copy."""
    program("pcscd")
    daemon = Pcscd(folder)
    place = folder / "readers" / "vpcd"
    if pairs == 0:
        place.unlink()
        daemon.ports.clear()
    for number in range(1, pairs):
        other = Pcscd(folder / f"pair{number}")
        copy = Path(shutil.copy(DRIVER, folder / f"driver{number}.so"))
        lines = (folder / f"pair{number}" / "readers" / "vpcd").read_text().replace(str(DRIVER), str(copy))
        named = lines.replace("Virtual PCD", f"Another {number}")
        (folder / "readers" / f"another{number}").write_text(named)
        names = (f"Another {number} 00 {slot:02X}" for slot in range(len(other.ports)))
        daemon.ports |= dict(zip(names, other.ports.values(), strict=True))
    return daemon


def test_readers_come_and_go_and_the_card_is_used_where_it_lies(
    tmp_path: Path, make: MakeCard, test_anchors: CardAnchors
) -> None:
    chip = make("adult")
    none, four, two = (with_readers(tmp_path / str(pairs), pairs) for pairs in (0, 2, 1))
    with running(none), closing(PcscReaders(SystemClock())) as readers:
        read = ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())
        wait_for(lambda: readers.seen().service_runs and not readers.seen().readers, "a service without readers")
        with pytest.raises((NoReader, ServiceDown)):
            read.tries(Insertion("Virtual PCD 00 00", 1))
        none.stop()
        with running(four):
            wait_for(lambda: {each.name for each in readers.seen().readers} == set(four.ports), "four readers", 4)
            for name, port in reversed(four.ports.items()):
                slot = VirtualReader(port, name)
                slot.put(chip)
                wait_for(lambda: readers.seen().cards, "the card")
                (at,) = readers.seen().cards
                assert at.reader == name
                assert read.by_code_b(at, ADULT.code_b).proof.chip == Verified()
                slot.take()
                wait_for(lambda: not readers.seen().cards, "no card")
        with running(two):
            wait_for(lambda: {each.name for each in readers.seen().readers} == set(two.ports), "two readers", 4)
            with pytest.raises((CardRemoved, NoReader)):
                read.tries(at)
