"""Twenty thousand power cuts over journal, hand-ins, outbox, migration and rotation, from many recordings."""

import os
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from tests.support.keyring_session import keyring_session
from tests.support.powercut.catalogue import SCENARIOS
from tests.support.powercut.scenario import Verdicts, recorded, seeds

CUTS, SMALL = 20_000, 120
RECORDINGS, SEED = 20, 20261121


def powercuts(*, small: bool) -> list[Figure]:
    """Figures: how many cuts, how many acknowledgements were looked for, what was lost, twice or broken."""
    wanted, recordings = (SMALL, 1) if small else (CUTS, RECORDINGS)
    shares = [(name, seed) for name in SCENARIOS for seed in seeds(SEED, recordings)]
    each = -(-wanted // len(shares))
    with (
        TemporaryDirectory() as home,
        keyring_session(Path(home) / "keyring") as env,
        ProcessPoolExecutor(os.cpu_count()) as pool,
    ):
        done = list(pool.map(_share, [(name, seed, each, env) for name, seed in shares]))
    for fault in [fault for verdicts in done for fault in verdicts.faults]:
        print(fault, file=sys.stderr)
    return [
        Figure("powercuts", sum(one.cuts for one in done), "cuts", goal=wanted, sense="value>=goal"),
        Figure("powercuts_different", sum(one.judged for one in done), "folders"),
        Figure("powercuts_acknowledged", sum(one.said for one in done), "acknowledgements"),
        Figure("powercuts_faults", sum(len(one.faults) for one in done), "cuts", goal=0),
    ]


def _share(of: tuple[str, int, int, Mapping[str, str]]) -> Verdicts:
    name, seed, count, env = of
    os.environ.update(env)
    with TemporaryDirectory() as folder:
        return recorded(name, SCENARIOS[name](), Path(folder) / "recording").cut(count, seed, most_faults=20)
