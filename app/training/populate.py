"""Fills an empty register with a large city: made in several processes, written by one, recorded in its ledger."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.backend.register import store
from app.backend.register.store.bulk import BulkLoad, BulkStore
from app.backend.register.store.spill import Spill
from app.domain.act import Act
from app.domain.clock import Clock, Random
from app.durable.files import disk_error
from app.errors import BadSettings
from app.server.keys import Keys
from app.server.parts import Parts
from app.settings import server_settings
from app.standin.city.portions import city_digest
from app.training.pieces import Job, Piece, portions, received, shelves
from app.training.processes import Peak, split, unhindered

_PROGRAM = "app.training.pieces"
TRACE = "training-city"
_FEW = 100
"""Portions whose terms are sorted sooner than another process has started."""


@dataclass(frozen=True, slots=True)
class Populated:
    """What was entered, and what it took: seconds of wall and processor time, and the most memory held, in bytes."""

    residents: int
    persons: int
    terms: int
    digest: str
    wall_s: float
    cpu_s: float
    peak_rss: int


@dataclass(frozen=True, slots=True)
class _Workers:
    """How many processes make the pieces, and what looks at their memory."""

    count: int
    peak: Peak


def populate(job: Job, processes: int, clock: Clock, random: Random) -> Populated:
    """Enter the city. The backend must not be running.

    An act at the beginning and one at the end, with the city's digest, stand for all; a load that was cut off has
    entered nobody and has no second one. Errors: BadSettings ``training`` in service or for another municipality,
    Refused ``register_not_empty``.
    """
    settings, plan, begun = server_settings(job.settings), job.plan, time.monotonic()
    if not settings.is_training:
        raise BadSettings(name="training")
    if plan.municipality not in settings.municipalities:
        raise BadSettings(name="municipalities")
    peak = Peak()
    parts = Parts(settings, Keys(settings.folder / "keys", random), clock)
    try:
        own = parts.slice("register", store.TABLES, store.HISTORY)
        bulk = BulkStore(own.database, parts.address("register"), own.cells, own.pen)
        with unhindered():
            written = _write(bulk, job, _Workers(processes, peak), clock)
    finally:
        parts.close()
    peak.note()
    took = time.monotonic() - begun
    return Populated(plan.residents, *written, round(took, 1), round(_cpu(), 1), peak.most)


def _write(bulk: BulkStore, job: Job, workers: _Workers, clock: Clock) -> tuple[int, int, str]:
    plan = job.plan
    asked = (("residents", plan.residents), ("seed", plan.seed), ("day", plan.day.isoformat()))
    bulk.begin(_act("register.load_begun", plan.municipality, clock, asked))
    written: list[tuple[int, int, str]] = []

    def load(load: BulkLoad) -> Act:
        written.append(_entered(load, job, workers))
        (persons, _, digest) = written[0]
        return _act("register.loaded", plan.municipality, clock, (*asked, ("persons", persons), ("digest", digest)))

    bulk.load(load)
    return written[0]


def _entered(load: BulkLoad, job: Job, workers: _Workers) -> tuple[int, int, str]:
    """Enter everybody; how many persons and terms they are, and the city's digest."""
    plan, digests, persons = job.plan, list[bytes](), 0
    with _told(job.dues) as tell, Spill(server_settings(job.settings).folder) as spill:
        for piece in _pieces(job, workers):
            load.put(piece.made)
            tell(piece.dues)
            spill.add(piece.made.terms)
            digests.append(piece.digest)
            persons += piece.persons
        sorting = workers if plan.portions > _FEW else _Workers(1, workers.peak)
        terms = load.put_terms(plan.municipality, _shelves(spill, sorting))
    return persons, terms, city_digest(plan, digests)


@contextmanager
def _told(dues: Path | None) -> Iterator[Callable[[bytes], object]]:
    """Where the dues go meanwhile; the file has its name when it is whole."""
    if dues is None:
        yield lambda _: None
        return
    part = dues.with_name(dues.name + ".part")
    try:
        file = part.open("wb")
    except OSError as error:
        raise disk_error(error) from error

    def tell(lines: bytes) -> None:
        try:
            file.write(lines)
        except OSError as error:
            raise disk_error(error) from error

    with file:
        yield tell
    part.replace(dues)


def _pieces(job: Job, workers: _Workers) -> Iterator[Piece]:
    if workers.count == 1:
        return portions(job)
    return map(received, split(_PROGRAM, ("portions", *job.words), workers.count, workers.peak))


def _shelves(spill: Spill, workers: _Workers) -> Iterator[bytes]:
    folder = spill.closed()
    if workers.count == 1:
        return shelves(folder)
    return split(_PROGRAM, ("shelves", str(folder)), workers.count, workers.peak)


def _act(kind: str, municipality: str, clock: Clock, what: tuple[tuple[str, str | int], ...]) -> Act:
    return Act(
        kind=kind,
        at=clock.now(),
        municipality=municipality,
        staff_id="slice:register",
        terminal="",
        trace=TRACE,
        what=what,
    )


def _cpu() -> float:
    """Processor time of this process and of those that have ended."""
    if sys.platform == "win32":
        used = time.process_time()
    else:
        import resource as usage  # noqa: PLC0415 -- there is none on Windows

        spent = [usage.getrusage(who) for who in (usage.RUSAGE_SELF, usage.RUSAGE_CHILDREN)]
        used = sum(one.ru_utime + one.ru_stime for one in spent)
    return used
