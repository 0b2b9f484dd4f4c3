"""Two hundred kills: the counter while it writes, the backend and PostgreSQL while clerks hand in."""

import json
import os
import secrets
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from tests.edge.store.test_killed import kill_counter
from tests.support.backend import backend
from tests.support.crashes import Counted, HandInsUnderFire, crashing_cluster
from tests.support.keyring_session import keyring_session

KILLS: dict[str, int] = {"counter": 70, "backend_sqlcipher": 35, "backend_postgresql": 35, "postgresql": 60}
SMALL: dict[str, int] = {"counter": 2, "backend_sqlcipher": 1, "backend_postgresql": 1, "postgresql": 1}


def kills(*, small: bool) -> list[Figure]:
    """Figures: kills by whom, what was acknowledged, lost, there twice, and what pg_amcheck and ledgers found.

    The three go on side by side, each with programs and stores of its own.
    """
    wanted, begun = SMALL if small else KILLS, time.monotonic()
    done: dict[str, Counted] = {}
    with ProcessPoolExecutor(3) as pool:
        running = {
            pool.submit(_counter, wanted["counter"]): "counter",
            pool.submit(_sqlcipher, wanted["backend_sqlcipher"]): "sqlcipher",
            pool.submit(_postgresql, wanted["backend_postgresql"], wanted["postgresql"]): "postgresql",
        }
        for one in as_completed(running):
            done[running[one]] = one.result()
            print(f"{running[one]}: {one.result()}", file=sys.stderr, flush=True)
    figures = [Figure(f"kills_{name}", done[name].kills, "kills") for name in running.values()]
    total = sum(counted.kills for counted in done.values())
    return [
        *figures,
        Figure("kills", total, "kills", goal=sum(wanted.values()), sense="value>=goal"),
        Figure("kills_acknowledged", sum(one.acknowledged for one in done.values()), "records"),
        Figure("kills_acknowledged_before", sum(one.before for one in done.values()), "records"),
        Figure("kills_lost", sum(one.lost for one in done.values()), "records", goal=0),
        Figure("kills_twice", sum(one.twice for one in done.values()), "effects", goal=0),
        Figure("kills_faults", sum(len(one.faults) for one in done.values()), "faults", goal=0),
        Figure("kills_seconds", time.monotonic() - begun, "s"),
    ]


def _counter(times: int) -> Counted:
    with TemporaryDirectory() as home, keyring_session(Path(home) / "keyring") as env:
        os.environ.update(env)
        return kill_counter(Path(home) / "counter", f"madoguchi-kills-{secrets.token_hex(4)}", times)


def _sqlcipher(times: int) -> Counted:
    with TemporaryDirectory() as folder, backend(Path(folder)) as running:
        clerks = HandInsUnderFire(running, seed=1)
        for turn in range(times):
            clerks.round(running.kill, running.start)
            _tell("backend on sqlcipher", turn + 1, clerks.counted)
        return clerks.close()


def _postgresql(of_backend: int, of_server: int) -> Counted:
    with ExitStack() as stack:
        server = stack.enter_context(crashing_cluster())
        name = server.fresh()
        folder = stack.enter_context(TemporaryDirectory())
        with backend(Path(folder), server.address(name)) as running:
            clerks = HandInsUnderFire(running, seed=2)
            for turn in range(max(of_backend, of_server)):
                if turn < of_server:
                    clerks.round(server.kill, server.start)
                if turn < of_backend:
                    clerks.round(running.kill, running.start)
                _tell("backend and postgresql, turn", turn + 1, clerks.counted)
            counted = clerks.close()
        wrong = server.check(name)
    if wrong:
        counted.faults.append(f"pg_amcheck: {wrong}")
    return counted


def _tell(what: str, times: int, counted: Counted) -> None:
    """Every ten turns, how far it is."""
    if times % 10 == 0:
        print(f"{what}: {times}; {counted}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    for figure in kills(small="--small" in sys.argv):
        print(json.dumps(figure.row()))
