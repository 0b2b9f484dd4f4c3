"""Persons are found however they are asked for, judged by a second source of characters, sounds and dates.

Shows the search of S08.
"""

import sys
from pathlib import Path

import pytest

from tests.quality.measure import as_text, judged, register, residents, together, told
from tests.quality.queries import HELD_OUT, Asker
from tests.support.stores import sqlcipher_addresses

RESIDENTS, QUERIES, SEED = 500, 504, 1
"""A small city; the bench of the registers asks 5,000 queries on both engines."""
RECALL, RECALL_HELD_OUT, PRECISION = 0.99, 0.80, 0.95


def test_whoever_is_meant_is_found_and_stands_among_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = residents(RESIDENTS)
    queries = Asker(as_text(people), SEED).queries(QUERIES)
    with register(people, sqlcipher_addresses(tmp_path)("register")) as service:
        tallies = judged(service, queries)
    with capsys.disabled():
        sys.stdout.write(f"\n{told(tallies)}\n")
    held_out = tallies.pop(HELD_OUT)
    assert together(tallies.values()).recall >= RECALL
    assert held_out.recall >= RECALL_HELD_OUT
    assert together([*tallies.values(), held_out]).precision >= PRECISION
