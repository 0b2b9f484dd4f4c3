"""Makes the pieces of a large city's load: portions ready to be written, and shelves of terms in order.

As a program of its own it does every n-th piece, ``pieces portions SETTINGS CODE RESIDENTS SEED DAY DUES FIRST STEP``
and ``pieces shelves FOLDER FIRST STEP``; the results go to standard output.
"""

import sys
from collections.abc import Iterator, Sequence
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
from app.standin.city.dues import DuesMaker, dues_lines
from app.standin.city.portions import CityMaker, CityPlan, CityWords
from app.training.dwellers import resident_of
from app.training.histories import newcomers
from app.training.processes import send, unhindered


@dataclass(frozen=True, slots=True)
class Job:
    """Where the backend's settings lie, and which city its register is filled with.

    ``dues``: the file that tax and benefits are written to, a line of JSON for each person; None for none.
    """

    settings: Path
    plan: CityPlan
    dues: Path | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The job as words for another process."""
        plan, dues = self.plan, "" if self.dues is None else str(self.dues)
        return str(self.settings), plan.municipality, str(plan.residents), str(plan.seed), plan.day.isoformat(), dues

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """The job that ``words`` gave."""
        settings, code, residents, seed, day, dues = words
        plan = CityPlan(code, int(residents), int(seed), date.fromisoformat(day))
        return cls(Path(settings), plan, Path(dues) if dues else None)


@dataclass(frozen=True, slots=True)
class Piece:
    """One portion, ready to be written. ``dues``: lines of JSON, where they are asked for."""

    made: Made
    digest: bytes
    persons: int
    dues: bytes = b""


def portions(job: Job, first: int = 0, step: int = 1) -> Iterator[Piece]:
    """Every ``step``-th portion of the city from ``first`` on."""
    settings = server_settings(job.settings)
    words, plan, municipality = CityWords.below(resource("training")), job.plan, job.plan.municipality
    parts = Parts(settings, Keys(settings.folder / "keys", SystemRandom()), SystemClock())
    try:
        own = parts.slice("register", store.TABLES, store.HISTORY)
        maker = BulkMaker(own.database, own.cells, own.index_key, Matcher(shipped.name_folder()).terms)
        dues = DuesMaker(words.population, municipality, plan.seed, plan.day)
        for portion in CityMaker(words, plan).portions(first, step):
            made = maker.made(newcomers([(one, resident_of(one, municipality)) for one in portion.dwellers]))
            lines = b"" if job.dues is None else dues_lines(dues.of(portion.dwellers))
            yield Piece(made, portion.digest, len(portion.dwellers), lines)
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
        made = portions(Job.of(given), int(first), int(step))
        send(map(msgspec.msgpack.encode, made), sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1:])
