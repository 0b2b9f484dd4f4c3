"""Somebody changes rows without having keys: eight classes, each caught by the next call; lawful lives are not blamed.

The mutator is a program of its own (tests/mutator). R-032, R-052, R-077: what was recorded is what happened.
"""

import random
from itertools import count
from pathlib import Path

from bench.endurance.lives import Life, TerminalLife
from bench.endurance.logs import BackendLog, TerminalLog
from bench.endurance.mutations import CLASSES, Tally, live, mutate
from tests.support.stores import StoreAddresses

FEW = 32
"""Four of each class on each store; `make soak` does 10,000."""


def _judge(tally: Tally) -> None:
    assert tally.missed == []
    assert sum(tally.runs.values()) == FEW
    assert {label.partition(".")[2] for label in tally.runs} == set(CLASSES)


def test_every_mutation_of_a_slices_log_is_caught_by_one_call(store_addresses: StoreAddresses) -> None:
    numbers, tally = count(), Tally()
    mutate(lambda: BackendLog(store_addresses, f"m{next(numbers)}"), FEW, 9000, tally, "slice")
    _judge(tally)


def test_every_mutation_of_a_counters_journal_is_caught_at_the_next_synchronisation(tmp_path: Path) -> None:
    numbers, tally = count(), Tally()
    mutate(lambda: TerminalLog(tmp_path / str(next(numbers))), FEW, 9500, tally, "terminal")
    _judge(tally)


def test_no_lawful_event_is_blamed(store_addresses: StoreAddresses) -> None:
    numbers, tally = count(), Tally()
    live(lambda seed: Life(BackendLog(store_addresses, f"v{next(numbers)}"), random.Random(seed)), 25, 1, tally)
    assert tally.blamed == []
    assert set(tally.lived) == {"write", "restart", "rotate", "delete", "clock", "restore"}


def test_no_lawful_event_at_a_counter_is_blamed(tmp_path: Path) -> None:
    tally = Tally()
    live(lambda seed: TerminalLife(TerminalLog(tmp_path / str(seed)), random.Random(seed)), 25, 1, tally)
    assert tally.blamed == []
    assert set(tally.lived) == {f"terminal_{name}" for name in ("write", "restart", "clock", "alone")}
