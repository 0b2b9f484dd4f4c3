"""Fills an empty register with a large city: made in several processes, written by one, recorded in its ledger."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.backend.register import store
from app.backend.register.store.bulk import BulkStore
from app.backend.register.store.spill import Spill
from app.domain.act import Act
from app.domain.clock import Clock, Random
from app.errors import BadSettings
from app.server.keys import Keys
from app.server.parts import Parts
from app.settings import server_settings
from app.standin.city.portions import city_digest
from app.training.pieces import Job, Piece, portions, received, shelves
from app.training.processes import split

_PROGRAM = "app.training.pieces"
TRACE = "training-city"
_TOGETHER = 5
"""Portions in one transaction."""
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


def populate(job: Job, processes: int, clock: Clock, random: Random) -> Populated:
    """Enter the city. The backend must not be running.

    An act at the beginning and one at the end, with the city's digest, stand for all; a load that was cut off has no
    second one and is not gone on with. Errors: BadSettings ``training`` in service or for another municipality,
    Refused ``register_not_empty``.
    """
    settings, plan, begun = server_settings(job.settings), job.plan, time.monotonic()
    if not settings.is_training:
        raise BadSettings(name="training")
    if plan.municipality not in settings.municipalities:
        raise BadSettings(name="municipalities")
    parts = Parts(settings, Keys(settings.folder / "keys", random), clock)
    try:
        own = parts.slice("register", store.TABLES, store.HISTORY)
        written = _write(BulkStore(own.database, own.cells, own.pen), job, processes, clock)
    finally:
        parts.close()
    took = time.monotonic() - begun
    return Populated(plan.residents, *written, round(took, 1), round(_cpu(), 1), _peak(processes))


def _write(bulk: BulkStore, job: Job, processes: int, clock: Clock) -> tuple[int, int, str]:
    plan, digests, persons = job.plan, list[bytes](), 0
    asked = (("residents", plan.residents), ("seed", plan.seed), ("day", plan.day.isoformat()))
    bulk.begin(_act("register.load_begun", plan.municipality, clock, asked))
    with Spill(server_settings(job.settings).folder) as spill:
        made = _pieces(job, processes)
        while some := tuple(islice(made, _TOGETHER)):
            bulk.put([piece.made for piece in some])
            for piece in some:
                spill.add(piece.made.terms)
                digests.append(piece.digest)
                persons += piece.persons
        sorting = processes if plan.portions > _FEW else 1
        terms = bulk.put_terms(plan.municipality, _shelves(spill, sorting))
    digest = city_digest(plan, digests)
    told = (*asked, ("persons", persons), ("digest", digest))
    bulk.finish(_act("register.loaded", plan.municipality, clock, told))
    return persons, terms, digest


def _pieces(job: Job, processes: int) -> Iterator[Piece]:
    if processes == 1:
        return portions(job)
    return map(received, split(_PROGRAM, ("portions", *job.words), processes))


def _shelves(spill: Spill, processes: int) -> Iterator[bytes]:
    folder = spill.closed()
    return shelves(folder) if processes == 1 else split(_PROGRAM, ("shelves", str(folder)), processes)


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
        return time.process_time()
    import resource as usage  # noqa: PLC0415 -- there is none on Windows

    used = [usage.getrusage(who) for who in (usage.RUSAGE_SELF, usage.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak(processes: int) -> int:
    """The most memory that all processes can have held together, in bytes; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource as usage  # noqa: PLC0415 -- likewise

    own, largest = (usage.getrusage(who).ru_maxrss for who in (usage.RUSAGE_SELF, usage.RUSAGE_CHILDREN))
    return 1024 * (own + (largest * processes if processes > 1 else 0))
