"""City: a register of two million residents filled from nothing: seconds, memory, bytes, beside the raw driver."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from app.domain.clock import SystemClock, SystemRandom
from app.standin.city.portions import CityPlan
from app.training.pieces import Job
from app.training.populate import Populated, populate
from bench.figures import Figure
from bench.floors.city import postgres_seconds, sqlcipher_seconds
from bench.searching.memory import watched
from bench.searching.office import DAY, HERE, SEED

GOAL_S, GOAL_BYTES, GOAL_RESIDENTS = 600.0, 2e9, 2_000_000
"""On two cores with two processes; they bind at two million residents."""
_PROCESSES = 2
_SMALL = 2_000
_FLOOR_BYTES = 500_000_000
"""The floor writes no more than so much; its time counts in proportion."""
_PREFIX = "bench_"


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """``RESIDENTS``: another size than two million, or two thousand of a small run."""
    residents = int(os.environ.get("RESIDENTS") or (_SMALL if small else GOAL_RESIDENTS))
    with _stored(engine) as (folder, database):
        file = folder / "server.toml"
        file.write_text(_settings(database), "utf-8")
        print(f"making a city of {residents:,}", file=sys.stderr)
        with watched(folder) as most:
            done = populate(Job(file, CityPlan(HERE, residents, SEED, DAY)), _PROCESSES, SystemClock(), SystemRandom())
        size = _size(folder, database)
        print("the floor", file=sys.stderr)
        floor = _floor(folder, database, size)
    return [one.row() for one in _figures(done, size, (floor, float(most())), engine)]


def _figures(done: Populated, size: int, beside: tuple[float, float], engine: str) -> list[Figure]:
    """``beside``: seconds of the floor, and the most memory held, in bytes."""
    (floor, memory), binds = beside, done.residents == GOAL_RESIDENTS
    scale = f"{done.residents} residents, {done.persons} persons, {done.terms} terms, {_PROCESSES} processes"
    given: dict[str, Any] = {"scale": scale, "engine": engine}
    return [
        Figure("filled", done.wall_s, "s", floor, GOAL_S if binds else None, **given),
        Figure("filled_rate", done.persons / done.wall_s, "persons/s", **given),
        Figure("processor_per_resident", done.cpu_s / done.residents * 1000, "ms", **given),
        Figure("memory", memory, "B", None, GOAL_BYTES if binds else None, **given),
        Figure("stored_per_person", size / done.persons, "B", **given),
    ]


@contextmanager
def _stored(engine: str) -> Iterator[tuple[Path, str]]:
    """A folder and the setting that names the store; all is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="city-", dir=os.environ.get("PLACE")) as made:
        folder = Path(made)
        if engine == "sqlcipher":
            here = nullcontext("sqlcipher")
        else:
            from bench.searching.postgres import served

            folder.chmod(0o755)  # the server is another user
            here = served(folder / "postgresql")
        with here as database:
            yield folder, database


def _settings(database: str) -> str:
    return (
        f'folder = "."\nhost = "127.0.0.1"\nport = 0\ndatabase = {json.dumps(database)}\nschema_prefix = "{_PREFIX}"\n'
        f'municipalities = ["{HERE}"]\ntraining = true\n'
        '[tls]\nauthority = "authority.pem"\ncertificate = "server.pem"\nkey = "server.key.pem"\n'
    )


def _size(folder: Path, database: str) -> int:
    """Bytes of the register as it is stored."""
    if database == "sqlcipher":
        return (folder / "register.db").stat().st_size
    from bench.searching.postgres import size_of

    return size_of(database, f"{_PREFIX}register")


def _floor(folder: Path, database: str, size: int) -> float:
    """Seconds in which the driver alone writes as many bytes."""
    some = min(size, _FLOOR_BYTES)
    took = sqlcipher_seconds(folder, some) if database == "sqlcipher" else postgres_seconds(database, some)
    return took * size / some
