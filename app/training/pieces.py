"""Makes the pieces of a large city's load: portions ready to be written, and shelves of terms in order.

As a program of its own it does every n-th piece: ``pieces portions SETTINGS CODE RESIDENTS SEED DAY FIRST STEP`` and
``pieces shelves FOLDER FIRST STEP``; the results go to standard output.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Self

import msgspec

from app.backend.register import store
from app.backend.register.service.match import Matcher
from app.backend.register.store.bulk import BulkMaker, Made
from app.backend.register.store.spill import sorted_shelf
from app.domain.clock import SystemClock, SystemRandom
from app.server import shipped
from app.server.keys import Keys
from app.server.parts import Parts
from app.settings import server_settings
from app.shipped import resource
from app.standin.city.portions import CityMaker, CityPlan, CityWords
from app.training.dwellers import resident_of
from app.training.histories import newcomers
from app.training.processes import send, unhindered


@dataclass(frozen=True, slots=True)
class Job:
    """Where the backend's settings lie, and which city its register is filled with."""

    settings: Path
    plan: CityPlan

    @property
    def words(self) -> tuple[str, ...]:
        """The job as words for another process."""
        plan = self.plan
        return str(self.settings), plan.municipality, str(plan.residents), str(plan.seed), plan.day.isoformat()

    @classmethod
    def of(cls, words: tuple[str, str, str, str, str]) -> Self:
        """The job that ``words`` gave."""
        settings, code, residents, seed, day = words
        return cls(Path(settings), CityPlan(code, int(residents), int(seed), date.fromisoformat(day)))


@dataclass(frozen=True, slots=True)
class Piece:
    """One portion, ready to be written."""

    made: Made
    digest: bytes
    persons: int


def portions(job: Job, first: int = 0, step: int = 1) -> Iterator[Piece]:
    """Every ``step``-th portion of the city from ``first`` on."""
    settings = server_settings(job.settings)
    words, municipality = CityWords.below(resource("training")), job.plan.municipality
    parts = Parts(settings, Keys(settings.folder / "keys", SystemRandom()), SystemClock())
    try:
        own = parts.slice("register", store.TABLES, store.HISTORY)
        maker = BulkMaker(own.database, own.cells, own.index_key, Matcher(shipped.name_folder()).terms)
        for portion in CityMaker(words, job.plan).portions(first, step):
            made = maker.made(newcomers([(one, resident_of(one, municipality)) for one in portion.dwellers]))
            yield Piece(made, portion.digest, len(portion.dwellers))
    finally:
        parts.close()


def shelves(folder: Path, first: int = 0, step: int = 1) -> Iterator[bytes]:
    """Every ``step``-th shelf of a spill from ``first`` on, in the order of the key."""
    return map(sorted_shelf, islice(sorted(folder.iterdir()), first, None, step))


def received(piece: bytes) -> Piece:
    """A piece that came from another process."""
    return msgspec.msgpack.decode(piece, type=Piece)


def main(words: list[str]) -> None:
    """Do what the words say."""
    kind, *given, first, step = words
    with unhindered():
        if kind == "shelves":
            send(shelves(Path(given[0]), int(first), int(step)), sys.stdout.buffer)
            return
        settings, code, residents, seed, day = given
        made = portions(Job.of((settings, code, residents, seed, day)), int(first), int(step))
        send(map(msgspec.msgpack.encode, made), sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1:])
