"""The floor of a search: sixteen connections at the same pace to a program that does only what can't be left out."""

import random
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bench.floors.exchange_of_search import HEAD, received
from bench.searching.clerks import Pace
from bench.searching.office import CLERKS, Office

ASKED, ANSWERED = 600, 1000
"""Bytes of an exact search and its answer with their headers, roughly. Measured."""
_WARM = 50


def floor_seconds(there: Office, residents: int, seconds: float, pause_s: float) -> list[float]:
    """What each exchange took."""
    with _served(there, residents) as port, ThreadPoolExecutor(CLERKS) as pool:
        jobs = [pool.submit(_asks, there, (port, residents), number, (seconds, pause_s)) for number in range(CLERKS)]
        return [one for job in jobs for one in job.result()]


def _asks(there: Office, whom: tuple[int, int], seed: int, how: tuple[float, float]) -> list[float]:
    (port, residents), (seconds, pause_s), chance = whom, how, random.Random(seed)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(there.tls.authority)
    context.load_cert_chain(there.tls.certificate, there.tls.key)
    times = []
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(_WARM):
            _exchange(line, chance.randrange(residents))
        pace = Pace(seconds, pause_s, chance)
        while pace.goes_on():
            begin = pace.waited()
            _exchange(line, chance.randrange(residents))
            times.append(time.perf_counter() - begin)
    return times


def _exchange(line: ssl.SSLSocket, number: int) -> None:
    line.sendall(HEAD.pack(ASKED, ANSWERED, number) + bytes(ASKED))
    if not received(line, ANSWERED):
        raise RuntimeError("the floor's program is gone")


@contextmanager
def _served(there: Office, residents: int) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.floors.exchange_of_search", str(there.folder), str(residents)]
    if there.database != "sqlcipher":
        command.append(there.database)
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            if process.stdout is None:
                raise RuntimeError("no output")
            yield int(process.stdout.readline())
        finally:
            process.kill()
