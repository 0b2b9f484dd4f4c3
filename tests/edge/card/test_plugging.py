"""Readers pulled out and plugged in while the smart card service runs: seen at once, and each time as another card."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.cards import MakeCard, VirtualReader
from tests.support.pcscd import Pcscd
from tests.support.reader_hub import ReaderHub

pytestmark = [pytest.mark.card, pytest.mark.fault]


@dataclass
class Counter:
    """The counter's monitor as a process of its own, behind the hub."""

    process: subprocess.Popen[str]
    hub: ReaderHub

    def seen(self) -> dict[str, int | None]:
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        assert told["runs"]
        return told["readers"]

    def until(self, wanted: set[str], *, with_card: str = "") -> dict[str, int | None]:
        """Read on until the list is this; a change that never comes ends with the test's time."""
        while True:
            found = self.seen()
            if set(found) == wanted and (not with_card or found[with_card] is not None):
                return found


@pytest.fixture
def counter(pcscd: Pcscd, tmp_path: Path) -> Iterator[Counter]:
    room = Path(tempfile.mkdtemp(prefix="hub-"))
    door = room / "door"
    hub = ReaderHub(door, pcscd.door)
    environment = dict(os.environ, PCSCLITE_CSOCK_NAME=str(door))
    command = [sys.executable, "-m", "tests.support.reader_list"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    yield Counter(process, hub)
    process.communicate(timeout=10)
    hub.close()
    shutil.rmtree(room)


def test_a_reader_pulled_out_and_plugged_in_is_seen_each_time_and_its_card_is_another(
    counter: Counter, pcscd: Pcscd, make: MakeCard, request: pytest.FixtureRequest
) -> None:
    rounds = 50 if request.config.getoption("--endurance") else 3
    (name, port), (other, _) = pcscd.ports.items()
    reader = VirtualReader(port, name)
    counter.until({name, other})
    reader.put(make("adult"))
    try:
        last = counter.until({name, other}, with_card=name)[name]
        for _ in range(rounds):
            counter.hub.unplug(name)
            counter.until({other})
            counter.hub.plug(name)
            now = counter.until({name, other}, with_card=name)[name]
            assert now != last, "a card may have been put in its place meanwhile"
            last = now
    finally:
        reader.take()
