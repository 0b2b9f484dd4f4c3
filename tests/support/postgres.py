"""A private PostgreSQL: one cluster per test process, a fresh database for each test that asks."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.support.process import program, running, wait_for

_SWITCHES = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=60")

_SYNC = 3
"""How many of them, from the first, give durability away."""


def server_programs() -> Path:
    """The folder of ``initdb`` and ``postgres``; Debian keeps them off the path, newest version last."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else Path(program("initdb")).resolve().parent


def server_user(directory: Path) -> list[str]:
    """PostgreSQL refuses root: give ``directory`` to the user postgres and return the words that become it."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(directory, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]


@dataclass
class Cluster:
    """A running server. ``socket`` is the folder of its Unix socket, ``port`` also listens on 127.0.0.1."""

    socket: Path
    port: int
    pid: int
    _numbers: count = field(default_factory=count)

    def dsn(self, database: str) -> str:
        """The libpq string for ``database`` over the Unix socket."""
        return f"host={self.socket} port={self.port} user=postgres dbname={database}"

    def address(self, database: str) -> str:
        """The address of ``database`` over loopback, for another process."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def fresh(self, template: str = "template0") -> str:
        """Make an empty database, or a copy of ``template`` that nobody uses now, and return its name."""
        name = f"t{next(self._numbers)}"
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return name

    def drop(self, database: str) -> None:
        """Remove ``database``, whoever still uses it."""
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {database} WITH (FORCE)".encode())


def is_up(dsn: str) -> bool:
    """Whether a server answers at ``dsn``."""
    try:
        psycopg.connect(dsn, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Make and start a cluster in a folder of its own; ended by SIGINT, which waits for no client.

    ``durable``: acknowledged means on the disk, as in service; tests do without.
    """
    programs = server_programs()
    home = Path(tempfile.mkdtemp(prefix="madoguchi-pg-"))
    home.chmod(0o755)
    become = server_user(home)
    data, port = home / "data", free_port()
    try:
        initdb = [*become, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(
            [*initdb, "--locale=C.UTF-8", "--no-sync", "--no-instructions"], check=True, capture_output=True, cwd=home
        )
        chosen = _SWITCHES[_SYNC:] if durable else _SWITCHES
        switches = [word for switch in chosen for word in ("-c", switch)]
        command = [*become, programs / "postgres", "-D", data, "-k", home, "-p", port, "-h", "127.0.0.1", *switches]
        words = [str(word) for word in command]
        with running(words, log=home / "log", end=signal.SIGINT) as server:
            made = Cluster(home, port, server.pid)
            wait_for(lambda: is_up(made.dsn("postgres")), f"PostgreSQL ({(home / 'log')})")
            yield made
    finally:
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """The PostgreSQL server of this test process."""
    with cluster() as server:
        yield server


@pytest.fixture
def postgres_database(postgres: Cluster) -> Iterator[str]:
    """The name of an empty database, removed after the test."""
    name = postgres.fresh()
    yield name
    postgres.drop(name)
