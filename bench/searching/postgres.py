"""A PostgreSQL server on data that are kept from run to run."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.postgres import free_port, is_up, server_programs, server_user
from tests.support.process import running, wait_for

_SWITCHES = ("shared_buffers=512MB", "max_connections=60", "max_wal_size=4GB", "maintenance_work_mem=256MB")
"""Durable as in service; memory as for a machine of 8 GB."""
DATABASE = "city"


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of the database; server and database are made where there are none."""
    programs, data, is_new = server_programs(), home / "data", not (home / "data" / "PG_VERSION").exists()
    home.mkdir(parents=True, exist_ok=True)
    become = server_user(home)
    if is_new:
        words = [*become, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*words, "--locale=C.UTF-8", "--no-instructions"], check=True, capture_output=True, cwd=home)
    port = free_port()
    switches = [word for switch in _SWITCHES for word in ("-c", switch)]
    command = [*become, programs / "postgres", "-D", data, "-k", "", "-p", port, "-h", "127.0.0.1", *switches]
    with running([str(word) for word in command], log=home / "log", end=signal.SIGINT):
        address = f"postgresql://postgres@127.0.0.1:{port}"
        wait_for(lambda: is_up(f"{address}/postgres"), "PostgreSQL", 300)
        if is_new:
            with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0".encode())
        yield f"{address}/{DATABASE}"
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute("CHECKPOINT")  # so that it ends at once, and no other finds it still ending


def size_of(address: str, schema: str) -> int:
    """Bytes of all tables and indexes of a schema."""
    words = (
        "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = %s::regnamespace"
    )
    with psycopg.connect(address) as connection:
        found = connection.execute(words, [schema]).fetchone()
    return 0 if found is None else int(found[0])
