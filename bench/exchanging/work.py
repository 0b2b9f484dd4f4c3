"""What processes used: processor seconds, memory, calls to the disk; and what one enquiry makes a process do."""

import cProfile
import os
import pstats
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
COUNTED = {
    "commits": ("base.py", "_commit_impl"),
    "signatures": ("sign.py", "sign"),
    "proofs": ("sign.py", "verify"),
}
"""Figure → file and function whose calls are counted: ours that sign and prove, and SQLAlchemy's commit."""


@dataclass(frozen=True, slots=True)
class Used:
    """Processor seconds, user and system together."""

    server_s: float
    database_s: float
    generator_s: float

    def since(self, before: "Used") -> "Used":
        return Used(
            self.server_s - before.server_s,
            self.database_s - before.database_s,
            self.generator_s - before.generator_s,
        )

    @property
    def share(self) -> float:
        """The generator's part of everything that was used."""
        return self.generator_s / (self.server_s + self.database_s + self.generator_s)


def used(servers: Sequence[int], database: int | None) -> Used:
    """By now. ``database``: the first process of a PostgreSQL server, whose children count too."""
    mine = os.times()
    return Used(sum(map(_spent, servers)), 0.0 if database is None else _family(database), mine.user + mine.system)


def resident_mb(pid: int) -> float:
    """Memory of a process."""
    return _kib(f"/proc/{pid}/status", "VmRSS:") / 1024


def database_mb(pid: int) -> float:
    """Memory of a PostgreSQL server, what its processes share counted once."""
    return sum(_kib(f"/proc/{one}/smaps_rollup", "Pss:") for one in (pid, *_children(pid))) / 1024


def _kib(file: str, name: str) -> int:
    lines = Path(file).read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def processes(servers: Sequence[int], database: int | None) -> int:
    """Those of the backend, and those of its database."""
    return len(servers) + (0 if database is None else 1 + len(_children(database)))


def fsyncs(servers: Sequence[int], database: int | None, work: Callable[[], object]) -> int | None:
    """Calls of ``fsync`` and ``fdatasync`` during ``work``; None where no strace can be attached."""
    program = shutil.which("strace")
    if program is None:
        return None
    pids = [*servers, *(() if database is None else (database, *_children(database)))]
    attached = [word for pid in pids for word in ("-p", str(pid))]
    words = [program, "-f", "-c", "-U", "calls,name", "-e", "trace=fsync,fdatasync", *attached]
    tracer = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    work()
    tracer.send_signal(signal.SIGINT)
    _, said = tracer.communicate(timeout=30)
    rows = [line.split() for line in said.splitlines() if line.strip().endswith(("fsync", "fdatasync"))]
    return sum(int(row[0]) for row in rows if row[0].isdigit()) if tracer.returncode in {0, -signal.SIGINT} else None


def counted(work: Callable[[], object]) -> dict[str, int]:
    """How often ``work``, done in this process, commits, signs and proves."""
    profile = cProfile.Profile()
    profile.runcall(work)
    calls = {(Path(file).name, name): row[1] for (file, _, name), row in _rows(profile).items()}
    return {figure: calls.get(place, 0) for figure, place in COUNTED.items()}


def _rows(profile: cProfile.Profile) -> dict[tuple[str, int, str], Sequence[int]]:
    found: dict[tuple[str, int, str], Sequence[int]] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    return found


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S


def _family(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    ended = (int(fields[13]) + int(fields[14])) * TICK_S
    return _spent(pid) + ended + sum(_spent(child) for child in _children(pid))


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    return [int(one) for one in found]
