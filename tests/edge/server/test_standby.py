"""Part of the disks breaks (K-24, R-009): the database is on two servers, one is lost, and the office goes on."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest

from app.backend.desk.service import DeskService
from app.errors import StoreBusy
from app.wire.desk import Receipt
from tests.edge.backend.desk.conftest import AUTHOR, hand_in
from tests.edge.server.test_backup import LEAVES, Office
from tests.support.postgres import Cluster, cluster, free_port, is_up, server_programs, server_user
from tests.support.powercut.backend import settings as settings_below
from tests.support.process import running, wait_for
from tests.support.slices import MovedClock, call


@dataclass
class Standby:
    """The second server, on disks of its own; it follows the first and acknowledges with it."""

    socket: Path
    port: int

    def promote(self) -> None:
        """As whoever watches over the servers does."""
        with closing(psycopg.connect(f"host={self.socket} port={self.port} user=postgres dbname=postgres")) as one:
            one.autocommit = True
            assert one.execute("SELECT pg_promote(true, 60)").fetchone() == (True,)


@pytest.fixture
def first() -> Iterator[Cluster]:
    with cluster(durable=True) as server:
        yield server


@pytest.fixture
def second(first: Cluster) -> Iterator[Standby]:
    """Nothing counts as written before it has it too (``synchronous_standby_names``)."""
    programs, home = server_programs(), Path(tempfile.mkdtemp(prefix="madoguchi-pg-"))
    home.chmod(0o755)
    become, data, port = server_user(home), home / "data", free_port()
    copy = [programs / "pg_basebackup", "-h", first.socket, "-p", first.port, "-U", "postgres", "-D", data, "-R"]
    subprocess.run([*become, *map(str, copy), "--no-sync", "-c", "fast"], check=True, capture_output=True, cwd=home)
    words = [programs / "postgres", "-D", data, "-k", home, "-p", port, "-h", "127.0.0.1"]
    switches = ["-c", "shared_buffers=32MB", "-c", "synchronous_standby_names="]
    with running([*become, *map(str, words), *switches], log=home / "log", end=signal.SIGINT):
        wait_for(lambda: is_up(f"host={home} port={port} user=postgres dbname=postgres"), "the second server", 60)
        with closing(psycopg.connect(first.dsn("postgres"), autocommit=True)) as one:
            one.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            one.execute("SELECT pg_reload_conf()")
            wait_for(lambda: _follows(one), "a second server that acknowledges", 60)
        yield Standby(home, port)
    shutil.rmtree(home, ignore_errors=True)


def _follows(one: psycopg.Connection) -> bool:
    return one.execute("SELECT sync_state FROM pg_stat_replication").fetchall() == [("sync",)]


def test_when_one_of_two_database_servers_is_lost_with_its_disk_no_receipt_is_and_the_office_goes_on(
    first: Cluster, second: Standby, tmp_path: Path
) -> None:
    hosts = f"127.0.0.1:{first.port},127.0.0.1:{second.port}"
    database = f"postgresql://postgres@{hosts}/postgres?target_session_attrs=read-write&connect_timeout=5"
    office = Office(replace(settings_below(tmp_path), database=database), MovedClock(), appoints=False)
    with office.work() as (desk, _):
        given = {name: _receive(desk, office, name) for name in ("a1", "a2", "a3")}
        os.kill(first.pid, signal.SIGKILL)
        _ends(first.pid)
        shutil.rmtree(first.socket / "data", ignore_errors=True)
        for _ in range(3):
            with pytest.raises(StoreBusy):
                _receive(desk, office, "a4")
        second.promote()
        again = {name: _receive(desk, office, name) for name in ("a1", "a2", "a3", "a4", "a5")}
    assert {name: again[name] for name in given} == given
    assert len({receipt.number for receipt in again.values()}) == 5
    assert office.size() == 5 * LEAVES


def _receive(desk: DeskService, office: Office, name: str) -> Receipt:
    return desk.reception.hand_in(call(AUTHOR, office.clock.at, f"key-{name}"), hand_in(name))


def _ends(pid: int) -> None:
    def is_gone() -> bool:
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        return True

    wait_for(is_gone, "the end of the first server", 30)
