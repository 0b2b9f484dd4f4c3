"""Codes: a whole city's codes made anew under another key, at the core and at the intermediary, while both are open."""

import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from app.backend.intermediary import store as intermediary_store
from app.backend.intermediary.service.codes import CodeKeeping
from app.backend.intermediary.store.codes import CodeStore
from app.backend.intermediary.store.tables import code_table
from app.backend.nws import store as nws_store
from app.backend.nws.service import CodeRotation
from app.backend.nws.service.making import CodeMaker
from app.domain.clock import SystemClock, SystemRandom
from app.domain.exchange_numbers import LinkCode
from app.domain.secret import Secret
from app.durable.cells import Cell
from app.durable.columns import written
from app.durable.many import insert_many, settle
from app.link.letters import Nearby
from app.server.exchange_keys import ExchangeKeys
from app.server.keys import Keys
from app.server.parts import Parts, SliceParts
from app.settings import ServerSettings, TlsPlace
from app.trust.tokens import exact_token
from bench.exchanging.place import database
from bench.figures import Figure
from bench.floors import codes as floors

HERE = "991007"
CLOCK = SystemClock()
PORTION = 10_000
GOAL_S = 60.0
"""One million codes. Source: issue of the exchange, decided."""
NAMES = ("municipality", "person", "version", "addressee_number", "process_number", "code_token", "code", "changed_at")


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """Both sides in this process, one after the other on one thread."""
    count = 20_000 if small else 1_000_000
    with TemporaryDirectory() as folder, database(engine) as (address, _):
        taken, lost, rss = _rotated(Path(folder), address, count)
    scale = f"{count} codes"
    goal = None if small else GOAL_S
    floor = floors.seconds(count)
    figures = [
        Figure("rekey_1m", taken * 1_000_000 / count, "s", floor=floor * 1_000_000 / count, goal=goal, scale=scale,
               engine=engine),
        Figure("rekey_rate", count / taken, "1/s", scale=scale, engine=engine),
        Figure("rekey_lost", lost, "codes", goal=0, scale=scale, engine=engine),
        Figure("codes_rate", _made_rate(), "1/s", goal=None if small else 100_000, sense="value>=goal",
               scale="one thread", engine=engine),
        Figure("memory_rekey", rss, "MB", scale=scale, engine=engine),
    ]  # fmt: skip
    return [figure.row() for figure in figures]


def _rotated(folder: Path, database: str, count: int) -> tuple[float, int, float]:
    """Seconds of the rotation, codes that are not found by their new code afterwards, and memory."""
    settings, keys = _settings(folder, database), Keys(folder / "keys", SystemRandom())
    with closing(Parts(settings, keys, CLOCK)) as parts:
        core = parts.slice("nws", nws_store.TABLES, nws_store.HISTORY)
        own = parts.slice("intermediary", intermediary_store.TABLES, intermediary_store.HISTORY)
        exchange = ExchangeKeys(settings, keys)
        store = nws_store.CoreStore(core.database, core.cells, core.pen, core.index_key)
        boxes = exchange.directory.boxes
        rotation = CodeRotation(store, exchange.post("nws"), core.index_key, boxes, CLOCK)
        codes = CodeStore(own.database, own.cells, own.answers, own.pen, own.index_key)
        line = Nearby(rotation.rekey)
        keeping = CodeKeeping(codes, exchange.post("intermediary"), line, exchange.boxes, CLOCK)
        _fill(store, core.index_key, own, count)
        print(f"{count} codes are laid down", file=sys.stderr)
        begun = time.perf_counter()
        rotation.begin(HERE)
        while keeping.rekey(HERE):
            pass
        taken = time.perf_counter() - begun
        return taken, _lost(store, codes, count), _resident_mb()


def _fill(store: nws_store.CoreStore, index: Secret, own: SliceParts, count: int) -> None:
    maker, at, chance = CodeMaker(index, HERE, 1), CLOCK.now(), random.Random(1)
    for numbers in _portions(count):
        pairs = [(maker.code(subject), subject) for subject in (Secret(chance.randbytes(16)) for _ in numbers)]
        store.write(lambda unit, pairs=pairs: unit.rotation.put(HERE, 1, pairs, at))  # type: ignore[misc]
        own.database.write(
            lambda connection, numbers=numbers, pairs=pairs: insert_many(  # type: ignore[misc]
                connection, code_table, NAMES, _rows(connection, own, numbers, [code for code, _ in pairs])
            )
        )
    settle(own.database, [code_table])


def _rows(
    connection: Connection, own: SliceParts, numbers: Sequence[int], codes: Sequence[LinkCode]
) -> list[tuple[Any, ...]]:
    at = written(CLOCK.now())
    people = [exact_token(own.index_key, HERE, "addressee", f"{number:015}") for number in numbers]
    named = [
        (Cell(HERE, "code", "addressee_number", person.hex(), 1), f"{number:015}".encode())
        for person, number in zip(people, numbers, strict=True)
    ]
    coded = [
        (Cell(HERE, "code", "code", person.hex(), 1), code.reveal()) for person, code in zip(people, codes, strict=True)
    ]
    name_boxes, code_boxes = own.cells.seal_all(connection, named), own.cells.seal_all(connection, coded)
    return [
        (HERE, person, 2, name, f"p{number}", exact_token(own.index_key, HERE, "code", code), box, at)
        for person, name, number, code, box in zip(people, name_boxes, numbers, codes, code_boxes, strict=True)
    ]


def _lost(store: nws_store.CoreStore, codes: CodeStore, count: int) -> int:
    """Codes that lag, and new ones that the core does not know (a sample of one portion)."""
    lagging = len(codes.read(lambda unit: unit.lagging(HERE, 2, count + 1)))
    sample = codes.read(lambda unit: unit.lagging(HERE, 3, PORTION))
    known = store.read(lambda unit: unit.subjects(HERE, [one.code for one in sample]))
    expected = min(count, PORTION)
    return lagging + abs(expected - len(sample)) + sum(one is None for one in known)


def _made_rate() -> float:
    maker = CodeMaker(Secret(bytes(32)), HERE, 1)
    subjects = [Secret(number.to_bytes(16, "big")) for number in range(20_000)]
    begun = time.perf_counter()
    for subject in subjects:
        maker.code(subject)
    return len(subjects) / (time.perf_counter() - begun)


def _portions(count: int) -> Iterator[range]:
    for first in range(0, count, PORTION):
        yield range(first, min(count, first + PORTION))


def _resident_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def _settings(folder: Path, database: str) -> ServerSettings:
    return ServerSettings(
        folder=folder,
        host="127.0.0.1",
        port=0,
        tls=TlsPlace(folder / "a.pem", folder / "s.pem", folder / "k.pem"),
        database=database,
        schema_prefix="b_",
        slices=("nws", "intermediary"),
        municipalities=(HERE,),
        peers={},
        institutions={},
        is_training=True,
    )
