"""Twenty thousand power cuts over journal, hand-ins, outbox, migrations and rotations, from many recordings."""

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from bench.endurance.room import room
from bench.figures import Figure
from tests.support.keyring_session import keyring_session
from tests.support.powercut.catalogue import SCENARIOS
from tests.support.powercut.scenario import Verdicts, recorded, seeds

CUTS, SMALL = 20_000, 120
RECORDINGS, SEED = 8, 20261121
"""Recordings of each workload; cuts fall at other moments in each, since its threads and keys are others."""


@dataclass(frozen=True, slots=True)
class Share:
    """One recording of one workload, and how often it is cut. ``env``: where the keyring is."""

    name: str
    seed: int
    cuts: int
    env: Mapping[str, str]


def powercuts(*, small: bool) -> list[Figure]:
    """Figures: how many cuts, how many acknowledgements were looked for, what was lost, twice or broken."""
    wanted, recordings = (SMALL, 1) if small else (CUTS, RECORDINGS)
    each = -(-wanted // (recordings * len(SCENARIOS)))
    begun, totals, done = time.monotonic(), dict.fromkeys(SCENARIOS, 0), Verdicts()
    with room() as home, keyring_session(home / "keyring") as env, ProcessPoolExecutor(os.cpu_count()) as pool:
        shares = [Share(name, seed, each, env) for seed in seeds(SEED, recordings) for name in SCENARIOS]
        for share, verdicts in _finished(pool, shares):
            totals[share.name] += verdicts.cuts
            done.add(verdicts)
            print(f"{done.cuts} cuts, {len(done.faults)} faults; {totals}", file=sys.stderr, flush=True)
            for fault in verdicts.faults:
                print(f"{share.name}, recording {share.seed}: {fault}", file=sys.stderr, flush=True)
    return [
        Figure("powercuts", done.cuts, "cuts", goal=wanted, sense="value>=goal"),
        *(Figure(f"powercuts_{_word(name)}", cuts, "cuts") for name, cuts in totals.items()),
        Figure("powercuts_different", done.judged, "folders"),
        Figure("powercuts_acknowledged", done.said, "acknowledgements"),
        Figure("powercuts_faults", len(done.faults), "cuts", goal=0),
        Figure("powercuts_seconds", time.monotonic() - begun, "s"),
    ]


def _finished(pool: ProcessPoolExecutor, shares: list[Share]) -> Iterator[tuple[Share, Verdicts]]:
    running = {pool.submit(_cut, share): share for share in shares}
    for one in as_completed(running):
        yield running[one], one.result()


def _cut(share: Share) -> Verdicts:
    os.environ.update(share.env)
    with room() as folder:
        recording = recorded(share.name, SCENARIOS[share.name](), folder / "recording")
        return recording.cut(share.cuts, share.seed, most_faults=20)


def _word(name: str) -> str:
    return name.replace("'s ", "_").replace(" ", "_").replace("-", "_")


if __name__ == "__main__":
    for figure in powercuts(small="--small" in sys.argv):
        print(json.dumps(figure.row()))
