"""Exchange: one provision, and a whole enquiry until its answer with receipt is read, over mutual TLS as shipped.

At 1, 8, 32 and 64 connections; the floor is the same stages with raw drivers on one thread, in the same run. Whole
enquiries also go through two processes, the city's own and the platform's, as there are in service. Beside the rates,
which depend on what else the machine does, stand processor seconds for each: those hardly do. ``PEOPLE=1000000`` in
the environment lets the stores grow to as many persons; it takes hours to load them.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.domain.call import Call
from app.domain.rights import Actor, Right
from app.domain.secret import Secret, secret
from app.server.wiring import open_backend
from app.wire.letter import Letter
from app.wire.relay import AskEnquiries
from app.wire.staff import SignedIn, SignIn
from bench.exchanging import load
from bench.exchanging.layouts import Layout, apart, together
from bench.exchanging.place import (
    CLOCK,
    HERE,
    LARGE,
    LARGE_SIZE,
    PASSWORD,
    PROCEDURE,
    RANDOM,
    Place,
    database,
    filled,
    place_in,
    prepared,
    question,
)
from bench.exchanging.work import Used, counted, database_mb, fsyncs, processes, resident_mb, used
from bench.figures import Figure, p50, quantile
from bench.floors import exchange as floors

CONNECTIONS = (1, 8, 32, 64)
LARGE_CONNECTIONS = 8
LIST = 64
GOALS = {
    "sqlcipher": {
        "provider_hop_32_rate": 1000,
        "provider_hop_32_p99": 0.05,
        "whole_32_rate": 400,
        "whole_32_p99": 0.15,
        "answers_500k_rate": 50,
    },
    "postgresql": {
        "provider_hop_32_rate": 700,
        "whole_32_rate": 300,
        "whole_32_p99": 0.2,
        "answers_500k_rate": 50,
    },
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """``hops`` and ``enquiries``: at 32 connections, and fewer at fewer. ``people``: first, and in the end."""

    hops: int
    enquiries: int
    large: int
    people: tuple[int, int]


SMALL = Sizes(512, 256, 16, (320, 512))
FULL = Sizes(8192, 4096, 512, (10_000, int(os.environ.get("PEOPLE", "50000"))))


@dataclass
class Run:
    """One engine's figures, as they are found. ``server``: the first process of its server, None for files."""

    engine: str
    sizes: Sizes
    goals: dict[str, float]
    server: int | None
    figures: list[Figure] = field(default_factory=list)
    scale: str = ""

    def add(self, name: str, value: float, unit: str, floor: float | None = None) -> None:
        goal = self.goals.get(name)
        sense = "value>=goal" if unit == "1/s" else "value<=goal"
        self.figures.append(Figure(name, value, unit, floor, goal, sense, self.scale, self.engine))


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """The backend runs as processes of their own; the generator is this process on the same machine."""
    sizes = SMALL if small else FULL
    with TemporaryDirectory() as folder, database(engine) as (address, server):
        run = Run(engine, sizes, {} if small else GOALS[engine], server)
        place = place_in(Path(folder), address)
        first, most = sizes.people
        run.scale = f"{first} persons"
        filled(place, 0, first)
        floor = floors.measure(engine, folder, address, sizes.enquiries)
        _in_process(place, run)
        before = _hopped(place, floor, run)
        _whole("whole", place, (together(place), CONNECTIONS), floor, run)
        _whole("whole_apart", place, (apart(place), CONNECTIONS[2:3]), floor, run)
        filled(place, first, most - first)
        run.scale = f"{first} to {most} persons"
        _grown(place, before, run)
    return [figure.row() for figure in run.figures]


def _hopped(place: Place, floor: floors.Floor, run: Run) -> float:
    """Provisions, short ones and long ones; processor seconds of a short one."""
    shares = [(count, max(LIST, run.sizes.hops * min(count, 32) // 32)) for count in CONNECTIONS]
    letters = prepared(place, sum(share for _, share in shares))
    large = prepared(place, run.sizes.large, [LARGE])
    hop_s = 0.0
    with together(place) as layout:
        begun = 0
        for count, share in shares:
            mine, begun = letters[begun : begun + share], begun + share
            spent = _measured(
                run, f"provider_hop_{count}", floor.provider_hop_rate, layout, _hops(layout, place, mine, count)
            )
            hop_s = spent.server_s / share if count == 32 else hop_s
        scale, run.scale = run.scale, f"{LARGE_SIZE} characters, {LARGE_CONNECTIONS} connections"
        _measured(run, "answers_500k", None, layout, _hops(layout, place, large, LARGE_CONNECTIONS))
        run.scale = scale
    return hop_s


def _whole(
    name: str,
    place: Place,
    how: tuple[AbstractContextManager[Layout], Sequence[int]],
    floor: floors.Floor,
    run: Run,
) -> None:
    """Whole enquiries in one layout of processes, and what those processes are. ``how``: that and connections."""
    layout, connections = how
    with layout as running:
        token = _signed_in(running.port, place)
        for count in connections:
            share = max(LIST, run.sizes.enquiries * min(count, 32) // 32)
            works = _enquiries(running, place, token, share, count)
            _measured(run, f"{name}_{count}", floor.whole_rate, running, works)
        for at, pid in enumerate(running.pids, 1):
            run.add(f"{name}_memory_{at}", resident_mb(pid), "MB")
        run.add(f"{name}_memory_generator", resident_mb(os.getpid()), "MB")
        if run.server is not None:
            run.add(f"{name}_memory_database", database_mb(run.server), "MB")
        run.add(f"{name}_processes", processes(running.pids, run.server), "processes")
        reached = fsyncs(running.pids, run.server, _enquiries(running, place, token, LIST * 4, 32))
        if reached is not None:
            run.add(f"{name}_fsyncs_per_enquiry", reached / (LIST * 4), "calls")


def _grown(place: Place, before: float, run: Run) -> None:
    """The provider hop with many more persons; 1.0: it costs what it did."""
    share = max(LIST, run.sizes.hops // 4)
    letters = prepared(place, share)
    with together(place) as layout:
        start = used(layout.pids, run.server)
        _hops(layout, place, letters, 32)()
        spent = used(layout.pids, run.server).since(start)
        run.add("growth_hop_cpu", spent.server_s / share / before, "times")
        run.add("growth_memory", resident_mb(layout.pids[0]), "MB")


def _measured(run: Run, name: str, floor: float | None, layout: Layout, work: Callable[[], load.Timed]) -> Used:
    print(name, file=sys.stderr)
    before = used(layout.pids, run.server)
    seen = work()
    spent, done = used(layout.pids, run.server).since(before), len(seen.seconds)
    run.add(f"{name}_rate", seen.rate, "1/s", floor)
    run.add(f"{name}_p50", p50(seen.seconds), "s")
    run.add(f"{name}_p99", quantile(seen.seconds, 0.99), "s")
    run.add(f"{name}_server_cpu", spent.server_s / done, "s", None if floor is None else 1 / floor)
    if run.server is not None:
        run.add(f"{name}_database_cpu", spent.database_s / done, "s")
    run.add(f"{name}_generator_share", spent.share, "of all")
    return spent


def _hops(layout: Layout, place: Place, letters: Sequence[Letter], count: int) -> Callable[[], load.Timed]:
    return lambda: load.hops(layout.letters, place.slice, letters, count)


def _enquiries(layout: Layout, place: Place, token: Secret, many: int, count: int) -> Callable[[], load.Timed]:
    asked = [load.numbered(question(number)) for number in range(many)]
    return lambda: load.enquiries(layout.port, place.terminal, token, asked, count)


def _signed_in(port: int, place: Place) -> Secret:
    line = load.Connection(port, place.terminal)
    signed = line.ask("/staff/v1/sign-in", SignIn(staff_id="bench", password=PASSWORD), SignedIn)
    line.close()
    return secret(signed.token)


def _in_process(place: Place, run: Run) -> None:
    """What an enquiry makes the services do, without network and threads: processor seconds, and calls counted."""
    backend = open_backend(place.settings, CLOCK, RANDOM)
    try:
        accepting, carrying = backend.exchange.accepting, backend.exchange.carrying
        if accepting is None or carrying is None:
            raise RuntimeError("no exchange")
        rights = (Right("enquiry.make", PROCEDURE), Right("enquiry.read", PROCEDURE))
        actor = Actor(HERE, "bench", "bench", "", "bench", rights)

        def once() -> None:
            asked = [load.numbered(question(number)) for number in range(LIST)]
            calls = [Call(actor, f"t{one.enquiry_id}", f"k{one.enquiry_id}", CLOCK.now()) for one in asked]
            accepting.make(list(zip(calls, asked, strict=True)))
            while carrying.turn():
                pass
            wanted = [AskEnquiries(enquiry_ids=(one.enquiry_id,)) for one in asked]
            for told in accepting.states(list(zip(calls, wanted, strict=True))):
                if isinstance(told, Exception) or told.states[0].answer is None:
                    raise RuntimeError("not answered")

        once()
        begin = time.process_time()
        for _ in range(4):
            once()
        run.add("services_cpu", (time.process_time() - begin) / (4 * LIST), "s")
        for name, calls in counted(once).items():
            run.add(f"{name}_per_enquiry", calls / LIST, "calls")
    finally:
        backend.parts.close()
