"""``python -m tests.fuzz TARGET RUNS FOUND FAILED``: one target, coverage-guided, beginning with the kept corpus.

New inputs go to the folder FOUND, one that failed to the folder FAILED. Exit code 0: all runs passed.
"""

import logging
import sys
import warnings
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app"], enable_loader_override=False):
    from app.errors import BadCardData
    from tests.fuzz.codecs import TARGETS, seeds
    from tests.fuzz.hostile import attack_from_bytes, attack_seeds

KEPT = Path(__file__).with_name("corpus")
LONGEST = 4096


def main() -> None:
    """Runs until so many inputs were tried; libFuzzer ends the process."""
    name, runs, found, failed = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
    logging.disable()
    warnings.simplefilter("ignore")
    found.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name) if name in TARGETS else attack_seeds()):
        (found / f"seed-{number}").write_bytes(seed)
    kept = KEPT / name
    target = TARGETS.get(name)

    def one(data: bytes) -> None:
        if target is None:
            attack_from_bytes(data)
            return
        with suppress(BadCardData):
            target(data)

    longest = max([LONGEST, *(path.stat().st_size for path in found.iterdir())])
    words = [f"-runs={runs}", f"-max_len={longest}", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]
    words.append(f"-artifact_prefix={failed}/{name}-")
    places = [str(found), *([str(kept)] if kept.is_dir() else [])]
    atheris.Setup([sys.argv[0], *words, *places], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
