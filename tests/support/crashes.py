"""Programs killed without warning while clerks hand in, over and over; what was told is counted."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from app.domain.clock import SystemClock, SystemRandom, business_date
from app.durable.audit import audit
from app.errors import AppError
from app.server.ledgers import open_ledgers
from app.settings import server_settings
from app.wire.desk import HandIn, Receipt
from tests.edge.backend.desk.conftest import CLAIM, FACTS, ROLES
from tests.support.backend import Backend
from tests.support.postgres import Cluster, free_port, is_up, server_programs, server_user
from tests.support.process import wait_for

_numbers = count(1)
_CLERKS = 4
_EACH = 3
_TRIES = 300
"""Tenths of a second; not by a clock, which would go on while these tests are made to wait."""


@dataclass
class CrashingCluster(Cluster):
    """A durable PostgreSQL that is killed with all its processes, and started again on the same files."""

    command: list[str] = field(default_factory=list)
    programs: Path = Path()
    _server: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it, or start it again, and wait until it answers."""
        with (self.socket / "log").open("ab") as log:
            self._server = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)
        self.pid = self._server.pid
        wait_for(lambda: is_up(self.dsn("postgres")), f"PostgreSQL ({self.socket / 'log'})", 30)

    def kill(self) -> None:
        """SIGKILL for the server and each process it has started."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait(10)

    def check(self, database: str) -> str:
        """What pg_amcheck finds wrong in ``database``: tables, indexes against tables; nothing is ""."""
        words = [self.programs / "pg_amcheck", "--install-missing", "--heapallindexed", "--parent-check"]
        place = ["-h", self.socket, "-p", self.port, "-U", "postgres", "-d", database]
        run = subprocess.run([str(word) for word in [*words, *place]], capture_output=True, text=True, check=False)
        return run.stdout + run.stderr if run.returncode else ""


@contextlib.contextmanager
def crashing_cluster() -> Iterator[CrashingCluster]:
    """A cluster in a folder of its own: acknowledged means on the disk, as in service."""
    programs = server_programs()
    home = Path(tempfile.mkdtemp(prefix="madoguchi-pg-"))
    home.chmod(0o755)
    become, port = server_user(home), free_port()
    initdb = [*become, programs / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run([str(w) for w in [*initdb, "--locale=C.UTF-8", "-k"]], check=True, capture_output=True, cwd=home)
    command = [*become, programs / "postgres", "-D", home / "data", "-k", home, "-p", port, "-h", "127.0.0.1"]
    words = [str(word) for word in [*command, "-c", "shared_buffers=32MB"]]
    made = CrashingCluster(home, port, 0, command=words, programs=programs)
    made.start()
    try:
        yield made
    finally:
        made.kill()
        shutil.rmtree(home, ignore_errors=True)


@dataclass
class Counted:
    """What came of the kills. ``before``: how many of the acknowledged were so at once, before somebody was killed."""

    kills: int = 0
    before: int = 0
    acknowledged: int = 0
    lost: int = 0
    twice: int = 0
    faults: list[str] = field(default_factory=list)


class HandInsUnderFire:
    """Clerks hand in at a running backend; somebody is killed in the middle, and everything is asked again."""

    def __init__(self, backend: Backend, seed: int) -> None:
        self._backend = backend
        self._chance = random.Random(seed)
        self._clerk = backend.seat("k1001")
        self._first = self._number(self._ask(f"first-{seed}", _hand_in()))
        self._asked: dict[str, HandIn] = {}
        self._told: dict[str, Receipt] = {}
        self.counted = Counted()

    def round(self, kill: Callable[[], None], again: Callable[[], None]) -> None:
        """One kill, while some hand in; then ``again`` brings back what was killed and everybody asks once more.

        It falls after some of the answers, by chance, so that it is in the middle on a slow machine too.
        """
        fresh = {f"key-{next(_numbers)}-{turn}": _hand_in() for turn in range(_CLERKS * _EACH)}
        self._asked |= fresh
        with ThreadPoolExecutor(_CLERKS) as pool:
            running = [pool.submit(self._try, key) for key in fresh]
            answers = self._chance.randrange(1, len(fresh))
            wait_for(lambda: self._answered(fresh) >= answers, f"{answers} receipts", 1800)
            time.sleep(self._chance.uniform(0.0, 0.03))
            kill()
            for one in running:
                one.result()
        self.counted.kills += 1
        self.counted.before += self._answered(fresh)
        again()
        self._clerk.port = self._backend.port
        for key in fresh:
            self._again(key)

    def close(self) -> Counted:
        """Everything once more: each has the receipt it was told, numbers have no gap, ledgers verify."""
        final = {key: self._ask(key, asked) for key, asked in self._asked.items()}
        numbers = sorted(self._number(receipt) for receipt in final.values())
        self.counted.acknowledged = len(self._told)
        self.counted.lost = sum(final[key] != receipt for key, receipt in self._told.items())
        self.counted.twice = len(numbers) - len(set(numbers))
        if numbers != list(range(self._first + 1, self._first + 1 + len(numbers))):
            self.counted.faults.append(f"numbers {numbers}")
        self.counted.faults += ledger_faults(self._backend)
        return self.counted

    def _answered(self, keys: Iterable[str]) -> int:
        return sum(key in self._told for key in keys)

    def _try(self, key: str) -> None:
        with contextlib.suppress(AppError):
            self._told[key] = self._ask(key, self._asked[key])

    def _again(self, key: str) -> None:
        """Until it is answered: what was killed may still be coming up."""
        tries = count(1)
        while True:
            try:
                receipt = self._ask(key, self._asked[key])
            except AppError:
                if next(tries) == _TRIES:
                    raise
                time.sleep(0.1)
                continue
            if self._told.setdefault(key, receipt) != receipt:
                self.counted.faults.append(f"another receipt for {key}")
            return

    def _ask(self, key: str, asked: HandIn) -> Receipt:
        receipt = self._clerk.ask("/desk/v1/hand-in", asked, Receipt, key)
        assert isinstance(receipt, Receipt)
        return receipt

    @staticmethod
    def _number(receipt: Receipt) -> int:
        return int(receipt.number[-6:])


def ledger_faults(backend: Backend) -> list[str]:
    """What is wrong in the ledgers of a backend's slices."""
    settings = server_settings(backend.home.server_settings)
    found: list[str] = []
    with open_ledgers(settings, SystemClock(), SystemRandom()) as ledgers:
        for one in ledgers:
            for place in one.database.read(one.book.municipalities):
                faults = one.database.read(lambda c, o=one, p=place: list(audit(c, o.book, p, o.signing.public)))
                found += [f"{one.book.log} {place}: {fault} {fault.data}" for fault in faults]
    return found


def _hand_in() -> HandIn:
    now = SystemClock().now()
    return HandIn(
        application_id=f"crash-{next(_numbers)}-{os.getpid()}",
        visit_id="visit-c",
        procedure=CLAIM,
        roles=ROLES,
        facts=FACTS | {"event_date": business_date(now).isoformat()},
        evidence=(),
        reached_at=now,
    )
